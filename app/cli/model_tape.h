// The assistant of a workspace, its models recorded to a file or replayed from one.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "app/assistant/assistant.h"
#include "app/workspace/workspace.h"

namespace plumbline::cli {

class ModelTape {
public:
    // At most one of the files is given; with neither, the workspace's own assistant answers. Replaying asks
    // no endpoint and costs nothing. NotFound or BadInput with file:line: what is to be replayed. The
    // workspace outlives the tape.
    static Result<ModelTape> make(const workspace::Workspace& workspace, const std::string& record,
                                  const std::string& replay);

    Result<assistant::Answer> ask(const assistant::TurnRequest& request, std::stop_token stop,
                                  const assistant::TurnHooks& hooks = {}) const;

private:
    explicit ModelTape(const assistant::Assistant& given) : m_assistant(&given) {}
    explicit ModelTape(std::shared_ptr<const assistant::Assistant> own)
        : m_own(std::move(own)), m_assistant(m_own.get())
    {
    }

    std::shared_ptr<const assistant::Assistant> m_own;
    const assistant::Assistant* m_assistant;
};

} // namespace plumbline::cli
