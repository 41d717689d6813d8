#include "app/assistant/feedback.h"

#include "app/assistant/turn_record.h"
#include "app/store/database.h"

namespace plumbline::assistant {

FeedbackRepository::FeedbackRepository(std::filesystem::path database) : m_database(std::move(database)) {}

Result<void> FeedbackRepository::record(const TurnRequest& request, const Answer& answer, Judgement judgement,
                                        const std::string& note, const Actor& actor, Timestamp now) const
{
    auto database = store::Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    return database->run("INSERT OR REPLACE INTO feedback"
                         " (at, actor, known_how, judgement, note, trace, question, answer, request)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                         {plumbline::toString(now), actor.name, actor.knownHow,
                          std::string(judgement == Judgement::Helpful ? "helpful" : "wrong"), note,
                          answer.trace, request.question,
                          answer.refusal ? answer.refusal->reason : answer.text(),
                          recordOf(request, answer.search.generation)});
}

Result<std::vector<Feedback>> FeedbackRepository::list() const
{
    auto database = store::Database::open(m_database);
    if (!database) {
        return tl::unexpected(database.error());
    }
    std::vector<Feedback> all;
    auto done = database->run(
        "SELECT key, at, actor, known_how, judgement, note, trace, question, answer FROM feedback"
        " ORDER BY key DESC",
        {}, [&](const store::Row& row) {
            Feedback one;
            one.id = row.integer(0);
            if (auto at = parseTimestamp(row.bytes(1))) {
                one.at = *at;
            }
            one.actor = {row.text(2), row.text(3)};
            one.judgement = row.bytes(4) == "helpful" ? Judgement::Helpful : Judgement::Wrong;
            one.note = row.text(5);
            one.trace = row.text(6);
            one.question = row.text(7);
            one.answer = row.text(8);
            all.push_back(std::move(one));
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return all;
}

} // namespace plumbline::assistant
