#include "ui/prompts/prompts_page.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QSettings>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabWidget>

#include "ui/jobs/job_list.h"
#include "ui/prompts/catalogue_model.h"
#include "ui/prompts/catalogue_panel.h"
#include "ui/prompts/catalogue_questions.h"
#include "ui/prompts/input_bar.h"
#include "ui/prompts/labels_panel.h"
#include "ui/prompts/playground_panel.h"
#include "ui/prompts/run_panel.h"
#include "ui/prompts/version_panel.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::prompts {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::prompts::PromptVersion;

PromptsPage::PromptsPage(Services services, jobs::JobList& jobList, QWidget* parent)
    : QWidget(parent), m_services(std::move(services)), m_listJob(tr("Reading the prompts")),
      m_pairJob(tr("Reading a version"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_states = new PageStates(makeContent(jobList), nullptr, this);
    column->addWidget(m_states);
    m_states->showLoading(tr("Reading the prompts"));
    connect(m_states, &PageStates::retryRequested, this, &PromptsPage::reload);
    connect(m_states, &PageStates::actionRequested, this, &PromptsPage::reload);
    connect(m_states, &PageStates::stopRequested, this, [this] { m_listJob.cancel(); });
    auto* filter = new QShortcut(QKeySequence::Find, this);
    connect(filter, &QShortcut::activated, this, &PromptsPage::focusFilter);
    auto* again = new QShortcut(QKeySequence(Qt::Key_F5), this);
    connect(again, &QShortcut::activated, this, &PromptsPage::reload);
    jobList.watch(&m_listJob);
}

PromptsPage::~PromptsPage() = default;

QWidget* PromptsPage::makeHead()
{
    auto* head = new QFrame(this);
    head->setProperty("role", u"bar"_s);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(3 * kGrid, 2 * kGrid, 3 * kGrid, 2 * kGrid);
    row->setSpacing(3 * kGrid);
    m_title = new QLabel(head);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(titleFont());
    m_state = new QLabel(head);
    m_state->setTextFormat(Qt::PlainText);
    auto* label = new QLabel(tr("Compared &with"), head);
    m_against = new QComboBox(head);
    m_against->setAccessibleName(tr("Compared with"));
    m_against->setToolTip(tr("The other version of differences, messages and runs"));
    m_against->setMinimumWidth(160);
    label->setBuddy(m_against);
    row->addWidget(m_title);
    row->addWidget(m_state, 1);
    row->addWidget(label);
    row->addWidget(m_against);
    connect(m_against, &QComboBox::currentIndexChanged, this, &PromptsPage::readPair);
    return head;
}

QWidget* PromptsPage::makeContent(jobs::JobList& jobList)
{
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_list = new CataloguePanel(m_splitter);
    auto* right = new QWidget(m_splitter);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tabs = new QTabWidget(right);
    m_tabs->setDocumentMode(true);
    m_version = new VersionPanel(m_tabs);
    m_diff = new DiffPanel(m_tabs);
    m_messages = new MessagesPanel(m_services, m_tabs);
    m_run = new RunPanel(m_services, jobList, m_tabs);
    m_playground = new PlaygroundPanel(m_services, jobList, m_tabs);
    m_labels = new LabelsPanel(m_services, m_tabs);
    m_history = new HistoryPanel(m_services, m_tabs);
    m_tabs->addTab(m_version, tr("Version"));
    m_tabs->addTab(m_diff, tr("Differences"));
    m_tabs->addTab(m_messages, tr("Messages"));
    m_tabs->addTab(m_run, tr("Run both"));
    m_tabs->addTab(m_playground, tr("Playground"));
    m_tabs->addTab(m_labels, tr("Labels"));
    m_tabs->addTab(m_history, tr("History"));
    auto* idle = textLabel(tr("Choose a version on the left"), right, "muted");
    idle->setAlignment(Qt::AlignCenter);
    m_detail = new PageStates(m_tabs, idle, right);
    m_detail->showIdle();
    column->addWidget(makeHead());
    column->addWidget(m_detail, 1);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    const int list = 44 * fontMetrics().averageCharWidth();
    m_list->setMinimumWidth(list * 4 / 5); // names, states and labels stay readable
    m_splitter->setSizes({list, list * 2});
    m_splitter->setChildrenCollapsible(false);
    connect(m_list, &CataloguePanel::chosen, this, &PromptsPage::choose);
    connect(m_list, &CataloguePanel::fileRequested, this, &PromptsPage::openFile);
    connect(m_detail, &PageStates::retryRequested, this, &PromptsPage::readPair);
    connect(m_labels, &LabelsPanel::changed, this, &PromptsPage::reload);
    connect(m_labels, &LabelsPanel::changed, this, &PromptsPage::labelMoved);
    connect(m_history, &HistoryPanel::chosen, this, [this](int version) { m_list->select(m_name, version); });
    for (InputBar* input : {&m_messages->input(), &m_run->input(), &m_playground->input()})
        connect(input, &InputBar::questionEdited, this, &PromptsPage::setQuestion);
    return m_splitter;
}

void PromptsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_loaded)
        reload();
}

void PromptsPage::reload()
{
    if (!m_loaded)
        m_states->showLoading(tr("Reading the prompts"));
    m_loaded = true;
    m_listJob.start([list = m_services.list](const auto& context) { return list(context.stop); },
                    [this](Result<Catalogue> catalogue) { takeCatalogue(std::move(catalogue)); });
}

void PromptsPage::takeCatalogue(Result<Catalogue> catalogue)
{
    if (!catalogue) {
        m_states->showFailed(tr("The prompts could not be read"), catalogue.error());
        Q_EMIT loaded();
        return;
    }
    m_catalogue = std::move(*catalogue);
    if (m_catalogue.prompts.empty() && m_catalogue.problems.empty()) {
        m_states->showEmpty(
            m_catalogue.hasFolder ? tr("No prompts yet") : tr("This workspace has no prompts folder"),
            tr("Make a file prompts/NAME/v1.md in the workspace: front matter with a title and a "
               "task, then a section \u201c# System\u201d and a section \u201c# User\u201d. "
               "\u201cplumbline init\u201d writes one to begin with."),
            tr("Look again"));
        Q_EMIT loaded();
        return;
    }
    m_states->showReady();
    m_list->setCatalogue(m_catalogue, m_services.now());
    const QString wanted = std::exchange(m_wanted, {});
    if (findVersion(m_catalogue, toUtf8(wanted)))
        open(wanted);
    else if (m_number == 0 && !m_catalogue.prompts.empty())
        m_list->select(toQt(m_catalogue.prompts.front().name), 0);
    else if (m_number != 0)
        choose(m_name, m_number); // labels and text may be others now
    Q_EMIT loaded();
}

void PromptsPage::open(const QString& reference)
{
    if (m_catalogue.prompts.empty()) {
        m_wanted = reference;
        return;
    }
    if (const auto found = findVersion(m_catalogue, toUtf8(reference)))
        m_list->select(toQt(found->name), found->version);
}

void PromptsPage::choose(const QString& name, int version)
{
    m_name = name;
    m_number = version;
    m_title->setText(u"%1@v%2"_s.arg(name).arg(version));
    const PromptRow* prompt = findPrompt(m_catalogue, toUtf8(name));
    const VersionRow* row = prompt == nullptr ? nullptr : findRow(*prompt, version);
    if (row == nullptr)
        return;
    QStringList words{stateWords(row->state)};
    for (const std::string& label : row->labels)
        words << toQt(label);
    m_state->setText(words.join(u" · "_s));
    setRole(*m_state, row->state == VersionState::Released              ? "ok"
                      : row->state == VersionState::ChangedAfterRelease ? "bad"
                                                                        : "muted");
    fillAgainst();
    m_labels->setVersion(name, version);
    m_history->setPrompt(name);
    readPair();
}

// The other versions of this prompt; the one compared with stays when it is of the same prompt.
void PromptsPage::fillAgainst()
{
    const QSignalBlocker quiet(m_against);
    const QString before = m_against->currentData().toString();
    m_against->clear();
    const PromptRow* prompt = findPrompt(m_catalogue, toUtf8(m_name));
    if (prompt == nullptr)
        return;
    for (const VersionRow& row : prompt->versions) {
        if (row.version == m_number)
            continue;
        QStringList words{u'v' + QString::number(row.version)};
        for (const std::string& label : row.labels)
            words << toQt(label);
        m_against->addItem(words.join(u" · "_s), u"%1@%2"_s.arg(m_name).arg(row.version));
    }
    const int kept = m_against->findData(before);
    const int first = m_against->findData(u"%1@%2"_s.arg(m_name).arg(comparedFirst(*prompt, m_number)));
    m_against->setCurrentIndex(kept >= 0 ? kept : first);
    m_against->setEnabled(m_against->count() > 0);
}

void PromptsPage::compareWith(int version)
{
    const int index = m_against->findData(u"%1@%2"_s.arg(m_name).arg(version));
    if (index >= 0)
        m_against->setCurrentIndex(index);
}

void PromptsPage::readPair()
{
    const int other = m_against->currentData().toString().section(u'@', 1).toInt();
    m_detail->showLoading(tr("Reading %1").arg(m_title->text()));
    auto work = [show = m_services.show, name = toUtf8(m_name), version = m_number,
                 other](const auto&) -> Result<Pair> {
        Pair pair;
        Result<PromptVersion> right = show(name, version);
        if (!right)
            return tl::unexpected(right.error());
        pair.right = std::make_shared<const PromptVersion>(std::move(*right));
        if (other == 0)
            return pair;
        Result<PromptVersion> left = show(name, other);
        if (!left)
            return tl::unexpected(left.error());
        pair.left = std::make_shared<const PromptVersion>(std::move(*left));
        return pair;
    };
    m_pairJob.start(std::move(work), [this](Result<Pair> pair) {
        if (pair)
            takePair(*pair);
        else
            m_detail->showFailed(tr("%1 could not be read").arg(m_title->text()), pair.error());
    });
}

void PromptsPage::takePair(const Pair& pair)
{
    m_version->setVersion(*pair.right);
    m_diff->setPair(pair);
    m_messages->setPair(pair);
    m_run->setPair(pair);
    m_playground->setVersion(pair.right);
    m_detail->showReady();
    if (std::exchange(m_runAtOnce, false))
        m_run->start();
    Q_EMIT versionShown();
}

} // namespace plumbline::ui::prompts
