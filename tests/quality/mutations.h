// Breaks true answers in one place each, for measuring the detector of unsupported sentences. Deterministic.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace plumbline::tests {

enum class Mutation { Number, Date, Identifier, Added, Name, Unit, Modal, Negation };

constexpr std::array<std::pair<Mutation, const char*>, 8> kMutations = {{{Mutation::Number, "number"},
                                                                         {Mutation::Date, "date"},
                                                                         {Mutation::Identifier, "identifier"},
                                                                         {Mutation::Added, "added"},
                                                                         {Mutation::Name, "name"},
                                                                         {Mutation::Unit, "unit"},
                                                                         {Mutation::Modal, "modal"},
                                                                         {Mutation::Negation, "negation"}}};

// The answer with one thing changed; none where it has nothing of this kind.
std::optional<std::string> mutate(const std::string& answer, Mutation kind, std::mt19937& random);

// A date in words: "1 December 2025" for "2025-12-01".
std::string inWords(const std::string& isoDate);

} // namespace plumbline::tests
