#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/batch.h"
#include "app/cli/commands.h"
#include "app/cli/json_output.h"
#include "app/grounding/grounding.h"

namespace plumbline::cli {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

struct GroundFlags {
    std::string in;
    std::string out;
};

Result<std::vector<std::string>> sourcesOf(const json& row)
{
    const auto found = row.find("sources");
    const bool texts = found != row.end() && found->is_array() &&
                       std::ranges::all_of(*found, [](const json& one) { return one.is_string(); });
    if (!texts) {
        return failure(ErrorCode::BadInput, "expected a list of texts in `sources`");
    }
    return found->get<std::vector<std::string>>();
}

const char* verdictWord(bool supported)
{
    return supported ? "supported" : "unsupported";
}

ordered_json toJson(const grounding::SentenceVerdict& sentence)
{
    ordered_json reasons = ordered_json::array();
    for (const grounding::Reason& reason : sentence.reasons) {
        reasons.push_back({{"kind", reason.kind},
                           {"start", reason.span.start},
                           {"end", reason.span.end},
                           {"detail", reason.detail}});
    }
    ordered_json evidence = ordered_json::array();
    for (const grounding::SourcePlace& place : sentence.evidence) {
        evidence.push_back({{"source", place.source}, {"start", place.span.start}, {"end", place.span.end}});
    }
    return {{"start", sentence.span.start}, {"end", sentence.span.end},
            {"score", sentence.score},      {"verdict", verdictWord(sentence.supported)},
            {"reasons", reasons},           {"evidence", evidence}};
}

Result<ordered_json> groundRow(const json& row, const std::stop_token& stop)
{
    auto answer = textField(row, "answer");
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    auto sources = sourcesOf(row);
    if (!sources) {
        return tl::unexpected(sources.error());
    }
    auto verdict = grounding::ground(*answer, *sources, stop);
    if (!verdict) {
        return tl::unexpected(verdict.error());
    }
    ordered_json sentences = ordered_json::array();
    for (const grounding::SentenceVerdict& sentence : verdict->sentences) {
        sentences.push_back(toJson(sentence));
    }
    return ordered_json{{"score", verdict->score},
                        {"verdict", verdictWord(verdict->supported)},
                        {"sentences", std::move(sentences)}};
}

} // namespace

void addGround(CLI::App& app, Session& session)
{
    auto* command =
        app.add_subcommand("ground", "which sentences of an answer its sources carry, and why not");
    command->footer("Example: plumbline ground --in answers.jsonl --out verdicts.jsonl\n"
                    R"(Rows: {"id","answer","sources":["text", ...]}; needs no workspace.)");
    auto flags = std::make_shared<GroundFlags>();
    command->add_option("--in", flags->in, "answers with their sources, JSON Lines")->required();
    command->add_option("--out", flags->out, "verdicts, JSON Lines")->required();
    command->callback([&session, flags] {
        runBatch(session, flags->in, flags->out,
                 [&](const json& row) { return groundRow(row, session.stop); });
    });
}

} // namespace plumbline::cli
