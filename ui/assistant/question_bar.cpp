#include "ui/assistant/question_bar.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>

#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::assistant {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

QuestionBar::QuestionBar(const std::vector<retrieval::Profile>& profiles, Date today, QWidget* parent)
    : QFrame(parent), m_today(today)
{
    setProperty("role", u"bar"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4 * kGrid, 3 * kGrid, 4 * kGrid, 3 * kGrid);
    row->setSpacing(2 * kGrid);
    m_question = new QLineEdit(this);
    m_question->setPlaceholderText(tr("Ask the approved documents"));
    m_question->setAccessibleName(tr("Question"));
    m_question->setToolTip(tr("Enter asks; Ctrl+L comes back here"));
    m_question->setClearButtonEnabled(true);
    m_ask = new QPushButton(tr("Ask"), this);
    m_ask->setProperty("role", u"primary"_s);
    m_ask->setToolTip(tr("Ask (Enter)"));
    m_past = new QLabel(tr("As of"), this);
    m_asOf = new QDateEdit(toQt(today), this);
    m_asOf->setDisplayFormat(u"yyyy-MM-dd"_s);
    m_asOf->setCalendarPopup(true);
    m_asOf->setAccessibleName(tr("Answer as of this date"));
    m_asOf->setToolTip(tr("Only documents in force on this date are used"));
    m_past->setBuddy(m_asOf);
    m_profile = new QComboBox(this);
    m_profile->setAccessibleName(tr("Retrieval profile"));
    m_profile->setToolTip(tr("Retrieval profile of workspace.yaml"));
    for (const retrieval::Profile& profile : profiles)
        m_profile->addItem(toQt(profile.name));
    m_profile->setVisible(profiles.size() > 1);
    m_new = new QPushButton(icon(u"plus"_s), tr("New thread"), this);
    m_new->setToolTip(tr("Forget the questions before and start anew (Ctrl+N)"));
    m_new->setShortcut(QKeySequence::New);
    m_new->setEnabled(false);
    row->addWidget(m_question, 1);
    row->addWidget(m_ask);
    row->addSpacing(2 * kGrid);
    row->addWidget(m_past);
    row->addWidget(m_asOf);
    row->addWidget(m_profile);
    row->addWidget(m_new);
    connect(m_question, &QLineEdit::returnPressed, this, &QuestionBar::asked);
    connect(m_ask, &QPushButton::clicked, this, &QuestionBar::asked);
    connect(m_new, &QPushButton::clicked, this, &QuestionBar::newThreadRequested);
    connect(m_asOf, &QDateEdit::dateChanged, this, &QuestionBar::markPast);
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
