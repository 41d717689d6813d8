// The mandatory tests of JSON-Schema-Test-Suite, draft 7 and 2020-12: each row
// is one schema with its instances.
#include <QtTest>

#include <filesystem>
#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

#include "app/base/json_schema.h"
#include "tests/support/paths.h"

using namespace plumbline;
using nlohmann::ordered_json;

namespace {

constexpr std::string_view kRemoteBase = "http://localhost:1234/";

std::optional<std::filesystem::path> suite()
{
    const auto data = tests::sharedData();
    if (!data || !std::filesystem::is_directory(*data / "json-schema" / "tests"))
        return std::nullopt;
    return *data / "json-schema";
}

Result<ordered_json> loadRemote(const std::string& uri)
{
    if (!uri.starts_with(kRemoteBase))
        return failure(ErrorCode::NotFound, "no such schema", uri);
    std::ifstream in(*suite() / "remotes" / uri.substr(kRemoteBase.size()));
    if (!in)
        return failure(ErrorCode::NotFound, "no such schema", uri);
    return ordered_json::parse(in);
}

} // namespace

class JsonSchemaSuite : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!suite())
            QSKIP("the JSON-Schema-Test-Suite is not there: whole test skipped");
    }

    void agrees_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("file");
        for (const char* folder : {"draft7", "draft2020-12"}) {
            std::set<std::filesystem::path> files;
            for (const auto& entry : std::filesystem::directory_iterator(*suite() / "tests" / folder))
                files.insert(entry.path());
            QVERIFY(files.size() > 35);
            for (const auto& file : files)
                QTest::addRow("%s %s", folder, file.stem().c_str())
                    << QString::fromLatin1(folder) << QString::fromStdString(file.string());
        }
    }

    void agrees()
    {
        QFETCH(QString, folder);
        QFETCH(QString, file);
        const auto dialect =
            folder == QStringLiteral("draft7") ? SchemaDialect::Draft7 : SchemaDialect::Draft2020;
        std::ifstream in(file.toStdString());
        QStringList wrong;
        for (const auto& group : ordered_json::parse(in)) {
            const std::string about = group.at("description").get<std::string>();
            const auto schema = JsonSchema::compile(group.at("schema"), loadRemote, dialect);
            if (!schema) {
                wrong << QString::fromStdString(about + ": " + schema.error().describe());
                continue;
            }
            for (const auto& test : group.at("tests")) {
                ++m_tests;
                const bool valid = schema->validate(test.at("data")).empty();
                if (valid != test.at("valid").get<bool>())
                    wrong << QString::fromStdString(about + ": " + test.at("description").get<std::string>());
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QStringLiteral("\n"))));
    }

    void cleanupTestCase()
    {
        if (suite())
            qInfo("%d instances judged", m_tests);
    }

private:
    int m_tests = 0;
};

QTEST_APPLESS_MAIN(JsonSchemaSuite)
#include "tst_json_schema_suite.moc"
