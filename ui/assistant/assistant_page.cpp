#include "ui/assistant/assistant_page.h"

#include <algorithm>

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>

#include "ui/assistant/answer_actions.h"
#include "ui/assistant/answer_export.h"
#include "ui/assistant/answer_view.h"
#include "ui/assistant/made_drawer.h"
#include "ui/assistant/question_bar.h"
#include "ui/assistant/sources_panel.h"
#include "ui/jobs/job_list.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::assistant {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::assistant::TurnRequest;

AssistantPage::AssistantPage(Services services, jobs::JobList& jobList, QWidget* parent)
    : QWidget(parent), m_services(std::move(services)), m_askJob(tr("Answering"), nullptr),
      m_judgeJob(tr("Keeping the judgement"), nullptr), m_exportJob(tr("Exporting the answer"), nullptr)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_bar = new QuestionBar(m_services.profiles, today(m_services.now()), this);
    column->addWidget(m_bar);
    m_states = new PageStates(makeContent(), makeIdle(), this);
    column->addWidget(m_states, 1);
    m_states->showIdle();
    connect(m_bar, &QuestionBar::asked, this, &AssistantPage::askTyped);
    connect(m_bar, &QuestionBar::newThreadRequested, this, &AssistantPage::newThread);
    connect(m_states, &PageStates::retryRequested, this, [this] { startAsking(m_asked); });
    connect(m_states, &PageStates::stopRequested, this, [this] {
        if (m_askJob.isRunning())
            m_askJob.cancel();
        else
            Q_EMIT stopIndexingRequested();
    });
    connect(m_states, &PageStates::actionRequested, this, &AssistantPage::indexRequested);
    auto* focus = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_L), this);
    connect(focus, &QShortcut::activated, this, &AssistantPage::focusQuestion);
    jobList.watch(&m_askJob);
    jobList.watch(&m_exportJob);
}

AssistantPage::~AssistantPage() = default;

QWidget* AssistantPage::makeIdle()
{
    auto* idle = new QWidget(this);
    auto* column = new QVBoxLayout(idle);
    column->setSpacing(2 * kGrid);
    column->addStretch(2);
    auto* title = new QLabel(tr("Ask what the approved documents say"), idle);
    title->setFont(titleFont());
    auto* body = new QLabel(
        tr("Every sentence of an answer is quoted from a document in force, with its source beside it."),
        idle);
    body->setProperty("role", u"muted"_s);
    for (QLabel* label : {title, body})
        column->addWidget(label, 0, Qt::AlignHCenter);
    column->addSpacing(2 * kGrid);
    for (const std::string& question : m_services.suggested) {
        auto* button = new QPushButton(toQt(question), idle);
        button->setProperty("role", u"suggestion"_s);
        button->setMinimumWidth(480);
        button->setToolTip(tr("Ask this"));
        connect(button, &QPushButton::clicked, this, [this, button] { ask(button->text()); });
        column->addWidget(button, 0, Qt::AlignHCenter);
    }
    column->addStretch(3);
    return idle;
}

QWidget* AssistantPage::makeContent()
{
    m_splitter = new QSplitter(Qt::Horizontal, this);
    auto* left = new QWidget(m_splitter);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_threadList = new QListWidget(left);
    m_threadList->setAccessibleName(tr("Questions of this thread"));
    m_threadList->setFrameShape(QFrame::NoFrame);
    m_threadList->hide();
    m_left = new QSplitter(Qt::Vertical, left);
    m_answer = new AnswerView(m_left);
    m_actions = new AnswerActions(left);
    m_drawer = new MadeDrawer(m_left);
    m_left->addWidget(m_answer);
    m_left->addWidget(m_drawer);
    m_left->setStretchFactor(0, 1);
    m_left->setStretchFactor(1, 0);
    m_left->setChildrenCollapsible(false);
    column->addWidget(m_threadList);
    column->addWidget(m_left, 1);
    column->addWidget(m_actions);
    m_sources = new SourcesPanel(m_splitter);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_sources);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setSizes({640, 480});
    m_splitter->setChildrenCollapsible(false);
    connect(m_answer, &AnswerView::sourceChosen, this, &AssistantPage::chooseSource);
    connect(m_sources, &SourcesPanel::sourceChosen, this, &AssistantPage::chooseSource);
    connect(m_answer, &AnswerView::linkActivated, this, &AssistantPage::linkActivated);
    connect(m_sources, &SourcesPanel::linkActivated, this, &AssistantPage::linkActivated);
    connect(m_actions, &AnswerActions::copyRequested, this, &AssistantPage::copyAnswer);
    connect(m_actions, &AnswerActions::exportRequested, this, &AssistantPage::exportAnswer);
    connect(m_actions, &AnswerActions::judged, this, &AssistantPage::judge);
    connect(m_threadList, &QListWidget::currentRowChanged, this, &AssistantPage::showTurn);
    return m_splitter;
}

void AssistantPage::ask(const QString& question)
{
    m_bar->setQuestion(question);
    askTyped();
}

void AssistantPage::focusQuestion()
{
    m_bar->focusQuestion();
}

void AssistantPage::openDrawer(bool open)
{
    m_drawer->setOpen(open);
}

void AssistantPage::askTyped()
{
    if (m_bar->question().isEmpty()) {
        m_bar->focusQuestion();
        return;
    }
    TurnRequest request;
    request.question = toUtf8(m_bar->question());
    for (const Turn& turn : m_thread)
        request.earlier.push_back(turn.request.question);
    request.asOf = m_bar->asOf();
    request.profile = m_services.profiles[m_bar->profile()];
    startAsking(std::move(request));
}

void AssistantPage::startAsking(TurnRequest request)
{
    m_asked = request;
    m_states->showLoading(tr("Looking in the documents"));
    auto work = [services = m_services, request](const jobs::Job<Turn>::Context& context) -> Result<Turn> {
        auto answer = services.ask(request, context.stop);
        if (!answer)
            return tl::unexpected(answer.error());
        Turn turn;
        turn.request = request;
        turn.answer = std::move(*answer);
        turn.at = services.now();
        markTerms(turn);
        return turn;
    };
    m_askJob.start(std::move(work), [this](Result<Turn> turn) {
        if (turn) {
            m_thread.push_back(std::move(*turn));
            auto* item = new QListWidgetItem(toQt(m_thread.back().request.question), m_threadList);
            item->setToolTip(item->text());
            m_threadList->setVisible(m_thread.size() > 1);
            const int rows = std::min(m_threadList->count(), 4);
            m_threadList->setFixedHeight(rows * m_threadList->sizeHintForRow(0) + kGrid);
            m_bar->setThreadLength(m_thread.size());
            m_threadList->setCurrentRow(m_threadList->count() - 1);
            m_bar->setQuestion({});
            m_bar->focusQuestion();
            Q_EMIT answered();
        } else if (turn.error().code == ErrorCode::NotFound) {
            m_states->showEmpty(tr("Nothing is indexed yet"), toQt(turn.error().message),
                                tr("Index the documents"));
        } else if (turn.error().code == ErrorCode::Cancelled) {
            m_current >= 0 ? m_states->showReady() : m_states->showIdle();
        } else {
            m_states->showFailed(tr("The question could not be answered"), turn.error());
        }
    });
}

void AssistantPage::showTurn(int index)
{
    if (index < 0 || index >= static_cast<int>(m_thread.size()))
        return;
    m_current = index;
    const Turn& turn = m_thread[static_cast<std::size_t>(index)];
    m_answer->setTurn(turn);
    m_sources->setTurn(turn);
    m_drawer->setTurn(turn);
    m_actions->setTurn(turn);
    m_states->showReady();
}

void AssistantPage::newThread()
{
    m_askJob.cancel();
    m_thread.clear();
    m_current = -1;
    m_threadList->clear();
    m_threadList->hide();
    m_bar->setThreadLength(0);
    m_bar->setQuestion({});
    m_states->showIdle();
    m_bar->focusQuestion();
}

void AssistantPage::chooseSource(int number)
{
    m_answer->setCurrentSource(number);
    m_sources->setCurrent(number);
}

Turn* AssistantPage::current()
{
    return m_current < 0 ? nullptr : &m_thread[static_cast<std::size_t>(m_current)];
}

void AssistantPage::copyAnswer()
{
    const Turn* turn = current();
    if (turn == nullptr)
        return;
    auto* content = new QMimeData;
    content->setText(answerAsText(*turn));
    content->setHtml(answerAsHtml(*turn));
    QApplication::clipboard()->setMimeData(content);
    m_actions->showOutcome(tr("Copied with citations"), true);
}

void AssistantPage::exportAnswer(bool pdf)
{
    const Turn* turn = current();
    if (turn == nullptr)
        return;
    auto* dialog = new QFileDialog(this, tr("Save the answer"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(pdf ? u"pdf"_s : u"md"_s);
    dialog->setNameFilter(pdf ? tr("PDF (*.pdf)") : tr("Markdown (*.md)"));
    dialog->selectFile(pdf ? u"answer.pdf"_s : u"answer.md"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, pdf, kept = *turn](const QString& file) {
        auto work = [kept, file, pdf](const jobs::Job<bool>::Context&) -> Result<bool> {
            const Result<void> written = pdf ? writePdf(kept, file) : writeMarkdown(kept, file);
            if (!written)
                return tl::unexpected(written.error());
            return true;
        };
        m_exportJob.start(std::move(work), [this, file](Result<bool> done) {
            m_actions->showOutcome(done ? tr("Saved: %1").arg(file) : toQt(done.error().describe()),
                                   done.has_value());
        });
    });
    dialog->open();
}

void AssistantPage::judge(plumbline::assistant::Judgement judgement, const QString& note)
{
    const Turn* turn = current();
    if (turn == nullptr)
        return;
    const bool helpful = judgement == plumbline::assistant::Judgement::Helpful;
    auto work = [services = m_services, kept = *turn, judgement,
                 words = toUtf8(note)](const jobs::Job<bool>::Context&) -> Result<bool> {
        const Result<void> done = services.judge(kept, judgement, words);
        if (!done)
            return tl::unexpected(done.error());
        return true;
    };
    m_judgeJob.start(std::move(work), [this, trace = turn->answer.trace, helpful](Result<bool> done) {
        for (Turn& kept : m_thread) {
            if (done && kept.answer.trace == trace)
                kept.judged = helpful ? "helpful" : "wrong";
        }
        if (const Turn* shown = current())
            m_actions->setTurn(*shown);
        m_actions->showOutcome(done ? (helpful ? tr("Kept as helpful") : tr("Kept as wrong"))
                                    : toQt(done.error().describe()),
                               done.has_value());
    });
}

void AssistantPage::setIndexed(bool indexed)
{
    const bool before = m_indexed;
    m_indexed = indexed;
    if (!indexed)
        m_states->showEmpty(tr("Nothing is indexed yet"),
                            tr("The documents of this workspace have not been read."),
                            tr("Index the documents"));
    else if (!before || m_states->state() == PageStates::State::Empty)
        m_states->showIdle();
}

void AssistantPage::showIndexing(const Progress& progress)
{
    if (m_indexed)
        return;
    if (m_states->state() != PageStates::State::Loading)
        m_states->showLoading(tr("Indexing the documents"), true);
    m_states->showProgress(progress);
}

void AssistantPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_current >= 0 &&
        m_states->state() == PageStates::State::Ready)
        QMetaObject::invokeMethod(
            this, [this] { showTurn(m_current); }, Qt::QueuedConnection);
}

void AssistantPage::saveState(QSettings& settings) const
{
    settings.setValue(u"assistant/splitter"_s, m_splitter->saveState());
    settings.setValue(u"assistant/drawer"_s, m_drawer->isOpen());
}

void AssistantPage::restoreState(const QSettings& settings)
{
    m_splitter->restoreState(settings.value(u"assistant/splitter"_s).toByteArray());
    m_drawer->setOpen(settings.value(u"assistant/drawer"_s).toBool());
}

} // namespace plumbline::ui::assistant
