// A run under way: how far, how fast, what it cost so far, and what failed so far.
#pragma once

#include <QWidget>

#include "ui/evals/services.h"

class QFormLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace plumbline::ui::evals {

class TextTable;

class LivePanel final : public QWidget {
    Q_OBJECT
public:
    explicit LivePanel(QWidget* parent = nullptr);

    void setLive(const Live& live);
    void setStopping();   // it was asked to stop and has not yet
    QString said() const; // what a person reads above the failures
    TextTable& failures() const { return *m_failures; }
    QPushButton& stopButton() const { return *m_stop; }

Q_SIGNALS:
    void stopRequested();

private:
    QLabel* addFigure(QFormLayout& form, const QString& name);

    bool m_stopping = false;
    QLabel* m_title = nullptr;
    QLabel* m_second = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_stop = nullptr;
    QLabel* m_done = nullptr;
    QLabel* m_rate = nullptr;
    QLabel* m_left = nullptr;
    QLabel* m_cost = nullptr;
    QLabel* m_failed = nullptr;
    QLabel* m_heading = nullptr;
    TextTable* m_failures = nullptr;
};

} // namespace plumbline::ui::evals
