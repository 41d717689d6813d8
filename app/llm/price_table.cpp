#include "app/llm/price_table.h"

#include <algorithm>
#include <tuple>

#include <nlohmann/json.hpp>

#include "app/base/yaml.h"
#include "app/llm/price_file.h"

namespace plumbline::llm {

namespace {

using nlohmann::ordered_json;

Result<std::string> textAt(const ordered_json& value, const char* key)
{
    const auto found = value.find(key);
    if (found == value.end()) {
        return std::string();
    }
    if (!found->is_string()) {
        return failure(ErrorCode::BadInput, std::string(key) + " must be a text", std::string("/") + key);
    }
    return found->get<std::string>();
}

Result<std::optional<Date>> dateAt(const ordered_json& value, const char* key)
{
    auto text = textAt(value, key);
    if (!text) {
        return tl::unexpected(text.error());
    }
    if (text->empty()) {
        return std::optional<Date>();
    }
    auto date = parseDate(*text);
    if (!date) {
        return failure(ErrorCode::BadInput, std::string(key) + ": " + date.error().message,
                       std::string("/") + key);
    }
    return std::optional<Date>(*date);
}

Result<Money> amountAt(const ordered_json& value, const char* key)
{
    const auto found = value.find(key);
    if (found == value.end()) {
        return failure(ErrorCode::BadInput,
                       std::string("lacks '") + key + "', in USD per million tokens; or say it is free");
    }
    const std::string text = found->is_string() ? found->get<std::string>() : found->dump();
    auto amount = parseUsd(text);
    if (!amount || *amount < Money{}) {
        return failure(ErrorCode::BadInput,
                       std::string(key) +
                           " must be USD per million tokens, 0 or more, with at most six places" +
                           (amount ? "" : ": " + amount.error().message),
                       std::string("/") + key);
    }
    return amount;
}

// How closely an entry names a model: the whole name before any pattern, then by literal characters, then the
// newer one.
std::tuple<bool, std::size_t, Date> rankOf(const PriceEntry& entry)
{
    const auto stars = static_cast<std::size_t>(std::ranges::count(entry.model, '*'));
    return {stars == 0, entry.model.size() - stars, entry.from.value_or(Date::min())};
}

// '*' matches any run of characters; linear in both lengths' product at worst.
bool fits(std::string_view pattern, std::string_view name)
{
    std::size_t p = 0;
    std::size_t n = 0;
    std::size_t star = std::string_view::npos;
    std::size_t mark = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = n;
        } else if (p < pattern.size() && pattern[p] == name[n]) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++mark;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

const PriceEntry* bestOf(const std::vector<PriceEntry>& entries, std::string_view model, Date day)
{
    const PriceEntry* best = nullptr;
    for (const PriceEntry& entry : entries) {
        if ((entry.from && day < *entry.from) || (entry.until && day > *entry.until) ||
            !fits(entry.model, model)) {
            continue;
        }
        if (best == nullptr || rankOf(entry) > rankOf(*best)) {
            best = &entry;
        }
    }
    return best;
}

Result<Price> amountsOf(const ordered_json& value)
{
    auto input = amountAt(value, "input");
    if (!input) {
        return tl::unexpected(input.error());
    }
    // A model of vectors or of ranks answers with no tokens.
    auto output = value.contains("output") ? amountAt(value, "output") : Result<Money>(Money{});
    auto cached = value.contains("cached_input") ? amountAt(value, "cached_input") : input;
    auto reasoning = value.contains("reasoning") ? amountAt(value, "reasoning") : output;
    for (const auto* part : {&output, &cached, &reasoning}) {
        if (!*part) {
            return tl::unexpected(part->error());
        }
    }
    return Price{*input, *cached, *output, *reasoning};
}

} // namespace

Result<Price> priceFrom(const ordered_json& value)
{
    if (value.is_string() && value.get<std::string>() == "free") {
        return Price{};
    }
    if (!value.is_object()) {
        return failure(ErrorCode::BadInput, "must be 'free', or input and output in USD per million tokens");
    }
    return amountsOf(value);
}

Result<PriceEntry> priceEntryOf(const ordered_json& value)
{
    if (!value.is_object()) {
        return failure(ErrorCode::BadInput, "a price is an object with model, input and output");
    }
    PriceEntry entry;
    auto model = textAt(value, "model");
    auto source = textAt(value, "source");
    auto from = dateAt(value, "from");
    auto until = dateAt(value, "until");
    const bool free = value.value("free", ordered_json(false)) == ordered_json(true);
    auto price = free ? Result<Price>(Price{}) : amountsOf(value);
    if (!model || model->empty()) {
        return failure(ErrorCode::BadInput, "model must name a model, or a pattern with *",
                       model ? "" : model.error().where);
    }
    if (!source || !from || !until || !price) {
        return tl::unexpected(!source  ? source.error()
                              : !from  ? from.error()
                              : !until ? until.error()
                                       : price.error());
    }
    if (*from && *until && **until < **from) {
        return failure(ErrorCode::BadInput, "until must not be before from", "/until");
    }
    return PriceEntry{*model, *price, *from, *until, *source};
}

Result<PriceTable> PriceTable::parse(std::string_view json, std::string_view fileName)
{
    auto document = parseYaml(json, fileName); // JSON is YAML, and this reader knows the places
    if (!document) {
        return tl::unexpected(document.error());
    }
    const auto prices = document->value.is_object() ? document->value.find("prices") : document->value.end();
    if (prices == document->value.end() || !prices->is_array()) {
        return failure(ErrorCode::BadInput, "expected an object with a list 'prices'", document->where(""));
    }
    PriceTable table;
    for (std::size_t i = 0; i < prices->size(); ++i) {
        auto entry = priceEntryOf((*prices)[i]);
        if (!entry) {
            return failure(entry.error().code, entry.error().message,
                           document->where("/prices/" + std::to_string(i) + entry.error().where));
        }
        table.m_published.push_back(std::move(*entry));
    }
    return table;
}

Result<PriceTable> PriceTable::builtIn()
{
    return parse(kPriceFile, "prices.json");
}

PriceTable PriceTable::withOverrides(std::vector<PriceEntry> overrides) const
{
    PriceTable table = *this;
    table.m_overrides = std::move(overrides);
    return table;
}

const PriceEntry* PriceTable::entryOf(std::string_view model, Date day) const
{
    const PriceEntry* own = bestOf(m_overrides, model, day);
    return own != nullptr ? own : bestOf(m_published, model, day);
}

std::optional<Price> PriceTable::priceOf(std::string_view model, Date day) const
{
    const PriceEntry* entry = entryOf(model, day);
    return entry != nullptr ? std::optional(entry->price) : std::nullopt;
}

} // namespace plumbline::llm
