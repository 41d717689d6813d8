#include "app/llm/chat_model.h"

namespace plumbline::llm {

std::string_view toString(Role role)
{
    switch (role) {
    case Role::System:
        return "system";
    case Role::User:
        return "user";
    case Role::Assistant:
        return "assistant";
    case Role::Tool:
        break;
    }
    return "tool";
}

} // namespace plumbline::llm
