#include "tests/flows/support/key_search.h"

#include <algorithm>
#include <cctype>

#include <QByteArray>

#include "app/base/file.h"

namespace plumbline::tests {

namespace {

constexpr std::size_t kMostBytes = 1'000'000'000;

bool standsIn(std::string_view bytes, const std::string& form)
{
    return std::ranges::search(bytes, form, [](char a, char b) {
               return std::tolower(static_cast<unsigned char>(a)) ==
                      std::tolower(static_cast<unsigned char>(b));
           }).begin() != bytes.end();
}

// The characters of base64 that the key alone decides, when `before` bytes stand in front of it.
std::string base64Of(const std::string& key, std::size_t before)
{
    const std::string padded = std::string(before, '\0') + key;
    const QByteArray encoded = QByteArray::fromStdString(padded).toBase64(QByteArray::OmitTrailingEquals);
    const qsizetype begin = before == 0 ? 0 : static_cast<qsizetype>(before + 1);
    const auto whole = static_cast<qsizetype>(padded.size() * 8 / 6);
    return encoded.mid(begin, whole - begin).toStdString();
}

} // namespace

KeySearch::KeySearch(const std::string& key)
{
    const QByteArray bytes = QByteArray::fromStdString(key);
    m_forms = {{"plain", key},
               {"its first half", key.substr(0, key.size() / 2)},
               {"its second half", key.substr(key.size() / 2)},
               {"percent-encoded", bytes.toPercentEncoding().toStdString()},
               {"hex", bytes.toHex().toStdString()}};
    for (std::size_t before = 0; before < 3; ++before) {
        const std::string form = base64Of(key, before);
        std::string forUrls = form;
        std::ranges::replace(forUrls, '+', '-');
        std::ranges::replace(forUrls, '/', '_');
        m_forms.push_back({"base64", form});
        m_forms.push_back({"base64", forUrls});
    }
}

std::string KeySearch::foundIn(std::string_view bytes) const
{
    const auto found =
        std::ranges::find_if(m_forms, [&](const Form& form) { return standsIn(bytes, form.bytes); });
    return found == m_forms.end() ? std::string() : found->how;
}

std::vector<std::string> KeySearch::filesBelow(const std::filesystem::path& folder,
                                               const std::filesystem::path& own, int& looked) const
{
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!foundIn(entry.path().filename().string()).empty())
            found.push_back(entry.path().string() + ": in its name");
        if (!entry.is_regular_file() || entry.path() == own)
            continue;
        ++looked;
        const auto bytes = readFile(entry.path(), kMostBytes);
        const std::string how = bytes ? foundIn(*bytes) : "cannot be read";
        if (!how.empty())
            found.push_back(entry.path().string() + ": " + how);
    }
    return found;
}

} // namespace plumbline::tests
