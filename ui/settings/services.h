// What the Settings page asks of the engine. All blocking and callable from any thread, but makeKeys.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/date.h"
#include "app/base/result.h"
#include "app/base/secret.h"
#include "app/llm/endpoint.h"
#include "app/llm/price.h"

class QObject;

namespace plumbline::ui::settings {

class KeyRing;

// What an endpoint can do, found out by asking it.
struct Finding {
    enum class Ability { Works, Lacks, Fails };
    std::string what; // "reachable", "stream", "JSON Schema" …
    Ability ability = Ability::Fails;
    std::string says; // one line for a person
};

struct PriceRow {
    std::string model; // '*' stands for any characters
    llm::Price price;  // USD per million tokens
    std::optional<Date> from;
    std::optional<Date> until;
    std::string source;
    bool own = false; // of the workspace; goes before those that come with the program
};

struct PriceList {
    std::vector<PriceRow> rows;
    std::vector<std::string> unpriced; // names of endpoints whose model has no price today
};

struct Spent {
    Money today; // real money, the day of UTC
    Money held;  // by calls under way
    Money simulatedToday;
    std::int64_t unknown = 0; // calls of today whose cost is not known
    std::optional<Money> perDay;
    std::optional<Money> perRun;
};

// A key outside the keychain.
struct KeyFiles {
    // Where the command finds the key: "the environment variable …", "the file …"; empty = nowhere.
    std::function<Result<std::string>(const std::string& name)> find;
    std::function<Result<void>(const std::string& name, const Secret& key)> write; // mode 0600
    std::function<Result<void>(const std::string& name)> remove;
};

struct Services {
    std::vector<llm::Endpoint> endpoints; // of workspace.yaml
    // Each finding is handed on as it is made, on the calling thread.
    std::function<Result<std::vector<Finding>>(const llm::Endpoint&, std::stop_token,
                                               const std::function<void(const Finding&)>&)>
        probe;
    std::function<Result<Spent>()> spent;
    std::function<Result<PriceList>()> prices;
    std::function<KeyRing*(QObject* parent)> makeKeys; // on the window's thread; owned by `parent`
};

} // namespace plumbline::ui::settings
