// SHA-256 digests (FIPS 180-4), as lower-case hexadecimal.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace plumbline {

std::string sha256Hex(std::string_view bytes);

// Incremental form: add() any number of times, then hex() once.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(std::string_view bytes);
    std::string hex();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace plumbline
