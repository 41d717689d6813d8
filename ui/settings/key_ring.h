// Where the console keeps keys. Keys go in and never come out to a page.
#pragma once

#include <QObject>
#include <QString>

#include "app/base/secret.h"

namespace plumbline::ui::settings {

struct KeyState {
    bool known = false; // asked and answered
    bool set = false;
    QString place; // "system keychain", "private file", "environment variable PLUMBLINE_SECRET_X"
};

// Answers come by signals, on the window's thread; nothing waits.
class KeyRing : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // Where new keys go, in words; says so when there is no keychain service here.
    virtual QString placeWords() const = 0;
    virtual void look(const QString& name) = 0;                   // stateKnown() follows
    virtual void set(const QString& name, const Secret& key) = 0; // stateKnown() or failed() follows
    virtual void remove(const QString& name) = 0;

Q_SIGNALS:
    void stateKnown(const QString& name, const settings::KeyState& state);
    void failed(const QString& name, const QString& words);
    void placeChanged(); // placeWords() says something else now
};

} // namespace plumbline::ui::settings
