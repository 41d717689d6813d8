#include "ui/assistant/question_bar.h"

#include <algorithm>

#include <QBoxLayout>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QStyle>

#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::assistant {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

QuestionBar::QuestionBar(const Services& services, Date today, QWidget* parent)
    : QFrame(parent), m_today(today), m_wantedPrompt(toQt(services.defaultPrompt))
{
    setProperty("role", u"bar"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * kGrid, 3 * kGrid, 4 * kGrid, 2 * kGrid);
    column->setSpacing(2 * kGrid);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    m_question = new QLineEdit(this);
    m_question->setPlaceholderText(tr("Ask the approved documents"));
    m_question->setAccessibleName(tr("Question"));
    m_question->setToolTip(tr("Enter asks; Ctrl+L comes back here"));
    m_question->setClearButtonEnabled(true);
    m_ask = new QPushButton(tr("Ask"), this);
    m_ask->setProperty("role", u"primary"_s);
    m_ask->setToolTip(tr("Ask (Enter)"));
    m_stop = new QPushButton(icon(u"stop"_s), tr("Stop"), this);
    m_stop->setToolTip(tr("Stop answering (Esc)"));
    m_stop->setShortcut(Qt::Key_Escape);
    m_stop->hide();
    m_new = new QPushButton(icon(u"plus"_s), tr("New thread"), this);
    m_new->setToolTip(tr("Forget the questions before and start anew (Ctrl+N)"));
    m_new->setShortcut(QKeySequence::New);
    m_new->setEnabled(false);
    row->addWidget(m_question, 1);
    row->addWidget(m_ask);
    row->addWidget(m_stop);
    row->addWidget(m_new);
    column->addLayout(row);
    column->addWidget(makeChoices(services));
    connect(m_question, &QLineEdit::returnPressed, this, &QuestionBar::asked);
    connect(m_ask, &QPushButton::clicked, this, &QuestionBar::asked);
    connect(m_stop, &QPushButton::clicked, this, &QuestionBar::stopRequested);
    connect(m_new, &QPushButton::clicked, this, &QuestionBar::newThreadRequested);
    connect(m_asOf, &QDateEdit::dateChanged, this, &QuestionBar::markPast);
    connect(m_model, &QComboBox::currentIndexChanged, this, &QuestionBar::needPrompt);
}

QWidget* QuestionBar::makeChoices(const Services& services)
{
    auto* choices = new QWidget(this);
    auto* row = new QHBoxLayout(choices);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * kGrid);
    const auto add = [&](QLabel* label, QWidget* field) {
        label->setBuddy(field);
        row->addWidget(label);
        row->addWidget(field);
        row->addSpacing(2 * kGrid);
    };
    m_prompt = new QComboBox(choices);
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->setToolTip(tr("Prompt version or label; the embedded answerer has a form of its own"));
    m_prompt->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_model = new QComboBox(choices);
    m_model->setAccessibleName(tr("Model"));
    m_model->setToolTip(tr("Models of workspace.yaml; \u201cembedded\u201d quotes and needs none"));
    for (const ModelChoice& model : services.models) {
        const QString name = toQt(model.name);
        m_model->addItem(model.simulated ? tr("%1 (simulated)").arg(name) : name, name);
    }
    m_past = new QLabel(tr("As of"), choices);
    m_asOf = new QDateEdit(toQt(m_today), choices);
    m_asOf->setDisplayFormat(u"yyyy-MM-dd"_s);
    m_asOf->setCalendarPopup(true);
    m_asOf->setAccessibleName(tr("Answer as of this date"));
    m_asOf->setToolTip(tr("Only documents in force on this date are used"));
    m_profile = new QComboBox(choices);
    m_profile->setAccessibleName(tr("Retrieval profile"));
    m_profile->setToolTip(tr("Retrieval profile of workspace.yaml"));
    for (const retrieval::Profile& profile : services.profiles)
        m_profile->addItem(toQt(profile.name));
    add(new QLabel(tr("Prompt"), choices), m_prompt);
    add(new QLabel(tr("Model"), choices), m_model);
    add(m_past, m_asOf);
    row->addWidget(m_profile);
    m_profile->setVisible(services.profiles.size() > 1);
    row->addStretch(1);
    setPrompts({});
    return choices;
}

std::string QuestionBar::model() const
{
    return toUtf8(m_model->currentData().toString());
}

std::string QuestionBar::prompt() const
{
    return toUtf8(m_prompt->currentData().toString());
}

void QuestionBar::setPrompts(const std::vector<PromptChoice>& prompts)
{
    const QString before = m_wantedPrompt.isEmpty() ? m_prompt->currentData().toString() : m_wantedPrompt;
    m_prompt->clear();
    m_prompt->addItem(tr("none: quote as it stands"), QString());
    for (const PromptChoice& choice : prompts)
        m_prompt->addItem(toQt(choice.words), toQt(choice.reference));
    m_prompt->setCurrentIndex(std::max(indexOf(before), 0));
    if (!prompts.empty())
        m_wantedPrompt.clear();
    needPrompt();
}

// A bare name stands for the version in production, else for the newest, as the engine reads it.
int QuestionBar::indexOf(const QString& reference) const
{
    int found = m_prompt->findData(reference);
    if (found < 0)
        found = m_prompt->findData(QString(reference + u"@production"_s));
    for (int i = 1; found < 0 && !reference.isEmpty() && i < m_prompt->count(); ++i) {
        if (m_prompt->itemData(i).toString().startsWith(QString(reference + u"@v"_s)))
            found = i;
    }
    return found;
}

// A model cannot be asked without a prompt.
void QuestionBar::needPrompt()
{
    const bool embedded = model() == plumbline::assistant::kEmbedded;
    if (!embedded && m_prompt->currentIndex() == 0 && m_prompt->count() > 1)
        m_prompt->setCurrentIndex(1);
}

void QuestionBar::setRunning(bool running)
{
    m_ask->setVisible(!running);
    m_stop->setVisible(running);
}

void QuestionBar::saveState(QSettings& settings) const
{
    settings.setValue(u"assistant/model"_s, m_model->currentData());
    settings.setValue(u"assistant/prompt"_s, m_prompt->currentData());
}

void QuestionBar::restoreState(const QSettings& settings)
{
    const int model = m_model->findData(settings.value(u"assistant/model"_s));
    if (model >= 0)
        m_model->setCurrentIndex(model);
    if (!settings.contains(u"assistant/prompt"_s))
        return;
    m_wantedPrompt = settings.value(u"assistant/prompt"_s).toString();
    const int prompt = m_prompt->findData(m_wantedPrompt);
    if (prompt >= 0)
        m_prompt->setCurrentIndex(prompt);
}

QString QuestionBar::question() const
{
    return m_question->text().trimmed();
}

void QuestionBar::setQuestion(const QString& question)
{
    m_question->setText(question);
}

Date QuestionBar::asOf() const
{
    return toDate(m_asOf->date());
}

void QuestionBar::setAsOf(Date date)
{
    m_asOf->setDate(toQt(date));
}

std::size_t QuestionBar::profile() const
{
    return static_cast<std::size_t>(std::max(m_profile->currentIndex(), 0));
}

void QuestionBar::setThreadLength(std::size_t turns)
{
    m_new->setEnabled(turns > 0);
    m_question->setPlaceholderText(turns > 0 ? tr("Ask a follow-up in this thread")
                                             : tr("Ask the approved documents"));
}

void QuestionBar::focusQuestion()
{
    m_question->setFocus(Qt::ShortcutFocusReason);
    m_question->selectAll();
}

void QuestionBar::markPast()
{
    const bool other = asOf() != m_today;
    m_past->setText(other ? (asOf() < m_today ? tr("As of (past)") : tr("As of (future)")) : tr("As of"));
    m_past->setProperty("role", other ? u"warn"_s : QString());
    m_past->style()->unpolish(m_past);
    m_past->style()->polish(m_past);
}

} // namespace plumbline::ui::assistant
