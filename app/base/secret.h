// A key or a password. It cannot be streamed, formatted or compared by accident, and its bytes are wiped when
// it goes.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace plumbline {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : m_value(std::move(value)) {}
    Secret(const Secret&) = default;
    Secret(Secret&&) noexcept = default;
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    bool empty() const { return m_value.empty(); }
    // For the one place that sends it. What it returns must not be copied anywhere that lasts.
    std::string_view reveal() const { return m_value; }

    friend std::ostream& operator<<(std::ostream&, const Secret&) = delete;

private:
    void wipe();

    std::string m_value;
};

} // namespace plumbline
