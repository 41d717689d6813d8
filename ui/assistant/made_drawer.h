// "How this was made": everything the answer depends on, what was found, and where the time went.
#pragma once

#include <QWidget>

#include "ui/assistant/turn.h"

class QFormLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;

namespace plumbline::ui::widgets {
class Waterfall;
}

namespace plumbline::ui::assistant {

class MadeDrawer final : public QWidget {
    Q_OBJECT
public:
    explicit MadeDrawer(QWidget* parent = nullptr);

    void setTurn(const Turn& turn);
    bool isOpen() const;
    void setOpen(bool open);

Q_SIGNALS:
    void otherVersionRequested();

private:
    void addGeneration(const Turn& turn);
    void addFact(const QString& name, const QString& value, const char* role = nullptr);

    QToolButton* m_toggle = nullptr;
    QPushButton* m_other = nullptr;
    QScrollArea* m_scroll = nullptr;
    QWidget* m_body = nullptr;
    QFormLayout* m_facts = nullptr;
    widgets::Waterfall* m_waterfall = nullptr;
};

} // namespace plumbline::ui::assistant
