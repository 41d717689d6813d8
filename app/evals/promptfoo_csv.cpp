#include "app/evals/promptfoo_csv.h"

#include <algorithm>
#include <array>

#include "app/base/csv.h"
#include "app/evals/assertion_kinds.h"
#include "app/evals/js_text.h"

namespace plumbline::evals {

namespace {

using nlohmann::ordered_json;

// Kinds whose threshold is .75 where a cell names none, whatever it is elsewhere: promptfoo's way.
constexpr auto kThreeQuarters = std::to_array<std::string_view>(
    {"answer-relevance", "classifier", "context-faithfulness", "context-recall", "context-relevance", "cost",
     "latency", "levenshtein", "perplexity-score", "perplexity", "rouge-n", "similar", "starts-with"});

struct Prefix {
    std::string_view written;
    std::string_view type;
};
constexpr auto kPrefixes = std::to_array<Prefix>({{"javascript:", "javascript"},
                                                  {"fn:", "javascript"},
                                                  {"eval:", "javascript"},
                                                  {"grade:", "llm-rubric"},
                                                  {"llm-rubric:", "llm-rubric"},
                                                  {"python:", "python"}});

// The longest kind that begins the cell and is followed by its end, ':' or '('.
std::string_view kindAtStart(std::string_view cell)
{
    std::string_view best;
    for (std::size_t end = 1; end <= cell.size(); ++end) {
        const bool ends = end == cell.size() || cell[end] == ':' || cell[end] == '(';
        const KindFact* fact = ends ? kindFact(cell.substr(0, end)) : nullptr;
        if (fact != nullptr && fact->support != KindSupport::Own)
            best = cell.substr(0, end);
    }
    return best;
}

std::size_t expectedIndex(std::string_view name)
{
    name.remove_prefix(std::string_view("__expected").size());
    double number = 1;
    return name.empty() || !jsParseNumber(name, number) || number < 1 ? 0
                                                                      : static_cast<std::size_t>(number) - 1;
}

struct Thresholds {
    std::size_t index;
    double value;
};

ordered_json testOfRow(const std::vector<std::string>& header, const std::vector<std::string>& fields)
{
    ordered_json test = {{"vars", ordered_json::object()}, {"assert", ordered_json::array()}};
    std::vector<Thresholds> thresholds;
    std::string metric;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string name(jsTrim(header[i]));
        const std::string& field = fields[i];
        double number = 0;
        const bool isNumber = !jsTrim(field).empty() && jsParseNumber(field, number);
        if (name.starts_with("__expected")) {
            if (!jsTrim(field).empty())
                test["assert"].push_back(assertionOfCell(jsTrim(field)));
        } else if (name.starts_with("__config:") && name.ends_with(":threshold") && isNumber) {
            thresholds.push_back({expectedIndex(std::string_view(name).substr(9, name.size() - 19)), number});
        } else if (name == "__threshold" && isNumber) {
            test["threshold"] = number;
        } else if (name == "__metric") {
            metric = field;
        } else if ((name == "__prefix" || name == "__suffix") && !field.empty()) {
            test["options"][name.substr(2)] = field;
        } else if (!name.starts_with("__")) {
            test["vars"][name] = field;
        }
    }
    for (const Thresholds& one : thresholds)
        if (one.index < test["assert"].size())
            test["assert"][one.index]["threshold"] = one.value;
    if (!metric.empty())
        for (auto& assertion : test["assert"])
            assertion["metric"] = metric;
    return test;
}

} // namespace

ordered_json assertionOfCell(std::string_view cell)
{
    for (const Prefix& prefix : kPrefixes)
        if (cell.starts_with(prefix.written))
            return {{"type", prefix.type},
                    {"value", std::string(jsTrim(cell.substr(prefix.written.size())))}};
    if (cell.starts_with("file://"))
        return {{"type", cell.find(".py") != std::string_view::npos ? "python" : "javascript"},
                {"value", std::string(cell)}};
    const bool negated = cell.starts_with("not-");
    const std::string_view rest = cell.substr(negated ? 4 : 0);
    const std::string_view kind = kindAtStart(rest);
    std::string_view behind = rest.substr(kind.size());
    double threshold = 0.75;
    bool hasThreshold = std::ranges::find(kThreeQuarters, kind) != kThreeQuarters.end();
    if (!kind.empty() && behind.starts_with('(')) {
        const std::size_t close = behind.find(')');
        if (close == std::string_view::npos || !jsParseNumber(behind.substr(1, close - 1), threshold))
            return {{"type", "equals"}, {"value", std::string(cell)}};
        behind.remove_prefix(close + 1);
        // Of other kinds promptfoo reads the number and drops it.
    }
    if (kind.empty() || !(behind.empty() || behind.starts_with(':')))
        return {{"type", "equals"}, {"value", std::string(cell)}};
    ordered_json assertion = {{"type", (negated ? "not-" : "") + std::string(kind)}};
    if (!behind.empty())
        assertion["value"] = std::string(jsTrim(behind.substr(1)));
    if (hasThreshold)
        assertion["threshold"] = threshold;
    return assertion;
}

Result<std::vector<ordered_json>> testsOfCsv(std::string_view text, const std::string& name)
{
    const auto records = parseCsv(text, name);
    if (!records)
        return tl::unexpected(records.error());
    std::vector<ordered_json> tests;
    for (std::size_t i = 1; i < records->size(); ++i) {
        const CsvRecord& record = (*records)[i];
        const std::string where = name + ":" + std::to_string(record.line);
        if (record.fields.size() != records->front().fields.size())
            return failure(ErrorCode::BadInput,
                           "expected " + std::to_string(records->front().fields.size()) +
                               " fields, as many as in the first line, got " +
                               std::to_string(record.fields.size()),
                           where);
        tests.push_back(testOfRow(records->front().fields, record.fields));
        tests.back()["__where"] = where;
    }
    return tests;
}

} // namespace plumbline::evals
