#include "app/base/secret_source.h"

namespace plumbline {

std::string secretVariable(std::string_view name)
{
    std::string variable(kSecretPrefix);
    for (const char c : name) {
        variable += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    return variable;
}

} // namespace plumbline
