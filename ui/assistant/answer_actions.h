// What can be done with an answer: copy it, export it, say that it helped or that it is wrong.
#pragma once

#include <QWidget>

#include "ui/assistant/turn.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace plumbline::ui::assistant {

class AnswerActions final : public QWidget {
    Q_OBJECT
public:
    explicit AnswerActions(QWidget* parent = nullptr);

    void setTurn(const Turn& turn);
    // What became of the last action; shown beside the buttons.
    void showOutcome(const QString& words, bool good);

Q_SIGNALS:
    void copyRequested();
    void exportRequested(bool pdf);
    void judged(plumbline::assistant::Judgement judgement, const QString& note);

private:
    void askForNote();
    QPushButton* addButton(const QString& iconName, const QString& text, const QString& tip);

    QPushButton* m_helpful = nullptr;
    QPushButton* m_wrong = nullptr;
    QLineEdit* m_note = nullptr;
    QPushButton* m_save = nullptr;
    QLabel* m_outcome = nullptr;
};

} // namespace plumbline::ui::assistant
