// Files to text with structure. One loader per format; what cannot be read is an Error with the reason that
// the ledger shows.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/corpus/document.h"

namespace plumbline::corpus {

// Limits that keep a hostile or broken file from taking the machine with it.
struct LoadLimits {
    std::uint64_t fileBytes = 64'000'000; // a larger file is TooLarge ("is 200 MB, over the limit of 64 MB")
    std::uint64_t textBytes = 16'000'000; // extracted text
    std::uint64_t unpackedBytes = 128'000'000; // of all members of an archive (DOCX)
    int nesting = 200;                         // of lists, quotes, elements
    int pages = 5'000;
};

// True for a file name that some loader reads: md, markdown, txt, html, htm, pdf, docx (any case). JSONL goes
// through readJsonl().
bool isSupported(const std::filesystem::path& path);

// Extracts the text of `bytes`, taken to be the content of a file called `path` (only its name is used: it
// chooses the format). `sidecar` is the content of "<name>.yaml" beside it, or empty: front matter for
// formats that cannot carry their own. Errors: BadInput (not what the name says, broken, bad front matter
// with file:line:column), Unsupported (encrypted, unknown format), TooLarge (a limit), Cancelled. Empty text
// is BadInput "has no text". Never throws. Any thread.
Result<ExtractedText> extract(const std::filesystem::path& path, std::string_view bytes,
                              std::string_view sidecar, const LoadLimits& limits, std::stop_token stop);

// One row of `--from-jsonl`: {"_id","title","text"}.
struct JsonlDocument {
    std::string id;
    std::string title;
    std::string text;
};

// Parses rows one by one and hands each to `take`; a bad row is an Error that names file:line.
Result<void> readJsonl(const std::filesystem::path& path, std::stop_token stop,
                       const std::function<Result<void>(JsonlDocument)>& take);

// A JSONL row as an extracted document: the title as a heading block when the text does not begin with it,
// paragraphs by blank lines.
ExtractedText fromJsonl(const JsonlDocument& row);

} // namespace plumbline::corpus
