// Where the question is typed: the box, the date it is asked as of, the profile, and the start of a new
// thread.
#pragma once

#include <vector>

#include <QFrame>

#include "app/base/date.h"
#include "app/retrieval/profile.h"

class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;
class QPushButton;

namespace plumbline::ui::assistant {

class QuestionBar final : public QFrame {
    Q_OBJECT
public:
    QuestionBar(const std::vector<retrieval::Profile>& profiles, Date today, QWidget* parent = nullptr);

    QString question() const;
    void setQuestion(const QString& question);
    Date asOf() const;
    void setAsOf(Date date);
    std::size_t profile() const; // index into the profiles given
    void setThreadLength(std::size_t turns);
    void focusQuestion();

Q_SIGNALS:
    void asked();
    void newThreadRequested();

private:
    void markPast();

    Date m_today;
    QLineEdit* m_question = nullptr;
    QDateEdit* m_asOf = nullptr;
    QLabel* m_past = nullptr;
    QComboBox* m_profile = nullptr;
    QPushButton* m_ask = nullptr;
    QPushButton* m_new = nullptr;
};

} // namespace plumbline::ui::assistant
