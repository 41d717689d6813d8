// Where the question is typed, and what it is asked with: date, prompt, model, profile; start, stop and new
// thread.
#pragma once

#include <vector>

#include <QFrame>

#include "app/base/date.h"
#include "app/retrieval/profile.h"
#include "ui/assistant/turn.h"

class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QSettings;

namespace plumbline::ui::assistant {

class QuestionBar final : public QFrame {
    Q_OBJECT
public:
    QuestionBar(const Services& services, Date today, QWidget* parent = nullptr);

    QString question() const;
    void setQuestion(const QString& question);
    Date asOf() const;
    void setAsOf(Date date);
    std::size_t profile() const; // index into the profiles given
    std::string model() const;
    std::string prompt() const; // reference; empty = the embedded answerer's own form
    // Keeps what is chosen when it is still there.
    void setPrompts(const std::vector<PromptChoice>& prompts);
    void setRunning(bool running);
    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);
    void setThreadLength(std::size_t turns);
    void focusQuestion();

Q_SIGNALS:
    void asked();
    void newThreadRequested();
    void stopRequested();

private:
    QWidget* makeChoices(const Services& services);
    void markPast();
    void needPrompt();
    int indexOf(const QString& reference) const;

    Date m_today;
    QLineEdit* m_question = nullptr;
    QDateEdit* m_asOf = nullptr;
    QLabel* m_past = nullptr;
    QComboBox* m_profile = nullptr;
    QComboBox* m_prompt = nullptr;
    QComboBox* m_model = nullptr;
    QString m_wantedPrompt; // remembered, until the prompts were read
    QPushButton* m_ask = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_new = nullptr;
};

} // namespace plumbline::ui::assistant
