#include "ui/prompts/labels_panel.h"

#include <QBoxLayout>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include "ui/prompts/book_models.h"
#include "ui/prompts/move_label_dialog.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::prompts {

using namespace plumbline::ui::widgets;

namespace {

// Widths in letters; the last column takes the rest.
QTableView* makeTable(BookModel* model, const QString& name, std::initializer_list<int> letters,
                      QWidget* parent)
{
    auto* table = new QTableView(parent);
    table->setModel(model);
    table->setFrameShape(QFrame::NoFrame);
    setUpTable(*table, name);
    int column = 0;
    for (const int width : letters)
        table->setColumnWidth(column++, width * parent->fontMetrics().averageCharWidth());
    return table;
}

QLabel* makeHeading(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont bold = bodyFont();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    label->setIndent(3 * kGrid); // a style sheet takes the margins away
    label->setMinimumHeight(9 * kGrid);
    return label;
}

} // namespace

LabelsPanel::LabelsPanel(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_job(tr("Reading the labels")), m_moveJob(tr("Moving a label"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_states = new PageStates(makeContent(), nullptr, this);
    column->addWidget(m_states);
    connect(m_states, &PageStates::retryRequested, this, &LabelsPanel::reload);
}

QWidget* LabelsPanel::makeContent()
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new QFrame(content);
    bar->setProperty("role", QStringLiteral("bar"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(3 * kGrid, 2 * kGrid, 3 * kGrid, 2 * kGrid);
    m_move = new QPushButton(icon(QStringLiteral("label")), tr("Move a label here…"), bar);
    m_move->setToolTip(
        tr("Put a label on this version; asks for a reason and says what will change (Ctrl+M)"));
    m_move->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_M));
    m_said = new QLabel(bar);
    m_said->setTextFormat(Qt::PlainText);
    row->addWidget(m_move);
    row->addWidget(m_said, 1);
    m_labels = new BookModel({tr("Label"), tr("Version"), tr("Since"), tr("Who"), tr("Why")}, this);
    m_moves = new BookModel({tr("When"), tr("Label"), tr("Moved"), tr("Who"), tr("Why")}, this);
    m_table = makeTable(m_labels, tr("Labels"), {18, 10, 20, 26}, content);
    m_past = makeTable(m_moves, tr("Moves of labels"), {20, 18, 12, 26}, content);
    column->addWidget(bar);
    column->addWidget(makeHeading(tr("Labels now"), content));
    column->addWidget(m_table, 1);
    column->addWidget(makeHeading(tr("Moves, the last on top"), content));
    column->addWidget(m_past, 2);
    connect(m_move, &QPushButton::clicked, this, &LabelsPanel::askForMove);
    return content;
}

void LabelsPanel::setVersion(const QString& name, int version)
{
    const bool other = name != m_name;
    m_name = name;
    m_version = version;
    m_move->setText(tr("Move a label to v%1…").arg(version));
    if (other)
        say({}, "");
    reload();
}

void LabelsPanel::reload()
{
    m_move->setEnabled(false);
    m_states->showLoading(tr("Reading the labels"));
    m_job.start([labels = m_services.labels, name = toUtf8(m_name)](const auto&) { return labels(name); },
                [this](Result<LabelBook> book) {
                    if (!book) {
                        m_states->showFailed(tr("The labels could not be read"), book.error());
                        return;
                    }
                    m_book = std::move(*book);
                    m_labels->setRows(rowsOf(m_book.labels));
                    m_moves->setRows(rowsOf(m_book.moves));
                    m_move->setEnabled(true);
                    m_states->showReady();
                });
}

void LabelsPanel::askForMove()
{
    if (m_job.isRunning() || m_states->state() != PageStates::State::Ready)
        return;
    auto* dialog = new MoveLabelDialog(m_name, m_version, m_book, toQt(m_services.actor), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &MoveLabelDialog::moveRequested, this, &LabelsPanel::move);
    dialog->open();
}

void LabelsPanel::move(const QString& label, const QString& why)
{
    auto work = [moveLabel = m_services.moveLabel, name = toUtf8(m_name), label = toUtf8(label),
                 version = m_version, why = toUtf8(why)](const auto&) -> Result<bool> {
        const Result<void> moved = moveLabel(name, label, version, why);
        if (!moved)
            return tl::unexpected(moved.error());
        return true;
    };
    m_moveJob.start(std::move(work), [this, label, version = m_version](Result<bool> moved) {
        if (moved)
            say(tr("\u201c%1\u201d stands on v%2 now").arg(label).arg(version), "ok");
        else
            say(toQt(moved.error().describe()), "bad");
        reload();
        if (moved)
            Q_EMIT changed();
    });
}

void LabelsPanel::say(const QString& words, const char* role)
{
    m_said->setText(words);
    setPlainTip(*m_said, words);
    setRole(*m_said, role);
}

QString LabelsPanel::said() const
{
    return m_said->text();
}

HistoryPanel::HistoryPanel(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_job(tr("Reading the history"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* content = new QWidget(this);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    m_from = makeHeading({}, content);
    m_model = new BookModel({tr("When"), tr("Version"), tr("Who"), tr("What"), tr("Commit or digest")}, this);
    m_table = makeTable(m_model, tr("History"), {20, 10, 30, 40}, content);
    inner->addWidget(m_from);
    inner->addWidget(m_table, 1);
    m_states = new PageStates(content, nullptr, this);
    column->addWidget(m_states);
    connect(m_states, &PageStates::retryRequested, this, &HistoryPanel::reload);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT chosen(m_history.entries[static_cast<std::size_t>(index.row())].version);
    });
}

void HistoryPanel::setPrompt(const QString& name)
{
    m_name = name;
    reload();
}

void HistoryPanel::reload()
{
    m_states->showLoading(tr("Reading the history"));
    m_job.start([history = m_services.history, name = toUtf8(m_name)](const auto&) { return history(name); },
                [this](Result<History> history) {
                    if (!history) {
                        m_states->showFailed(tr("The history could not be read"), history.error());
                        return;
                    }
                    m_history = std::move(*history);
                    m_from->setText(tr("From %1, the last on top").arg(toQt(m_history.from)));
                    m_model->setRows(rowsOf(m_history));
                    if (m_history.entries.empty())
                        m_states->showEmpty(tr("No history yet"),
                                            tr("Commit the prompt files, or release a version."), {});
                    else
                        m_states->showReady();
                });
}

} // namespace plumbline::ui::prompts
