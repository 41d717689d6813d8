// The question that versions are tried on, the model, and the start and stop of a run.
#pragma once

#include <QFrame>

#include "ui/prompts/services.h"

class QComboBox;
class QLineEdit;
class QPushButton;

namespace plumbline::ui::prompts {

class InputBar final : public QFrame {
    Q_OBJECT
public:
    // `action` is the word on the button. Without `withModel` there is no choice of a model.
    InputBar(const Services& services, const QString& action, bool withModel, QWidget* parent = nullptr);

    QString question() const;
    void setQuestion(const QString& question);
    QString model() const;
    void setModel(const QString& name);
    void setRunning(bool running);
    void setReady(bool ready); // there is something to run
    void focusQuestion();

Q_SIGNALS:
    void started();
    void stopped();
    void questionEdited(const QString& question);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refresh();

    QLineEdit* m_question = nullptr;
    QComboBox* m_model = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_stop = nullptr;
    bool m_running = false;
    bool m_ready = false;
};

} // namespace plumbline::ui::prompts
