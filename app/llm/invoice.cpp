#include "app/llm/invoice.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <span>

#include "app/base/csv.h"
#include "app/base/text.h"

namespace plumbline::llm {

namespace {

constexpr std::array<std::string_view, 8> kDateNames = {
    "date", "day", "usage_date", "start_time_iso", "timestamp", "start_time", "usage date", "period start"};
constexpr std::array<std::string_view, 6> kModelNames = {"model",     "model_id",  "snapshot_id",
                                                         "line_item", "line item", "sku"};
constexpr std::array<std::string_view, 8> kAmountNames = {
    "amount_value", "amount", "cost", "cost_usd", "amount_usd", "cost usd", "cost (usd)", "total"};
constexpr std::array<std::string_view, 2> kCurrencyNames = {"amount_currency", "currency"};
constexpr std::int64_t kMostExponent = 30;

struct Places {
    std::size_t date = 0;
    std::size_t model = 0;
    std::size_t amount = 0;
    std::optional<std::size_t> currency;
};

std::string keyOf(std::string_view text)
{
    return asciiLower(trimmed(text));
}

std::optional<std::size_t> find(const std::vector<std::string>& header, std::string_view name)
{
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (keyOf(header[i]) == keyOf(name)) {
            return i;
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> findAny(const std::vector<std::string>& header,
                                   std::span<const std::string_view> names)
{
    for (const std::string_view name : names) {
        if (const auto place = find(header, name)) {
            return place;
        }
    }
    return std::nullopt;
}

Result<std::size_t> column(const CsvRecord& header, const std::string& asked, const char* what,
                           std::span<const std::string_view> guesses, const std::string& where)
{
    const auto place = asked.empty() ? findAny(header.fields, guesses) : find(header.fields, asked);
    if (place) {
        return *place;
    }
    std::string names;
    for (const std::string& name : header.fields) {
        names += (names.empty() ? "" : ", ") + name;
    }
    return failure(ErrorCode::BadInput,
                   (asked.empty()
                        ? std::string("which column is the ") + what + "? say --columns " + what + "=NAME"
                        : "there is no column '" + asked + "'") +
                       "; the header has: " + names,
                   where);
}

Result<Places> placesOf(const CsvRecord& header, const InvoiceColumns& columns, const std::string& where)
{
    auto date = column(header, columns.date, "date", kDateNames, where);
    auto model = column(header, columns.model, "model", kModelNames, where);
    auto amount = column(header, columns.amount, "amount", kAmountNames, where);
    for (const auto* one : {&date, &model, &amount}) {
        if (!*one) {
            return tl::unexpected(one->error());
        }
    }
    return Places{*date, *model, *amount, findAny(header.fields, kCurrencyNames)};
}

Result<Date> dayOf(std::string_view text)
{
    const std::string_view value = trimmed(text);
    const bool number =
        !value.empty() && std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
    if (number && value.size() >= 9 && value.size() <= 11) {
        std::int64_t seconds = 0;
        std::from_chars(value.data(), value.data() + value.size(), seconds);
        return std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(seconds)));
    }
    const bool dayAlone = value.size() == 10 || (value.size() > 10 && (value[10] == 'T' || value[10] == ' '));
    auto day = parseDate(dayAlone ? value.substr(0, 10) : value);
    if (!day) {
        return failure(ErrorCode::BadInput,
                       "'" + std::string(value) + "' is no date; expected YYYY-MM-DD or seconds since 1970");
    }
    return day;
}

// "1.25e-05" as "0.0000125": spreadsheets write small amounts so.
std::string withoutExponent(std::string_view text)
{
    const std::size_t e = text.find_first_of("eE");
    std::int64_t exponent = 0;
    if (e == std::string_view::npos) {
        return std::string(text);
    }
    std::string_view power = text.substr(e + 1);
    power.remove_prefix(power.starts_with('+') ? 1 : 0);
    const auto read = std::from_chars(power.data(), power.data() + power.size(), exponent);
    if (read.ec != std::errc() || read.ptr != power.data() + power.size() ||
        std::abs(exponent) > kMostExponent) {
        return std::string(text);
    }
    const bool negative = text.starts_with('-');
    std::string digits(text.substr(negative ? 1 : 0, e - (negative ? 1 : 0)));
    std::size_t point = std::min(digits.find('.'), digits.size());
    if (point < digits.size()) {
        digits.erase(point, 1);
    }
    if (exponent < 0) {
        const auto zeros = static_cast<std::size_t>(-exponent);
        digits.insert(0, zeros, '0');
    } else {
        point += static_cast<std::size_t>(exponent);
        digits.append(point > digits.size() ? point - digits.size() : 0, '0');
    }
    digits.insert(point, point < digits.size() ? "." : "");
    return (negative ? "-" : "") + digits;
}

Result<Money> amountOf(std::string_view text)
{
    std::string plain;
    for (const char c : trimmed(text)) {
        if (c != '$' && c != ',') {
            plain += c;
        }
    }
    return parseUsdRounded(withoutExponent(plain));
}

Result<InvoiceRow> rowOf(const CsvRecord& record, const Places& places)
{
    const std::size_t needed =
        std::max({places.date, places.model, places.amount, places.currency.value_or(0)});
    if (record.fields.size() <= needed) {
        return failure(ErrorCode::BadInput,
                       "has " + std::to_string(record.fields.size()) + " fields, fewer than the header");
    }
    if (places.currency && keyOf(record.fields[*places.currency]) != "usd") {
        return failure(ErrorCode::BadInput,
                       "is in '" + record.fields[*places.currency] + "'; only USD can be compared");
    }
    auto day = dayOf(record.fields[places.date]);
    auto amount = amountOf(record.fields[places.amount]);
    if (!day || !amount) {
        return tl::unexpected(!day ? day.error() : amount.error());
    }
    const std::string& item = record.fields[places.model];
    const std::string model(trimmed(std::string_view(item).substr(0, item.find(','))));
    if (model.empty()) {
        return failure(ErrorCode::BadInput, "names no model");
    }
    return InvoiceRow{record.line, *day, model, *amount};
}

} // namespace

Result<InvoiceColumns> parseInvoiceColumns(std::string_view text)
{
    InvoiceColumns columns;
    for (const std::string_view part : split(text, ',')) {
        const std::size_t equals = std::min(part.find('='), part.size());
        const std::string_view key = trimmed(part.substr(0, equals));
        std::string* into = key == "date"     ? &columns.date
                            : key == "model"  ? &columns.model
                            : key == "amount" ? &columns.amount
                                              : nullptr;
        if (into == nullptr || equals + 1 >= part.size()) {
            return failure(ErrorCode::BadInput,
                           "'" + std::string(part) +
                               "' is no column; expected date=NAME,model=NAME,amount=NAME");
        }
        *into = std::string(trimmed(part.substr(equals + 1)));
    }
    return columns;
}

Result<Invoice> parseInvoice(std::string_view csv, std::string_view fileName, const InvoiceColumns& columns)
{
    auto records = parseCsv(csv, fileName);
    if (!records) {
        return tl::unexpected(records.error());
    }
    const auto where = [&](std::size_t line) { return std::string(fileName) + ":" + std::to_string(line); };
    if (records->empty()) {
        return failure(ErrorCode::BadInput, "is empty; expected a header with date, model and amount",
                       where(1));
    }
    auto places = placesOf(records->front(), columns, where(records->front().line));
    if (!places) {
        return tl::unexpected(places.error());
    }
    Invoice invoice;
    for (std::size_t i = 1; i < records->size(); ++i) {
        auto row = rowOf((*records)[i], *places);
        if (row) {
            invoice.rows.push_back(std::move(*row));
        } else {
            invoice.bad.push_back({row.error().code, row.error().message, where((*records)[i].line)});
        }
    }
    return invoice;
}

Reconciliation reconcile(const Invoice& invoice, const std::vector<CallTotal>& recorded)
{
    Reconciliation all;
    if (invoice.rows.empty()) {
        return all;
    }
    std::map<std::pair<std::string, std::string>, ReconciledLine> lines; // by day and lower-case model
    const auto lineOf = [&](const std::string& day, const std::string& model) -> ReconciledLine& {
        ReconciledLine& line = lines[{day, asciiLower(model)}];
        if (line.day.empty()) {
            line.day = day;
            line.model = model;
        }
        return line;
    };
    const auto [first, last] = std::ranges::minmax(invoice.rows, {}, &InvoiceRow::day);
    all.from = toString(first.day);
    all.until = toString(last.day);
    for (const InvoiceRow& row : invoice.rows) {
        lineOf(toString(row.day), row.model).billed += row.amount;
    }
    for (const CallTotal& total : recorded) {
        if (total.day < all.from || total.day > all.until) {
            continue;
        }
        ReconciledLine& line = lineOf(total.day, total.key);
        line.recorded += total.cost;
        line.calls += total.calls - total.simulated - total.replayed;
        line.unknown += total.unknown;
    }
    for (auto& [key, line] : lines) {
        line.difference = line.billed - line.recorded;
        all.billed += line.billed;
        all.recorded += line.recorded;
        all.unknown += line.unknown;
        if (line.billed != Money{} || line.recorded != Money{} || line.unknown > 0) {
            all.lines.push_back(std::move(line));
        }
    }
    all.unexplained = all.billed - all.recorded;
    return all;
}

} // namespace plumbline::llm
