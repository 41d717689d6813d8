// Models for tests: vectors computed from the letters of a text, relevance from shared words; each can fail,
// wait or answer nonsense when told to, and counts what it is asked.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "app/llm/embedder.h"
#include "app/llm/reranker.h"

namespace plumbline::tests {

// Counts of character trigrams, hashed into `dimensions`, to unit length: words that are spelt alike are
// near.
inline std::vector<float> trigramVector(const std::string& text, std::size_t dimensions)
{
    std::vector<float> vector(dimensions);
    const std::string padded = "  " + text + "  ";
    for (std::size_t i = 0; i + 3 <= padded.size(); ++i) {
        std::uint64_t hash = 1469598103934665603ULL; // FNV-1a
        for (std::size_t j = i; j < i + 3; ++j) {
            const char c = padded[j];
            hash = (hash ^ static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c)) *
                   1099511628211ULL;
        }
        vector[hash % dimensions] += 1;
    }
    double sum = 0;
    for (const float value : vector)
        sum += static_cast<double>(value) * static_cast<double>(value);
    for (float& value : vector)
        value = static_cast<float>(static_cast<double>(value) / std::sqrt(sum));
    return vector;
}

class TrigramEmbedder : public llm::Embedder {
public:
    explicit TrigramEmbedder(std::string identity = "trigrams-1", std::size_t dimensions = 256)
        : m_identity(std::move(identity)), m_dimensions(dimensions)
    {
    }

    std::string identity() const override { return m_identity; }
    std::size_t dimensions() const override { return m_dimensions; }

    Result<std::vector<std::vector<float>>> embed(std::span<const std::string> texts,
                                                  std::stop_token stop) const override
    {
        if (m_onCall) {
            if (auto ready = m_onCall(stop); !ready)
                return tl::unexpected(ready.error());
        }
        std::vector<std::vector<float>> vectors;
        for (const std::string& text : texts) {
            vectors.push_back(trigramVector(text, m_dimensions));
            m_texts.push_back(text);
        }
        ++m_calls;
        return vectors;
    }

    const std::vector<std::string>& texts() const { return m_texts; } // all it was asked for
    int calls() const { return m_calls; }                             // that it answered
    void forget() { m_texts.clear(); }
    // Called before each answer; an error is the answer.
    void onCall(std::function<Result<void>(std::stop_token)> call) { m_onCall = std::move(call); }

private:
    std::string m_identity;
    std::size_t m_dimensions;
    std::function<Result<void>(std::stop_token)> m_onCall;
    mutable std::vector<std::string> m_texts;
    mutable int m_calls = 0;
};

// Share of the query's words that a text has.
class OverlapReranker : public llm::Reranker {
public:
    std::string identity() const override { return "overlap-1"; }

    Result<std::vector<double>> rerank(const std::string& query, std::span<const std::string> texts,
                                       std::stop_token /*stop*/) const override
    {
        ++m_calls;
        m_asked = texts.size();
        if (m_error)
            return tl::unexpected(*m_error);
        std::vector<double> relevance;
        const std::set<std::string> asked = words(query);
        for (const std::string& text : texts) {
            const std::set<std::string> held = words(text);
            const auto shared =
                std::ranges::count_if(asked, [&](const auto& word) { return held.contains(word); });
            relevance.push_back(m_constant ? *m_constant
                                           : static_cast<double>(shared) / static_cast<double>(asked.size()));
        }
        return relevance;
    }

    int calls() const { return m_calls; }
    std::size_t asked() const { return m_asked; } // passages in the last call
    void fail(Error error) { m_error = std::move(error); }
    void always(double relevance) { m_constant = relevance; }

private:
    static std::set<std::string> words(const std::string& text)
    {
        std::istringstream in(text);
        std::set<std::string> all;
        for (std::string word; in >> word;) {
            std::erase_if(word, [](char c) { return c == '.' || c == ',' || c == '?'; });
            all.insert(word);
        }
        return all;
    }

    mutable int m_calls = 0;
    mutable std::size_t m_asked = 0;
    std::optional<Error> m_error;
    std::optional<double> m_constant;
};

// Waits inside the embedder until let go or stopped.
struct Pause {
    std::mutex mutex;
    std::condition_variable_any moved;
    bool reached = false;
    bool released = false;

    Result<void> operator()(std::stop_token stop)
    {
        std::unique_lock lock(mutex);
        reached = true;
        moved.notify_all();
        if (!moved.wait(lock, stop, [&] { return released; }))
            return failure(ErrorCode::Cancelled, "stopped");
        return {};
    }
    void waitUntilReached()
    {
        std::unique_lock lock(mutex);
        moved.wait(lock, [&] { return reached; });
    }
    void release()
    {
        const std::lock_guard lock(mutex);
        released = true;
        moved.notify_all();
    }
};

// Declared after the thread that waits: a test that fails does not hang.
struct ReleasedAtEnd {
    Pause& pause;
    ~ReleasedAtEnd() { pause.release(); }
};

} // namespace plumbline::tests
