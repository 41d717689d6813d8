// Endpoints, prices and budgets of the little bank, and a key ring that keeps keys in memory.
#pragma once

#include <memory>

#include "tests/ui/support/fake_services.h"
#include "ui/settings/key_ring.h"
#include "ui/settings/services.h"

namespace plumbline::tests {

// Answers at once. A name that begins with "locked" cannot be set.
class FakeKeyRing final : public ui::settings::KeyRing {
    Q_OBJECT
public:
    FakeKeyRing(std::shared_ptr<Script> script, QObject* parent);

    QString placeWords() const override;
    void look(const QString& name) override;
    void set(const QString& name, const Secret& key) override;
    void remove(const QString& name) override;

private:
    std::shared_ptr<Script> m_script;
};

// Script::fail makes reads fail; Script::hang lets a probe wait after its second finding.
ui::settings::Services fakeSettings(const std::shared_ptr<Script>& script);

} // namespace plumbline::tests
