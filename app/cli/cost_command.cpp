#include <iomanip>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/base/file.h"
#include "app/cli/commands.h"
#include "app/llm/call_repository.h"
#include "app/llm/invoice.h"

namespace plumbline::cli {

namespace {

using llm::CallGrouping;
using nlohmann::ordered_json;

constexpr std::uint64_t kLargestInvoice = 256ULL << 20U;

struct CostFlags {
    std::string by = "day";
    std::string from;
    std::string until;
    std::string run;
    std::string invoice;
    std::string columns;
};

// Nothing but calls of unknown cost: their sum is unknown, and not 0.
bool isUnknown(const llm::CallTotal& total)
{
    return total.unknown > 0 && total.unknown == total.calls - total.simulated;
}

double dollars(Money money)
{
    return static_cast<double>(money.microUsd) / 1e6; // for JSON alone; sums are made before
}

CallGrouping groupingOf(const std::string& word)
{
    return word == "model"      ? CallGrouping::Model
           : word == "workflow" ? CallGrouping::Workflow
           : word == "run"      ? CallGrouping::Run
                                : CallGrouping::Day;
}

Result<llm::CallFilter> filterOf(const CostFlags& flags)
{
    llm::CallFilter filter;
    filter.run = flags.run;
    for (const auto& [text, into, name] : {std::tuple(&flags.from, &filter.from, "--from"),
                                           std::tuple(&flags.until, &filter.until, "--until")}) {
        if (text->empty()) {
            continue;
        }
        auto date = parseDate(*text);
        if (!date) {
            return failure(ErrorCode::BadInput, date.error().message, name);
        }
        *into = *date;
    }
    return filter;
}

ordered_json toJson(const llm::CallTotal& total, const std::string& key)
{
    ordered_json value = ordered_json::object();
    if (!key.empty()) {
        value[key] = key == "day" ? total.day : total.key;
    }
    value.update({{"calls", total.calls},
                  {"failed", total.failed},
                  {"estimated", total.estimated},
                  {"replayed", total.replayed},
                  {"simulated", total.simulated},
                  {"unknown_cost_calls", total.unknown},
                  {"input_tokens", total.usage.input.count},
                  {"cached_tokens", total.usage.cached.count},
                  {"output_tokens", total.usage.output.count},
                  {"reasoning_tokens", total.usage.reasoning.count},
                  {"cost_usd", isUnknown(total) ? ordered_json() : ordered_json(dollars(total.cost))},
                  {"cost_micro_usd", isUnknown(total) ? ordered_json() : ordered_json(total.cost.microUsd)},
                  {"simulated_cost_usd", dollars(total.simulatedCost)}});
    return value;
}

void printTotal(const std::string& name, const llm::CallTotal& total)
{
    std::cout << std::left << std::setw(28) << (name.empty() ? "(none)" : name) << std::right << std::setw(8)
              << total.calls << std::setw(14) << total.usage.input.count << std::setw(14)
              << total.usage.cached.count << std::setw(12) << total.usage.output.count << std::setw(16)
              << (isUnknown(total) ? "unknown" : toString(total.cost));
    if (total.unknown > 0 && !isUnknown(total)) {
        std::cout << "  + " << total.unknown << (total.unknown == 1 ? " call" : " calls")
                  << " of unknown cost";
    }
    if (total.simulated > 0) {
        std::cout << "  (simulated: " << total.simulated << ", " << toString(total.simulatedCost) << ")";
    }
    std::cout << '\n';
}

ordered_json toJson(const llm::CallRecord& call)
{
    return {{"id", call.id},
            {"at", toString(call.at)},
            {"workflow", call.workflow},
            {"run", call.run},
            {"prompt", call.prompt},
            {"endpoint", call.endpoint},
            {"model", call.model},
            {"outcome", call.outcome},
            {"attempts", call.attempts},
            {"latency_ms", call.latencyMs},
            {"input_tokens", call.usage.input.count},
            {"cached_tokens", call.usage.cached.count},
            {"output_tokens", call.usage.output.count},
            {"estimated", call.usage.estimated},
            {"simulated", call.simulated},
            {"cost_usd", call.cost ? ordered_json(dollars(*call.cost)) : ordered_json()}};
}

// The newest calls, one a line.
Result<void> showCalls(Session& session, const llm::CallRepository& calls)
{
    constexpr std::size_t kNewest = 50;
    auto newest = calls.latest(kNewest);
    if (!newest) {
        return tl::unexpected(newest.error());
    }
    if (session.json) {
        ordered_json list = ordered_json::array();
        for (const llm::CallRecord& call : *newest) {
            list.push_back(toJson(call));
        }
        printJson({{"by", "call"}, {"groups", list}});
        return {};
    }
    for (const llm::CallRecord& call : *newest) {
        std::cout << toString(call.at) << "  " << std::left << std::setw(10) << call.workflow << std::setw(22)
                  << call.prompt << std::setw(22) << call.model << std::right << std::setw(8)
                  << call.usage.input.count << std::setw(8) << call.usage.output.count << std::setw(14)
                  << (call.cost ? toString(*call.cost) : "unknown") << (call.simulated ? "  simulated" : "")
                  << (call.outcome == "ok" ? "" : "  " + call.outcome) << '\n';
    }
    return {};
}

Result<void> show(Session& session, const workspace::Workspace& workspace, const CostFlags& flags)
{
    auto filter = filterOf(flags);
    if (!filter) {
        return tl::unexpected(filter.error());
    }
    const llm::CallRepository calls(workspace.databaseFile());
    if (flags.by == "call") {
        return showCalls(session, calls);
    }
    auto groups = calls.totals(groupingOf(flags.by), *filter);
    auto total = calls.total(*filter);
    if (!groups || !total) {
        return tl::unexpected(!groups ? groups.error() : total.error());
    }
    if (session.json) {
        ordered_json list = ordered_json::array();
        for (const llm::CallTotal& group : *groups) {
            list.push_back(toJson(group, flags.by));
        }
        printJson({{"by", flags.by}, {"groups", list}, {"total", toJson(*total, "")}});
        return {};
    }
    if (total->calls == 0) {
        std::cout << "No model was called yet.\n";
        return {};
    }
    std::cout << std::left << std::setw(28) << flags.by << std::right << std::setw(8) << "calls"
              << std::setw(14) << "input" << std::setw(14) << "cached" << std::setw(12) << "output"
              << std::setw(16) << "cost" << '\n';
    for (const llm::CallTotal& group : *groups) {
        printTotal(flags.by == "day" ? group.day : group.key, group);
    }
    printTotal("all", *total);
    return {};
}

ordered_json toJson(const llm::ReconciledLine& line)
{
    return {{"day", line.day},
            {"model", line.model},
            {"billed_usd", dollars(line.billed)},
            {"recorded_usd", dollars(line.recorded)},
            {"difference_usd", dollars(line.difference)},
            {"calls", line.calls},
            {"unknown_cost_calls", line.unknown}};
}

void printJsonOf(const llm::Reconciliation& all, const llm::Invoice& invoice)
{
    ordered_json lines = ordered_json::array();
    for (const llm::ReconciledLine& line : all.lines) {
        lines.push_back(toJson(line));
    }
    ordered_json bad = ordered_json::array();
    for (const Error& error : invoice.bad) {
        bad.push_back({{"where", error.where}, {"message", error.message}});
    }
    printJson({{"from", all.from},
               {"until", all.until},
               {"rows", invoice.rows.size()},
               {"lines", lines},
               {"billed_usd", dollars(all.billed)},
               {"recorded_usd", dollars(all.recorded)},
               {"unexplained_usd", dollars(all.unexplained)},
               {"unexplained_micro_usd", all.unexplained.microUsd},
               {"unknown_cost_calls", all.unknown},
               {"bad_rows", bad}});
}

void print(const llm::Reconciliation& all)
{
    std::cout << std::left << std::setw(12) << "day" << std::setw(28) << "model" << std::right
              << std::setw(16) << "billed" << std::setw(16) << "recorded" << std::setw(16) << "difference"
              << '\n';
    for (const llm::ReconciledLine& line : all.lines) {
        std::cout << std::left << std::setw(12) << line.day << std::setw(28) << line.model << std::right
                  << std::setw(16) << toString(line.billed) << std::setw(16) << toString(line.recorded)
                  << std::setw(16) << toString(line.difference);
        if (line.unknown > 0) {
            std::cout << "  " << line.unknown << " of " << line.calls << " calls of unknown cost";
        } else if (line.calls == 0) {
            std::cout << "  no call is recorded";
        }
        std::cout << '\n';
    }
    std::cout << "Billed " << toString(all.billed) << ", recorded " << toString(all.recorded)
              << ", unexplained " << toString(all.unexplained) << '\n';
}

Result<void> reconcileInvoice(Session& session, const workspace::Workspace& workspace, const CostFlags& flags)
{
    llm::InvoiceColumns columns;
    if (!flags.columns.empty()) {
        auto named = llm::parseInvoiceColumns(flags.columns);
        if (!named) {
            return failure(named.error().code, named.error().message, "--columns");
        }
        columns = *named;
    }
    auto text = readFile(flags.invoice, kLargestInvoice);
    if (!text) {
        return tl::unexpected(text.error());
    }
    auto invoice = llm::parseInvoice(*text, flags.invoice, columns);
    if (!invoice) {
        return tl::unexpected(invoice.error());
    }
    auto recorded = llm::CallRepository(workspace.databaseFile()).totals(CallGrouping::DayAndModel);
    if (!recorded) {
        return tl::unexpected(recorded.error());
    }
    const llm::Reconciliation all = llm::reconcile(*invoice, *recorded);
    if (session.json) {
        printJsonOf(all, *invoice);
    } else {
        print(all);
    }
    for (const Error& error : invoice->bad) {
        session.fail(error);
    }
    return {};
}

} // namespace

void addCost(CLI::App& app, Session& session)
{
    auto* command = app.add_subcommand("cost", "what calls of models cost, and whether the invoice agrees");
    command->footer(
        "Example: plumbline cost --by model --from 2026-11-01\n"
        "         plumbline cost reconcile invoice.csv --columns date=Day,model=Model,amount=Cost");
    auto flags = std::make_shared<CostFlags>();
    command->add_option("--by", flags->by, "day, model, workflow, run or call (the newest 50)")
        ->check(CLI::IsMember({"day", "model", "workflow", "run", "call"}));
    command->add_option("--from", flags->from, "first day, UTC (YYYY-MM-DD)");
    command->add_option("--until", flags->until, "last day");
    command->add_option("--run", flags->run, "calls of one run alone");
    auto* reconcile =
        command->add_subcommand("reconcile", "compare an invoice with the calls, by day and model");
    reconcile->add_option("invoice", flags->invoice, "the invoice, CSV")->required();
    reconcile->add_option("--columns", flags->columns,
                          "date=NAME,model=NAME,amount=NAME, where they are not guessed");
    const auto work = [&session, flags](auto&& body) {
        auto opened = session.open();
        auto done = opened ? body(**opened) : Result<void>(tl::unexpected(opened.error()));
        if (!done) {
            session.fail(done.error());
        }
    };
    command->callback([command, reconcile, work, &session, flags] {
        if (command->got_subcommand(reconcile)) {
            work([&](const workspace::Workspace& home) { return reconcileInvoice(session, home, *flags); });
        } else {
            work([&](const workspace::Workspace& home) { return show(session, home, *flags); });
        }
    });
}

} // namespace plumbline::cli
