// The answer, sentence by sentence with its citation chips; or the refusal with what came nearest.
#pragma once

#include <vector>

#include <QScrollArea>

#include "ui/assistant/turn.h"
#include "ui/widgets/link.h"

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace plumbline::ui::assistant {

class AnswerView final : public QScrollArea {
    Q_OBJECT
public:
    explicit AnswerView(QWidget* parent = nullptr);

    void setTurn(const Turn& turn);
    // A model's text as it comes, marked as not checked; setTurn() replaces it by what was.
    void beginStream(const QString& question);
    void addStream(const QString& text);
    // Chips of this source are shown as chosen; 0 for none.
    void setCurrentSource(int number);
    QString shownText() const; // what a person reads, sentence by sentence; for tests

Q_SIGNALS:
    void sourceChosen(int number);               // a chip got the focus or was clicked
    void linkActivated(const widgets::Link& to); // Enter on a chip or a document of a refusal

private:
    void addAnswer(const Turn& turn);
    void addSentence(const Turn& turn, const plumbline::assistant::AnswerSentence& sentence, int step);
    QToolButton* makeChip(const Turn& turn, const plumbline::assistant::AnswerSentence& sentence, int number);
    void addRefusal(const Turn& turn);
    void addNearest(const Turn& turn);
    void addUnusable(const Turn& turn);
    QLabel* addLabel(const QString& text, const char* role = nullptr);

    void startBody(const QString& question);
    void addWithheld(const Turn& turn);

    QWidget* m_body = nullptr;
    QLabel* m_stream = nullptr; // while a model writes
    QVBoxLayout* m_column = nullptr;
    std::vector<QToolButton*> m_chips;
};

} // namespace plumbline::ui::assistant
