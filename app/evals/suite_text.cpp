#include "app/base/text.h"
#include "app/evals/promptfoo_import.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

std::string scalar(const ordered_json& value)
{
    // JSON's scalars and quoted texts are YAML's as well.
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string keyText(const std::string& key)
{
    constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    const bool plain = !key.empty() && key.find_first_not_of(kPlain) == std::string::npos && key != "null" &&
                       key != "true" && key != "false";
    return plain ? key : scalar(key);
}

bool isPrintable(const std::string& text)
{
    for (const std::string_view line : splitLines(text))
        if (withoutControls(line, '\0').find('\0') != std::string::npos)
            return false;
    return true;
}

void write(std::string& out, const ordered_json& value, std::size_t indent);

void writeText(std::string& out, const std::string& text, std::size_t indent)
{
    // A block reads better, where it can stand for the text exactly.
    const bool block = text.find('\n') != std::string::npos && text.front() != ' ' && text.front() != '\n' &&
                       text.front() != '\t' && !text.ends_with("\n\n") &&
                       text.find('\r') == std::string::npos && text.find('\t') == std::string::npos &&
                       isPrintable(text);
    if (!block) {
        out += " " + scalar(text) + "\n";
        return;
    }
    out += text.ends_with('\n') ? " |\n" : " |-\n";
    for (const std::string_view line : splitLines(text))
        out += line.empty() ? std::string("\n") : std::string(indent, ' ') + std::string(line) + "\n";
}

void writeAfterKey(std::string& out, const ordered_json& value, std::size_t indent)
{
    if (value.is_structured() && !value.empty()) {
        out += "\n";
        write(out, value, indent);
    } else if (value.is_string()) {
        writeText(out, value.get<std::string>(), indent);
    } else {
        out += " " + scalar(value) + "\n";
    }
}

void write(std::string& out, const ordered_json& value, std::size_t indent)
{
    const std::string margin(indent, ' ');
    if (value.is_object()) {
        for (const auto& [key, inner] : value.items()) {
            out += margin + keyText(key) + ":";
            writeAfterKey(out, inner, indent + 2);
        }
        return;
    }
    for (const auto& inner : value) {
        if (inner.is_object() && !inner.empty()) {
            std::string item;
            write(item, inner, indent + 2);
            item[indent] = '-';
            out += item;
        } else {
            out += margin + "-";
            writeAfterKey(out, inner, indent + 2);
        }
    }
}

} // namespace

std::string suiteText(const ordered_json& suite)
{
    std::string out;
    write(out, suite, 0);
    return out;
}

} // namespace plumbline::evals
