// A model behind a pretended endpoint: an answer function with the delays, errors and price that
// workspace.yaml states, so that cost and latency can be tried with no server.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>

#include "app/base/result.h"
#include "app/llm/chat_model.h"
#include "app/llm/endpoint.h"

namespace plumbline::llm {

// What is said; the embedded answerer, plugged in by whoever composes. Errors are handed on.
using AnswerFn = std::function<Result<std::string>(const ChatRequest& request, std::stop_token stop)>;

// Waits that long, or until a stop; tests count instead. Gives false when it was stopped.
using SleepFn = std::function<bool(std::chrono::nanoseconds, std::stop_token)>;

// Really waits; a stop ends it at once.
bool sleepUntilStopped(std::chrono::nanoseconds time, std::stop_token stop);

// The course of one simulated call, drawn from its seed.
struct SimulatedCourse {
    enum class Outcome { Answered, Failed, RateLimited };
    Outcome outcome = Outcome::Answered;
    double firstTokenMs = 0;
};

// The same simulation and the same request give the same course, in every process: the draws come from a
// SHA-256 of both. firstTokenMs is median * exp(spread * z), z standard normal (Box and Muller 1958).
SimulatedCourse courseOf(const Simulation& simulation, const std::string& requestDigest);

class SimulatedChatModel final : public ChatModel {
public:
    SimulatedChatModel(Endpoint endpoint, AnswerFn answer, SleepFn sleep = sleepUntilStopped);

    std::string name() const override { return m_endpoint.name; }
    int contextTokens() const override { return m_endpoint.contextTokens; }

    // The reply is marked simulated; its usage is an estimate of the real texts, its times are those that
    // were pretended. Streams word by word at the stated speed. Network: a stated share of calls (503, 429);
    // the message says that it is simulated. The answer's own errors. Cancelled within 200 ms.
    Result<ChatReply> chat(const ChatRequest& request, std::stop_token stop,
                           const DeltaFn& onText) const override;

private:
    Result<double> stream(const std::string& text, const std::stop_token& stop, const DeltaFn& onText) const;

    Endpoint m_endpoint;
    AnswerFn m_answer;
    SleepFn m_sleep;
};

} // namespace plumbline::llm
