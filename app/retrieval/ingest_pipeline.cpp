#include "app/retrieval/ingest_pipeline.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <numeric>
#include <thread>

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kQueued = 128; // results that may wait for the caller; bounds memory

// Where to cut the tasks so that every worker gets about the same number of bytes: worker i takes [cuts[i],
// cuts[i + 1]).
std::vector<std::size_t> shares(const std::vector<IngestTask>& tasks, std::size_t workers)
{
    const std::uint64_t total =
        std::accumulate(tasks.begin(), tasks.end(), std::uint64_t{0},
                        [](std::uint64_t sum, const IngestTask& task) { return sum + task.bytes; });
    std::vector<std::size_t> cuts = {0};
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < tasks.size() && cuts.size() < workers; ++i) {
        sum += tasks[i].bytes;
        if (sum * workers >= total * cuts.size()) {
            cuts.push_back(i + 1);
        }
    }
    cuts.resize(workers, tasks.size());
    cuts.push_back(tasks.size());
    return cuts;
}

} // namespace

// Between the workers and the caller's thread.
struct IngestPipeline::Exchange {
    std::mutex mutex;
    std::condition_variable_any moved;
    std::deque<Result<IngestResult>> ready;
    std::size_t working = 0;
    std::stop_source ended; // the caller wants no more

    void push(Result<IngestResult> result)
    {
        std::unique_lock lock(mutex);
        moved.wait(lock, [&] { return ready.size() < kQueued || ended.stop_requested(); });
        ready.push_back(std::move(result));
        moved.notify_all();
    }

    // Nothing more to come = no value.
    std::optional<Result<IngestResult>> pop()
    {
        std::unique_lock lock(mutex);
        moved.wait(lock, [&] { return !ready.empty() || working == 0; });
        if (ready.empty()) {
            return std::nullopt;
        }
        auto result = std::move(ready.front());
        ready.pop_front();
        moved.notify_all();
        return result;
    }

    void end()
    {
        const std::lock_guard lock(mutex);
        ended.request_stop();
        moved.notify_all();
    }
};

IngestPipeline::IngestPipeline(std::filesystem::path home, std::vector<std::filesystem::path> folders,
                               corpus::IngestSettings settings, std::set<std::string> released)
    : m_home(std::move(home)), m_folders(std::move(folders)), m_settings(settings),
      m_released(std::move(released)), m_writers(m_folders.size())
{
}

Result<void> IngestPipeline::run(const std::vector<IngestTask>& tasks, std::stop_token stop,
                                 const std::function<Result<void>(IngestResult&&)>& keep)
{
    Exchange exchange;
    const std::stop_callback onStop(stop, [&] { exchange.end(); });
    const std::vector<std::size_t> cuts = shares(tasks, m_folders.size());
    exchange.working = m_folders.size();
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < m_folders.size(); ++i) {
        threads.emplace_back([&, i] { work(i, tasks, cuts[i], cuts[i + 1], exchange); });
    }
    Result<void> done;
    while (auto result = exchange.pop()) {
        if (!done) {
            continue; // draining, so that no worker waits for room
        }
        done = *result ? keep(std::move(**result)) : tl::unexpected((*result).error());
        if (!done) {
            exchange.end();
        }
    }
    if (done && stop.stop_requested()) {
        return failure(ErrorCode::Cancelled, "cancelled");
    }
    return done;
}

void IngestPipeline::work(std::size_t worker, const std::vector<IngestTask>& tasks, std::size_t first,
                          std::size_t last, Exchange& exchange)
{
    const std::stop_token ended = exchange.ended.get_token();
    for (std::size_t i = first; i < last && !ended.stop_requested(); ++i) {
        auto result = one(worker, tasks, i, ended);
        const bool failed = !result;
        exchange.push(std::move(result));
        if (failed) {
            break;
        }
    }
    const std::lock_guard lock(exchange.mutex);
    --exchange.working;
    exchange.moved.notify_all();
}

Result<IngestResult> IngestPipeline::one(std::size_t worker, const std::vector<IngestTask>& tasks,
                                         std::size_t index, const std::stop_token& stop)
{
    const auto begun = std::chrono::steady_clock::now();
    const IngestTask& task = tasks[index];
    IngestResult result;
    result.task = index;
    result.writer = worker;
    if (task.row != nullptr) {
        const std::string digest = corpus::importDigest(*task.row, m_settings);
        const bool released = m_released.contains(digest);
        result.unchanged = digest == task.knownDigest && !(task.inQuarantine && released);
        if (!result.unchanged) {
            result.made = corpus::ingestImport(*task.row, m_settings, released);
        }
    } else {
        auto source = corpus::readSource(m_home, task.path, m_settings);
        if (!source) {
            result.made.document.path = task.path;
            result.made.reason = source.error().message;
            return result;
        }
        const bool released = m_released.contains(source->digest);
        result.unchanged = source->digest == task.knownDigest && !(task.inQuarantine && released);
        if (!result.unchanged) {
            auto made = corpus::ingestFile(task.path, *source, m_settings, released, stop);
            if (!made) {
                return tl::unexpected(made.error());
            }
            result.made = std::move(*made);
        }
    }
    if (!result.unchanged && result.made.outcome == corpus::IngestOutcome::Ready) {
        if (auto added = this->index(worker, result); !added) {
            return tl::unexpected(added.error());
        }
    }
    result.milliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
    return result;
}

Result<void> IngestPipeline::index(std::size_t worker, IngestResult& result)
{
    if (!m_writers[worker]) {
        auto writer = SegmentWriter::create(m_folders[worker]);
        if (!writer) {
            return tl::unexpected(writer.error());
        }
        m_writers[worker] = std::move(*writer);
    }
    SegmentWriter& writer = *m_writers[worker];
    result.firstOrdinal = static_cast<std::uint32_t>(writer.size());
    const CodePoints points(result.made.text.text);
    for (const corpus::Chunk& chunk : result.made.chunks) {
        if (auto added =
                writer.add({result.made.document.facts.title, chunk.heading, points.slice(chunk.span)});
            !added) {
            return added;
        }
    }
    return {};
}

} // namespace plumbline::retrieval
