#include "ui/assistant/assistant_page.h"

#include <algorithm>

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QTimer>

#include "ui/assistant/answer_actions.h"
#include "ui/assistant/answer_keeping.h"
#include "ui/assistant/answer_view.h"
#include "ui/assistant/made_drawer.h"
#include "ui/assistant/question_bar.h"
#include "ui/assistant/sources_panel.h"
#include "ui/jobs/job_list.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::assistant {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::assistant::TurnRequest;

AssistantPage::AssistantPage(Services services, jobs::JobList& jobList, QWidget* parent)
    : QWidget(parent), m_services(std::move(services)), m_askJob(tr("Answering")),
      m_promptsJob(tr("Reading the prompts"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_bar = new QuestionBar(m_services, today(m_services.now()), this);
    column->addWidget(m_bar);
    m_states = new PageStates(makeContent(jobList), makeIdle(), this);
    column->addWidget(m_states, 1);
    m_states->showIdle();
    connect(m_bar, &QuestionBar::asked, this, &AssistantPage::askTyped);
    connect(m_bar, &QuestionBar::newThreadRequested, this, &AssistantPage::newThread);
    connect(m_states, &PageStates::retryRequested, this, [this] { startAsking(m_asked, m_askedPrompt); });
    connect(m_states, &PageStates::stopRequested, this, &AssistantPage::stopAsking);
    connect(m_bar, &QuestionBar::stopRequested, this, &AssistantPage::stopAsking);
    connect(m_states, &PageStates::actionRequested, this, &AssistantPage::indexRequested);
    auto* focus = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_L), this);
    connect(focus, &QShortcut::activated, this, &AssistantPage::focusQuestion);
    m_timer = new QTimer(this);
    m_timer->setInterval(jobs::kFeedMilliseconds);
    connect(m_timer, &QTimer::timeout, this, &AssistantPage::takeText);
    jobList.watch(&m_askJob);
    reloadPrompts();
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

QWidget* AssistantPage::makeContent(jobs::JobList& jobList)
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
    m_keeping = new AnswerKeeping(
        m_services, jobList, *m_actions, [this] { return current(); }, m_thread, this);
    connect(m_drawer, &MadeDrawer::otherVersionRequested, this, &AssistantPage::runOtherVersion);
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
    request.model = m_bar->model();
    startAsking(std::move(request), m_bar->prompt());
}

void AssistantPage::startAsking(TurnRequest request, const std::string& prompt)
{
    m_asked = request;
    m_askedPrompt = prompt;
    m_streaming = false;
    m_feed = std::make_shared<jobs::TextFeed>();
    m_states->showLoading(tr("Looking in the documents"));
    m_bar->setRunning(true);
    auto work = [services = m_services, request, prompt,
                 feed = m_feed](const jobs::Job<Turn>::Context& context) -> Result<Turn> {
        Turn turn;
        turn.request = request;
        if (!prompt.empty()) {
            auto version = services.prompt(prompt);
            if (!version)
                return tl::unexpected(version.error());
            turn.request.prompt = std::move(*version);
        }
        auto answer =
            services.ask(turn.request, context.stop, [feed](std::string_view piece) { feed->add(piece); });
        if (!answer)
            return tl::unexpected(answer.error());
        turn.answer = std::move(*answer);
        turn.at = services.now();
        markTerms(turn);
        return turn;
    };
    m_timer->start();
    m_askJob.start(std::move(work), [this](Result<Turn> turn) {
        m_timer->stop();
        m_bar->setRunning(false);
        m_actions->setEnabled(true);
        if (turn)
            takeTurn(std::move(*turn));
        else
            takeFailure(turn.error());
    });
}

// The text is shown as it comes, marked, without sources or anything that could be done with it.
void AssistantPage::takeText()
{
    const std::string piece = m_feed->take();
    if (piece.empty())
        return;
    if (!m_streaming) {
        m_streaming = true;
        m_answer->beginStream(toQt(m_asked.question));
        m_sources->clearSources();
        m_actions->setEnabled(false);
        m_drawer->hide(); // it is of the answer before
        m_states->showReady();
    }
    m_answer->addStream(toQt(piece));
}

void AssistantPage::takeTurn(Turn turn)
{
    m_thread.push_back(std::move(turn));
    auto* item = new QListWidgetItem(toQt(m_thread.back().request.question), m_threadList);
    item->setToolTip(plainTip(item->text()));
    m_threadList->setVisible(m_thread.size() > 1);
    const int rows = std::min(m_threadList->count(), 4);
    m_threadList->setFixedHeight(rows * m_threadList->sizeHintForRow(0) + kGrid);
    m_bar->setThreadLength(m_thread.size());
    m_threadList->setCurrentRow(m_threadList->count() - 1);
    m_bar->setQuestion({});
    m_bar->focusQuestion();
    Q_EMIT answered();
}

void AssistantPage::takeFailure(const Error& error)
{
    if (error.code == ErrorCode::NotFound && m_asked.model == plumbline::assistant::kEmbedded &&
        m_askedPrompt.empty())
        m_states->showEmpty(tr("Nothing is indexed yet"), toQt(error.message), tr("Index the documents"));
    else if (error.code != ErrorCode::Cancelled)
        m_states->showFailed(tr("The question could not be answered"), error);
    else if (m_current >= 0)
        showTurn(m_current); // nothing of a stopped answer stays
    else
        m_states->showIdle();
}

void AssistantPage::stopAsking()
{
    if (m_askJob.isRunning())
        m_askJob.cancel();
    else
        Q_EMIT stopIndexingRequested();
}

void AssistantPage::reloadPrompts()
{
    m_promptsJob.start([prompts = m_services.prompts](const auto& context) { return prompts(context.stop); },
                       [this](Result<std::vector<PromptChoice>> prompts) {
                           if (prompts) // else the embedded answerer's own form is still there
                               m_bar->setPrompts(*prompts);
                       });
}

void AssistantPage::runOtherVersion()
{
    const Turn* turn = current();
    if (turn == nullptr)
        return;
    Link link{Page::Prompts, {}, {}};
    const auto& prompt = turn->request.prompt;
    link.key = prompt.version > 0 ? toQt(prompt.id()) : QString();
    link.question = toQt(turn->request.question);
    link.model = toQt(turn->request.model);
    Q_EMIT linkActivated(link);
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
    m_drawer->show();
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
    m_bar->saveState(settings);
}

void AssistantPage::restoreState(const QSettings& settings)
{
    m_splitter->restoreState(settings.value(u"assistant/splitter"_s).toByteArray());
    m_drawer->setOpen(settings.value(u"assistant/drawer"_s).toBool());
    m_bar->restoreState(settings);
}

} // namespace plumbline::ui::assistant
