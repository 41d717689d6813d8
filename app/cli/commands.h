// Every command, one file each: adds itself to the parser; its callback does the work and sets
// Session::exitCode.
#pragma once

#include "app/cli/session.h"

namespace CLI {
class App;
}

namespace plumbline::cli {

void addInit(CLI::App& app, Session& session);
void addIndex(CLI::App& app, Session& session);
void addCorpus(CLI::App& app, Session& session);
void addSearch(CLI::App& app, Session& session);
void addRetrieve(CLI::App& app, Session& session);
void addAsk(CLI::App& app, Session& session);
void addGround(CLI::App& app, Session& session);
void addPrompts(CLI::App& app, Session& session);
void addEval(CLI::App& app, Session& session);
void addCost(CLI::App& app, Session& session);
void addValidate(CLI::App& app, Session& session);
void addDoctor(CLI::App& app, Session& session);

// Parses the arguments and runs one command; gives the exit code.
int run(int argc, const char* const* argv, std::stop_token stop);

} // namespace plumbline::cli
