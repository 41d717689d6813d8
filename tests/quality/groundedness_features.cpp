// groundedness_features ROWS.jsonl: one JSON line a row {"id","set","answer","sources","grounded"} with the
// features that the detector itself computes, for fit_groundedness.py.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>

#include <nlohmann/json.hpp>

#include "app/grounding/assessment.h"

using namespace plumbline;
using nlohmann::json;

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "groundedness_features ROWS.jsonl\n";
        return 2;
    }
    std::ifstream in(argv[1]);
    std::map<std::string, std::size_t> documents; // rows of one document belong together
    std::cout << json{{"names", grounding::featureNames()}}.dump() << '\n';
    for (std::string line; std::getline(in, line);) {
        const json row = json::parse(line);
        const auto answer = row.at("answer").get<std::string>();
        grounding::SourceIndex sources(row.at("sources").get<std::vector<std::string>>());
        const auto assessment = grounding::assess(answer, sources, {});
        json doubts = json::array();
        for (const grounding::SentenceAssessment& sentence : assessment->sentences) {
            for (const grounding::Doubt& doubt : sentence.doubts) {
                doubts.push_back({{"kind", doubt.kind},
                                  {"decides", doubt.decides},
                                  {"text", answer.substr(doubt.begin, doubt.end - doubt.begin)}});
            }
        }
        const std::size_t document =
            documents.emplace(row.at("sources").dump(), documents.size()).first->second;
        const json out = {{"id", row.at("id")},
                          {"set", row.value("set", "all")},
                          {"unsupported", !row.at("grounded").get<bool>()},
                          {"document", document},
                          {"words", std::ranges::count(answer, ' ') + 1},
                          {"close", assessment->close},
                          {"features", assessment->features},
                          {"doubts", doubts}};
        std::cout << out.dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
    }
    return 0;
}
