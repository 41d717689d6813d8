// Prices by model and date: those that come with the program (resources/prices.json), and a workspace's own,
// which win.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "app/base/date.h"
#include "app/base/result.h"
#include "app/llm/price.h"

namespace plumbline::llm {

struct PriceEntry {
    std::string model; // as the server names it; '*' stands for any characters
    Price price;
    std::optional<Date> from;  // first day, UTC; empty = always
    std::optional<Date> until; // last day; empty = still in force
    std::string source;        // where it was read and when, for a person
};

// One entry: {model, input, output, cached_input?, reasoning?, from?, until?, source?} or {model, free:
// true}. Amounts are decimal texts or numbers. Without cached_input the price of input holds, without
// reasoning that of output. BadInput; `where` is a JSON Pointer into `value`.
Result<PriceEntry> priceEntryOf(const nlohmann::ordered_json& value);

// The amounts alone, or the text "free". Errors as above.
Result<Price> priceFrom(const nlohmann::ordered_json& value);

class PriceTable {
public:
    PriceTable() = default; // knows no price

    // {"prices": [entry…]}. BadInput with file:line:column.
    static Result<PriceTable> parse(std::string_view json, std::string_view fileName);

    // resources/prices.json, as built into the program.
    static Result<PriceTable> builtIn();

    // The same table with a workspace's entries before it: where one of them fits, no built-in one is asked.
    PriceTable withOverrides(std::vector<PriceEntry> overrides) const;

    // The price of `model` on that day (UTC); empty = not known, which is never the same as free. Of several
    // entries the whole name goes before a pattern, then the one with most literal characters, then the one
    // that came into force last.
    std::optional<Price> priceOf(std::string_view model, Date day) const;
    const PriceEntry* entryOf(std::string_view model, Date day) const; // null = not known; owned by the table

    const std::vector<PriceEntry>& overrides() const { return m_overrides; }
    const std::vector<PriceEntry>& published() const { return m_published; }

private:
    std::vector<PriceEntry> m_overrides;
    std::vector<PriceEntry> m_published;
};

} // namespace plumbline::llm
