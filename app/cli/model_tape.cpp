#include "app/cli/model_tape.h"

#include <map>
#include <mutex>

#include "app/base/file.h"
#include "app/llm/replay_chat_model.h"

namespace plumbline::cli {

namespace {

constexpr std::size_t kMostRecorded = 512'000'000; // bytes of a recording

using Model = std::shared_ptr<const llm::ChatModel>;

// One replay a model, so that a request recorded several times gets its answers in turn.
class Replays {
public:
    Replays(std::string lines, std::string file) : m_lines(std::move(lines)), m_file(std::move(file)) {}

    Result<Model> of(const std::string& model)
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_made.find(model); found != m_made.end()) {
            return found->second;
        }
        auto parsed = llm::ReplayChatModel::parse(model, m_lines, m_file);
        if (!parsed) {
            return tl::unexpected(parsed.error());
        }
        return m_made[model] = std::make_shared<const llm::ReplayChatModel>(std::move(*parsed));
    }

private:
    std::string m_lines;
    std::string m_file;
    std::mutex m_mutex;
    std::map<std::string, Model> m_made;
};

} // namespace

Result<ModelTape> ModelTape::make(const workspace::Workspace& workspace, const std::string& record,
                                  const std::string& replay)
{
    assistant::ModelSource source;
    if (!replay.empty()) {
        auto lines = readFile(replay, kMostRecorded);
        if (!lines) {
            return tl::unexpected(lines.error());
        }
        auto replays = std::make_shared<Replays>(std::move(*lines), replay);
        if (auto checked = replays->of({}); !checked) {
            return tl::unexpected(checked.error());
        }
        source = [replays](const assistant::ModelUse& use) { return replays->of(use.model); };
    } else if (!record.empty()) {
        source = [&workspace, record](const assistant::ModelUse& use) -> Result<Model> {
            auto model = workspace.models().chat(use);
            if (!model) {
                return model;
            }
            return std::make_shared<const llm::RecordingChatModel>(std::move(*model), record);
        };
    } else {
        return ModelTape(workspace.assistant());
    }
    return ModelTape(std::make_shared<const assistant::Assistant>(workspace.searcher(), std::move(source)));
}

Result<assistant::Answer> ModelTape::ask(const assistant::TurnRequest& request, std::stop_token stop,
                                         const assistant::TurnHooks& hooks) const
{
    return m_assistant->ask(request, std::move(stop), hooks);
}

} // namespace plumbline::cli
