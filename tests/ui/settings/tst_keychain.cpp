#include <sys/stat.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "ui/settings/keychain.h"
#include "ui/shell/key_files.h"
#include "ui/widgets/formatters.h"

using namespace plumbline;
using namespace plumbline::ui;
using settings::KeyCache;
using settings::Keychain;
using settings::KeyState;

namespace {

workspace::SecretPlaces placesIn(const std::filesystem::path& folder)
{
    return {[](const std::string& variable) -> std::optional<std::string> {
                if (variable == "PLUMBLINE_SECRET_FROM_ENV")
                    return "x";
                return std::nullopt;
            },
            {folder}};
}

} // namespace

// There is no keychain service here: no session bus.
class TestKeychain : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        qRegisterMetaType<KeyState>("settings::KeyState");
    }

    void withoutAServiceKeysGoIntoFilesOfTheirOwnerAlone()
    {
        const QTemporaryDir folder;
        const std::filesystem::path home(folder.path().toStdString());
        Keychain keys(shell::keyFiles(placesIn(home / "secrets")), std::make_shared<KeyCache>());
        QSignalSpy states(&keys, &Keychain::stateKnown);
        QSignalSpy places(&keys, &Keychain::placeChanged);
        keys.look(QStringLiteral("openai"));
        QVERIFY(states.wait(20'000));
        QVERIFY(!states[0][1].value<KeyState>().set);
        QVERIFY(!keys.hasService());
        QCOMPARE(places.size(), 1);
        QVERIFY(keys.placeWords().contains(QStringLiteral("no keychain service here")));

        keys.set(QStringLiteral("openai"), Secret("marker-key"));
        QVERIFY(states.wait());
        QVERIFY(states[1][1].value<KeyState>().set);
        QVERIFY(states[1][1].value<KeyState>().place.startsWith(QStringLiteral("private file")));
        struct stat status {};
        QCOMPARE(::stat((home / "secrets/openai").c_str(), &status), 0);
        QCOMPARE(static_cast<int>(status.st_mode & 0777), 0600);

        keys.remove(QStringLiteral("openai"));
        QVERIFY(states.wait());
        QVERIFY(!states[2][1].value<KeyState>().set);
        QVERIFY(!std::filesystem::exists(home / "secrets/openai"));
    }

    void aFolderThatCannotBeWrittenSaysSo()
    {
        Keychain keys(shell::keyFiles(placesIn("/proc/nowhere")), std::make_shared<KeyCache>());
        QSignalSpy failed(&keys, &Keychain::failed);
        keys.set(QStringLiteral("openai"), Secret("marker-key"));
        QVERIFY(failed.wait(20'000));
        QVERIFY(failed[0][1].toString().contains(QStringLiteral("the key cannot be written")));
        QVERIFY(!failed[0][1].toString().contains(QStringLiteral("marker-key")));
    }

    void aNameThatIsNoNameIsRefused()
    {
        const auto files = shell::keyFiles(placesIn("/tmp"));
        QVERIFY(files.write("../escape", Secret("x")).error().code == ErrorCode::BadInput);
        QVERIFY(files.find("a/b").error().code == ErrorCode::BadInput);
        QVERIFY(files.remove("").error().code == ErrorCode::BadInput);
    }

    void aKeyOfTheEnvironmentIsNamed()
    {
        const auto files = shell::keyFiles(placesIn("/tmp"));
        QCOMPARE(*files.find("from-env"), std::string("environment variable PLUMBLINE_SECRET_FROM_ENV"));
    }

    void theCacheHoldsWhatWasPutAndForgetsIt()
    {
        KeyCache cache;
        QVERIFY(!cache.find("a"));
        cache.put("a", Secret("1"));
        QCOMPARE(std::string(cache.find("a")->reveal()), std::string("1"));
        cache.forget("a");
        QVERIFY(!cache.find("a"));
    }
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
