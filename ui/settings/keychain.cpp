#include "ui/settings/keychain.h"

#include <QByteArray>
#include <qt6keychain/keychain.h>

#include "ui/widgets/formatters.h"

namespace plumbline::ui::settings {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

constexpr auto kService = "plumbline"_L1;

QString keychainWords()
{
    return Keychain::tr("system keychain");
}

// Errors that mean "not on this machine", as against "not now".
bool isMissing(QKeychain::Error error)
{
    return error == QKeychain::NoBackendAvailable || error == QKeychain::NotImplemented ||
           error == QKeychain::OtherError;
}

} // namespace

std::optional<Secret> KeyCache::find(const std::string& name) const
{
    const std::scoped_lock lock(m_mutex);
    const auto place = m_keys.find(name);
    return place == m_keys.end() ? std::nullopt : std::optional(place->second);
}

void KeyCache::put(const std::string& name, Secret key)
{
    const std::scoped_lock lock(m_mutex);
    m_keys.insert_or_assign(name, std::move(key));
}

void KeyCache::forget(const std::string& name)
{
    const std::scoped_lock lock(m_mutex);
    m_keys.erase(name);
}

Keychain::Keychain(KeyFiles files, std::shared_ptr<KeyCache> cache, QObject* parent)
    : KeyRing(parent), m_files(std::move(files)), m_cache(std::move(cache))
{
}

Keychain::~Keychain() = default;

QString Keychain::placeWords() const
{
    return m_service ? tr("Keys are kept in the system keychain.")
                     : tr("There is no keychain service here: keys are kept in files that only you can read "
                          "(mode 0600).");
}

void Keychain::noService()
{
    if (!std::exchange(m_service, false))
        return;
    Q_EMIT placeChanged();
}

void Keychain::look(const QString& name)
{
    if (!m_service)
        return useFiles(name, Step::Find, {});
    auto* job = new QKeychain::ReadPasswordJob(kService, this);
    job->setKey(name);
    connect(job, &QKeychain::Job::finished, this, [this, name, job] {
        if (job->error() == QKeychain::NoError) {
            m_cache->put(toUtf8(name), Secret(job->binaryData().toStdString()));
            Q_EMIT stateKnown(name, {true, true, keychainWords()});
            return;
        }
        if (isMissing(job->error()))
            noService();
        useFiles(name, Step::Find, {}); // the environment and files count too
    });
    job->start();
}

void Keychain::set(const QString& name, const Secret& key)
{
    if (!m_service)
        return useFiles(name, Step::Write, key);
    auto* job = new QKeychain::WritePasswordJob(kService, this);
    job->setKey(name);
    const std::string_view bytes = key.reveal();
    job->setBinaryData(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
    connect(job, &QKeychain::Job::finished, this, [this, name, key, job] {
        if (job->error() == QKeychain::NoError) {
            m_cache->put(toUtf8(name), key);
            Q_EMIT stateKnown(name, {true, true, keychainWords()});
        } else if (isMissing(job->error())) {
            noService();
            useFiles(name, Step::Write, key);
        } else {
            Q_EMIT failed(name, tr("The keychain did not take the key: %1").arg(job->errorString()));
        }
    });
    job->start();
}

void Keychain::remove(const QString& name)
{
    m_cache->forget(toUtf8(name));
    if (!m_service)
        return useFiles(name, Step::Remove, {});
    auto* job = new QKeychain::DeletePasswordJob(kService, this);
    job->setKey(name);
    connect(job, &QKeychain::Job::finished, this, [this, name, job] {
        const bool gone = job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound;
        if (gone || isMissing(job->error())) {
            if (!gone)
                noService();
            useFiles(name, Step::Remove, {});
        } else {
            Q_EMIT failed(name, tr("The keychain did not remove the key: %1").arg(job->errorString()));
        }
    });
    job->start();
}

// Writes or removes when asked to, then says where the key is found now.
void Keychain::useFiles(const QString& name, Step step, const Secret& key)
{
    auto& job = m_jobs[name];
    if (!job)
        job = std::make_unique<jobs::Job<KeyState>>(tr("Looking for a key"));
    auto work = [files = m_files, name = toUtf8(name), step, key](const auto&) -> Result<KeyState> {
        Result<void> done;
        if (step == Step::Write)
            done = files.write(name, key);
        else if (step == Step::Remove)
            done = files.remove(name);
        if (!done)
            return tl::unexpected(done.error());
        const Result<std::string> place = files.find(name);
        if (!place)
            return tl::unexpected(place.error());
        return KeyState{true, !place->empty(), toQt(*place)};
    };
    job->start(std::move(work), [this, name](Result<KeyState> state) {
        if (state)
            Q_EMIT stateKnown(name, *state);
        else
            Q_EMIT failed(name, toQt(state.error().describe()));
    });
}

} // namespace plumbline::ui::settings
