// Asks once before something is changed, and says exactly what. Never blocks: the answer comes by a call.
#pragma once

#include <functional>

#include <QString>

class QMessageBox;
class QPushButton;
class QWidget;

namespace plumbline::ui::widgets {

struct Confirmation {
    QString title;
    QString question;     // "Approve PAY-031@0.9?"
    QString consequences; // what will change; plain text, whatever it holds
    QString action;       // the word on the button: "Approve"
};

// Opens over `parent`; Cancel is the default. `act` is called on this thread when the action is chosen. Gives
// the button of the action.
QPushButton* confirm(QWidget* parent, const Confirmation& confirmation, const std::function<void()>& act);

} // namespace plumbline::ui::widgets
