// Answers that a person marked helpful or wrong, kept for evaluation.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/assistant/answer.h"
#include "app/base/actor.h"
#include "app/base/date.h"
#include "app/base/result.h"

namespace plumbline::assistant {

enum class Judgement { Helpful, Wrong };

struct Feedback {
    std::int64_t id = 0;
    Timestamp at;
    Actor actor;
    Judgement judgement = Judgement::Helpful;
    std::string note;
    std::string trace;
    std::string question;
    std::string answer; // as text
};

class FeedbackRepository {
public:
    explicit FeedbackRepository(std::filesystem::path database);

    // Keeps the judgement with the question, the answer and its trace id. A second judgement of the same
    // trace by the same actor replaces the first.
    Result<void> record(const TurnRequest& request, const Answer& answer, Judgement judgement,
                        const std::string& note, const Actor& actor, Timestamp now) const;
    Result<std::vector<Feedback>> list() const; // newest first

private:
    std::filesystem::path m_database;
};

} // namespace plumbline::assistant
