#include "ui/evals/case_panel.h"

#include <QAbstractItemView>
#include <QBoxLayout>
#include <QButtonGroup>
#include <QComboBox>
#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>

#include "ui/evals/case_rows.h"
#include "ui/evals/judgement_bar.h"
#include "ui/evals/sources_panel.h"
#include "ui/evals/text_table.h"
#include "ui/passages/content_of.h"
#include "ui/widgets/diff_canvas.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

CasePanel::CasePanel(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_job(tr("Reading a case")),
      m_diffJob(tr("Comparing two answers")), m_judgeJob(tr("Keeping a verdict")),
      m_whyJob(tr("Finding out why a case changed"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* idle = textLabel(tr("Choose a case in the table above"), this, "muted");
    idle->setAlignment(Qt::AlignCenter);
    m_states = new PageStates(makeContent(), idle, this);
    m_states->showIdle();
    column->addWidget(m_states);
    m_delay = new QTimer(this);
    m_delay->setSingleShot(true);
    m_delay->setInterval(50);
    connect(m_delay, &QTimer::timeout, this, &CasePanel::retry);
    connect(m_states, &PageStates::retryRequested, this, &CasePanel::retry);
    connect(m_states, &PageStates::stopRequested, this, [this] { m_job.cancel(); });
}

CasePanel::~CasePanel() = default;

QWidget* CasePanel::makeHead()
{
    auto* head = new QFrame(this);
    head->setProperty("role", u"bar"_s);
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(3 * kGrid, kGrid, 2 * kGrid, kGrid);
    column->setSpacing(kGrid);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    m_title = new QLabel(head);
    m_title->setTextFormat(Qt::PlainText);
    QFont bold = bodyFont();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    row->addWidget(m_title);
    m_sides = new QButtonGroup(this);
    for (const int side : {0, 1}) {
        auto* button = new QPushButton(head);
        button->setProperty("role", u"quiet"_s);
        button->setCheckable(true);
        button->setToolTip(tr("Sources and judgement are of this answer"));
        m_sides->addButton(button, side);
        row->addWidget(button);
    }
    m_repeat = new QComboBox(head);
    m_repeat->setAccessibleName(tr("Repeat"));
    row->addWidget(m_repeat);
    row->addStretch(1);
    const auto button = [&](const QString& iconName, const QString& text, const QString& tip) {
        auto* one = new QPushButton(icon(iconName), text, head);
        one->setProperty("role", u"quiet"_s);
        one->setToolTip(tip);
        row->addWidget(one);
        return one;
    };
    m_why = button(u"unknown"_s, tr("Why changed?"),
                   tr("Runs the case again with one thing swapped at a time; may ask models"));
    m_prompt = button(u"prompts"_s, tr("Prompt"), tr("Open the prompt version of this answer"));
    m_document = button(u"document"_s, tr("Expected source"), tr("Open the document that should answer"));
    m_question = textLabel({}, head);
    m_expected = textLabel({}, head, "muted");
    m_reasons = textLabel({}, head, "warn");
    m_reasons->hide();
    column->addLayout(row);
    for (QLabel* label : {m_question, m_expected, m_reasons})
        column->addWidget(label);
    connect(m_sides, &QButtonGroup::idClicked, this, [this](int side) { showSide(side == 0); });
    connect(m_repeat, &QComboBox::currentIndexChanged, this, &CasePanel::showRepeat);
    connect(m_why, &QPushButton::clicked, this, &CasePanel::askWhy);
    connect(m_prompt, &QPushButton::clicked, this, [this] {
        if (sideColumn() < m_ref.columns.size())
            Q_EMIT linkActivated({Page::Prompts, toQt(m_ref.columns[sideColumn()].prompt), {}});
    });
    connect(m_document, &QPushButton::clicked, this, [this] {
        const auto& expected = m_detail.entry.expected;
        Link link{
            Page::Corpus, toQt(passages::documentKey(expected.documents.front(), expected.version)), {}};
        if (expected.end > expected.start)
            link.spans.push_back({expected.start, expected.end});
        Q_EMIT linkActivated(link);
    });
    return head;
}

QWidget* CasePanel::makeContent()
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tabs = new QTabWidget(content);
    m_tabs->setDocumentMode(true);
    m_answers = new QStackedWidget(m_tabs);
    m_diff = new DiffView(m_answers);
    m_diff->setFolding(false); // an answer is read whole
    m_single = new QPlainTextEdit(m_answers);
    m_single->setReadOnly(true);
    m_single->setFont(monoFont());
    m_single->setFrameShape(QFrame::NoFrame);
    m_single->document()->setDocumentMargin(3 * kGrid);
    m_single->setAccessibleName(tr("Answer"));
    m_answers->addWidget(m_diff);
    m_answers->addWidget(m_single);
    m_checks = new TextTable({tr("Check"), tr("Baseline"), tr("Candidate"), tr("Reason"), tr("Where")}, this);
    auto* checks = makeTextTable(m_checks, tr("Checks of both answers"), {30, 18, 18, 70}, m_tabs);
    m_sources = new SourcesPanel(m_tabs);
    m_tabs->addTab(m_answers, tr("Answers"));
    m_tabs->addTab(checks, tr("Checks"));
    m_tabs->addTab(m_sources, tr("Sentences and sources"));
    m_judgement = new JudgementBar(content);
    column->addWidget(makeHead());
    column->addWidget(m_tabs, 1);
    column->addWidget(m_judgement);
    connect(m_sources, &SourcesPanel::linkActivated, this, &CasePanel::linkActivated);
    connect(m_judgement, &JudgementBar::judged, this, &CasePanel::judge);
    return content;
}

void CasePanel::clear()
{
    m_delay->stop();
    m_job.cancel();
    m_ref = {};
    m_states->showIdle();
}

void CasePanel::open(const QString& caseId, std::vector<MatrixColumn> columns)
{
    m_ref = {toUtf8(caseId), std::move(columns)};
    m_job.cancel();
    m_states->showLoading(tr("Reading %1").arg(caseId)); // what is still seen is not judged any more
    m_delay->start();
}

void CasePanel::retry()
{
    m_states->showLoading(tr("Reading %1").arg(shownCase()));
    m_job.start(
        [read = m_services.showCase, ref = m_ref](const auto& context) { return read(ref, context.stop); },
        [this](Result<CaseDetail> detail) {
            if (m_ref.columns.empty() || m_delay->isActive())
                return; // cleared, or another case is wanted meanwhile
            if (detail)
                take(std::move(*detail));
            else
                m_states->showFailed(tr("%1 could not be read").arg(shownCase()), detail.error());
            Q_EMIT shown();
        });
}

void CasePanel::take(CaseDetail detail)
{
    m_detail = std::move(detail);
    m_reasons->hide();
    const std::size_t candidate = m_ref.columns.size() - 1;
    const auto& attempts = m_detail.attempts[candidate];
    {
        const QSignalBlocker quiet(m_repeat);
        m_repeat->clear();
        std::size_t repeats = 0;
        for (const auto& column : m_detail.attempts)
            repeats = std::max(repeats, column.size());
        for (std::size_t repeat = 0; repeat < repeats; ++repeat)
            m_repeat->addItem(tr("Repeat %1 of %2").arg(repeat + 1).arg(repeats));
        m_repeat->setVisible(repeats > 1);
        m_repeat->setCurrentIndex(foremostRepeat(attempts));
    }
    m_states->showReady();
    showRepeat();
}

const Attempt* CasePanel::attempt(std::size_t column) const
{
    const int repeat = std::max(m_repeat->currentIndex(), 0);
    if (column >= m_detail.attempts.size() ||
        static_cast<std::size_t>(repeat) >= m_detail.attempts[column].size())
        return nullptr;
    return &m_detail.attempts[column][static_cast<std::size_t>(repeat)];
}

std::size_t CasePanel::sideColumn() const
{
    return m_baselineSide ? 0 : m_ref.columns.size() - 1;
}

void CasePanel::showRepeat()
{
    const bool pair = m_ref.columns.size() > 1;
    m_checks->setRows(checkRows(pair ? attempt(0) : nullptr, attempt(m_ref.columns.size() - 1)));
    showHead();
    compareAnswers();
    showSideNow();
}

void CasePanel::showHead()
{
    const bool pair = m_ref.columns.size() > 1;
    const auto& entry = m_detail.entry;
    m_title->setText(shownCase());
    m_question->setText(toQt(entry.question));
    m_question->setVisible(!entry.question.empty());
    const QString expected = expectationWords(entry.expected);
    m_expected->setText(tr("Expected: %1").arg(expected));
    m_expected->setVisible(!expected.isEmpty());
    m_document->setVisible(!entry.expected.documents.empty());
    m_why->setVisible(pair && m_services.why != nullptr);
    auto* baseline = m_sides->button(0);
    baseline->setVisible(pair);
    baseline->setText(tr("Baseline: %1").arg(attemptWords(pair ? attempt(0) : nullptr)));
    m_sides->button(1)->setText(
        (pair ? tr("Candidate: %1") : u"%1"_s).arg(attemptWords(attempt(m_ref.columns.size() - 1))));
}

void CasePanel::compareAnswers()
{
    const Attempt* right = attempt(m_ref.columns.size() - 1);
    const Attempt* left = m_ref.columns.size() > 1 ? attempt(0) : nullptr;
    if (left == nullptr || right == nullptr) {
        const Attempt* one = right == nullptr ? left : right;
        m_single->setPlainText(one == nullptr ? tr("(not run)") : answerText(*one));
        m_answers->setCurrentWidget(m_single);
        return;
    }
    m_answers->setCurrentWidget(m_diff);
    auto work = [candidate = *right, baseline = *left, rightName = toQt(m_ref.columns.back().title()),
                 leftName = toQt(m_ref.columns.front().title())](const auto&) -> Result<DiffDocument> {
        return answersCompared(baseline, candidate, leftName, rightName);
    };
    m_diffJob.start(std::move(work), [this](Result<DiffDocument> document) {
        if (document)
            m_diff->setDocument(std::move(*document));
    });
}

void CasePanel::showSide(bool baseline)
{
    m_baselineSide = baseline;
    showSideNow();
}

void CasePanel::showSideNow()
{
    if (m_ref.columns.size() < 2)
        m_baselineSide = false;
    m_sides->button(m_baselineSide ? 0 : 1)->setChecked(true);
    const Attempt* one = attempt(sideColumn());
    m_prompt->setVisible(m_ref.columns[sideColumn()].prompt.find("@v") != std::string::npos);
    m_sources->setAttempt(one);
    m_judgement->setAttempt(one);
}

void CasePanel::judge(Opinion opinion, const QString& note)
{
    if (m_states->state() != PageStates::State::Ready)
        return;
    const std::size_t column = sideColumn();
    const int repeat = std::max(m_repeat->currentIndex(), 0);
    auto work = [judge = m_services.judge, where = m_ref.columns[column], caseId = m_ref.caseId, repeat,
                 opinion, words = toUtf8(note)](const auto&) -> Result<bool> {
        const Result<void> done = judge(where, caseId, repeat, opinion, words);
        if (!done)
            return tl::unexpected(done.error());
        return true;
    };
    const HumanVerdict kept{opinion, toUtf8(note), m_services.actor, m_services.now()};
    m_judgeJob.start(std::move(work), [this, kept, column, repeat, caseId = m_ref.caseId](Result<bool> done) {
        if (!done) {
            m_judgement->showOutcome(toQt(done.error().describe()), false);
            return;
        }
        if (caseId != m_ref.caseId || column >= m_detail.attempts.size())
            return; // another case is on screen
        m_detail.attempts[column][static_cast<std::size_t>(repeat)].human = kept;
        if (column == sideColumn())
            m_judgement->setAttempt(attempt(column));
    });
}

void CasePanel::askWhy()
{
    if (m_states->state() != PageStates::State::Ready)
        return;
    m_reasons->setText(tr("Running the case again with one thing swapped at a time…"));
    setRole(*m_reasons, "muted");
    m_reasons->show();
    m_whyJob.start(
        [why = m_services.why, ref = m_ref](const auto& context) {
            return why(ref.caseId, ref.columns.front(), ref.columns.back(), context.stop);
        },
        [this, caseId = m_ref.caseId](Result<std::vector<std::string>> reasons) {
            if (caseId != m_ref.caseId)
                return;
            QStringList lines;
            if (reasons) {
                for (const std::string& reason : *reasons)
                    lines << toQt(reason);
            } else {
                lines << toQt(reasons.error().describe());
            }
            m_reasons->setText(lines.isEmpty() ? tr("No single thing explains it") : lines.join(u'\n'));
            setRole(*m_reasons, reasons ? "warn" : "bad");
        });
}

QString CasePanel::shownHead() const
{
    QStringList parts{m_title->text(), m_question->text(), m_expected->text()};
    for (auto* button : m_sides->buttons())
        parts << button->text();
    parts << m_reasons->text();
    return parts.join(u'\n');
}

void CasePanel::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void CasePanel::focusAnswer()
{
    QWidget* page = m_tabs->currentWidget();
    if (page == m_answers)
        page = m_answers->currentWidget() == m_single ? static_cast<QWidget*>(m_single) : &m_diff->canvas();
    else if (page == m_sources)
        page = &m_sources->sentences();
    page->setFocus(Qt::OtherFocusReason);
}

void CasePanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else
        QWidget::keyPressEvent(event);
}

void CasePanel::saveState(QSettings& settings) const
{
    settings.setValue(u"evals/case_tab"_s, m_tabs->currentIndex());
    m_sources->saveState(settings);
    m_diff->saveState(settings, u"evals/diff"_s);
}

void CasePanel::restoreState(const QSettings& settings)
{
    m_tabs->setCurrentIndex(settings.value(u"evals/case_tab"_s, 0).toInt());
    m_sources->restoreState(settings);
    if (settings.contains(u"evals/diff/unified"_s))
        m_diff->restoreState(settings, u"evals/diff"_s);
}

} // namespace plumbline::ui::evals
