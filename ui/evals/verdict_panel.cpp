#include "ui/evals/verdict_panel.h"

#include <algorithm>

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QFrame>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include "app/base/result.h"
#include "ui/evals/text_table.h"
#include "ui/evals/verdict_model.h"
#include "ui/evals/words.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

std::size_t countGates(const Comparison& comparison, GateState state)
{
    return static_cast<std::size_t>(
        std::count_if(comparison.gates.begin(), comparison.gates.end(),
                      [&](const GateVerdict& gate) { return gate.state == state; }));
}

// The first metric that got worse, else the first that got better, else the first.
const MetricVerdict* foremost(const Comparison& comparison)
{
    for (const Verdict wanted : {Verdict::Regressed, Verdict::Improved}) {
        for (const MetricVerdict& metric : comparison.metrics) {
            if (metric.verdict == wanted)
                return &metric;
        }
    }
    return comparison.metrics.empty() ? nullptr : &comparison.metrics.front();
}

// A style sheet takes the margins of a label away.
QBoxLayout* inset(QWidget* widget)
{
    auto* row = new QHBoxLayout;
    row->setContentsMargins(3 * kGrid, 2 * kGrid, 3 * kGrid, 2 * kGrid);
    row->addWidget(widget);
    return row;
}

QString casesOf(const GateVerdict& gate)
{
    QStringList cases;
    for (const std::string& one : gate.cases)
        cases << toQt(one);
    return cases.join(u", "_s);
}

Tone toneOf(GateState state)
{
    return state == GateState::Passed ? Tone::Good : state == GateState::Failed ? Tone::Bad : Tone::Attention;
}

} // namespace

QString summaryOf(const Comparison& comparison)
{
    QStringList parts;
    const std::size_t failed = countGates(comparison, GateState::Failed);
    const std::size_t warned = countGates(comparison, GateState::Warned);
    if (failed > 0)
        parts
            << VerdictPanel::tr("%1 of %2 gates failed").arg(number(failed), number(comparison.gates.size()));
    else if (warned > 0)
        parts << VerdictPanel::tr("%1 of %2 gates warn").arg(number(warned), number(comparison.gates.size()));
    else if (!comparison.gates.empty())
        parts << VerdictPanel::tr("all %1 gates passed").arg(number(comparison.gates.size()));
    if (const MetricVerdict* metric = foremost(comparison)) {
        QString words = toQt(metric->label).toLower() + u": "_s + verdictWords(metric->verdict);
        const bool moved = metric->verdict == Verdict::Regressed || metric->verdict == Verdict::Improved;
        if (moved && metric->difference)
            words += u' ' + differenceWords(metric->difference, metric->unit);
        parts << words;
    }
    return parts.join(u" · "_s);
}

const char* roleOf(const Comparison& comparison)
{
    if (countGates(comparison, GateState::Failed) > 0)
        return "bad";
    const MetricVerdict* metric = foremost(comparison);
    if (metric != nullptr && metric->verdict == Verdict::Regressed)
        return "bad";
    if (countGates(comparison, GateState::Warned) > 0)
        return "warn";
    return metric != nullptr && metric->verdict == Verdict::Improved ? "ok" : "muted";
}

VerdictPanel::VerdictPanel(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_states = new PageStates(makeContent(), nullptr, this);
    column->addWidget(m_states);
    connect(m_states, &PageStates::retryRequested, this, &VerdictPanel::retryRequested);
    showNoBaseline();
}

QWidget* VerdictPanel::makeContent()
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new QFrame(content);
    bar->setProperty("role", u"bar"_s);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(3 * kGrid, kGrid, 2 * kGrid, kGrid);
    m_sides = new QLabel(bar);
    m_sides->setTextFormat(Qt::PlainText);
    m_copy = new QPushButton(icon(u"copy"_s), tr("Copy the verdicts"), bar);
    m_copy->setProperty("role", u"quiet"_s);
    m_copy->setToolTip(tr("The table as text, for a message or a spreadsheet"));
    row->addWidget(m_sides, 1);
    row->addWidget(m_copy);
    m_model = new VerdictModel(this);
    m_table = new QTableView(content);
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    setUpTable(*m_table, tr("Verdicts by metric"));
    m_table->setItemDelegate(new IntervalDelegate(m_table));
    m_table->horizontalHeader()->setStretchLastSection(false);
    const int letter = fontMetrics().averageCharWidth();
    int at = 0;
    for (const int width : {17, 22, 9, 11, 13, 18, 16, 7, 14, 24})
        m_table->setColumnWidth(at++, width * letter);
    m_sentence = textLabel({}, content);
    m_gatesHeading = new QLabel(tr("Gates"), content);
    QFont bold = bodyFont();
    bold.setWeight(QFont::DemiBold);
    m_gatesHeading->setFont(bold);
    m_gatesHeading->setIndent(3 * kGrid);
    m_gatesHeading->setMinimumHeight(9 * kGrid);
    m_gates = new TextTable({tr("Outcome"), tr("Gate"), tr("Reason"), tr("Cases"), tr("Where")}, this);
    m_gatesTable = makeTextTable(m_gates, tr("Gates"), {17, 25, 76, 30}, content);
    m_notes = textLabel({}, content, "muted");
    column->addWidget(bar);
    column->addWidget(m_table, 3);
    column->addLayout(inset(m_sentence));
    column->addWidget(m_gatesHeading);
    column->addWidget(m_gatesTable, 2);
    column->addLayout(inset(m_notes));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &VerdictPanel::showCurrent);
    connect(m_copy, &QPushButton::clicked, this, &VerdictPanel::copy);
    return content;
}

void VerdictPanel::showLoading()
{
    m_states->showLoading(tr("Comparing the two versions"));
}

void VerdictPanel::showNoBaseline()
{
    m_states->showEmpty(
        tr("Nothing to compare with"),
        tr("Choose a baseline above: another version of this run, or one of an earlier run of "
           "the same suite."),
        {});
}

void VerdictPanel::showFailed(const Error& error)
{
    m_states->showFailed(tr("The versions could not be compared"), error);
}

void VerdictPanel::setComparison(const Comparison& comparison, const QString& baseline,
                                 const QString& candidate)
{
    m_sides->setText(tr("%1 against %2").arg(candidate, baseline));
    m_model->setMetrics(comparison.metrics);
    std::vector<TextRow> rows;
    for (const GateVerdict& gate : comparison.gates)
        rows.push_back(
            {{gateWords(gate.state), toQt(gate.name), toQt(gate.reason), casesOf(gate), toQt(gate.where)},
             gateIcon(gate.state),
             toneOf(gate.state)});
    m_gates->setRows(std::move(rows));
    m_gatesTable->setVisible(!comparison.gates.empty());
    m_gatesHeading->setText(comparison.gates.empty() ? tr("No gates: this workspace has no gates.yaml")
                                                     : tr("Gates"));
    QStringList notes;
    for (const std::string& note : comparison.notes)
        notes << toQt(note);
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
    m_states->showReady();
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0));
    showCurrent();
}

void VerdictPanel::showCurrent()
{
    const QModelIndex current = m_table->currentIndex();
    m_sentence->setText(current.isValid() ? sentenceOf(m_model->at(current.row())) : QString());
}

QString VerdictPanel::said() const
{
    return m_states->message().isEmpty() ? m_sentence->text() : m_states->message();
}

void VerdictPanel::copy()
{
    QApplication::clipboard()->setText(m_sides->text() + u'\n' + tabbedText(*m_model) +
                                       (m_gates->rowCount() > 0 ? u'\n' + tabbedText(*m_gates) : QString()));
}

} // namespace plumbline::ui::evals
