// Keys in the system keychain (Secret Service or KWallet, by QtKeychain); where there is no such service, in
// files that only the user can read.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "ui/jobs/job.h"
#include "ui/settings/key_ring.h"
#include "ui/settings/services.h"

namespace plumbline::ui::settings {

// The keys that were read from the keychain, for the engine: it asks from its own threads, and the keychain
// answers only on the window's. Any thread; wiped when it goes.
class KeyCache {
public:
    std::optional<Secret> find(const std::string& name) const;
    void put(const std::string& name, Secret key);
    void forget(const std::string& name);

private:
    mutable std::mutex m_mutex;
    std::map<std::string, Secret> m_keys;
};

class Keychain final : public KeyRing {
    Q_OBJECT
public:
    // Keys are kept under the service name "plumbline". `cache` gets every key that is read or set.
    Keychain(KeyFiles files, std::shared_ptr<KeyCache> cache, QObject* parent = nullptr);
    ~Keychain() override;

    QString placeWords() const override;
    void look(const QString& name) override;
    void set(const QString& name, const Secret& key) override;
    void remove(const QString& name) override;
    bool hasService() const { return m_service; }

private:
    enum class Step { Find, Write, Remove };
    void useFiles(const QString& name, Step step, const Secret& key);
    void noService();

    KeyFiles m_files;
    std::shared_ptr<KeyCache> m_cache;
    bool m_service = true; // until the keychain says that there is none
    std::map<QString, std::unique_ptr<jobs::Job<KeyState>>> m_jobs; // one a name: the latest wins
};

} // namespace plumbline::ui::settings
