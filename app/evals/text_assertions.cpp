#include <algorithm>
#include <numeric>

#include "app/base/json_values.h"
#include "app/base/text.h"
#include "app/evals/assertion_check.h"
#include "app/evals/ecma_pattern.h"
#include "app/evals/js_text.h"
#include "app/evals/refusal_phrases.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::string quoted(const ordered_json& value)
{
    return shortJson(value);
}

Judgement equals(const Checked& checked)
{
    if (checked.value.is_null())
        throw NotExecutable{"'equals' needs a value"};
    bool same = false;
    if (checked.value.is_structured()) {
        const ordered_json output = jsParseJson(checked.text);
        same = !output.is_discarded() && jsEqual(output, checked.value);
    } else {
        same = jsString(checked.value) == checked.text;
    }
    return holds(checked, same, "the output is not " + quoted(checked.value),
                 "the output is " + quoted(checked.value));
}

Judgement contains(const Checked& checked, bool folded)
{
    const ordered_json& value = checked.value;
    if (!(value.is_number() || (value.is_string() && !value.get<std::string>().empty())))
        throw NotExecutable{"the value must be a text or a number"};
    const std::string part = jsString(value);
    const bool there = folded ? has(jsLower(checked.text), jsLower(part)) : has(checked.text, part);
    return holds(checked, there, "the output does not contain " + quoted(value),
                 "the output contains " + quoted(value));
}

// Where a field in quotes ends and what it holds: \" and "" are a quote.
std::string quotedField(std::string_view text, std::size_t& at)
{
    std::string field;
    for (++at; at < text.size(); ++at) {
        const char c = text[at];
        const char next = at + 1 < text.size() ? text[at + 1] : '\0';
        if (c == '\\' && (next == '"' || next == '\\')) {
            field += next;
            ++at;
        } else if (c == '"' && next == '"') {
            field += c;
            ++at;
        } else if (c == '"') {
            ++at;
            return field;
        } else {
            field += c;
        }
    }
    throw NotExecutable{"a quote in the value is not closed"};
}

// "a, \"b, c\", d" as promptfoo splits it: fields without a text do not count.
std::vector<std::string> commaFields(std::string_view text)
{
    std::vector<std::string> fields;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = jsTrim(text.substr(at));
        if (rest.empty())
            break;
        at = static_cast<std::size_t>(rest.data() - text.data());
        if (text[at] == ',') {
            ++at;
        } else if (text[at] == '"') {
            fields.push_back(quotedField(text, at));
            const std::string_view behind = jsTrim(text.substr(at));
            if (!behind.empty() && behind.front() != ',')
                throw NotExecutable{"behind a quoted part of the value a comma must stand"};
        } else {
            const std::size_t comma = std::min(text.find(',', at), text.size());
            fields.emplace_back(jsTrim(text.substr(at, comma - at)));
            at = comma;
        }
    }
    return fields;
}

std::vector<std::string> listOf(const ordered_json& value)
{
    if (value.is_string() && !value.get<std::string>().empty())
        return commaFields(value.get<std::string>());
    if (!value.is_array())
        throw NotExecutable{"the value must be a list, or texts parted by commas"};
    std::vector<std::string> list;
    for (const auto& item : value)
        list.push_back(jsString(item));
    return list;
}

Judgement containsSome(const Checked& checked, bool folded, bool all)
{
    const std::string text = folded ? jsLower(checked.text) : checked.text;
    std::string missing;
    std::string found;
    for (const std::string& part : listOf(checked.value)) {
        std::string& list = has(text, folded ? jsLower(part) : part) ? found : missing;
        list += (list.empty() ? "\"" : ", \"") + part + "\"";
    }
    const bool holding = all ? missing.empty() : !found.empty();
    return holds(checked, holding,
                 "the output does not contain " + (missing.empty() ? "any of nothing" : missing),
                 found.empty() ? "nothing is asked for" : "the output contains " + found);
}

Judgement startsWith(const Checked& checked)
{
    if (!checked.value.is_string() || checked.value.get<std::string>().empty())
        throw NotExecutable{"the value must be a text"};
    return holds(checked, checked.text.starts_with(checked.value.get<std::string>()),
                 "the output does not start with " + quoted(checked.value),
                 "the output starts with " + quoted(checked.value));
}

Judgement matches(const Checked& checked)
{
    if (!checked.value.is_string() || checked.value.get<std::string>().empty())
        throw NotExecutable{"the value must be a text"};
    const auto found = searchEcma(checked.value.get<std::string>(), checked.text);
    if (!found && found.error().code == ErrorCode::BadInput) // fails both ways in promptfoo
        return {false, 0, found.error().message};
    if (!found)
        throw NotExecutable{found.error().message};
    return holds(checked, *found, "the output does not match " + quoted(checked.value),
                 "the output matches " + quoted(checked.value));
}

std::size_t distance(const std::u16string& left, const std::u16string& right)
{
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t changed = diagonal + (left[i] == right[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

Judgement levenshtein(const Checked& checked)
{
    constexpr std::size_t kMostSteps = 400'000'000;
    if (!checked.value.is_string())
        throw NotExecutable{"the value must be a text"};
    const std::u16string left = jsUnits(checked.text);
    const std::u16string right = jsUnits(checked.value.get<std::string>());
    if (left.size() * right.size() > kMostSteps)
        throw NotExecutable{"the texts are too long to compare letter by letter"};
    const double threshold = checked.assertion.threshold.value_or(5);
    const std::size_t edits = distance(left, right);
    const std::string is = "the edit distance is " + std::to_string(edits);
    return holds(checked, static_cast<double>(edits) <= threshold, is + ", over " + shortNumber(threshold),
                 is + ", not over " + shortNumber(threshold));
}

// A bound of {min, max}; an absent one holds. Anything but a number compares as in ECMAScript: not at all.
bool withinBound(const ordered_json& value, const char* key, double count, bool lower)
{
    if (!value.contains(key))
        return true;
    const double bound = value.at(key).is_number() ? value.at(key).get<double>() : std::nan("");
    return lower ? count >= bound : count <= bound;
}

Judgement wordCount(const Checked& checked)
{
    const ordered_json& value = checked.value;
    const std::string blank = std::string(jsTrim(checked.text));
    const double count = blank.empty() ? 0 : static_cast<double>(jsWords(blank).size());
    const std::string is = "the output has " + shortNumber(count) + " words";
    if (value.is_object()) {
        if (!value.contains("min") && !value.contains("max"))
            throw NotExecutable{"the value must have min or max"};
        if (value.contains("min") && value.contains("max") && value["min"] > value["max"])
            throw NotExecutable{"min is over max"};
        return holds(checked,
                     withinBound(value, "min", count, true) && withinBound(value, "max", count, false),
                     is + ", asked for " + quoted(value), is + ", which it must not");
    }
    double wanted = 0;
    if (value.is_number())
        wanted = value.get<double>();
    else if (!value.is_string() || !jsParseNumber(value.get<std::string>(), wanted))
        throw NotExecutable{"the value must be a number, or a mapping with min or max"};
    return holds(checked, count == wanted, is + ", not " + shortNumber(wanted), is + ", which it must not");
}

// A blank output counts as a refusal, and scores 0 even then: promptfoo's way.
Judgement isRefusal(const Checked& checked)
{
    if (checked.hasStructured || jsTrim(checked.text).empty())
        return {!checked.negated(), 0,
                checked.negated() ? "the output is empty, which counts as a refusal" : ""};
    return holds(checked, soundsLikeRefusal(checked.text), "the output has no phrase of a refusal",
                 "the output has a phrase of a refusal");
}

} // namespace

CheckTable textChecks()
{
    return {
        {"equals", equals},
        {"contains", [](const Checked& checked) { return contains(checked, false); }},
        {"icontains", [](const Checked& checked) { return contains(checked, true); }},
        {"contains-any", [](const Checked& checked) { return containsSome(checked, false, false); }},
        {"contains-all", [](const Checked& checked) { return containsSome(checked, false, true); }},
        {"icontains-any", [](const Checked& checked) { return containsSome(checked, true, false); }},
        {"icontains-all", [](const Checked& checked) { return containsSome(checked, true, true); }},
        {"starts-with", startsWith},
        {"regex", matches},
        {"levenshtein", levenshtein},
        {"word-count", wordCount},
        {"is-refusal", isRefusal},
    };
}

} // namespace plumbline::evals
