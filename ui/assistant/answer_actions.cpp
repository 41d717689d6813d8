#include "ui/assistant/answer_actions.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::assistant {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::assistant::Judgement;

AnswerActions::AnswerActions(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kGrid, kGrid, 2 * kGrid, kGrid);
    column->setSpacing(kGrid);
    auto* row = new QHBoxLayout;
    row->setSpacing(kGrid);
    column->addLayout(row);
    QPushButton* copy =
        addButton(u"copy"_s, tr("Copy"), tr("Copy the answer with its citations (Ctrl+Shift+C)"));
    copy->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    QPushButton* markdown = addButton(u"export"_s, tr("Markdown"), tr("Save as Markdown (Ctrl+E)"));
    markdown->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    QPushButton* pdf = addButton(u"export"_s, tr("PDF"), tr("Save as PDF (Ctrl+Shift+E)"));
    pdf->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E));
    m_helpful = addButton(u"helpful"_s, tr("Helpful"), tr("Keep this answer as a good example"));
    m_wrong = addButton(u"wrong"_s, tr("Wrong"), tr("Say what is wrong; kept for the evaluation"));
    m_outcome = new QLabel(this);
    for (QPushButton* button : {copy, markdown, pdf})
        row->addWidget(button);
    row->addStretch(1);
    row->addWidget(m_outcome);
    row->addWidget(m_helpful);
    row->addWidget(m_wrong);
    auto* noteRow = new QHBoxLayout;
    m_note = new QLineEdit(this);
    m_note->setPlaceholderText(tr("What is wrong? (Enter saves, Escape leaves)"));
    m_note->setAccessibleName(tr("What is wrong with this answer"));
    m_save = new QPushButton(tr("Save"), this);
    noteRow->addWidget(m_note, 1);
    noteRow->addWidget(m_save);
    column->addLayout(noteRow);
    m_note->hide();
    m_save->hide();
    connect(copy, &QPushButton::clicked, this, &AnswerActions::copyRequested);
    connect(markdown, &QPushButton::clicked, this, [this] { Q_EMIT exportRequested(false); });
    connect(pdf, &QPushButton::clicked, this, [this] { Q_EMIT exportRequested(true); });
    connect(m_helpful, &QPushButton::clicked, this, [this] { Q_EMIT judged(Judgement::Helpful, {}); });
    connect(m_wrong, &QPushButton::clicked, this, &AnswerActions::askForNote);
    const auto save = [this] {
        m_note->hide();
        m_save->hide();
        Q_EMIT judged(Judgement::Wrong, m_note->text().trimmed());
    };
    connect(m_note, &QLineEdit::returnPressed, this, save);
    connect(m_save, &QPushButton::clicked, this, save);
}

QPushButton* AnswerActions::addButton(const QString& iconName, const QString& text, const QString& tip)
{
    auto* button = new QPushButton(icon(iconName), text, this);
    button->setProperty("role", u"quiet"_s);
    button->setToolTip(tip);
    return button;
}

void AnswerActions::askForNote()
{
    m_note->clear();
    m_note->show();
    m_save->show();
    m_note->setFocus();
}

void AnswerActions::setTurn(const Turn& turn)
{
    m_note->hide();
    m_save->hide();
    m_helpful->setCheckable(true);
    m_wrong->setCheckable(true);
    m_helpful->setChecked(turn.judged == "helpful");
    m_wrong->setChecked(turn.judged == "wrong");
    m_outcome->clear();
}

void AnswerActions::showOutcome(const QString& words, bool good)
{
    m_outcome->setText(words);
    m_outcome->setProperty("role", good ? u"ok"_s : u"bad"_s);
    m_outcome->style()->unpolish(m_outcome);
    m_outcome->style()->polish(m_outcome);
}

} // namespace plumbline::ui::assistant
