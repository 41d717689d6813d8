#include "ui/widgets/page_states.h"

#include <algorithm>

#include <QBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

PageStates::PageStates(QWidget* content, QWidget* idle, QWidget* parent)
    : QStackedWidget(parent), m_content(content), m_idle(idle), m_delay(new QTimer(this))
{
    addWidget(content);
    if (idle != nullptr)
        addWidget(idle);
    buildMessage();
    m_delay->setSingleShot(true);
    m_delay->setInterval(150);
    connect(m_delay, &QTimer::timeout, this, [this] { setCurrentWidget(m_message); });
}

void PageStates::buildMessage()
{
    m_message = new QWidget(this);
    auto* column = new QVBoxLayout(m_message);
    column->setSpacing(3 * kGrid);
    column->addStretch(2);
    m_icon = new QLabel(m_message);
    m_title = new QLabel(m_message);
    m_title->setFont(titleFont());
    m_body = new QLabel(m_message);
    m_bar = new QProgressBar(m_message);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(360);
    m_bar->setAccessibleName(tr("Progress"));
    m_button = new QPushButton(m_message);
    m_detailsButton = new QPushButton(tr("Details"), m_message);
    m_detailsButton->setProperty("role", u"quiet"_s);
    m_details = new QPlainTextEdit(m_message);
    m_details->setReadOnly(true);
    m_details->setFont(monoFont());
    m_details->setFixedSize(560, 96);
    m_details->setAccessibleName(tr("Details of the failure"));
    for (QLabel* label : {m_icon, m_title, m_body}) {
        label->setAlignment(Qt::AlignCenter);
        label->setTextFormat(Qt::PlainText);
    }
    m_body->setWordWrap(true);
    m_body->setFixedWidth(560);
    m_body->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    const auto centred = [column](QWidget* widget) { // a row of its own, so that wrapped text gets its height
        auto* row = new QHBoxLayout;
        row->addStretch(1);
        row->addWidget(widget);
        row->addStretch(1);
        column->addLayout(row);
    };
    for (QWidget* widget : std::initializer_list<QWidget*>{m_icon, m_title, m_body, m_bar, m_button,
                                                           m_detailsButton, m_details})
        centred(widget);
    column->addStretch(3);
    addWidget(m_message);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_state == State::Failed)
            Q_EMIT retryRequested();
        else if (m_state == State::Loading)
            Q_EMIT stopRequested();
        else
            Q_EMIT actionRequested();
    });
    connect(m_detailsButton, &QPushButton::clicked, this, &PageStates::toggleDetails);
}

void PageStates::toggleDetails()
{
    m_details->setVisible(!m_details->isVisible());
}

QString PageStates::message() const
{
    return currentWidget() == m_message ? m_title->text() + u'\n' + m_body->text() : QString();
}

void PageStates::setMessage(const QString& iconName, const QString& title, const QString& body)
{
    m_delay->stop();
    const int room = std::clamp(width() - 8 * kGrid, 60 * kGrid, 140 * kGrid);
    m_body->setFixedWidth(room);
    m_details->setFixedWidth(room);
    m_icon->setPixmap(icon(iconName).pixmap(QSize(32, 32), devicePixelRatioF()));
    m_title->setFont(titleFont());
    m_title->setText(title);
    m_body->setText(body);
    m_body->setVisible(!body.isEmpty());
    m_bar->hide();
    m_button->hide();
    m_detailsButton->hide();
    m_details->hide();
}

void PageStates::showIdle()
{
    m_state = State::Idle;
    m_delay->stop();
    setCurrentWidget(m_idle != nullptr ? m_idle : m_content);
}

void PageStates::showReady()
{
    m_state = State::Ready;
    m_delay->stop();
    setCurrentWidget(m_content);
}

void PageStates::showLoading(const QString& what, bool atOnce)
{
    m_state = State::Loading;
    setMessage(u"refresh"_s, what, {});
    m_bar->setRange(0, 0);
    m_bar->show();
    m_button->setText(tr("Stop"));
    m_button->show();
    if (atOnce)
        setCurrentWidget(m_message);
    else
        m_delay->start();
}

void PageStates::showProgress(const Progress& progress)
{
    if (m_state != State::Loading)
        return;
    m_bar->setRange(0, progress.total > 0 ? 1000 : 0);
    if (progress.total > 0)
        m_bar->setValue(static_cast<int>(1000.0 * static_cast<double>(progress.done) /
                                         static_cast<double>(progress.total)));
    m_body->setText(describe(progress));
    m_body->show();
}

void PageStates::showEmpty(const QString& what, const QString& why, const QString& action)
{
    m_state = State::Empty;
    setMessage(u"info"_s, what, why);
    m_button->setText(action);
    m_button->setVisible(!action.isEmpty());
    setCurrentWidget(m_message);
}

void PageStates::showFailed(const QString& what, const Error& error)
{
    m_state = State::Failed;
    setMessage(u"warning"_s, what, toQt(error.message));
    m_button->setText(tr("Try again"));
    m_button->show();
    m_detailsButton->show();
    m_details->setPlainText(tr("code: %1\nwhere: %2\n%3")
                                .arg(toQt(toString(error.code)),
                                     error.where.empty() ? u"—"_s : toQt(error.where), toQt(error.message)));
    setCurrentWidget(m_message);
}

} // namespace plumbline::ui::widgets
