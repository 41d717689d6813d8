// Small questions about a catalogue.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ui/prompts/services.h"

namespace plumbline::ui::prompts {

struct VersionName {
    std::string name;
    int version = 0;
};

// "policy-answer@v3", "policy-answer@3", "policy-answer@production", "policy-answer" (the newest). Nothing
// when there is no such version.
std::optional<VersionName> findVersion(const Catalogue& catalogue, std::string_view reference);

const PromptRow* findPrompt(const Catalogue& catalogue, std::string_view name);
const VersionRow* findRow(const PromptRow& prompt, int version);

// What a person compares a version with first: the one in production, else the one before it, else the one
// after. 0 when there is no other.
int comparedFirst(const PromptRow& prompt, int version);

} // namespace plumbline::ui::prompts
