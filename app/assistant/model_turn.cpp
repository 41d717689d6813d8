#include "app/assistant/model_turn.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "app/assistant/cited_text.h"
#include "app/assistant/findings.h"
#include "app/assistant/support_check.h"
#include "app/base/text.h"
#include "app/llm/structured_output.h"
#include "app/prompts/render.h"

namespace plumbline::assistant {

namespace {

using retrieval::Passage;

// The text of a passage as the model reads it: with the header of a table that was cut.
std::string readable(const Passage& passage)
{
    std::string text;
    for (const retrieval::Slice& slice : passage.outside) {
        text += slice.text + "\n";
    }
    return text + passage.text;
}

prompts::Values valuesOf(const TurnRequest& request, const std::string& asked,
                         const std::vector<Passage>& passages, std::size_t count)
{
    std::vector<prompts::PassageValue> given;
    for (std::size_t i = 0; i < count; ++i) {
        const Passage& passage = passages[i];
        given.push_back({static_cast<int>(i) + 1, passage.document, passage.version, passage.title,
                         passage.heading, readable(passage)});
    }
    prompts::Values values = prompts::valuesFor(request.prompt, asked, std::move(given));
    for (const prompts::Variable& variable : request.prompt.variables) {
        if (variable.kind == prompts::VariableKind::Date && variable.fallback.empty()) {
            values.texts[variable.name] = plumbline::toString(request.asOf);
        }
    }
    return values;
}

// A rule of thumb for English: four characters a token. Only to leave passages out in time, never to bill.
std::int64_t roughTokens(const prompts::Rendered& rendered)
{
    std::size_t bytes = 0;
    for (const llm::Message& message : rendered.messages) {
        bytes += message.content.size() + 16;
    }
    return static_cast<std::int64_t>((bytes + rendered.responseSchema.size()) / 4);
}

struct Prepared {
    prompts::Rendered rendered;
    std::size_t passages = 0; // that went in
};

// As many passages, best first, as the model's context has room for.
Result<Prepared> prepare(const TurnRequest& request, const Answer& grounds, int contextTokens)
{
    const auto& passages = grounds.search.passages;
    const std::int64_t room =
        contextTokens - std::int64_t{request.prompt.parameters.maxOutputTokens.value_or(1'024)};
    for (std::size_t count = passages.size();; --count) {
        auto rendered = prompts::render(request.prompt, valuesOf(request, grounds.asked, passages, count));
        if (!rendered) {
            return tl::unexpected(rendered.error());
        }
        if (contextTokens == 0 || roughTokens(*rendered) <= room) {
            return Prepared{std::move(*rendered), count};
        }
        if (count <= 1) {
            return failure(ErrorCode::TooLarge,
                           "the prompt and one passage are about " + std::to_string(roughTokens(*rendered)) +
                               " tokens, and the model has room for " +
                               std::to_string(std::max<std::int64_t>(room, 0)) +
                               "; raise context_tokens or shorten the prompt",
                           request.promptId());
        }
    }
}

Answer declined(Answer answer, RefusalKind kind, std::string reason)
{
    Refusal refusal{kind, std::move(reason), {}, answer.search.dropped};
    const auto& passages = answer.search.passages;
    constexpr std::size_t kShown = 3;
    refusal.nearest.assign(passages.begin(),
                           passages.begin() + static_cast<std::ptrdiff_t>(std::min(passages.size(), kShown)));
    answer.refusal = std::move(refusal);
    return answer;
}

std::string listed(const std::set<int>& numbers)
{
    std::string text;
    for (const int number : numbers) {
        text += (text.empty() ? "[" : ", [") + std::to_string(number) + "]";
    }
    return text;
}

// Sentences of the reply, each held against the passages that the model was given.
class Checked {
public:
    Checked(const TurnRequest& request, const std::vector<Passage>& passages, std::size_t given,
            const retrieval::TextModel& words)
        : m_request(request),
          m_passages(passages.begin(), passages.begin() + static_cast<std::ptrdiff_t>(given)), m_words(words)
    {
    }

    void take(const CitedSentence& written)
    {
        for (const int number : written.numbers) {
            if (number < 1 || number > static_cast<int>(m_passages.size())) {
                m_invented.insert(number);
            }
        }
        Support support = supportOf(written.text, written.numbers, m_passages, m_words);
        AnswerSentence sentence;
        sentence.text = written.text;
        sentence.kind = written.kind;
        sentence.supported = support.supported;
        sentence.citations = support.numbers;
        sentence.spans = std::move(support.spans);
        if (support.supported && !written.numbers.empty() &&
            std::ranges::none_of(support.numbers, [&](int number) {
                return std::ranges::find(written.numbers, number) != written.numbers.end();
            })) {
            m_moved = true;
        }
        if (!support.supported) {
            m_reasons.push_back("\"" + written.text + "\": " + support.reason);
            if (m_request.prompt.form.unsupported == prompts::Unsupported::Withhold) {
                m_withheld.push_back(std::move(sentence));
                return;
            }
        }
        m_shown.push_back(std::move(sentence));
    }

    void writeTo(Answer& answer)
    {
        std::set<int> cited;
        for (const AnswerSentence& sentence : m_shown) {
            cited.insert(sentence.citations.begin(), sentence.citations.end());
        }
        for (const int number : cited) {
            answer.sources.push_back({number, m_passages[static_cast<std::size_t>(number - 1)]});
        }
        answer.sentences = std::move(m_shown);
        answer.generation->withheld = std::move(m_withheld);
        answer.findings = sourceFindings(answer.sources);
        if (!m_invented.empty()) {
            answer.findings.push_back(
                {"invented_citation", "the model cited " + listed(m_invented) + ", which it was not given"});
        }
        if (m_moved) {
            answer.findings.push_back(
                {"citation_moved",
                 "the model cited a passage that does not say it; the one that does is cited instead"});
        }
        const char* rule = answer.generation->withheld.empty() ? "unsupported_sentence" : "withheld_sentence";
        for (std::string& reason : m_reasons) {
            answer.findings.push_back({rule, std::move(reason)});
        }
    }

private:
    const TurnRequest& m_request;
    std::vector<Passage> m_passages;
    const retrieval::TextModel& m_words;
    std::vector<AnswerSentence> m_shown;
    std::vector<AnswerSentence> m_withheld;
    std::vector<std::string> m_reasons;
    std::set<int> m_invented;
    bool m_moved = false;
};

// The sentences of the reply, or what the model would not say.
Answer read(Answer answer, const TurnRequest& request, std::size_t given, const retrieval::TextModel& words)
{
    const llm::ChatReply& reply = answer.generation->reply;
    if (!reply.refusal.empty() || reply.finishReason == "content_filter") {
        const std::string said = reply.refusal.empty() ? "its server filtered the answer" : reply.refusal;
        return declined(std::move(answer), RefusalKind::ModelDeclined,
                        "The model would not answer: " + foldedWhitespace(said));
    }
    if (trimmed(reply.text).empty() && !reply.toolCalls.empty()) {
        const std::string tool = foldedWhitespace(reply.toolCalls.front().name);
        return declined(std::move(answer), RefusalKind::ModelDeclined,
                        "The model wants to call " + tool + " instead of answering, and is given no tools.");
    }
    if (trimmed(reply.text).empty()) {
        return declined(std::move(answer), RefusalKind::NothingCloseEnough,
                        "The model sent an empty answer.");
    }
    auto sentences =
        request.prompt.form.layout == prompts::Layout::Json ? citedJson(reply.text) : std::nullopt;
    const bool formatBroken = request.prompt.form.layout == prompts::Layout::Json && !sentences;
    if (!sentences) {
        sentences = citedSentences(reply.text);
    }
    const bool notFound =
        sentences->empty() || (sentences->size() == 1 && saysNotFound(sentences->front().text));
    if (notFound) {
        return declined(std::move(answer), RefusalKind::NothingCloseEnough,
                        "The model found no answer in the passages it was given.");
    }
    Checked checked(request, answer.search.passages, given, words);
    for (const CitedSentence& sentence : *sentences) {
        checked.take(sentence);
    }
    const bool cutOff = reply.finishReason == "length";
    checked.writeTo(answer);
    if (formatBroken) {
        answer.findings.push_back({"format_violation", "the prompt asks for JSON, and the model wrote none"});
    }
    if (cutOff) {
        answer.findings.push_back({"cut_off", "the answer ends where max_output_tokens cut it off"});
    }
    if (answer.sentences.empty()) {
        return declined(
            std::move(answer), RefusalKind::NotSupported,
            "The model answered, and none of it stands in the approved documents; it is withheld.");
    }
    return answer;
}

struct Written {
    llm::ChatReply reply;
    std::string broken; // what of its schema the answer does not keep; empty = it does, or there is none
};

Result<Written> ask(const llm::ChatModel& model, const prompts::Rendered& rendered, std::stop_token stop,
                    const llm::DeltaFn& onText)
{
    const llm::ChatRequest chat{rendered.messages, rendered.parameters, rendered.responseSchema};
    if (chat.responseSchema.empty()) {
        auto reply = model.chat(chat, std::move(stop), onText);
        if (!reply) {
            return tl::unexpected(reply.error());
        }
        return Written{std::move(*reply), {}};
    }
    auto structured = llm::chatStructured(model, chat, std::move(stop), onText);
    if (!structured) {
        return tl::unexpected(structured.error());
    }
    Written written{std::move(structured->reply), {}};
    if (!structured->valid()) {
        const auto& first = structured->violations.front();
        written.broken = "the answer does not fit the prompt's output schema" +
                         std::string(structured->repaired ? ", nor does the repaired one" : "") + ": " +
                         (first.instancePath.empty() ? "" : first.instancePath + " ") + first.message;
    }
    return written;
}

} // namespace

std::string asModelText(const Answer& embedded)
{
    if (embedded.refused() || embedded.sentences.empty()) {
        return "NOT_FOUND";
    }
    std::map<int, int> ranks;
    for (const Source& source : embedded.sources) {
        ranks[source.number] = source.passage.rank;
    }
    if (embedded.layout == prompts::Layout::Json) {
        Answer numbered = embedded;
        for (AnswerSentence& sentence : numbered.sentences) {
            for (int& number : sentence.citations) {
                number = ranks[number];
            }
        }
        return numbered.text();
    }
    std::string text; // a line each: a row of a table ends where its line does
    for (const AnswerSentence& sentence : embedded.sentences) {
        const bool item =
            embedded.layout == prompts::Layout::List && sentence.kind != corpus::UnitKind::TableRow;
        text += (text.empty() ? "" : "\n") + std::string(item ? "- " : "") + sentence.text;
        for (const int number : sentence.citations) {
            text += " [" + std::to_string(ranks[number]) + "]";
        }
    }
    return text;
}

Result<Answer> answerByModel(Answer grounds, const TurnRequest& request, const llm::ChatModel& model,
                             std::stop_token stop, const llm::DeltaFn& onText)
{
    if (request.prompt.version == 0) {
        return failure(ErrorCode::BadInput,
                       "the model '" + request.model + "' needs a prompt; name one with --prompt NAME@vN");
    }
    auto prepared = prepare(request, grounds, model.contextTokens());
    if (!prepared) {
        return tl::unexpected(prepared.error());
    }
    auto written = ask(model, prepared->rendered, std::move(stop), onText);
    if (!written) {
        return tl::unexpected(written.error());
    }
    const std::size_t leftOut = grounds.search.passages.size() - prepared->passages;
    Answer answer = std::move(grounds);
    answer.sentences.clear();
    answer.sources.clear();
    answer.findings.clear();
    answer.refusal.reset();
    answer.layout = request.prompt.form.layout;
    answer.generation = Generation{std::move(prepared->rendered.messages),
                                   std::move(prepared->rendered.digest),
                                   std::move(written->reply),
                                   {}};
    const auto words = answer.search.words;
    answer = read(std::move(answer), request, prepared->passages, *words);
    if (!written->broken.empty()) {
        answer.findings.push_back({"format_violation", std::move(written->broken)});
    }
    for (const std::string& note : answer.generation->reply.notes) {
        answer.findings.push_back({"model_note", note});
    }
    if (leftOut > 0) {
        answer.findings.push_back(
            {"passages_left_out",
             std::to_string(leftOut) + " of the passages found had no room in the model's context"});
    }
    return answer;
}

} // namespace plumbline::assistant
