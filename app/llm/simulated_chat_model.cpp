#include "app/llm/simulated_chat_model.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <numbers>
#include <vector>

#include "app/base/digest.h"
#include "app/llm/exchange_record.h"
#include "app/llm/token_estimate.h"

namespace plumbline::llm {

namespace {

constexpr int kDigitsOfADraw = 13; // 52 bits: all of them fit a double

// In [0, 1), from a digest: the standard library's distributions differ between libraries, this does not.
double drawOf(const std::string& text)
{
    const std::string digits = sha256Hex(text).substr(0, kDigitsOfADraw);
    std::uint64_t bits = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), bits, 16);
    return std::ldexp(static_cast<double>(bits), -4 * kDigitsOfADraw);
}

std::chrono::nanoseconds nanoseconds(double milliseconds)
{
    return std::chrono::nanoseconds(std::llround(milliseconds * 1e6));
}

tl::unexpected<Error> cancelled()
{
    return failure(ErrorCode::Cancelled, "cancelled");
}

// Words with the white space behind them.
std::vector<std::string_view> pieces(std::string_view text)
{
    std::vector<std::string_view> all;
    while (!text.empty()) {
        std::size_t end = std::min(text.find_first_of(" \n"), text.size());
        end = std::min(text.find_first_not_of(" \n", end), text.size());
        all.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return all;
}

} // namespace

bool sleepUntilStopped(std::chrono::nanoseconds time, std::stop_token stop)
{
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

SimulatedCourse courseOf(const Simulation& simulation, const std::string& requestDigest)
{
    const std::string seed = std::to_string(simulation.seed) + ":" + requestDigest + ":";
    SimulatedCourse course;
    const double outcome = drawOf(seed + "outcome");
    if (outcome < simulation.errorRate) {
        course.outcome = SimulatedCourse::Outcome::Failed;
    } else if (outcome < simulation.errorRate + simulation.rateLimitRate) {
        course.outcome = SimulatedCourse::Outcome::RateLimited;
    }
    const double radius = std::sqrt(-2 * std::log(1 - drawOf(seed + "radius")));
    const double normal = radius * std::cos(2 * std::numbers::pi * drawOf(seed + "angle"));
    course.firstTokenMs = simulation.firstTokenMs * std::exp(simulation.spread * normal);
    return course;
}

SimulatedChatModel::SimulatedChatModel(Endpoint endpoint, AnswerFn answer, SleepFn sleep)
    : m_endpoint(std::move(endpoint)), m_answer(std::move(answer)), m_sleep(std::move(sleep))
{
}

// Gives the milliseconds it took; they are pretended also when nobody listens.
Result<double> SimulatedChatModel::stream(const std::string& text, const std::stop_token& stop,
                                          const DeltaFn& onText) const
{
    const double speed = m_endpoint.simulation.tokensPerSecond;
    double total = 0;
    for (const std::string_view piece : pieces(text)) {
        const double ms = speed > 0 ? static_cast<double>(estimatedTokens(piece).count) * 1'000 / speed : 0.0;
        if (ms > 0 && !m_sleep(nanoseconds(ms), stop)) {
            return cancelled();
        }
        if (stop.stop_requested()) {
            return cancelled();
        }
        total += ms;
        if (onText) {
            onText(piece);
        }
    }
    return total;
}

Result<ChatReply> SimulatedChatModel::chat(const ChatRequest& request, std::stop_token stop,
                                           const DeltaFn& onText) const
{
    const SimulatedCourse course = courseOf(m_endpoint.simulation, requestDigest(m_endpoint.name, request));
    if (stop.stop_requested() || !m_sleep(nanoseconds(course.firstTokenMs), stop)) {
        return cancelled();
    }
    if (course.outcome != SimulatedCourse::Outcome::Answered) {
        const bool limited = course.outcome == SimulatedCourse::Outcome::RateLimited;
        return failure(
            ErrorCode::Network,
            std::string("simulated: ") +
                (limited ? "429, too many requests (rate_limit_rate" : "503, unavailable (error_rate") +
                " in workspace.yaml)",
            m_endpoint.name);
    }
    auto text = m_answer(request, stop);
    if (!text) {
        return tl::unexpected(text.error());
    }
    auto streamed = stream(*text, stop, onText);
    if (!streamed) {
        return tl::unexpected(streamed.error());
    }
    ChatReply reply;
    reply.text = std::move(*text);
    reply.finishReason = "stop";
    reply.model = m_endpoint.model.empty() ? m_endpoint.name : m_endpoint.model;
    reply.usage = estimatedUsage(request, reply);
    reply.firstTokenMs = course.firstTokenMs;
    reply.totalMs = course.firstTokenMs + *streamed;
    reply.simulated = true;
    return reply;
}

} // namespace plumbline::llm
