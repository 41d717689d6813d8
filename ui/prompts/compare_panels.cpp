#include "ui/prompts/compare_panels.h"

#include <QBoxLayout>

#include "ui/prompts/comparison.h"
#include "ui/prompts/input_bar.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"

namespace plumbline::ui::prompts {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::prompts::Rendered;

DiffPanel::DiffPanel(QWidget* parent) : QWidget(parent), m_job(tr("Comparing two versions"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_view = new DiffView(this);
    m_states = new PageStates(m_view, nullptr, this);
    column->addWidget(m_states);
    connect(m_states, &PageStates::stopRequested, this, [this] { m_job.cancel(); });
}

void DiffPanel::setPair(const Pair& pair)
{
    if (!pair.left || !pair.right) {
        m_job.cancel();
        m_states->showEmpty(tr("Nothing to compare with"),
                            tr("This prompt has one version. The next one can be compared with it."), {});
        return;
    }
    m_states->showLoading(tr("Comparing two versions"));
    m_job.start(
        [pair](const auto&) -> Result<DiffDocument> { return compareVersions(*pair.left, *pair.right); },
        [this](Result<DiffDocument> document) {
            if (!document) {
                m_states->showFailed(tr("The versions could not be compared"), document.error());
                return;
            }
            m_view->setDocument(std::move(*document));
            m_states->showReady();
        });
}

MessagesPanel::MessagesPanel(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_job(tr("Rendering the messages"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_input = new InputBar(services, tr("Show messages"), false, this);
    m_view = new DiffView(this);
    m_states = new PageStates(m_view, nullptr, this);
    column->addWidget(m_input);
    column->addWidget(m_states, 1);
    connect(m_input, &InputBar::started, this, &MessagesPanel::render);
    connect(m_input, &InputBar::stopped, this, [this] { m_job.cancel(); });
    connect(m_states, &PageStates::stopRequested, this, [this] { m_job.cancel(); });
    connect(m_states, &PageStates::retryRequested, this, &MessagesPanel::render);
}

void MessagesPanel::setPair(const Pair& pair)
{
    m_pair = pair;
    m_stale = true;
    m_input->setReady(pair.right != nullptr);
    if (isVisible())
        render();
}

void MessagesPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        render();
}

void MessagesPanel::render()
{
    if (!m_pair.right)
        return;
    m_stale = false;
    if (m_input->question().isEmpty()) {
        m_states->showEmpty(tr("No question yet"),
                            tr("The messages depend on the question and on what is found for it."), {});
        return;
    }
    m_states->showLoading(tr("Looking up passages and rendering the messages"));
    m_input->setRunning(true);
    const Pair pair{m_pair.left ? m_pair.left : m_pair.right, m_pair.right};
    auto work = [pair, render = m_services.render, question = toUtf8(m_input->question()),
                 day = today(m_services.now())](const auto& context) -> Result<DiffDocument> {
        const Result<Rendered> left = render(*pair.left, question, day, context.stop);
        if (!left)
            return tl::unexpected(left.error());
        const Result<Rendered> right = render(*pair.right, question, day, context.stop);
        if (!right)
            return tl::unexpected(right.error());
        return compareMessages(*left, toQt(pair.left->id()), *right, toQt(pair.right->id()));
    };
    m_job.start(std::move(work), [this](Result<DiffDocument> document) {
        m_input->setRunning(false);
        if (document) {
            m_view->setDocument(std::move(*document));
            m_states->showReady();
        } else if (document.error().code == ErrorCode::Cancelled) {
            m_states->showEmpty(tr("Stopped"), {}, {});
            m_stale = true;
        } else {
            m_states->showFailed(tr("The messages could not be rendered"), document.error());
        }
    });
}

} // namespace plumbline::ui::prompts
