#include "tests/flows/support/small_workspace.h"

#include <algorithm>

#include <QProcess>
#include <QStringList>
#include <QtGlobal>

#include "tests/support/paths.h"

namespace plumbline::tests {

namespace {

template <typename T>
T orFail(Result<T> result)
{
    if (!result) {
        qFatal("%s", result.error().describe().c_str());
    }
    return std::move(*result);
}

} // namespace

SmallWorkspace::SmallWorkspace(std::string_view approvalDefault, std::string_view moreConfig)
{
    m_folder.write("workspace.yaml", "name: small\ndocuments: {include: [.]}\napproval: {default: " +
                                         std::string(approvalDefault) + "}\nactor: A Tester\n" +
                                         std::string(moreConfig));
}

workspace::Workspace& SmallWorkspace::workspace()
{
    if (!m_workspace) {
        m_workspace = orFail(workspace::Workspace::open(home()));
    }
    return *m_workspace;
}

retrieval::IndexReport SmallWorkspace::index()
{
    return orFail(workspace().indexer().run(workspace().indexOptions(), {}, {}));
}

retrieval::SearchResult SmallWorkspace::search(std::string query, std::string_view asOf, bool explain)
{
    const retrieval::SearchRequest request{std::move(query), day(asOf), orFail(workspace().profile("")), 10,
                                           explain};
    return orFail(workspace().searcher().search(request, {}));
}

assistant::Answer SmallWorkspace::ask(std::string question, std::string_view asOf)
{
    assistant::TurnRequest request;
    request.question = std::move(question);
    request.asOf = day(asOf);
    request.profile = orFail(workspace().profile(""));
    return orFail(workspace().assistant().ask(request, {}));
}

std::vector<std::string> SmallWorkspace::found(std::string query, std::string_view asOf)
{
    std::vector<std::string> names;
    for (const retrieval::Passage& passage : search(std::move(query), asOf).passages) {
        const std::string name = passage.document + "@" + passage.version;
        if (std::ranges::find(names, name) == names.end()) {
            names.push_back(name);
        }
    }
    return names;
}

Date day(std::string_view text)
{
    return orFail(parseDate(text));
}

std::string policy(const PolicyText& text)
{
    const auto line = [](const char* key, const std::string& value) {
        return value.empty() ? std::string() : std::string(key) + ": " + value + "\n";
    };
    return "---\n" + line("id", text.id) + line("title", "Policy " + text.id) +
           line("version", "\"" + text.version + "\"") + line("state", text.state) +
           line("effective", text.effective) + line("expires", text.expires) +
           line("supersedes", text.supersedes.empty() ? "" : "[" + text.supersedes + "]") +
           "---\n\n# Policy " + text.id + "\n\n" + text.body + "\n";
}

CommandOutcome plumbline(const std::vector<std::string>& arguments)
{
    QProcess process;
    QStringList list;
    for (const std::string& argument : arguments) {
        list << QString::fromStdString(argument);
    }
    process.start(QString::fromStdString(command().string()), list);
    CommandOutcome outcome;
    if (!process.waitForFinished(60'000)) {
        process.kill();
        return outcome;
    }
    outcome.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    outcome.out = process.readAllStandardOutput().toStdString();
    outcome.err = process.readAllStandardError().toStdString();
    return outcome;
}

} // namespace plumbline::tests
