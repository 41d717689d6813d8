// What a loader makes of one file: the stored text, its structure and its facts. Plain values, no services.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/base/date.h"
#include "app/base/text.h"

namespace plumbline::corpus {

// Where a version stands in its life. What may be used at a date is decided in applicability.h.
enum class State { Draft, InReview, Approved, Superseded };

std::string_view toString(State state); // "draft", "in_review", "approved", "superseded"
Result<State> parseState(std::string_view text);

// The facts of a document version. Everything is optional in a file; the ingest fills id and version.
struct FrontMatter {
    std::string id;
    std::string title;
    std::string owner; // a role: "Head of Identity and Access"
    std::string version;
    std::optional<State> state;
    std::optional<Date> effective; // first day it applies
    std::optional<Date> expires;   // first day it no longer applies
    std::string classification;
    std::vector<std::string> tags;
    std::vector<std::string> supersedes; // "IR-001@2.0", or "IR-001" for every lower version of it
};

enum class BlockKind { Heading, Paragraph, ListItem, TableHeader, TableRow, Code, Quote };

// One structural piece of the stored text. Blocks come in reading order and do not overlap, except that a
// list item's span covers only its own text, not that of nested items.
struct Block {
    BlockKind kind = BlockKind::Paragraph;
    Span span;            // code points into ExtractedText::text
    int level = 0;        // heading level 1..6; nesting depth of a list item, from 1
    bool ordered = false; // list item of a numbered list
    int group = 0;        // items of one list, rows of one table share a number; 0 = none
};

// Text that a reader of the rendered document would not see: comments, display:none, white or tiny text,
// off-page text.
struct HiddenText {
    Span span; // into ExtractedText::text where it is kept there, else empty
    std::string text;
    std::string reason; // "HTML comment", "style display:none", "white text", ...
};

// The text as extracted once at ingest, kept whole and never derived again: Markdown as written; PDF, HTML,
// DOCX as extracted. Valid UTF-8.
struct ExtractedText {
    std::string text;
    std::vector<Block> blocks;
    std::vector<HiddenText> hidden;
    FrontMatter facts;
    std::vector<std::string> warnings; // "page 3 has no text (scanned?)"
};

// What a unit of a chunk is. An answer quotes whole units.
enum class UnitKind { Sentence, Step, TableRow, Code };

struct Unit {
    UnitKind kind = UnitKind::Sentence;
    Span span; // code points into the document's text
    std::optional<Span>
        header;           // TableRow: the table's header row; Step: the sentence that introduces the list
    int group = 0;        // units of one list or table share it; 0 = none
    bool ordered = false; // Step of a numbered list
};

// A passage-sized piece of one document, cut along its structure: it never splits a sentence, a table row or
// a step.
struct Chunk {
    std::string heading;     // path: "Access > Break-glass > Who approves"
    Span span;               // code points into the document's text; covers all units
    std::vector<Unit> units; // in reading order
    std::size_t words = 0;
};

} // namespace plumbline::corpus
