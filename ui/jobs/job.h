// Runs one blocking function of the engine away from the window and hands back what it says, in order.
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>
#include <QtConcurrentRun>

#include "app/base/progress.h"
#include "app/base/result.h"
#include "ui/jobs/job_base.h"

namespace plumbline::ui::jobs {

// Owned by a page, on the page's thread. Starting again stops the run before and nothing of it is delivered
// any more (latest wins). Destroying it stops the work and waits until it has returned. Partial values,
// progress and the end arrive in the order they were sent; after the end nothing arrives.
template <typename T>
class Job final : public JobBase {
public:
    // What the work is given; used on the working thread only.
    struct Context {
        std::stop_token stop;
        ProgressFn progress;            // at most 20 a second are passed on
        std::function<void(T)> partial; // for results that grow
    };
    using Work = std::function<Result<T>(const Context&)>;
    using End = std::function<void(Result<T>)>;
    using Partial = std::function<void(T)>;

    explicit Job(QString title, QObject* parent = nullptr) : JobBase(std::move(title), parent)
    {
        m_pool.setMaxThreadCount(4); // a run that was overtaken may still be stopping
    }
    ~Job() override
    {
        abandon();
        m_pool.waitForDone();
    }

    // `end` and `partial` are called on this thread. `end` may start the job again or destroy it.
    void start(Work work, End end, Partial partial = {})
    {
        abandon();
        m_stop = std::stop_source();
        m_end = std::move(end);
        m_partial = std::move(partial);
        auto* watcher = new QFutureWatcher<Event>(this);
        m_watcher = watcher;
        QObject::connect(watcher, &QFutureWatcherBase::resultReadyAt, this, [this, watcher](int index) {
            if (watcher == m_watcher && !watcher->isCanceled())
                deliver(watcher->resultAt(index));
        });
        markStarted();
        watcher->setFuture(QtConcurrent::run(
            &m_pool, [work = std::move(work), stop = m_stop.get_token()](QPromise<Event>& promise) {
                Event event;
                event.end = std::make_shared<Result<T>>(perform(work, stop, promise));
                promise.addResult(std::move(event));
            }));
    }

    void cancel() override { m_stop.request_stop(); }

private:
    struct Event {
        std::optional<Progress> progress;
        std::shared_ptr<T> partial;
        std::shared_ptr<Result<T>> end;
    };

    // The last catch: whatever a library throws becomes an Error that the page can show.
    static Result<T> perform(const Work& work, std::stop_token stop, QPromise<Event>& promise)
    {
        auto last = std::make_shared<std::chrono::steady_clock::time_point>();
        Context context;
        context.stop = std::move(stop);
        context.progress = [&promise, last](const Progress& progress) {
            const auto now = std::chrono::steady_clock::now();
            if (now - *last < std::chrono::milliseconds(50) &&
                (progress.total == 0 || progress.done < progress.total))
                return;
            *last = now;
            Event event;
            event.progress = progress;
            promise.addResult(std::move(event));
        };
        context.partial = [&promise](T value) {
            Event event;
            event.partial = std::make_shared<T>(std::move(value));
            promise.addResult(std::move(event));
        };
        try {
            return work(context);
        } catch (const std::exception& exception) {
            return failure(ErrorCode::Internal, exception.what());
        } catch (...) {
            return failure(ErrorCode::Internal, "the work ended with an exception of unknown kind");
        }
    }

    void deliver(const Event& event)
    {
        if (event.progress)
            markProgress(*event.progress);
        else if (event.partial) {
            if (const Partial partial = m_partial) // a copy: it may start the job again
                partial(std::move(*event.partial));
        } else if (event.end) {
            std::exchange(m_watcher, nullptr)->deleteLater();
            const End end = std::exchange(m_end, {});
            m_partial = {};
            markEnded();
            if (end)
                end(std::move(*event.end));
        }
    }

    void abandon()
    {
        if (m_watcher == nullptr)
            return;
        m_stop.request_stop();
        m_watcher->disconnect(this);
        std::exchange(m_watcher, nullptr)->deleteLater();
        m_end = {};
        m_partial = {};
        markEnded();
    }

    QThreadPool m_pool;
    std::stop_source m_stop;
    QFutureWatcher<Event>* m_watcher = nullptr;
    End m_end;
    Partial m_partial;
};

} // namespace plumbline::ui::jobs
