#include "app/base/digest.h"

#include <array>

#include <openssl/evp.h>

namespace plumbline {

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : m_state(std::make_unique<State>())
{
    EVP_DigestInit_ex(m_state->context, EVP_sha256(), nullptr);
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes)
{
    EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size());
}

std::string Sha256::hex()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> raw{};
    unsigned int size = 0;
    EVP_DigestFinal_ex(m_state->context, raw.data(), &size);
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(size * 2U);
    for (unsigned int i = 0; i < size; ++i) {
        text.push_back(kDigits[raw[i] >> 4U]);
        text.push_back(kDigits[raw[i] & 0xFU]);
    }
    return text;
}

std::string sha256Hex(std::string_view bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

} // namespace plumbline
