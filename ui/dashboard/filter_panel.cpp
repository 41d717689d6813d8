#include "ui/dashboard/filter_panel.h"

#include <algorithm>
#include <set>

#include <QBoxLayout>
#include <QComboBox>
#include <QCoreApplication>
#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QTableView>

#include "ui/dashboard/variant_style.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::dashboard {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::evals::EventMark;
using plumbline::evals::MarkKind;

namespace {

constexpr qint64 kDay = 24LL * 60 * 60 * 1000;

QLabel* heading(const QString& text, QWidget* parent, QWidget* buddy = nullptr)
{
    auto* label = new QLabel(text, parent);
    QFont bold = bodyFont();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    label->setBuddy(buddy);
    return label;
}

} // namespace

bool concerns(const EventMark& mark, const std::vector<std::string>& variants)
{
    return mark.kind == MarkKind::IndexChanged ||
           std::any_of(variants.begin(), variants.end(),
                       [&](const std::string& variant) { return variant.starts_with(mark.prompt + '@'); });
}

ChartMark chartMarkOf(const EventMark& mark)
{
    const auto words = [](const char* text) {
        return QCoreApplication::translate("plumbline::dashboard", text);
    };
    ChartMark shown;
    shown.at = toMs(mark.at);
    shown.label = mark.kind == MarkKind::LabelMoved;
    QStringList tip;
    if (shown.label) {
        shown.text = u"%1 \u2192 v%2"_s.arg(toQt(mark.label)).arg(mark.to);
        const QString before = mark.from == 0 ? words("nowhere") : u'v' + QString::number(mark.from);
        tip << words("%1: label %2 moved from %3 to v%4 by %5")
                   .arg(toQt(mark.prompt), toQt(mark.label), before, QString::number(mark.to),
                        toQt(mark.who));
        if (!mark.why.empty())
            tip << toQt(mark.why);
    } else {
        shown.text = words("index %1").arg(mark.generation);
        tip << (mark.seenInRun ? words("Index generation %1, first seen in this run")
                               : words("Index generation %1"))
                   .arg(mark.generation);
    }
    tip << localTime(mark.at) << utcTime(mark.at);
    shown.tip = tip.join(u'\n');
    return shown;
}

FilterPanel::FilterPanel(QWidget* parent) : QFrame(parent)
{
    setAccessibleName(tr("What the charts show"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 3 * kGrid, 3 * kGrid, 3 * kGrid);
    column->setSpacing(2 * kGrid);
    makeTime(*column);
    m_suite = new QComboBox(this);
    m_suite->setAccessibleName(tr("Suite"));
    m_suite->setToolTip(tr("Runs of one suite had the same cases; only they can be compared"));
    m_suite->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    column->addWidget(heading(tr("S&uite"), this, m_suite));
    column->addWidget(m_suite);
    m_model = new QStandardItemModel(this);
    m_list = new QListView(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->setAccessibleName(tr("Variants shown"));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setToolTip(tr("Space shows or hides a variant in all charts"));
    m_list->setIconSize(QSize(14, 14));
    auto* names = new QHBoxLayout;
    names->addWidget(heading(tr("&Variants"), this, m_list), 1);
    for (const bool all : {true, false}) {
        auto* button = new QPushButton(all ? tr("All") : tr("None"), this);
        button->setProperty("role", u"quiet"_s);
        button->setToolTip(all ? tr("Show all variants") : tr("Hide all variants"));
        names->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, all] { chooseVariants(all); });
    }
    column->addLayout(names);
    column->addWidget(m_list, 3);
    m_changeModel = new QStandardItemModel(0, 2, this);
    m_changes = new QTableView(this);
    m_changes->setModel(m_changeModel);
    setUpTable(*m_changes, tr("Changes"));
    m_changes->horizontalHeader()->hide();
    m_changes->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_changes->setIconSize(QSize(14, 14));
    column->addWidget(heading(tr("C&hanges, the last on top"), this, m_changes));
    column->addWidget(m_changes, 2);
    connect(m_suite, &QComboBox::currentIndexChanged, this, &FilterPanel::tell);
    connect(m_model, &QStandardItemModel::itemChanged, this, &FilterPanel::tell);
    connect(m_changes, &QTableView::activated, this, [this](const QModelIndex& index) {
        const QString& reference = m_prompts[static_cast<std::size_t>(index.row())];
        if (!reference.isEmpty())
            Q_EMIT promptOpened(reference);
    });
}

void FilterPanel::makeTime(QLayout& layout)
{
    auto& column = static_cast<QVBoxLayout&>(layout);
    m_span = new QComboBox(this);
    m_span->setAccessibleName(tr("Time"));
    m_span->addItem(tr("All runs"), 0);
    m_span->addItem(tr("Last 24 hours"), kDay);
    m_span->addItem(tr("Last 7 days"), 7 * kDay);
    m_span->addItem(tr("Last 30 days"), 30 * kDay);
    m_span->addItem(tr("Last 90 days"), 90 * kDay);
    m_rangeWords = textLabel({}, this, "muted");
    m_rangeWords->setFont(smallFont());
    m_reset = new QPushButton(icon(u"rollback"_s), tr("Reset zoom"), this);
    m_reset->setToolTip(tr("The whole range again (Escape or 0 in a chart, or a double click)"));
    auto* refresh = new QPushButton(icon(u"refresh"_s), {}, this);
    refresh->setProperty("role", u"quiet"_s);
    refresh->setToolTip(tr("Read the runs again (F5)"));
    refresh->setAccessibleName(tr("Read the runs again"));
    auto* top = new QHBoxLayout;
    top->addWidget(heading(tr("&Time"), this, m_span), 1);
    top->addWidget(refresh);
    column.addLayout(top);
    column.addWidget(m_span);
    column.addWidget(m_rangeWords);
    column.addWidget(m_reset);
    connect(refresh, &QPushButton::clicked, this, &FilterPanel::refreshRequested);
    connect(m_reset, &QPushButton::clicked, this, &FilterPanel::resetZoom);
    connect(m_span, &QComboBox::currentIndexChanged, this, [this] {
        m_zoom.reset();
        tell();
    });
}

void FilterPanel::setReading(const Reading& reading, Timestamp now)
{
    const QSignalBlocker quiet(this);
    m_now = now;
    m_runs.clear();
    for (const auto& run : reading.series.runs)
        m_runs.emplace_back(toMs(run.at), toQt(run.suite));
    fillSuites(reading);
    fillVariants(reading);
    fillMarks(reading);
    m_first = false;
    tell();
}

void FilterPanel::fillSuites(const Reading& reading)
{
    const QString before = m_suite->currentData().toString();
    QStringList suites;
    for (const auto& run : reading.series.runs) {
        if (!suites.contains(toQt(run.suite)))
            suites << toQt(run.suite);
    }
    suites.sort();
    const QSignalBlocker quiet(m_suite);
    m_suite->clear();
    for (const QString& suite : suites)
        m_suite->addItem(suite, suite);
    if (suites.size() > 1)
        m_suite->addItem(tr("All suites"), QString());
    const QString newest = reading.series.runs.empty() ? QString() : toQt(reading.series.runs.back().suite);
    m_suite->setCurrentIndex(std::max(0, m_suite->findData(m_first ? newest : before)));
}

void FilterPanel::fillVariants(const Reading& reading)
{
    QStringList hidden;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->item(row)->checkState() == Qt::Unchecked)
            hidden << m_model->item(row)->text();
    }
    const QSignalBlocker quiet(m_model);
    m_model->removeRows(0, m_model->rowCount());
    for (std::size_t i = 0; i < reading.series.variants.size(); ++i) {
        auto* item = new QStandardItem(QIcon(markerPixmap(i, 14, 2)), toQt(reading.series.variants[i]));
        item->setCheckable(true);
        item->setCheckState(hidden.contains(item->text()) ? Qt::Unchecked : Qt::Checked);
        item->setToolTip(plainTip(item->text()));
        m_model->appendRow(item);
    }
    m_list->reset(); // the model was silent
}

void FilterPanel::fillMarks(const Reading& reading)
{
    m_changeModel->removeRows(0, m_changeModel->rowCount());
    m_prompts.clear();
    std::vector<const EventMark*> listed; // of the prompts that were run
    std::set<std::string> prompts;
    for (auto mark = reading.marks.rbegin(); mark != reading.marks.rend(); ++mark) {
        if (!concerns(*mark, reading.series.variants))
            continue;
        listed.push_back(&*mark);
        if (mark->kind == MarkKind::LabelMoved)
            prompts.insert(mark->prompt);
    }
    for (const EventMark* mark : listed) {
        const ChartMark shown = chartMarkOf(*mark);
        auto* when = new QStandardItem(momentWords(toMs(mark->at)));
        when->setFont(monoFont());
        // The shapes that stand in the charts.
        const QString prompt = shown.label && prompts.size() > 1 ? toQt(mark->prompt) + u' ' : QString();
        auto* what = new QStandardItem((shown.label ? u"\u25c6 "_s : u"\u25a1 "_s) + prompt + shown.text);
        for (QStandardItem* item : {when, what})
            item->setToolTip(plainTip(shown.tip));
        when->setData(shown.tip, Qt::AccessibleTextRole);
        m_changeModel->appendRow({when, what});
        m_prompts.push_back(shown.label ? toQt(mark->prompt) + u"@v"_s + QString::number(mark->to)
                                        : QString());
    }
    m_changes->resizeColumnToContents(0);
}

TimeRange FilterPanel::wholeRange() const
{
    const QString suite = m_suite->currentData().toString();
    const qint64 span = m_span->currentData().toLongLong();
    if (span > 0)
        return {toMs(m_now) - span, toMs(m_now)};
    qint64 first = 0;
    qint64 last = 0;
    for (const auto& [at, name] : m_runs) {
        if (!suite.isEmpty() && name != suite)
            continue;
        first = first == 0 ? at : std::min(first, at);
        last = std::max(last, at);
    }
    return around(first == 0 ? toMs(m_now) : first, last == 0 ? toMs(m_now) : last);
}

Selection FilterPanel::selection() const
{
    Selection chosen;
    chosen.range = m_zoom.value_or(wholeRange());
    chosen.suite = m_suite->currentData().toString();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->item(row)->checkState() == Qt::Checked)
            chosen.variants.insert(static_cast<std::size_t>(row));
    }
    return chosen;
}

void FilterPanel::zoomTo(const TimeRange& range)
{
    m_zoom = range;
    tell();
}

void FilterPanel::resetZoom()
{
    if (!m_zoom)
        return;
    m_zoom.reset();
    tell();
}

void FilterPanel::chooseSuite(const QString& suite)
{
    m_suite->setCurrentIndex(std::max(0, m_suite->findData(suite)));
}

void FilterPanel::chooseVariants(bool all)
{
    {
        const QSignalBlocker quiet(m_model);
        for (int row = 0; row < m_model->rowCount(); ++row)
            m_model->item(row)->setCheckState(all ? Qt::Checked : Qt::Unchecked);
    }
    m_list->viewport()->update();
    tell();
}

QString FilterPanel::rangeText() const
{
    return m_rangeWords->text();
}

void FilterPanel::tell()
{
    m_rangeWords->setText(rangeWords(selection().range));
    m_reset->setEnabled(m_zoom.has_value());
    Q_EMIT changed();
}

} // namespace plumbline::ui::dashboard
