#include "app/workspace/eval_targets.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/assistant/turn_record.h"
#include "app/base/digest.h"

namespace plumbline::workspace {

namespace {

using evals::Target;

// Every number of the profile, by way of the record that a trace is made from.
std::string digestOf(const retrieval::Profile& profile)
{
    assistant::TurnRequest turn;
    turn.profile = profile;
    const auto record = nlohmann::ordered_json::parse(assistant::recordOf(turn, 0));
    return sha256Hex(record.at("profile").dump());
}

// What of an endpoint decides a reply, and is not in the request.
void takeModel(const Workspace& workspace, const std::string& model, Target& target)
{
    target.variant.model = model;
    const auto found = workspace.models().endpoints().find(model);
    if (found == workspace.models().endpoints().end()) {
        return;
    }
    const llm::Endpoint& endpoint = found->second;
    target.simulated = endpoint.kind == llm::EndpointKind::Simulated;
    const std::string identity =
        std::string(llm::toString(endpoint.kind)) + "\n" + endpoint.url + "\n" + endpoint.model;
    target.modelIdentity = identity + "\nplumbline " PLUMBLINE_VERSION;
    target.variant.modelDigest = sha256Hex(identity);
    const auto price = endpoint.price
                           ? endpoint.price
                           : workspace.models().prices().priceOf(endpoint.model, today(systemNow()));
    if (target.simulated) {
        target.inputPerMillion = endpoint.simulation.inputPerMillion;
        target.outputPerMillion = endpoint.simulation.outputPerMillion;
    } else if (price) {
        target.inputPerMillion = price->input;
        target.outputPerMillion = price->output;
    }
}

const evals::PlainPrompt* plainPrompt(const evals::Suite& suite, const std::string& label)
{
    const auto found = std::ranges::find(suite.prompts, label, &evals::PlainPrompt::label);
    return found == suite.prompts.end() ? nullptr : &*found;
}

Target plainTarget(const evals::PlainPrompt& prompt)
{
    Target target;
    target.plain = prompt;
    target.variant.prompt = prompt.label;
    target.variant.promptDigest = sha256Hex(prompt.text);
    target.variant.promptPath = prompt.where.substr(0, prompt.where.find(':'));
    return target;
}

Result<Target> assistantTarget(const Workspace& workspace, const std::string& prompt,
                               const std::string& model, const std::string& profileName)
{
    auto version = workspace.prompt(prompt, model);
    auto profile = workspace.profile(profileName);
    if (!version || !profile) {
        return tl::unexpected(!version ? version.error() : profile.error());
    }
    Target target;
    target.prompt = std::move(*version);
    target.profile = std::move(*profile);
    assistant::TurnRequest turn;
    turn.prompt = target.prompt;
    target.variant.prompt = turn.promptId();
    target.variant.promptDigest = target.prompt.digest;
    target.variant.promptPath = target.prompt.path;
    target.variant.profile = target.profile.name;
    target.variant.profileDigest = digestOf(target.profile);
    return target;
}

Result<Target> targetOf(const Workspace& workspace, const evals::Suite& suite, const std::string& prompt,
                        const std::string& model, const std::string& profile)
{
    const evals::PlainPrompt* plain = plainPrompt(suite, prompt);
    if (plain == nullptr) {
        auto target = assistantTarget(workspace, prompt, model, profile);
        if (target) {
            takeModel(workspace, model, *target);
        }
        return target;
    }
    if (model != evals::kEcho) {
        if (auto there = workspace.models().checkChat(model); !there) {
            return tl::unexpected(there.error());
        }
    }
    Target target = plainTarget(*plain);
    takeModel(workspace, model, target);
    return target;
}

// The generation in service, of those that search. A search opens the index and fails where there is none.
Result<void> takeGeneration(const Workspace& workspace, std::vector<Target>& targets)
{
    for (Target& target : targets) {
        if (target.plain) {
            continue;
        }
        retrieval::SearchRequest request;
        request.query = "index";
        request.asOf = Date{};
        request.profile = target.profile;
        request.profile.embedder.clear(); // no endpoint is asked for this
        request.profile.reranker.clear();
        request.top = 1;
        request.texts = false;
        auto found = workspace.searcher().search(request, {});
        if (!found) {
            return tl::unexpected(found.error());
        }
        target.variant.generation = found->generation;
    }
    return {};
}

// Named twice, or by label and by version: to ask it twice costs twice and says nothing more.
bool isSame(const evals::Variant& left, const evals::Variant& right)
{
    return left.id() == right.id() && left.promptDigest == right.promptDigest &&
           left.profile == right.profile && left.profileDigest == right.profileDigest;
}

} // namespace

Result<std::vector<Target>> evalTargets(const Workspace& workspace, const evals::Suite& suite,
                                        const EvalChoice& choice)
{
    std::vector<std::string> prompts = choice.prompts;
    if (prompts.empty()) {
        for (const evals::PlainPrompt& plain : suite.prompts) {
            prompts.push_back(plain.label);
        }
    }
    if (prompts.empty()) {
        prompts.emplace_back();
    }
    std::vector<std::string> models = choice.models.empty() ? suite.models : choice.models;
    if (models.empty()) {
        models.push_back(workspace.config().defaultModel);
    }
    std::vector<Target> targets;
    for (const std::string& model : models) {
        for (const std::string& prompt : prompts) {
            auto target = targetOf(workspace, suite, prompt, model, choice.profile);
            if (!target) {
                return tl::unexpected(target.error());
            }
            const bool there = std::ranges::any_of(
                targets, [&](const Target& one) { return isSame(one.variant, target->variant); });
            if (!there) {
                targets.push_back(std::move(*target));
            }
        }
    }
    if (auto taken = takeGeneration(workspace, targets); !taken) {
        return tl::unexpected(taken.error());
    }
    return targets;
}

Result<std::vector<Target>> evalTargetsOf(const Workspace& workspace, const evals::Suite& suite,
                                          const evals::Run& run)
{
    std::vector<Target> targets;
    for (const evals::Variant& variant : run.settings.variants) {
        auto target = targetOf(workspace, suite, variant.prompt, variant.model, variant.profile);
        if (!target) {
            return tl::unexpected(target.error());
        }
        targets.push_back(std::move(*target));
    }
    if (auto taken = takeGeneration(workspace, targets); !taken) {
        return tl::unexpected(taken.error());
    }
    return targets;
}

} // namespace plumbline::workspace
