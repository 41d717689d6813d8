// Keys from the environment and from files.
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

#include "app/workspace/secrets.h"
#include "tests/support/temporary_folder.h"

using namespace plumbline;
using namespace plumbline::workspace;

namespace {

constexpr const char* kKey = "sk-MARKER-0123456789";

} // namespace

class SecretsTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void asksTheEnvironmentFirst();
    void asksTheFoldersInOrder();
    void trimsAFile();
    void saysHowToSetAKey();
    void readsNoVariableWithoutThePrefix();
    void refusesAFile_data();
    void refusesAFile();
    void refusesWhatIsOfAnotherUser();
    void refusesKeysThatCannotBeSent_data();
    void refusesKeysThatCannotBeSent();
    void refusesNamesThatAreNone_data();
    void refusesNamesThatAreNone();
    void looksIntoTheUsersFolder();

private:
    std::filesystem::path put(const char* name, const std::string& content, mode_t mode = 0600) const
    {
        const auto path = m_folder->write(name, content);
        (void)::chmod(path.c_str(), mode);
        return path;
    }
    Result<Secret> ask(const std::string& name) const
    {
        SecretPlaces places;
        places.environment = [this](const std::string& variable) -> std::optional<std::string> {
            const auto found = m_environment.find(variable);
            return found != m_environment.end() ? std::optional(found->second) : std::nullopt;
        };
        places.folders = {m_folder->path() / "w", m_folder->path() / "u"};
        return secretSource(places)(name);
    }

    std::unique_ptr<tests::TemporaryFolder> m_folder;
    std::map<std::string, std::string> m_environment;
};

void SecretsTest::init()
{
    m_folder = std::make_unique<tests::TemporaryFolder>();
    m_environment.clear();
}

void SecretsTest::asksTheEnvironmentFirst()
{
    (void)put("w/bank-llm", "from-file");
    m_environment["PLUMBLINE_SECRET_BANK_LLM"] = kKey;
    QCOMPARE(std::string(ask("bank-llm")->reveal()), std::string(kKey));
}

void SecretsTest::asksTheFoldersInOrder()
{
    (void)put("u/k", "of-user");
    QCOMPARE(std::string(ask("k")->reveal()), std::string("of-user"));
    (void)put("w/k", "of-workspace");
    QCOMPARE(std::string(ask("k")->reveal()), std::string("of-workspace"));
}

void SecretsTest::trimsAFile()
{
    (void)put("w/k", std::string("  ") + kKey + "\r\n\n");
    QCOMPARE(std::string(ask("k")->reveal()), std::string(kKey));
}

void SecretsTest::saysHowToSetAKey()
{
    const auto none = ask("openai");
    QVERIFY(none.error().code == ErrorCode::NotFound);
    QVERIFY(none.error().message.find("set PLUMBLINE_SECRET_OPENAI, or write it to ") != std::string::npos);
    QVERIFY(none.error().message.find((m_folder->path() / "w" / "openai").string()) != std::string::npos);
}

void SecretsTest::readsNoVariableWithoutThePrefix()
{
    m_environment["AWS_SECRET_ACCESS_KEY"] = kKey;
    QVERIFY(ask("AWS_SECRET_ACCESS_KEY").error().code == ErrorCode::NotFound);
}

void SecretsTest::refusesAFile_data()
{
    QTest::addColumn<int>("mode");
    QTest::newRow("the group can read") << 0640;
    QTest::newRow("others can read") << 0604;
    QTest::newRow("the group can write") << 0620;
    QTest::newRow("others can run it") << 0601;
    QTest::newRow("as files usually are") << 0644;
}

void SecretsTest::refusesAFile()
{
    QFETCH(int, mode);
    (void)put("w/k", kKey, static_cast<mode_t>(mode));
    (void)put("u/k", "of-user"); // a bad file is not passed over in silence
    const auto refused = ask("k");
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().code == ErrorCode::Denied);
    QVERIFY(refused.error().describe().find("chmod 600") != std::string::npos);
    QVERIFY(refused.error().describe().find("MARKER") == std::string::npos);
}

void SecretsTest::refusesWhatIsOfAnotherUser()
{
    const auto own = put("elsewhere/k", kKey);
    std::filesystem::create_directories(m_folder->path() / "w");
    const auto link = m_folder->path() / "w" / "k";
    std::filesystem::create_symlink(own, link);
    QVERIFY(ask("k").has_value()); // a link of one's own to a file of one's own
    std::filesystem::create_symlink("/dev/null", m_folder->path() / "w" / "device");
    QVERIFY(ask("device").error().code == ErrorCode::Denied);
    std::filesystem::create_directory(m_folder->path() / "w" / "folder");
    QVERIFY(ask("folder").error().code == ErrorCode::Denied);
    if (::geteuid() != 0) {
        std::filesystem::create_symlink("/etc/hostname", m_folder->path() / "w" / "theirs");
        QVERIFY(ask("theirs").error().code == ErrorCode::Denied);
        return;
    }
    QCOMPARE(::lchown(link.c_str(), 65534, 65534), 0);
    QVERIFY(ask("k").error().code == ErrorCode::Denied);
    std::filesystem::remove(link);
    const auto theirs = put("w/k", kKey);
    QCOMPARE(::chown(theirs.c_str(), 65534, 65534), 0);
    QVERIFY(ask("k").error().code == ErrorCode::Denied);
}

void SecretsTest::refusesKeysThatCannotBeSent_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("nothing") << QByteArray("");
    QTest::newRow("white space") << QByteArray(" \n ");
    QTest::newRow("two lines, which would make a header of the second")
        << QByteArray("sk-MARKER\r\nX-Evil: 1");
    QTest::newRow("a space inside") << QByteArray("Bearer MARKER");
    QTest::newRow("a zero byte") << QByteArray("sk-MARKER\0x", 11);
    QTest::newRow("not ASCII") << QByteArray("sk-MARKER-\xC3\xA4");
    QTest::newRow("too long") << QByteArray(16 * 1024 + 1, 'M');
}

void SecretsTest::refusesKeysThatCannotBeSent()
{
    QFETCH(QByteArray, key);
    (void)put("w/k", key.toStdString());
    const auto refused = ask("k");
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().code == ErrorCode::BadInput);
    QVERIFY(refused.error().describe().find("MARKER") == std::string::npos);
}

void SecretsTest::refusesNamesThatAreNone_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"", "../k", "a/b", "a b", "1k", ".k", kKey}) {
        QTest::newRow(name) << QString::fromLatin1(name);
    }
}

void SecretsTest::refusesNamesThatAreNone()
{
    QFETCH(QString, name);
    (void)put("k", kKey);
    const auto refused = ask(name.toStdString());
    QVERIFY(refused.error().code == ErrorCode::BadInput);
    QVERIFY(refused.error().describe().find("MARKER") == std::string::npos);
}

void SecretsTest::looksIntoTheUsersFolder()
{
    (void)put("config/plumbline/secrets/k", kKey);
    qputenv("XDG_CONFIG_HOME", QByteArray::fromStdString((m_folder->path() / "config").string()));
    qputenv("PLUMBLINE_SECRET_OTHER", "other");
    const auto source = secretSource(secretPlaces(m_folder->path() / ".plumbline"));
    QCOMPARE(std::string(source("k")->reveal()), std::string(kKey));
    QCOMPARE(std::string(source("other")->reveal()), std::string("other"));
}

QTEST_APPLESS_MAIN(SecretsTest)
#include "tst_secrets.moc"
