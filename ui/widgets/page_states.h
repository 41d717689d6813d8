// The five states of a page (idle, loading, ready, empty, failed), each looking different.
#pragma once

#include <QStackedWidget>

#include "app/base/progress.h"
#include "app/base/result.h"

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QTimer;

namespace plumbline::ui::widgets {

class PageStates final : public QStackedWidget {
    Q_OBJECT
public:
    enum class State { Idle, Loading, Ready, Empty, Failed };

    // Takes over `content`, which is shown when ready and, given `idle`, a widget for the idle state.
    explicit PageStates(QWidget* content, QWidget* idle = nullptr, QWidget* parent = nullptr);

    State state() const { return m_state; }
    QString message() const; // what the person reads in the present state; empty when ready

    void showIdle();
    // What is being done and how far. Shown after 150 ms, so that quick work does not flicker.
    void showLoading(const QString& what, bool atOnce = false);
    void showProgress(const Progress& progress);
    void showReady();
    // Nothing is there: why, and the one next action (its label; empty for none).
    void showEmpty(const QString& what, const QString& why, const QString& action);
    // It could not be done: the reason, what to do, and details to copy.
    void showFailed(const QString& what, const Error& error);

Q_SIGNALS:
    void actionRequested(); // of the empty state
    void retryRequested();  // of the failed state
    void stopRequested();   // of the loading state

private:
    void buildMessage();
    void setMessage(const QString& iconName, const QString& title, const QString& body);
    void toggleDetails();

    State m_state = State::Idle;
    QWidget* m_content = nullptr;
    QWidget* m_idle = nullptr;
    QWidget* m_message = nullptr;
    QLabel* m_icon = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_body = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_button = nullptr;
    QPushButton* m_detailsButton = nullptr;
    QPlainTextEdit* m_details = nullptr;
    QTimer* m_delay = nullptr;
};

} // namespace plumbline::ui::widgets
