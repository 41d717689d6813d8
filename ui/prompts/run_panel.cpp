#include "ui/prompts/run_panel.h"

#include <QBoxLayout>
#include <QSplitter>

#include "ui/prompts/input_bar.h"
#include "ui/prompts/run_column.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::prompts {

using namespace plumbline::ui::widgets;

RunPanel::RunPanel(const Services& services, jobs::JobList& jobList, QWidget* parent)
    : QWidget(parent), m_services(services)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_input = new InputBar(services, tr("Run both"), true, this);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_left = new RunColumn(services, jobList, m_splitter);
    m_right = new RunColumn(services, jobList, m_splitter);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({500, 500});
    column->addWidget(m_input);
    column->addWidget(m_splitter, 1);
    connect(m_input, &InputBar::started, this, &RunPanel::start);
    connect(m_input, &InputBar::stopped, this, &RunPanel::stop);
    for (const RunColumn* run : {m_left, m_right})
        connect(run, &RunColumn::ended, this, &RunPanel::showRunning);
}

void RunPanel::setPair(const Pair& pair)
{
    const auto id = [](const auto& version) { return version ? version->id() : std::string(); };
    const bool same = id(pair.left) == id(m_pair.left) && id(pair.right) == id(m_pair.right);
    m_pair = pair;
    m_input->setReady(pair.right != nullptr);
    m_left->setVisible(pair.left != nullptr);
    m_left->setTitle(toQt(id(pair.left)));
    m_right->setTitle(toQt(id(pair.right)));
    if (same)
        return;
    m_left->clear();
    m_right->clear();
}

void RunPanel::start()
{
    const auto run = [this](RunColumn& column, const auto& version) {
        if (version)
            column.start(
                {*version, toUtf8(m_input->model()), toUtf8(m_input->question()), today(m_services.now())});
    };
    run(*m_left, m_pair.left);
    run(*m_right, m_pair.right);
    showRunning();
}

void RunPanel::stop()
{
    m_left->stop();
    m_right->stop();
}

void RunPanel::showRunning()
{
    m_input->setRunning(m_left->isRunning() || m_right->isRunning());
}

} // namespace plumbline::ui::prompts
