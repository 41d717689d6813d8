// A failure and a verdict in the words that every report shares.
#pragma once

#include <string>

#include "app/evals/report.h"

namespace plumbline::evals {

// "IR-001@3.1:1982-2065", "the answer:0-40"; code points, end exclusive.
std::string placeText(const EvidencePlace& place);

// "prompts/policy-answer/v4.md:21".
std::string placeText(const PromptPlace& place);

// "grounded: its sources do not carry this", with the number of repeats where there are several.
std::string headline(const Failure& failure);

// Case, sentence, source and prompt, a line each: for a terminal or a log.
std::string describe(const Failure& failure);

// "gates passed", "gates failed", "no gates were asked"; of a run that is not finished "no verdict, the run
// is stopped" (or as its state is).
std::string verdictText(const Report& report);

// "suites/golden.jsonl:12" in two; the line is 1 where there is none.
struct FileLine {
    std::string path;
    int line = 1;
};
FileLine fileLine(const std::string& where);

} // namespace plumbline::evals
