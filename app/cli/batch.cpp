#include "app/cli/batch.h"

#include <cerrno>
#include <fstream>

namespace plumbline::cli {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

const json* idOf(const json& row)
{
    for (const char* name : {"id", "_id"}) {
        if (const auto found = row.find(name); found != row.end()) {
            return &*found;
        }
    }
    return nullptr;
}

ordered_json errorRow(const json& id, const Error& error)
{
    return {{"id", id}, {"error", {{"code", toString(error.code)}, {"message", error.describe()}}}};
}

// One row to one row; `bad` is set when the row could not be answered.
Result<ordered_json> answerLine(const std::string& line, const std::string& place, const RowFn& answer,
                                bool& bad)
{
    const json row = json::parse(line, nullptr, false);
    const json* id = row.is_object() ? idOf(row) : nullptr;
    if (id == nullptr) {
        bad = true;
        return errorRow(
            nullptr, {ErrorCode::BadInput,
                      row.is_object() ? "the row has no `id`" : "is not a JSON object on one line", place});
    }
    auto answered = answer(row);
    if (!answered) {
        if (answered.error().code == ErrorCode::Cancelled) {
            return tl::unexpected(answered.error());
        }
        bad = true;
        Error error = answered.error();
        if (error.where.empty()) {
            error.where = place;
        }
        return errorRow(*id, error);
    }
    ordered_json out = {{"id", *id}};
    out.update(*answered);
    return out;
}

} // namespace

void runBatch(Session& session, const std::filesystem::path& in, const std::filesystem::path& out,
              const RowFn& answer)
{
    std::ifstream input(in, std::ios::binary);
    if (!input || std::filesystem::is_directory(in)) {
        session.fail({ErrorCode::BadInput, "cannot be read; expected a file of JSON Lines", in.string()});
        return;
    }
    const std::filesystem::path partial = out.string() + ".partial";
    std::ofstream output(partial, std::ios::binary | std::ios::trunc);
    std::string line;
    std::size_t number = 0;
    bool anyBad = false;
    while (output && std::getline(input, line)) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        bool bad = false;
        auto row = session.stop.stop_requested()
                       ? Result<ordered_json>(failure(ErrorCode::Cancelled, "cancelled"))
                       : answerLine(line, in.string() + ":" + std::to_string(number), answer, bad);
        if (!row) {
            output.flush();
            session.fail({ErrorCode::Cancelled, "stopped; the finished rows are here", partial.string()});
            return;
        }
        anyBad = anyBad || bad;
        output << dump(*row) << '\n';
    }
    output.close();
    if (!output) {
        session.fail(fileError(errno, "write", partial.string()));
        return;
    }
    std::error_code failed;
    std::filesystem::rename(partial, out, failed);
    if (failed) {
        session.fail(fileError(failed.value(), "write", out.string()));
    } else if (anyBad) {
        session.exitCode = kBadInput;
    }
}

Result<std::string> textField(const json& row, const char* name)
{
    const auto found = row.find(name);
    if (found == row.end() || !found->is_string()) {
        return failure(ErrorCode::BadInput, std::string("expected a text in `") + name + "`");
    }
    return found->get<std::string>();
}

} // namespace plumbline::cli
