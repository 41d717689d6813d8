#include "ui/evals/run_dialog.h"

#include <algorithm>

#include <QBoxLayout>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTimer>

#include "app/evals/target.h"
#include "ui/evals/words.h"
#include "ui/spending/spending.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

constexpr int kDelayMilliseconds = 150;

QString idOf(const std::string& choice)
{
    return toQt(choice).section(u' ', 0, 0);
}

void fillList(QListWidget& list, const std::vector<std::string>& choices,
              const std::vector<std::string>& wanted)
{
    const QSignalBlocker quiet(&list);
    list.clear();
    for (const std::string& choice : choices) {
        auto* item = new QListWidgetItem(toQt(choice), &list);
        item->setData(Qt::UserRole, idOf(choice));
        const bool on = std::find(wanted.begin(), wanted.end(), toUtf8(idOf(choice))) != wanted.end();
        item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    }
    if (list.count() > 0)
        list.setCurrentRow(0);
}

std::vector<std::string> checkedOf(const QListWidget& list)
{
    std::vector<std::string> names;
    for (int row = 0; row < list.count(); ++row) {
        if (list.item(row)->checkState() == Qt::Checked)
            names.push_back(toUtf8(list.item(row)->data(Qt::UserRole).toString()));
    }
    return names;
}

} // namespace

RunDialog::RunDialog(const Services& services, const RunOrder& last, QWidget* parent)
    : QDialog(parent), m_services(services), m_last(last), m_choicesJob(tr("Reading suites and prompts")),
      m_planJob(tr("Estimating a run"))
{
    setWindowTitle(tr("Run a suite"));
    setMinimumSize(680, 560);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 4 * kGrid, 6 * kGrid, 4 * kGrid);
    column->setSpacing(3 * kGrid);
    auto* title = new QLabel(tr("Run a suite"), this);
    title->setFont(titleFont());
    column->addWidget(title);
    m_states = new PageStates(makeForm(), nullptr, this);
    column->addWidget(m_states, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_run = buttons->addButton(tr("Run"), QDialogButtonBox::AcceptRole);
    setRole(*m_run, "primary");
    m_run->setEnabled(false);
    column->addWidget(buttons);
    m_delay = new QTimer(this);
    m_delay->setSingleShot(true);
    m_delay->setInterval(kDelayMilliseconds);
    connect(m_delay, &QTimer::timeout, this, &RunDialog::estimate);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT runRequested(order());
        accept();
    });
    connect(m_states, &PageStates::retryRequested, this, &RunDialog::readChoices);
    connect(m_states, &PageStates::actionRequested, this, &RunDialog::readChoices);
    readChoices();
}

RunDialog::~RunDialog() = default;

QListWidget* RunDialog::makeList(const QString& name, const QString& tip)
{
    auto* list = new QListWidget(this);
    list->setAccessibleName(name);
    list->setToolTip(tip);
    list->setUniformItemSizes(true);
    connect(list, &QListWidget::itemChanged, this, [this] { m_delay->start(); });
    return list;
}

QWidget* RunDialog::makeForm()
{
    auto* content = new QWidget(this);
    auto* form = new QFormLayout(content);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(4 * kGrid);
    form->setVerticalSpacing(2 * kGrid);
    m_suite = new QComboBox(content);
    m_suite->setAccessibleName(tr("Suite"));
    m_about = textLabel({}, content, "muted");
    m_prompts = makeList(tr("Prompt versions"), tr("Each is run on every case (Space ticks)"));
    m_models = makeList(tr("Models"), tr("Each prompt is run on each of them (Space ticks)"));
    m_models->setMaximumHeight(24 * kGrid);
    m_repeats = new QSpinBox(content);
    m_repeats->setRange(1, 20);
    m_repeats->setValue(std::max(m_last.repeats, 1));
    m_repeats->setAccessibleName(tr("Repeats"));
    m_repeats->setToolTip(tr("How often each case is asked; more show which cases are flaky"));
    m_concurrency = new QSpinBox(content);
    m_concurrency->setRange(1, 64);
    m_concurrency->setValue(std::max(m_last.concurrency, 1));
    m_concurrency->setAccessibleName(tr("At once"));
    m_concurrency->setToolTip(tr("How many answers are asked for at the same time"));
    auto* numbers = new QHBoxLayout;
    auto* atOnce = new QLabel(tr("At &once"), content);
    atOnce->setBuddy(m_concurrency);
    numbers->setSpacing(2 * kGrid);
    numbers->addWidget(m_repeats);
    numbers->addSpacing(4 * kGrid);
    numbers->addWidget(atOnce);
    numbers->addWidget(m_concurrency);
    numbers->addStretch(1);
    m_plan = textLabel({}, content);
    m_plan->setAccessibleName(tr("What the run takes"));
    m_plan->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_plan->setMinimumHeight(7 * fontMetrics().lineSpacing());
    form->addRow(tr("&Suite"), m_suite);
    form->addRow(QString(), m_about);
    form->addRow(tr("&Prompts"), m_prompts);
    form->addRow(tr("&Models"), m_models);
    auto* repeats = new QLabel(tr("&Repeats"), content);
    repeats->setBuddy(m_repeats);
    form->addRow(repeats, numbers);
    form->addRow(tr("Dry run"), m_plan);
    connect(m_suite, &QComboBox::currentIndexChanged, this, &RunDialog::chooseSuite);
    for (QSpinBox* box : {m_repeats, m_concurrency})
        connect(box, &QSpinBox::valueChanged, this, [this] { m_delay->start(); });
    return content;
}

void RunDialog::readChoices()
{
    m_states->showLoading(tr("Reading suites, prompts and models"));
    m_choicesJob.start([choices = m_services.choices](const auto& context) { return choices(context.stop); },
                       [this](Result<Choices> choices) {
                           if (!choices) {
                               m_states->showFailed(tr("The suites could not be read"), choices.error());
                               return;
                           }
                           fill(std::move(*choices));
                       });
}

void RunDialog::fill(Choices choices)
{
    m_choices = std::move(choices);
    if (m_choices.suites.empty()) {
        m_states->showEmpty(tr("No suites yet"),
                            tr("Keep an answer as a case on the Prompts page, or write suites/NAME.yaml: "
                               "a list of cases with questions and what is expected."),
                            tr("Look again"));
        return;
    }
    const QSignalBlocker quiet(m_suite);
    m_suite->clear();
    for (const SuiteRow& suite : m_choices.suites)
        m_suite->addItem(
            suite.problem.empty()
                ? tr("%1 (%2)").arg(toQt(suite.name), counted(suite.cases, tr("case"), tr("cases")))
                : tr("%1 (cannot be read)").arg(toQt(suite.name)),
            toQt(suite.path));
    m_suite->setCurrentIndex(std::max(m_suite->findData(toQt(m_last.suite)), 0));
    m_states->showReady();
    chooseSuite();
    m_suite->setFocus();
}

void RunDialog::chooseSuite()
{
    const SuiteRow& suite = m_choices.suites[static_cast<std::size_t>(std::max(m_suite->currentIndex(), 0))];
    m_about->setText(toQt(suite.problem.empty() ? suite.description : suite.problem));
    m_about->setVisible(!m_about->text().isEmpty());
    setRole(*m_about, suite.problem.empty() ? "muted" : "bad");
    std::vector<std::string> prompts = m_last.prompts;
    if (prompts.empty() && !m_choices.prompts.empty())
        prompts = {toUtf8(idOf(m_choices.prompts.front()))};
    fillList(*m_prompts, suite.plain ? std::vector<std::string>() : m_choices.prompts, prompts);
    m_prompts->setEnabled(!suite.plain);
    if (suite.plain)
        m_prompts->addItem(tr("The suite brings its own prompts"));
    std::vector<std::string> models = suite.models.empty() ? m_last.models : suite.models;
    if (models.empty() && !m_choices.models.empty())
        models = {toUtf8(idOf(m_choices.models.front()))};
    std::vector<std::string> offered = m_choices.models;
    std::vector<std::string> own = suite.models;
    if (suite.plain)
        own.emplace_back(plumbline::evals::kEcho);
    for (const std::string& name : own) {
        if (std::find(offered.begin(), offered.end(), name) == offered.end())
            offered.push_back(name);
    }
    fillList(*m_models, offered, models);
    estimate();
}

RunOrder RunDialog::order() const
{
    RunOrder order;
    order.suite = toUtf8(m_suite->currentData().toString());
    if (m_prompts->isEnabled())
        order.prompts = checkedOf(*m_prompts);
    order.models = checkedOf(*m_models);
    order.repeats = m_repeats->value();
    order.concurrency = m_concurrency->value();
    return order;
}

bool RunDialog::isReady() const
{
    return m_run->isEnabled();
}

QString RunDialog::plan() const
{
    return m_plan->text();
}

void RunDialog::say(const QString& words, const char* role)
{
    m_plan->setText(words);
    setRole(*m_plan, role);
}

void RunDialog::estimate()
{
    m_run->setEnabled(false);
    const RunOrder order = this->order();
    if (m_prompts->isEnabled() && order.prompts.empty())
        return say(tr("Tick a prompt version."), "warn");
    if (order.models.empty())
        return say(tr("Tick a model."), "warn");
    say(tr("Counting…"), "muted");
    m_planJob.start([plan = m_services.plan,
                     order](const auto& context) { return plan(order, context.stop, context.progress); },
                    [this](Result<Plan> plan) {
                        if (plan)
                            showPlan(*plan);
                        else
                            say(toQt(plan.error().describe()), "bad");
                        m_run->setEnabled(plan.has_value());
                        Q_EMIT planned();
                    });
}

void RunDialog::showPlan(const Plan& plan)
{
    QStringList lines;
    const auto count = [](std::int64_t value) {
        return number(static_cast<std::size_t>(std::max<std::int64_t>(value, 0)));
    };
    QString answers = tr("%1 answers").arg(count(plan.answers));
    if (plan.cached > 0)
        answers += tr(", %1 of them known already and not asked for again").arg(count(plan.cached));
    lines << answers + u'.';
    QString cost = plan.cost ? tr("Cost: about %1").arg(spending::shortMoney(*plan.cost))
                             : tr("Cost: unknown, a model has no price");
    if (plan.time)
        cost += tr(". Time: about %1").arg(duration(*plan.time));
    lines << cost + u'.';
    if (plan.smallestVisible)
        lines
            << tr("The smallest difference of pass rates that this many cases can show is %1; a smaller one "
                  "may be there and stay unseen.")
                   .arg(differenceWords(plan.smallestVisible, Unit::Rate).mid(1));
    for (const std::string& note : plan.notes)
        lines << toQt(note);
    say(lines.join(u'\n'), "");
}

} // namespace plumbline::ui::evals
