#include "ui/dashboard/chart_card.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>

#include "app/base/file.h"
#include "ui/dashboard/chart_view.h"
#include "ui/dashboard/variant_style.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::dashboard {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

ChartCard::ChartCard(const ChartSpec& spec, QWidget* parent)
    : QFrame(parent), m_model(new SeriesModel(spec, this)), m_exportJob(tr("Exporting a chart"))
{
    setProperty("role", u"card"_s);
    for (std::size_t i = 0; i < spec.measures.size(); ++i)
        m_measures.insert(i);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    column->setSpacing(kGrid);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * kGrid);
    makeHead(*head);
    column->addLayout(head);
    makeBody();
    column->addWidget(m_splitter, 1);
}

void ChartCard::makeHead(QHBoxLayout& row)
{
    const ChartSpec& spec = m_model->spec();
    auto* title = new QLabel(spec.title, this);
    QFont bold = bodyFont();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    setPlainTip(*title, spec.about);
    row.addWidget(title);
    if (spec.measures.size() > 1) {
        for (std::size_t i = 0; i < spec.measures.size(); ++i)
            addMeasure(row, i);
    }
    m_reading = new QLabel(this);
    m_reading->setTextFormat(Qt::PlainText);
    m_reading->setProperty("role", u"muted"_s);
    m_reading->setFont(smallFont());
    m_reading->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_reading->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_reading->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row.addWidget(m_reading, 1);
    auto* button = new QPushButton(icon(u"export"_s), tr("Export"), this);
    button->setProperty("role", u"quiet"_s);
    button->setToolTip(tr("Save the chart as PNG or SVG, or its rows as CSV"));
    button->setAccessibleName(tr("Export %1").arg(spec.title));
    auto* menu = new QMenu(button);
    menu->addAction(tr("Picture (PNG)…"), this, [this] { askWhere(ExportFormat::Png); });
    menu->addAction(tr("Drawing (SVG)…"), this, [this] { askWhere(ExportFormat::Svg); });
    menu->addAction(tr("Rows (CSV)…"), this, [this] { askWhere(ExportFormat::Csv); });
    button->setMenu(menu);
    row.addWidget(button);
}

void ChartCard::addMeasure(QHBoxLayout& row, std::size_t number)
{
    const QString word = m_model->spec().measures[number].word;
    auto* button = new QPushButton(word, this);
    button->setCheckable(true);
    button->setChecked(true);
    button->setProperty("role", u"quiet"_s);
    button->setIcon(measurePixmap(number, currentTokens().text, 2));
    button->setIconSize(QSize(32, 12));
    button->setToolTip(tr("Show or hide %1").arg(word));
    button->setAccessibleName(tr("%1, %2").arg(m_model->spec().title, word));
    connect(button, &QPushButton::toggled, this, [this, number](bool on) {
        if (on)
            m_measures.insert(number);
        else
            m_measures.erase(number);
        refill();
    });
    m_buttons.push_back(button);
    row.addWidget(button);
}

void ChartCard::makeBody()
{
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_chart = new ChartView(*m_model, m_splitter);
    m_chart->setMinimumSize(280, 200);
    m_table = new QTableView(m_splitter);
    m_table->setFrameShape(QFrame::NoFrame);
    m_sorted = new QSortFilterProxyModel(this);
    m_sorted->setSortRole(SeriesModel::kSortRole);
    m_sorted->setSourceModel(m_model);
    m_table->setModel(m_sorted);
    setUpTable(*m_table, tr("%1, table").arg(m_model->spec().title));
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder);
    m_table->setSortingEnabled(true);
    m_table->setIconSize(QSize(14, 14));
    m_table->setColumnHidden(SeriesModel::MeasureColumn, m_model->spec().measures.size() < 2);
    m_table->setMinimumWidth(200);
    m_splitter->addWidget(m_chart);
    m_splitter->addWidget(m_table);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { Q_EMIT tableWidthChosen(tableWidth()); });
    connect(m_chart, &ChartView::rangeChosen, this, &ChartCard::rangeChosen);
    connect(m_chart, &ChartView::resetRequested, this, &ChartCard::resetRequested);
    connect(m_chart, &ChartView::currentChanged, this, [this](int row) { showRow(row, true); });
    connect(m_chart, &ChartView::opened, this,
            [this](int row) { Q_EMIT runOpened(m_model->rows()[static_cast<std::size_t>(row)].run); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) {
                if (index.isValid())
                    showRow(m_sorted->mapToSource(index).row(), false);
            });
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT runOpened(m_model->rows()[static_cast<std::size_t>(m_sorted->mapToSource(index).row())].run);
    });
}

void ChartCard::setSeries(const plumbline::evals::RunSeries& series, const Selection& selection,
                          const std::vector<ChartMark>& marks)
{
    m_series = &series;
    m_selection = selection;
    m_chart->setMarks(marks);
    refill();
}

void ChartCard::setMeasures(const std::set<std::size_t>& measures)
{
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setChecked(measures.count(i) > 0);
}

void ChartCard::refill()
{
    if (m_series == nullptr)
        return;
    m_reading->clear();
    m_chart->expectRange(m_selection.range);
    m_model->setSeries(*m_series, m_selection, m_measures);
    m_table->setColumnHidden(SeriesModel::Suite, !m_selection.suite.isEmpty());
    m_chart->setEmptyText(emptyWords());
    if (!m_fitted && m_model->rowCount() > 0)
        fitColumns();
}

// Once, with the first rows.
void ChartCard::fitColumns()
{
    m_fitted = true;
    for (int column = 0; column < SeriesModel::ColumnCount; ++column) {
        m_table->resizeColumnToContents(column);
        m_table->setColumnWidth(column, m_table->columnWidth(column) + 2 * kGrid);
    }
}

int ChartCard::tableWidthNeeded() const
{
    if (m_model->rowCount() == 0)
        return 0;
    int needed = 5 * kGrid; // the scroll bar
    for (int column = 0; column <= SeriesModel::IntervalColumn; ++column) {
        if (!m_table->isColumnHidden(column))
            needed += m_table->columnWidth(column);
    }
    return needed;
}

int ChartCard::tableWidth() const
{
    return m_splitter->sizes().last();
}

void ChartCard::setTableWidth(int width)
{
    const int whole = m_splitter->width() - m_splitter->handleWidth();
    m_splitter->setSizes({whole - width, width});
}

void ChartCard::saveState(QSettings& settings, const QString& key) const
{
    if (!m_fitted)
        return;
    saveColumns(settings, key + u"/columns"_s, *m_table->horizontalHeader());
    QStringList measures;
    for (const std::size_t measure : m_measures)
        measures << QString::number(measure);
    settings.setValue(key + u"/figures"_s, measures);
}

void ChartCard::restoreState(const QSettings& settings, const QString& key)
{
    if (!settings.contains(key + u"/figures"_s))
        return;
    m_fitted = true;
    restoreColumns(settings, key + u"/columns"_s, *m_table->horizontalHeader());
    std::set<std::size_t> measures;
    for (const QString& one : settings.value(key + u"/figures"_s).toStringList())
        measures.insert(one.toULongLong());
    setMeasures(measures);
}

// Why there is nothing to draw; "no figure" and "nothing chosen" are different things.
QString ChartCard::emptyWords() const
{
    if (m_selection.variants.empty())
        return tr("No variant is chosen");
    if (m_measures.empty())
        return tr("No figure is chosen");
    for (const std::size_t measure : m_measures) {
        if (m_series->points.count(m_model->spec().measures[measure].metric) > 0)
            return tr("No run in this range has this figure");
    }
    return tr("No run has this figure");
}

void ChartCard::showRow(int row, bool fromChart)
{
    m_reading->setText(m_model->words(row));
    setPlainTip(*m_reading, m_model->words(row));
    if (fromChart) {
        const QModelIndex index = m_sorted->mapFromSource(m_model->index(row, SeriesModel::When));
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
    } else {
        m_chart->setCurrentRow(row);
    }
}

QString ChartCard::reading() const
{
    return m_reading->text();
}

void ChartCard::askWhere(ExportFormat format)
{
    const QString suffix = extensionOf(format);
    auto* dialog = new QFileDialog(this, tr("Save %1").arg(m_model->spec().title));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(u"%1 (*.%2)"_s.arg(suffix.toUpper(), suffix));
    dialog->selectFile(m_model->spec().key + u'.' + suffix);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, format](const QString& path) { saveTo(format, path); });
    dialog->open();
}

void ChartCard::saveTo(ExportFormat format, const QString& path)
{
    const QByteArray bytes = exported(*m_chart, *m_model, m_selection.range, format);
    auto work = [bytes, path](const jobs::Job<bool>::Context&) -> Result<bool> {
        const Result<void> written = writeFileAtomically(
            toUtf8(path), std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        if (!written)
            return tl::unexpected(written.error());
        return true;
    };
    m_exportJob.start(std::move(work), [this, path](Result<bool> done) {
        Q_EMIT exportEnded(done ? tr("Saved: %1").arg(path) : toQt(done.error().describe()),
                           done.has_value());
    });
}

} // namespace plumbline::ui::dashboard
