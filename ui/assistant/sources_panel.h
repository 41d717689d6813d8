// The passages that an answer quotes (or that came nearest), each with rank, state, scores by stage and
// marked text.
#pragma once

#include <vector>

#include <QScrollArea>

#include "ui/assistant/turn.h"
#include "ui/widgets/link.h"

class QFrame;
class QLabel;
class QVBoxLayout;

namespace plumbline::ui::assistant {

class SourcesPanel final : public QScrollArea {
    Q_OBJECT
public:
    explicit SourcesPanel(QWidget* parent = nullptr);

    void setTurn(const Turn& turn);
    void clearSources();
    // Frames the source and scrolls to it.
    void setCurrent(int number);

Q_SIGNALS:
    void sourceChosen(int number);
    void linkActivated(const widgets::Link& to);

private:
    void addCard(const Turn& turn, const retrieval::Passage& passage, const std::vector<Span>& terms,
                 const std::vector<Span>& cited, int number);
    void startBody(const QString& heading);

    QWidget* m_body = nullptr;
    QVBoxLayout* m_column = nullptr;
    std::vector<QFrame*> m_cards;
};

} // namespace plumbline::ui::assistant
