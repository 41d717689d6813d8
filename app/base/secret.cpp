#include "app/base/secret.h"

#include <utility>

#include <openssl/crypto.h>

namespace plumbline {

Secret& Secret::operator=(const Secret& other)
{
    if (this != &other) {
        wipe();
        m_value = other.m_value;
    }
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept
{
    if (this != &other) {
        wipe();
        m_value = std::exchange(other.m_value, {});
    }
    return *this;
}

Secret::~Secret()
{
    wipe();
}

void Secret::wipe()
{
    OPENSSL_cleanse(m_value.data(), m_value.size());
    m_value.clear();
}

} // namespace plumbline
