// A version of a prompt: the file prompts/NAME/vN.md as a value.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/llm/chat_model.h"

namespace plumbline::prompts {

// The kind of a variable says how its value enters the messages. Text, Question, Ticket and Passages are
// untrusted: fenced and escaped, and refused in a system section.
enum class VariableKind { Text, Question, Ticket, Passages, Integer, Number, Date, Choice };

struct Variable {
    std::string name; // [a-z][a-z0-9_]*
    VariableKind kind = VariableKind::Text;
    std::string description;
    std::vector<std::string> choices; // of Choice
    std::string fallback;             // used when no value is given
    bool required = true;
};

struct Example {
    std::string user;
    std::string assistant;
};

enum class Layout { Prose, List, Json };
enum class Unsupported { Withhold, Mark };

// How the answer is to be: what the embedded answerer obeys, and what is done with a model's sentences that
// their sources do not carry.
struct AnswerForm {
    Layout layout = Layout::Prose;
    int maxSentences = 6;
    double answerFrom = 0.5; // refuse below this probability that the documents answer, 0..1
    Unsupported unsupported = Unsupported::Withhold;

    friend bool operator==(const AnswerForm&, const AnswerForm&) = default;
};

struct PromptVersion {
    std::string name; // the folder: [a-z0-9][a-z0-9-]*
    int version = 0;  // from 1
    std::string title;
    std::string purpose;
    std::string task; // "answer", "triage", "summary" …
    std::string authorRole;
    std::string changeNote;
    std::string guardPolicy; // name; empty = the workspace's
    llm::ModelParameters parameters;
    AnswerForm form;
    std::vector<Variable> variables;
    std::string outputSchema; // JSON text; empty = free text
    std::string system;       // sections as written, placeholders not replaced
    std::string user;
    std::vector<Example> examples;
    std::string path; // relative to the workspace
    std::string text; // the file as it stands
    std::string
        digest; // SHA-256, hex, over what messages are rendered from; the title and notes are not part of it

    std::string id() const { return name + "@v" + std::to_string(version); }
};

// A passage as it enters the messages.
struct PassageValue {
    int number = 0; // the number a citation names, from 1
    std::string document;
    std::string version;
    std::string title;
    std::string heading;
    std::string text;
};

// What the placeholders are replaced by. Numbers, dates and choices are texts too; they are checked against
// their kind.
struct Values {
    std::map<std::string, std::string, std::less<>> texts;
    std::vector<PassageValue> passages;
};

struct Rendered {
    std::vector<llm::Message> messages;
    llm::ModelParameters parameters;
    std::string responseSchema; // JSON text; empty = free text
    std::string digest;         // SHA-256, hex, over messages, parameters and schema
};

} // namespace plumbline::prompts
