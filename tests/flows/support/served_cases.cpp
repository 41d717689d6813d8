#include "tests/flows/support/served_cases.h"

namespace plumbline::tests {

const std::vector<ServedCase>& servedCases()
{
    static const std::vector<ServedCase> kCases = {
        {"ask-stream", kFalconQuestion, true, 0, kFalconSentence + " [1]\n\n[1] FAL-001@1.0",
         "Größe Desk 🔑. [1]"},
        {"ask-whole", kFalconQuestion, false, 0, kFalconSentence + " [1]\n\n[1] FAL-001@1.0", ""},
        {"ask-tools", "Who acknowledges a falcon alarm – and with which tool?", true, 1,
         "No answer: The model wants to call look_up instead of answering", ""},
        {"ask-limit", "Who acknowledges a falcon alarm – and how often?", false, 3, "",
         "plumbline: models.served: the server has too many requests, or the account's quota is used up "
         "(429: "
         "Rate limited)",
         429},
        {"ask-cut", "Who acknowledges a falcon alarm – and until when?", true, 3, "",
         "plumbline: models.served: 127.0.0.1", 200, true},
    };
    return kCases;
}

std::string wrongWith(const ServedCase& one, const ModelFolder& folder)
{
    const CommandOutcome outcome = folder.ask(
        one.streamed ? std::vector<std::string>{"--stream"} : std::vector<std::string>{}, one.question);
    const bool out = one.out.empty() ? outcome.out.empty() : outcome.out.starts_with(one.out);
    const bool err = outcome.err.find(one.err) != std::string::npos;
    if (outcome.exitCode == one.exitCode && out && err)
        return {};
    return "exit " + std::to_string(outcome.exitCode) + "\nstdout: " + outcome.out +
           "\nstderr: " + outcome.err;
}

} // namespace plumbline::tests
