// What may be used: the hard gate before ranking. Approved, in force at the asked date, not superseded, not
// in quarantine.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/corpus/document.h"

namespace plumbline::corpus {

// How a version came to be approved (or not).
enum class Approval {
    None,        // not approved: draft, in review, or the text changed since it was approved
    Recorded,    // an approval record is bound to the digest of this text
    FrontMatter, // its front matter said so when this id and version were first seen; recorded then
    ByDefault,   // no state of its own; the workspace's approval.default is `approved`
};

// One document version as the gate sees it.
struct Version {
    std::string id;
    std::string version;
    State state = State::Draft; // as declared, or the default
    Approval approval = Approval::None;
    bool quarantined = false;
    std::optional<Date> effective;
    std::optional<Date> expires;
    std::vector<std::string> supersedes;
};

enum class Verdict { Usable, Draft, InReview, NotYetEffective, Expired, Superseded, Quarantined };

std::string_view toString(Verdict verdict); // "usable", "draft", "in_review", "not_yet_effective", ...

// One verdict per version, same order. A version that another usable-or-superseded version names in
// `supersedes`, or whose id has a higher approved version, is Superseded from the day its successor becomes
// effective; before that day it is what it was (so an as-of question gets the older text). A version marked
// superseded counts as once approved; without a successor or an expiry it is never usable.
std::vector<Verdict> judge(const std::vector<Version>& versions, Date asOf);

// Compares "2.10" and "2.9" by their numbers; other characters by code unit. <0, 0, >0.
int compareVersions(std::string_view left, std::string_view right);

} // namespace plumbline::corpus
