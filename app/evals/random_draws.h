// Random numbers that are the same on every machine for a seed: the standard fixes the engine, but not what
// its distributions make of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

namespace plumbline::evals {

class RandomDraws {
public:
    explicit RandomDraws(std::uint64_t seed) : m_engine(seed) {}

    // 0 .. bound - 1, each as likely as the other to one part in 2^32; bound 1 .. 2^32.
    std::size_t below(std::size_t bound)
    {
        return static_cast<std::size_t>(((m_engine() >> 32U) * std::uint64_t{bound}) >> 32U);
    }
    double uniform() { return static_cast<double>(m_engine() >> 11U) * 0x1p-53; } // 0 <= x < 1
    bool coin() { return (m_engine() >> 63U) != 0; }

private:
    std::mt19937_64 m_engine;
};

} // namespace plumbline::evals
