#include "ui/settings/spending_panel.h"

#include <algorithm>

#include <QBoxLayout>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QProgressBar>
#include <QTableView>

#include "ui/settings/price_model.h"
#include "ui/spending/spending.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::settings {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using spending::shortMoney;

SpendingPanel::SpendingPanel(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_job(tr("Reading budgets and prices"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_states = new PageStates(makeContent(), nullptr, this);
    column->addWidget(m_states);
    connect(m_states, &PageStates::retryRequested, this, &SpendingPanel::reload);
}

QWidget* SpendingPanel::makeBudget()
{
    auto* card = new QFrame(this);
    card->setProperty("role", u"card"_s);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(4 * kGrid, 3 * kGrid, 4 * kGrid, 3 * kGrid);
    column->setSpacing(2 * kGrid);
    auto* title = new QLabel(tr("Spent today"), card);
    title->setFont(titleFont());
    m_today = textLabel({}, card);
    m_bar = new QProgressBar(card);
    m_bar->setTextVisible(false);
    m_bar->setMaximumWidth(480);
    m_bar->setAccessibleName(tr("Spent of the budget of the day"));
    m_rest = textLabel({}, card, "muted");
    m_run = textLabel({}, card, "muted");
    m_unknown = textLabel({}, card, "warn");
    for (QWidget* widget : std::initializer_list<QWidget*>{title, m_today, m_bar, m_rest, m_run, m_unknown})
        column->addWidget(widget);
    return card;
}

QWidget* SpendingPanel::makeContent()
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(6 * kGrid, 4 * kGrid, 6 * kGrid, 4 * kGrid);
    column->setSpacing(3 * kGrid);
    column->addWidget(makeBudget());
    auto* title = new QLabel(tr("Prices"), content);
    title->setFont(titleFont());
    column->addWidget(title);
    m_unpriced = textLabel({}, content);
    column->addWidget(m_unpriced);
    m_model = new PriceModel(this);
    m_table = new QTableView(content);
    m_table->setModel(m_model);
    setUpTable(*m_table, tr("Prices in USD per million tokens"));
    const int letter = fontMetrics().averageCharWidth();
    const int widths[] = {26, 12, 13, 13, 16, 12, 12}; // the last column takes the rest
    for (int i = 0; i < PriceModel::ColumnCount - 1; ++i)
        m_table->setColumnWidth(i, widths[i] * letter);
    column->addWidget(m_table, 1);
    return content;
}

void SpendingPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    reload();
}

void SpendingPanel::reload()
{
    if (!m_services.spent || !m_services.prices)
        return;
    if (m_states->state() != PageStates::State::Ready)
        m_states->showLoading(tr("Reading budgets and prices"));
    auto work = [services = m_services](const auto&) -> Result<Read> {
        Read read;
        Result<Spent> spent = services.spent();
        if (!spent)
            return tl::unexpected(spent.error());
        Result<PriceList> prices = services.prices();
        if (!prices)
            return tl::unexpected(prices.error());
        read.spent = *spent;
        read.prices = std::move(*prices);
        return read;
    };
    m_job.start(std::move(work), [this](Result<Read> read) {
        if (!read) {
            m_states->showFailed(tr("Budgets and prices could not be read"), read.error());
            return;
        }
        take(*read);
        m_states->showReady();
    });
}

void SpendingPanel::take(const Read& read)
{
    const Spent& spent = read.spent;
    const auto used = spent.today + spent.held;
    if (spent.perDay) {
        const bool passed = used >= *spent.perDay;
        m_today->setText(tr("%1 of %2").arg(shortMoney(spent.today), shortMoney(*spent.perDay)));
        setRole(*m_today, passed ? "bad" : "");
        const Money left{std::max<std::int64_t>((*spent.perDay - used).microUsd, 0)};
        m_rest->setText(passed ? tr("The budget of the day is used up: calls are refused until midnight UTC.")
                               : tr("%1 left until midnight UTC").arg(shortMoney(left)));
        m_bar->setRange(0, 1000);
        const double share = spent.perDay->microUsd > 0 ? static_cast<double>(used.microUsd) /
                                                              static_cast<double>(spent.perDay->microUsd)
                                                        : 1.0;
        m_bar->setValue(static_cast<int>(1000 * std::clamp(share, 0.0, 1.0)));
    } else {
        m_today->setText(shortMoney(spent.today));
        m_rest->setText(tr("No budget of the day is set (budgets.per_day in workspace.yaml)."));
    }
    m_bar->setVisible(spent.perDay.has_value());
    QString run =
        spent.perRun ? tr("At most %1 a run").arg(shortMoney(*spent.perRun)) : tr("No budget of a run");
    if (spent.held.microUsd > 0)
        run += tr(" · %1 held by calls under way").arg(shortMoney(spent.held));
    if (spent.simulatedToday.microUsd > 0)
        run += tr(" · simulated calls would have cost %1, which is not counted")
                   .arg(shortMoney(spent.simulatedToday));
    m_run->setText(run);
    m_unknown->setText(tr("%1 of today without a known cost: no price for their models")
                           .arg(counted(static_cast<std::size_t>(std::max<std::int64_t>(spent.unknown, 0)),
                                        tr("call"), tr("calls"))));
    m_unknown->setVisible(spent.unknown > 0);
    QStringList names;
    for (const std::string& name : read.prices.unpriced)
        names << toQt(name);
    m_unpriced->setText(
        names.isEmpty() ? tr("Every model of workspace.yaml has a price today.")
                        : tr("Without a price, so that their cost is unknown: %1").arg(names.join(u", "_s)));
    setRole(*m_unpriced, names.isEmpty() ? "muted" : "warn");
    m_model->setRows(read.prices.rows);
}

QString SpendingPanel::spentText() const
{
    return QStringList{m_today->text(), m_rest->text(), m_run->text(), m_unknown->text(), m_unpriced->text()}
        .join(u'\n');
}

} // namespace plumbline::ui::settings
