// Text that a model sends piece by piece, handed from its thread to the window's.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace plumbline::ui::jobs {

// A fast model sends hundreds of pieces a second; an event for each would keep the window busy. The feed
// collects them and the page takes what is there a few times a second. Any thread.
class TextFeed {
public:
    void add(std::string_view piece)
    {
        const std::scoped_lock lock(m_mutex);
        m_text += piece;
    }

    // What came since the last call.
    std::string take()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_text, {});
    }

private:
    std::mutex m_mutex;
    std::string m_text;
};

inline constexpr int kFeedMilliseconds = 40; // how often a page takes

} // namespace plumbline::ui::jobs
