// A vendor's bill as CSV, held against the ledger of calls.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/date.h"
#include "app/base/result.h"
#include "app/base/units.h"
#include "app/llm/call_repository.h"

namespace plumbline::llm {

// The names of the columns; empty = guessed from the usual ones (OpenAI's exports among them).
struct InvoiceColumns {
    std::string date;
    std::string model;
    std::string amount;
};

// "date=Day,model=Model,amount=Cost". BadInput names the part.
Result<InvoiceColumns> parseInvoiceColumns(std::string_view text);

struct InvoiceRow {
    std::size_t line = 0;
    Date day;
    std::string model;
    Money amount; // rounded half away from zero to a micro-dollar; below zero = a credit
};

struct Invoice {
    std::vector<InvoiceRow> rows;
    std::vector<Error> bad; // rows that cannot be read, with file:line; they are in no sum
};

// A date is YYYY-MM-DD, with or without a time behind it (the day of UTC), or seconds since 1970. Of a model
// such as "gpt-4o, input" only what stands before the comma counts. BadInput with file:line: no header, a
// column that is not there or cannot be guessed, broken CSV.
Result<Invoice> parseInvoice(std::string_view csv, std::string_view fileName,
                             const InvoiceColumns& columns = {});

struct ReconciledLine {
    std::string day;
    std::string model;
    Money billed;
    Money recorded;         // of calls with a known cost
    std::int64_t calls = 0; // recorded ones that are neither simulated nor replayed
    std::int64_t unknown = 0;
    Money difference; // billed - recorded: below zero, we counted more than was billed
};

struct Reconciliation {
    std::vector<ReconciledLine> lines; // by day and model; those with nothing on either side are left out
    Money billed;
    Money recorded;
    Money unexplained;        // billed - recorded: the remainder
    std::int64_t unknown = 0; // calls without a price, which may explain a part of it
    std::string from;         // the days of the invoice; calls outside of them are not compared
    std::string until;
};

// `recorded` by day and model. Models are compared without regard to case.
Reconciliation reconcile(const Invoice& invoice, const std::vector<CallTotal>& recorded);

} // namespace plumbline::llm
