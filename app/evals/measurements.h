// What the results of a run come to, as one number for each case and column: repeats are averaged within
// their case first, so that asking one case ten times does not make ten cases. Holds numbers, not answers:
// results can be streamed into it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/evals/cluster_statistics.h"
#include "app/evals/run.h"
#include "app/evals/suite.h"

namespace plumbline::evals {

// The three ways not to answer, as they are counted: "policy" (off_topic, only_unusable, conflicting,
// model_declined), "nothing_found" (nothing_close_enough, empty_question, empty_corpus, not_supported).
std::string_view refusalGroup(std::string_view refusalKind);

// An assertion that could not be run.
struct NotExecuted {
    std::string caseId;
    std::string assertion;
    std::string reason;
    std::string where;
};

class Measurements {
public:
    // Cases with their clusters and risk tiers are copied; a case without a cluster is one of its own, one
    // without a tier has the suite's.
    explicit Measurements(const Suite& suite);

    // Counts a result in. One of a case that the suite does not have is left out. Not for two threads at
    // once.
    void add(const CaseResult& result);
    void add(const std::vector<CaseResult>& results);

    struct Subject {
        std::string id;
        std::string riskTier;
        std::string where;
        std::size_t cluster = 0;
    };
    const std::vector<Subject>& subjects() const { return m_subjects; }
    std::optional<std::size_t> subjectOf(std::string_view caseId) const;

    int variants() const { return static_cast<int>(m_variants.size()); }
    int repeats() const { return m_repeats; } // the most that a case has
    // Columns that have a value in at least one case, in the order in which they are shown.
    std::vector<std::string> columns(int variant) const;
    // Mean over the repeats of a case; unset where no repeat has a value.
    std::optional<double> value(int variant, std::string_view column, std::size_t subject) const;

    const std::vector<NotExecuted>& notExecuted(int variant) const; // the first thousand
    std::int64_t notExecutedCount(int variant) const;

private:
    struct Cell {
        double sum = 0;
        std::int32_t count = 0;
    };
    struct VariantCells {
        std::map<std::string, std::vector<Cell>, std::less<>> columns;
        std::vector<NotExecuted> notExecuted;
        std::int64_t notExecutedCount = 0;
    };

    void count(VariantCells& cells, std::string_view column, std::size_t subject, double value);
    void countState(VariantCells& cells, std::size_t subject, const CaseResult& result);
    void countFigures(VariantCells& cells, std::size_t subject, const CaseResult& result);
    void countPolicy(VariantCells& cells, std::size_t subject, const CaseResult& result);
    void countNotExecuted(VariantCells& cells, const std::string& caseId,
                          const std::vector<AssertionResult>& results);

    std::vector<Subject> m_subjects;
    std::vector<std::optional<bool>> m_refuses; // whether a refusal is the right answer
    std::map<std::string, std::size_t, std::less<>> m_byId;
    std::vector<VariantCells> m_variants;
    int m_repeats = 0;
};

} // namespace plumbline::evals
