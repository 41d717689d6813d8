// What a person thinks of the machine's verdict on one answer: agree or disagree, with a note.
#pragma once

#include <QFrame>

#include "ui/evals/services.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace plumbline::ui::evals {

class JudgementBar final : public QFrame {
    Q_OBJECT
public:
    explicit JudgementBar(QWidget* parent = nullptr);

    void setAttempt(const Attempt* attempt); // null: there is nothing to judge
    void showOutcome(const QString& words, bool good);
    QString said() const;
    QPushButton& agree() const { return *m_agree; }
    QPushButton& disagree() const { return *m_disagree; }
    QLineEdit& note() const { return *m_note; }

Q_SIGNALS:
    void judged(Opinion opinion, const QString& note);

private:
    void judge(Opinion opinion);

    QLabel* m_machine = nullptr;
    QPushButton* m_agree = nullptr;
    QPushButton* m_disagree = nullptr;
    QLineEdit* m_note = nullptr;
    QLabel* m_said = nullptr;
};

} // namespace plumbline::ui::evals
