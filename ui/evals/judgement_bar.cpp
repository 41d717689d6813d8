#include "ui/evals/judgement_bar.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

JudgementBar::JudgementBar(QWidget* parent) : QFrame(parent)
{
    setProperty("role", u"foot"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3 * kGrid, kGrid, 2 * kGrid, kGrid);
    row->setSpacing(2 * kGrid);
    m_machine = new QLabel(this);
    m_machine->setTextFormat(Qt::PlainText);
    m_agree = new QPushButton(icon(u"helpful"_s), tr("&Agree"), this);
    m_agree->setToolTip(tr("The machine's verdict is right (Alt+A); kept with your name"));
    m_disagree = new QPushButton(icon(u"wrong"_s), tr("&Disagree"), this);
    m_disagree->setToolTip(tr("The machine's verdict is wrong (Alt+D); kept with your name"));
    for (QPushButton* button : {m_agree, m_disagree}) {
        button->setProperty("role", u"quiet"_s);
        button->setCheckable(true);
    }
    m_note = new QLineEdit(this);
    m_note->setPlaceholderText(tr("Note: why; Enter keeps it"));
    m_note->setAccessibleName(tr("Note to the verdict"));
    m_said = new QLabel(this);
    m_said->setTextFormat(Qt::PlainText);
    m_said->setMinimumWidth(1); // a long name must not widen the page
    row->addWidget(m_machine);
    row->addWidget(m_agree);
    row->addWidget(m_disagree);
    row->addWidget(m_note, 1);
    row->addWidget(m_said);
    connect(m_agree, &QPushButton::clicked, this, [this] { judge(Opinion::Agree); });
    connect(m_disagree, &QPushButton::clicked, this, [this] { judge(Opinion::Disagree); });
    connect(m_note, &QLineEdit::returnPressed, this, [this] {
        if (!m_agree->isChecked() && !m_disagree->isChecked())
            showOutcome(tr("Choose Agree or Disagree"), false);
        else
            judge(m_agree->isChecked() ? Opinion::Agree : Opinion::Disagree);
    });
}

void JudgementBar::judge(Opinion opinion)
{
    m_agree->setChecked(opinion == Opinion::Agree);
    m_disagree->setChecked(opinion == Opinion::Disagree);
    Q_EMIT judged(opinion, m_note->text().trimmed());
}

void JudgementBar::setAttempt(const Attempt* attempt)
{
    setEnabled(attempt != nullptr);
    const std::optional<HumanVerdict> human = attempt == nullptr ? std::nullopt : attempt->human;
    m_machine->setText(attempt == nullptr       ? tr("No verdict")
                       : attempt->result.passed ? tr("The machine says: passed")
                                                : tr("The machine says: failed"));
    m_agree->setChecked(human && human->opinion == Opinion::Agree);
    m_disagree->setChecked(human && human->opinion == Opinion::Disagree);
    m_note->setText(human ? toQt(human->note) : QString());
    showOutcome(human ? tr("%1, %2").arg(toQt(human->who), localTime(human->at)) : QString(), true);
    if (human)
        setPlainTip(*m_said, utcTime(human->at));
}

void JudgementBar::showOutcome(const QString& words, bool good)
{
    m_said->setText(words);
    setPlainTip(*m_said, words);
    setRole(*m_said, good ? "muted" : "bad");
}

QString JudgementBar::said() const
{
    return m_machine->text() + u'\n' + m_said->text();
}

} // namespace plumbline::ui::evals
