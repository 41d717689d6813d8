#include "ui/evals/live_panel.h"

#include <QBoxLayout>
#include <QFormLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>

#include "ui/evals/runs_model.h"
#include "ui/evals/text_table.h"
#include "ui/evals/words.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

QString countOf(std::int64_t value)
{
    return number(static_cast<std::size_t>(std::max<std::int64_t>(value, 0)));
}

} // namespace

LivePanel::LivePanel(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * kGrid, 4 * kGrid, 0, 0);
    column->setSpacing(3 * kGrid);
    m_title = new QLabel(this);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(titleFont());
    m_second = textLabel({}, this, "muted");
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 4 * kGrid, 0);
    row->setSpacing(3 * kGrid);
    m_bar = new QProgressBar(this);
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the run"));
    m_stop = new QPushButton(icon(u"stop"_s), tr("Stop"), this);
    m_stop->setToolTip(tr("Stop after the answers under way; what is done is kept and can be resumed (Esc)"));
    row->addWidget(m_bar, 1);
    row->addWidget(m_stop);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(4 * kGrid);
    form->setVerticalSpacing(kGrid);
    m_done = addFigure(*form, tr("Done"));
    m_rate = addFigure(*form, tr("Rate"));
    m_left = addFigure(*form, tr("Time left"));
    m_cost = addFigure(*form, tr("Cost so far"));
    m_failed = addFigure(*form, tr("Failures so far"));
    m_heading = new QLabel(tr("What failed, the last on top"), this);
    QFont bold = bodyFont();
    bold.setWeight(QFont::DemiBold);
    m_heading->setFont(bold);
    m_failures = new TextTable({tr("Outcome"), tr("Case"), tr("Variant"), tr("Reason")}, this);
    auto* table = makeTextTable(m_failures, tr("Failures so far"), {14, 16, 30}, this);
    column->addWidget(m_title);
    column->addWidget(m_second);
    column->addLayout(row);
    column->addLayout(form);
    column->addWidget(m_heading);
    column->addWidget(table, 1);
    connect(m_stop, &QPushButton::clicked, this, &LivePanel::stopRequested);
}

QLabel* LivePanel::addFigure(QFormLayout& form, const QString& name)
{
    auto* label = new QLabel(name, this);
    label->setProperty("role", u"muted"_s);
    QLabel* value = textLabel({}, this);
    form.addRow(label, value);
    return value;
}

void LivePanel::setLive(const Live& live)
{
    const Run& run = live.run;
    if (run.done == 0)
        m_stopping = false;
    m_title->setText(m_stopping ? tr("Stopping %1").arg(toQt(run.settings.suiteName))
                                : tr("Running %1").arg(toQt(run.settings.suiteName)));
    m_second->setText(tr("%1 · repeats: %2 · at once: %3 · %4")
                          .arg(variantsWords(run.settings.variants))
                          .arg(run.settings.repeats)
                          .arg(run.settings.concurrency)
                          .arg(toQt(run.id)));
    m_bar->setValue(run.planned > 0 ? static_cast<int>(1000 * run.done / run.planned) : 0);
    QString done = tr("%1 of %2 answers").arg(countOf(run.done), countOf(run.planned));
    if (live.cached > 0)
        done += tr(", %1 of them known already").arg(countOf(live.cached));
    m_done->setText(done);
    m_rate->setText(live.perSecond > 0 ? tr("%1 answers a second").arg(live.perSecond, 0, 'f', 1) : u"—"_s);
    m_left->setText(live.timeLeft ? duration(*live.timeLeft) : u"—"_s);
    m_cost->setText(moneyWords(live.cost));
    m_failed->setText(
        live.broken > 0
            ? tr("%1, of them %2 broken off with an error").arg(countOf(live.failed), countOf(live.broken))
            : countOf(live.failed));
    setRole(*m_failed, live.failed > 0 ? "bad" : "ok");
    std::vector<TextRow> rows;
    for (const LiveFailure& failure : live.failures) {
        const auto variant = static_cast<std::size_t>(failure.variant);
        const auto& variants = run.settings.variants;
        rows.push_back(
            {{failure.broken ? tr("error") : tr("failed"), toQt(failure.caseId),
              variant < variants.size() ? toQt(variants[variant].id()) : QString(), toQt(failure.reason)},
             failure.broken ? u"warning"_s : u"failed"_s,
             Tone::Bad});
    }
    m_failures->setRows(std::move(rows));
    m_stop->setEnabled(!m_stopping);
}

void LivePanel::setStopping()
{
    m_stopping = true;
    m_stop->setEnabled(false);
    m_title->setText(tr("Stopping; the answers under way are waited for"));
}

QString LivePanel::said() const
{
    return QStringList{m_title->text(), m_second->text(), m_done->text(),  m_rate->text(),
                       m_left->text(),  m_cost->text(),   m_failed->text()}
        .join(u'\n');
}

} // namespace plumbline::ui::evals
