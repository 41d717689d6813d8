#include "ui/prompts/run_column.h"

#include <QBoxLayout>
#include <QEvent>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QScrollBar>
#include <QTextBrowser>
#include <QTimer>

#include "ui/jobs/job_list.h"
#include "ui/prompts/version_html.h"
#include "ui/spending/spending.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::prompts {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using spending::costWords;
using spending::usageWords;

RunColumn::RunColumn(const Services& services, jobs::JobList& jobList, QWidget* parent)
    : QWidget(parent), m_services(services), m_job(tr("Running a prompt"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(3 * kGrid, 2 * kGrid, 3 * kGrid, kGrid);
    m_title = new QLabel(this);
    m_title->setTextFormat(Qt::PlainText);
    QFont bold = bodyFont();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_status = new QLabel(this);
    m_status->setTextFormat(Qt::PlainText);
    head->addWidget(m_title, 1);
    head->addWidget(m_status);
    column->addLayout(head);
    auto* idle = textLabel(tr("Not run yet"), this, "muted");
    idle->setAlignment(Qt::AlignCenter);
    m_states = new PageStates(makeContent(), idle, this);
    m_states->showIdle();
    column->addWidget(m_states, 1);
    m_timer = new QTimer(this);
    m_timer->setInterval(jobs::kFeedMilliseconds);
    connect(m_timer, &QTimer::timeout, this, &RunColumn::takeText);
    connect(m_states, &PageStates::retryRequested, this, [this] { start(m_request); });
    connect(m_states, &PageStates::stopRequested, this, &RunColumn::stop);
    jobList.watch(&m_job);
}

RunColumn::~RunColumn() = default;

QWidget* RunColumn::makeContent()
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_text = new QTextBrowser(content);
    m_text->setOpenLinks(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->document()->setDocumentMargin(3 * kGrid);
    m_text->setAccessibleName(tr("Answer"));
    m_factsBox = new QFrame(content);
    m_factsBox->setProperty("role", u"foot"_s);
    m_facts = new QFormLayout(m_factsBox);
    m_facts->setContentsMargins(3 * kGrid, 2 * kGrid, 3 * kGrid, 2 * kGrid);
    m_facts->setHorizontalSpacing(4 * kGrid);
    m_facts->setVerticalSpacing(kGrid);
    column->addWidget(m_text, 1);
    column->addWidget(m_factsBox);
    return content;
}

void RunColumn::setTitle(const QString& title)
{
    m_title->setText(title);
}

void RunColumn::start(RunRequest request)
{
    m_request = std::move(request);
    m_outcome.reset();
    m_streamed.clear();
    m_feed = std::make_shared<jobs::TextFeed>();
    m_text->clear();
    m_factsBox->hide();
    setRole(*m_status, "");
    m_status->setText(tr("Looking in the documents…"));
    m_states->showLoading(tr("Waiting for %1").arg(toQt(m_request.model)));
    auto work = [run = m_services.run, request = m_request,
                 feed = m_feed](const jobs::Job<RunOutcome>::Context& context) {
        return run(request, context.stop, [feed](std::string_view piece) { feed->add(piece); });
    };
    m_timer->start();
    m_job.start(std::move(work), [this](Result<RunOutcome> outcome) {
        m_timer->stop();
        if (outcome) {
            m_outcome = std::move(*outcome);
            showOutcome();
        } else if (outcome.error().code == ErrorCode::Cancelled) {
            m_status->setText(tr("Stopped"));
            setRole(*m_status, "warn");
            m_text->clear(); // what came was never checked
            m_states->showIdle();
        } else {
            m_status->setText(tr("Failed"));
            setRole(*m_status, "bad");
            m_states->showFailed(tr("%1 gave no answer").arg(toQt(m_request.model)), outcome.error());
        }
        Q_EMIT ended(m_outcome.has_value());
    });
}

void RunColumn::stop()
{
    m_job.cancel();
}

void RunColumn::clear()
{
    m_job.cancel();
    if (m_job.isRunning())
        return; // its end shows it
    m_outcome.reset();
    m_status->clear();
    m_states->showIdle();
}

void RunColumn::showRun(const RunRequest& request, const RunOutcome& outcome)
{
    m_request = request;
    m_outcome = outcome;
    showOutcome();
}

// What comes is shown as plain text, at its end, and marked: nothing of it was checked yet.
void RunColumn::takeText()
{
    const std::string piece = m_feed->take();
    if (piece.empty())
        return;
    if (m_streamed.isEmpty()) {
        m_states->showReady();
        m_status->setText(tr("Streaming, sources not checked yet"));
        setRole(*m_status, "warn");
    }
    const QString text = toQt(piece);
    m_streamed += text;
    if (!isVisible())
        return; // showEvent() catches up
    QTextCursor cursor(m_text->document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(text);
    m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
}

void RunColumn::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_job.isRunning() && !m_streamed.isEmpty())
        m_text->setPlainText(m_streamed);
    else if (m_stale)
        showOutcome();
}

void RunColumn::showOutcome()
{
    m_status->setText(m_outcome->simulated ? tr("Simulated") : tr("Sources checked"));
    setRole(*m_status, m_outcome->simulated ? "warn" : "ok");
    m_stale = !isVisible(); // many that end at once must not be laid out for nobody
    if (m_stale)
        return;
    m_text->setHtml(outcomeHtml(*m_outcome, currentTokens()));
    fillFacts();
    m_factsBox->show();
    m_states->showReady();
}

void RunColumn::addFact(const QString& name, const QString& value, const char* role)
{
    auto* label = new QLabel(name, m_factsBox);
    label->setProperty("role", u"muted"_s);
    m_facts->addRow(label, textLabel(value, m_factsBox, role));
}

void RunColumn::fillFacts()
{
    while (m_facts->rowCount() > 0)
        m_facts->removeRow(0);
    const RunOutcome& outcome = *m_outcome;
    addFact(tr("Tokens"), usageWords(outcome.usage), outcome.usage.estimated ? "warn" : nullptr);
    addFact(tr("Cost"), costWords(outcome.cost), outcome.cost ? nullptr : "warn");
    addFact(tr("Time"), outcome.firstTokenMs > 0
                            ? tr("%1, first text after %2")
                                  .arg(milliseconds(outcome.totalMs), milliseconds(outcome.firstTokenMs))
                            : milliseconds(outcome.totalMs));
    if (outcome.simulated)
        addFact(
            tr("Model"),
            tr("%1, simulated: delay, tokens and price are stated, not measured").arg(toQt(m_request.model)),
            "warn");
    else
        addFact(tr("Model"), toQt(m_request.model));
    for (const std::string& note : outcome.notes)
        addFact(tr("Note"), toQt(note), "warn");
}

QString RunColumn::shownText() const
{
    return m_states->message().isEmpty() ? m_text->toPlainText() : m_states->message();
}

QString RunColumn::shownFacts() const
{
    QStringList lines;
    for (int row = 0; row < m_facts->rowCount(); ++row) {
        const auto* name = qobject_cast<QLabel*>(m_facts->itemAt(row, QFormLayout::LabelRole)->widget());
        const auto* value = qobject_cast<QLabel*>(m_facts->itemAt(row, QFormLayout::FieldRole)->widget());
        lines << name->text() + u": "_s + value->text();
    }
    return m_status->text() + u'\n' + lines.join(u'\n');
}

void RunColumn::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_outcome)
        QMetaObject::invokeMethod(
            this, [this] { showOutcome(); }, Qt::QueuedConnection);
}

} // namespace plumbline::ui::prompts
