#include <array>
#include <cstring>

#include "app/base/digest.h"
#include "app/base/file.h"
#include "app/retrieval/latent_space_state.h"

namespace plumbline::retrieval {

namespace {

constexpr std::string_view kMagic = "PLSPACE1";
constexpr std::size_t kDigestSize = 64; // hexadecimal

template <typename Value>
void append(std::string& content, const Value* values, std::size_t count)
{
    content.append(reinterpret_cast<const char*>(values), count * sizeof(Value));
}

// Takes values off the front; false when there are not that many.
template <typename Value>
bool take(std::string_view& content, Value* values, std::size_t count)
{
    if (content.size() / sizeof(Value) < count)
        return false;
    if (count > 0)
        std::memcpy(values, content.data(), count * sizeof(Value));
    content.remove_prefix(count * sizeof(Value));
    return true;
}

} // namespace

// Layout: counts (dimensions, terms), weights, axes, then each term as its length in a byte and its text.
std::string LatentSpace::State::content() const
{
    std::string content;
    const std::array<std::uint64_t, 2> counts = {dimensions, terms.size()};
    append(content, counts.data(), counts.size());
    append(content, weights.data(), weights.size());
    append(content, axes.data(), axes.size());
    for (const std::string& term : terms) {
        content += static_cast<char>(static_cast<unsigned char>(term.size()));
        content += term;
    }
    return content;
}

void LatentSpace::State::index()
{
    rows.clear();
    rows.reserve(terms.size());
    for (std::uint32_t i = 0; i < terms.size(); ++i)
        rows.emplace(terms[i], i);
    identity = sha256Hex(content());
}

Result<void> LatentSpace::save(const std::filesystem::path& file) const
{
    return writeFileAtomically(file, std::string(kMagic) + m_state->identity + m_state->content());
}

Result<std::shared_ptr<const LatentSpace>> LatentSpace::load(const std::filesystem::path& file)
{
    const auto read = readFile(file);
    if (!read)
        return damaged(file, "its semantic space cannot be read");
    std::string_view content = *read;
    if (!content.starts_with(kMagic) || content.size() < kMagic.size() + kDigestSize)
        return damaged(file, "this is no semantic space");
    const std::string_view digest = content.substr(kMagic.size(), kDigestSize);
    content.remove_prefix(kMagic.size() + kDigestSize);
    if (sha256Hex(content) != digest)
        return damaged(file, "its semantic space does not check out");
    auto state = std::make_unique<State>();
    std::array<std::uint64_t, 2> counts{};
    bool whole = take(content, counts.data(), counts.size()) && counts[1] <= content.size() &&
                 counts[0] <= content.size() / std::max<std::uint64_t>(counts[1], 1);
    if (whole) {
        state->dimensions = counts[0];
        state->weights.resize(counts[1]);
        state->axes.resize(counts[0] * counts[1]);
        whole = take(content, state->weights.data(), counts[1]) &&
                take(content, state->axes.data(), state->axes.size());
    }
    for (std::size_t i = 0; whole && i < counts[1]; ++i) {
        unsigned char length = 0;
        std::string& term = state->terms.emplace_back();
        whole = take(content, &length, 1) && content.size() >= length;
        if (whole) {
            term = content.substr(0, length);
            content.remove_prefix(length);
        }
    }
    if (!whole || !content.empty())
        return damaged(file, "its semantic space is incomplete");
    state->index();
    return std::shared_ptr<const LatentSpace>(new LatentSpace(std::move(state)));
}

} // namespace plumbline::retrieval
