#include "tests/flows/support/running_command.h"

#include <csignal>

#include <QProcess>
#include <QStringList>

#include "tests/support/paths.h"

namespace plumbline::tests {

RunningCommand::RunningCommand(const std::vector<std::string>& arguments)
    : m_process(std::make_unique<QProcess>())
{
    QStringList list;
    for (const std::string& argument : arguments) {
        list << QString::fromStdString(argument);
    }
    m_process->start(QString::fromStdString(command().string()), list);
    m_process->waitForStarted();
}

RunningCommand::~RunningCommand()
{
    if (!ended()) {
        m_process->kill();
        m_process->waitForFinished();
    }
}

long RunningCommand::pid() const
{
    return static_cast<long>(m_process->processId());
}

bool RunningCommand::ended() const
{
    m_process->waitForFinished(0); // there is no event loop here that would notice
    return m_process->state() == QProcess::NotRunning;
}

void RunningCommand::send(int signal)
{
    if (!ended()) {
        ::kill(static_cast<pid_t>(pid()), signal);
    }
}

CommandOutcome RunningCommand::finish(std::chrono::milliseconds patience)
{
    CommandOutcome outcome;
    if (m_process->state() != QProcess::NotRunning &&
        !m_process->waitForFinished(static_cast<int>(patience.count()))) {
        return outcome;
    }
    outcome.exitCode = m_process->exitCode() + (m_process->exitStatus() == QProcess::CrashExit ? 128 : 0);
    outcome.out = m_process->readAllStandardOutput().toStdString();
    outcome.err = m_process->readAllStandardError().toStdString();
    return outcome;
}

} // namespace plumbline::tests
