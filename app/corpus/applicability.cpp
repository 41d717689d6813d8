#include "app/corpus/applicability.h"

#include <algorithm>
#include <map>

namespace plumbline::corpus {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// The digits at the head of `text` without leading zeros; takes them off `text`.
std::string_view takeNumber(std::string_view& text)
{
    std::size_t end = 0;
    while (end < text.size() && isDigit(text[end])) {
        ++end;
    }
    std::string_view digits = text.substr(0, end);
    text.remove_prefix(end);
    while (digits.size() > 1 && digits.front() == '0') {
        digits.remove_prefix(1);
    }
    return digits;
}

// Approved once, so that it can take the place of another version.
bool wasApproved(const Version& version)
{
    return !version.quarantined && (version.state == State::Superseded ||
                                    (version.state == State::Approved && version.approval != Approval::None));
}

// Finds for each version the first day on which a successor of it is in force.
class Successors {
public:
    explicit Successors(const std::vector<Version>& versions) : m_versions(versions), m_since(versions.size())
    {
        for (std::size_t i = 0; i < versions.size(); ++i) {
            m_byId[versions[i].id].push_back(i);
        }
        for (auto& [id, group] : m_byId) {
            rankGroup(group);
        }
        for (const Version& version : versions) {
            if (wasApproved(version)) {
                nameOthers(version);
            }
        }
    }

    const std::optional<Date>& since(std::size_t version) const { return m_since[version]; }

private:
    void superseded(std::size_t version, Date from)
    {
        std::optional<Date>& since = m_since[version];
        since = since ? std::min(*since, from) : from;
    }

    // A higher approved version of the same id takes the place of the lower ones.
    void rankGroup(std::vector<std::size_t>& group)
    {
        std::ranges::stable_sort(group, [&](std::size_t left, std::size_t right) {
            return compareVersions(m_versions[left].version, m_versions[right].version) > 0;
        });
        std::optional<Date> higher; // earliest day of those above
        for (std::size_t i = 0; i < group.size();) {
            std::optional<Date> next = higher;
            std::size_t end = i;
            while (end < group.size() && sameVersion(group[i], group[end])) {
                const Version& version = m_versions[group[end]];
                if (higher) {
                    superseded(group[end], *higher);
                }
                if (wasApproved(version)) {
                    next = next ? std::min(*next, version.effective.value_or(Date::min()))
                                : version.effective.value_or(Date::min());
                }
                ++end;
            }
            higher = next;
            i = end;
        }
    }

    bool sameVersion(std::size_t left, std::size_t right) const
    {
        return compareVersions(m_versions[left].version, m_versions[right].version) == 0;
    }

    void nameOthers(const Version& successor)
    {
        const Date from = successor.effective.value_or(Date::min());
        for (const std::string& name : successor.supersedes) {
            const std::size_t at = name.rfind('@');
            const bool exact = at != std::string::npos;
            const auto group = m_byId.find(exact ? name.substr(0, at) : name);
            if (group == m_byId.end()) {
                continue;
            }
            for (const std::size_t other : group->second) {
                const Version& version = m_versions[other];
                const bool own = version.id == successor.id;
                const int order = own ? compareVersions(version.version, successor.version) : -1;
                // A document cannot supersede itself; "ID" alone means every version, of its own id the lower
                // ones.
                const bool named =
                    exact ? order != 0 && compareVersions(version.version, name.substr(at + 1)) == 0
                          : order < 0;
                if (named) {
                    superseded(other, from);
                }
            }
        }
    }

    const std::vector<Version>& m_versions;
    std::map<std::string, std::vector<std::size_t>> m_byId;
    std::vector<std::optional<Date>> m_since;
};

Verdict judgeOne(const Version& version, const std::optional<Date>& supersededSince, Date asOf)
{
    if (version.quarantined) {
        return Verdict::Quarantined;
    }
    if (version.state == State::Draft) {
        return Verdict::Draft;
    }
    if (!wasApproved(version)) {
        return Verdict::InReview; // in review, or its text changed since it was approved
    }
    if (supersededSince && *supersededSince <= asOf) {
        return Verdict::Superseded;
    }
    if (version.state == State::Superseded && !supersededSince && !version.expires) {
        return Verdict::Superseded;
    }
    if (version.effective && *version.effective > asOf) {
        return Verdict::NotYetEffective;
    }
    if (version.expires && *version.expires <= asOf) {
        return Verdict::Expired;
    }
    return Verdict::Usable;
}

} // namespace

std::string_view toString(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Usable:
        return "usable";
    case Verdict::Draft:
        return "draft";
    case Verdict::InReview:
        return "in_review";
    case Verdict::NotYetEffective:
        return "not_yet_effective";
    case Verdict::Expired:
        return "expired";
    case Verdict::Superseded:
        return "superseded";
    case Verdict::Quarantined:
        break;
    }
    return "quarantined";
}

std::vector<Verdict> judge(const std::vector<Version>& versions, Date asOf)
{
    const Successors successors(versions);
    std::vector<Verdict> verdicts;
    verdicts.reserve(versions.size());
    for (std::size_t i = 0; i < versions.size(); ++i) {
        verdicts.push_back(judgeOne(versions[i], successors.since(i), asOf));
    }
    return verdicts;
}

int compareVersions(std::string_view left, std::string_view right)
{
    while (!left.empty() && !right.empty()) {
        if (isDigit(left.front()) && isDigit(right.front())) {
            const std::string_view a = takeNumber(left);
            const std::string_view b = takeNumber(right);
            const int order = a.size() != b.size() ? (a.size() < b.size() ? -1 : 1) : a.compare(b);
            if (order != 0) {
                return order < 0 ? -1 : 1;
            }
            continue;
        }
        const auto a = static_cast<unsigned char>(left.front());
        const auto b = static_cast<unsigned char>(right.front());
        if (a != b) {
            return a < b ? -1 : 1;
        }
        left.remove_prefix(1);
        right.remove_prefix(1);
    }
    return left.empty() ? (right.empty() ? 0 : -1) : 1;
}

} // namespace plumbline::corpus
