// A store in a temporary folder, suites of plain prompts, and a model that counts what it is asked.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/evals/runner.h"
#include "app/store/migrations.h"
#include "tests/support/temporary_folder.h"

namespace plumbline::tests {

inline Timestamp fixedNow()
{
    return *parseTimestamp("2026-11-26T04:13:13.000Z");
}

class RunStore {
public:
    RunStore()
    {
        if (auto made = store::migrate(file()); !made) {
            qFatal("%s", made.error().describe().c_str());
        }
    }
    std::filesystem::path file() const { return m_folder.path() / "plumbline.db"; }
    std::filesystem::path folder() const { return m_folder.path(); }
    evals::RunRepository runs() const { return evals::RunRepository(file()); }

private:
    TemporaryFolder m_folder;
};

// "q0", "q1" …, each with a check that the answer holds its number.
inline evals::Suite plainSuite(int cases)
{
    evals::Suite suite;
    suite.name = "plain";
    suite.path = "suites/plain.yaml";
    suite.prompts = {{"short", "Say {{question}}", "suites/plain.yaml:2"}};
    for (int i = 0; i < cases; ++i) {
        evals::Case one;
        one.id = "q" + std::to_string(i);
        one.question = "number " + std::to_string(i);
        one.vars["question"] = one.question;
        one.cluster = one.id;
        evals::Assertion assertion;
        assertion.type = "contains";
        assertion.value = one.question;
        one.assertions.push_back(assertion);
        suite.cases.push_back(one);
    }
    return suite;
}

inline evals::Target plainTarget(const evals::Suite& suite, std::string model, std::size_t prompt = 0)
{
    evals::Target target;
    target.plain = suite.prompts.at(prompt);
    target.variant.prompt = suite.prompts.at(prompt).label;
    target.variant.promptDigest = suite.prompts.at(prompt).text;
    target.variant.model = std::move(model);
    target.modelIdentity = "a server";
    return target;
}

// Says its last message back, and remembers every one.
class CountingModel final : public llm::ChatModel {
public:
    using AnswerFn = std::function<Result<llm::ChatReply>(const llm::ChatRequest& request, int asked)>;

    explicit CountingModel(AnswerFn answer = {}) : m_answer(std::move(answer)) {}

    std::string name() const override { return "counting"; }
    Result<llm::ChatReply> chat(const llm::ChatRequest& request, std::stop_token /*stop*/,
                                const llm::DeltaFn& /*onText*/) const override
    {
        int asked = 0;
        {
            const std::lock_guard lock(m_mutex);
            asked = ++m_asked[request.messages.back().content];
        }
        if (m_answer) {
            return m_answer(request, asked);
        }
        llm::ChatReply reply;
        reply.text = request.messages.back().content;
        reply.finishReason = "stop";
        reply.cost = Money{7};
        reply.totalMs = 3;
        return reply;
    }

    int calls() const
    {
        const std::lock_guard lock(m_mutex);
        int all = 0;
        for (const auto& [text, count] : m_asked) {
            all += count;
        }
        return all;
    }
    int most() const // that one text was asked
    {
        const std::lock_guard lock(m_mutex);
        int most = 0;
        for (const auto& [text, count] : m_asked) {
            most = std::max(most, count);
        }
        return most;
    }

private:
    AnswerFn m_answer;
    mutable std::mutex m_mutex;
    mutable std::map<std::string, int> m_asked;
};

inline evals::RunPorts portsOf(const RunStore& store, std::shared_ptr<const llm::ChatModel> model)
{
    evals::RunPorts ports;
    ports.models = [model](const assistant::ModelUse&) { return Result<decltype(model)>(model); };
    ports.database = store.file();
    ports.home = store.folder();
    ports.clock = fixedNow;
    return ports;
}

inline evals::RunPlan planOf(evals::Suite suite, std::vector<evals::Target> targets)
{
    evals::RunPlan plan;
    plan.suite = std::move(suite);
    plan.targets = std::move(targets);
    return plan;
}

} // namespace plumbline::tests
