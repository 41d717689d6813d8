#include "ui/prompts/input_bar.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::prompts {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

InputBar::InputBar(const Services& services, const QString& action, bool withModel, QWidget* parent)
    : QFrame(parent)
{
    setProperty("role", u"bar"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3 * kGrid, 2 * kGrid, 3 * kGrid, 2 * kGrid);
    row->setSpacing(2 * kGrid);
    m_question = new QLineEdit(this);
    m_question->setPlaceholderText(tr("A question to try the versions on"));
    m_question->setAccessibleName(tr("Question"));
    m_question->setToolTip(tr("Enter: %1").arg(action));
    m_question->setClearButtonEnabled(true);
    if (!services.suggested.empty())
        m_question->setText(toQt(services.suggested.front()));
    row->addWidget(m_question, 1);
    if (withModel) {
        m_model = new QComboBox(this);
        m_model->setAccessibleName(tr("Model"));
        m_model->setToolTip(tr("Models of workspace.yaml; \u201cembedded\u201d quotes and needs none"));
        for (const ModelChoice& model : services.models) {
            const QString name = toQt(model.name);
            m_model->addItem(model.simulated ? tr("%1 (simulated)").arg(name) : name, name);
        }
        row->addWidget(m_model);
    }
    m_start = new QPushButton(icon(u"run"_s), action, this);
    m_start->setToolTip(tr("%1 (Enter in the question)").arg(action));
    m_stop = new QPushButton(icon(u"stop"_s), tr("Stop"), this);
    m_stop->setToolTip(tr("Stop (Esc)"));
    m_stop->hide();
    row->addWidget(m_start);
    row->addWidget(m_stop);
    const auto start = [this] {
        if (m_start->isEnabled())
            Q_EMIT started();
    };
    connect(m_question, &QLineEdit::returnPressed, this, start);
    connect(m_question, &QLineEdit::textEdited, this, &InputBar::questionEdited);
    connect(m_question, &QLineEdit::textChanged, this, &InputBar::refresh);
    connect(m_start, &QPushButton::clicked, this, start);
    connect(m_stop, &QPushButton::clicked, this, &InputBar::stopped);
    refresh();
}

QString InputBar::question() const
{
    return m_question->text().trimmed();
}

void InputBar::setQuestion(const QString& question)
{
    if (m_question->text() != question)
        m_question->setText(question);
}

QString InputBar::model() const
{
    return m_model == nullptr ? QString() : m_model->currentData().toString();
}

void InputBar::setModel(const QString& name)
{
    const int index = m_model == nullptr ? -1 : m_model->findData(name);
    if (index >= 0)
        m_model->setCurrentIndex(index);
}

void InputBar::setRunning(bool running)
{
    m_running = running;
    m_start->setVisible(!running);
    m_stop->setVisible(running);
    refresh();
}

void InputBar::setReady(bool ready)
{
    m_ready = ready;
    refresh();
}

void InputBar::focusQuestion()
{
    m_question->setFocus(Qt::ShortcutFocusReason);
    m_question->selectAll();
}

void InputBar::refresh()
{
    m_start->setEnabled(m_ready && !m_running && !question().isEmpty());
}

void InputBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_running)
        Q_EMIT stopped();
    else
        QFrame::keyPressEvent(event);
}

} // namespace plumbline::ui::prompts
