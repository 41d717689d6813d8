// Our own cases of JSON Schema: where a violation is, how it is said, what is refused. The drafts' mandatory
// tests are in tests/quality.
#include <QtTest>

#include <atomic>
#include <ctime>
#include <thread>

#include "app/base/json_schema.h"

using namespace plumbline;
using nlohmann::ordered_json;

namespace {

constexpr const char* kHouse = R"({
  "type": "object", "additionalProperties": false, "required": ["name"],
  "properties": {
    "name": {"type": "string", "minLength": 1},
    "documents": {"type": "object", "additionalProperties": false,
                  "properties": {"include": {"type": "array", "items": {"type": "string"}}, "exclude": {}}},
    "level": {"enum": ["low", "high"]},
    "share": {"type": "number", "minimum": 0, "maximum": 1},
    "code": {"type": "string", "pattern": "^[A-Z]{3}-\\d+$"},
    "port": {"anyOf": [{"type": "integer", "minimum": 1}, {"const": "auto"}]},
    "tags": {"uniqueItems": true}
  }})";

// Each violation as "path: message", one a line.
QByteArray said(const char* schema, const char* instance, SchemaDialect dialect = SchemaDialect::Draft2020)
{
    const auto compiled = JsonSchema::compile(ordered_json::parse(schema), {}, dialect);
    if (!compiled)
        return QByteArray::fromStdString("no schema: " + compiled.error().describe());
    std::string lines;
    for (const auto& one : compiled->validate(ordered_json::parse(instance)))
        lines += (lines.empty() ? "" : "\n") + one.instancePath + ": " + one.message;
    return QByteArray::fromStdString(lines);
}

} // namespace

// Declared first and defined below: moc does not understand every raw string.
class JsonSchemaTest : public QObject {
    Q_OBJECT

private slots:
    void saysWhatWasExpected_data();
    void saysWhatWasExpected();
    void namesTheWayThroughTheSchema();
    void escapesPointers();
    void comparesBigIntegersExactly();
    void tellsTheDraftsApart();
    void readsPatternsAsEcmaScript();
    void doesNotRunForEver();
    void givesUpHostileSchemas_data();
    void givesUpHostileSchemas();
    void refuses_data();
    void refuses();
    void loadsOtherDocumentsOnceAndHandsOnTheirErrors();
    void refusesAVocabularyThatIsRequiredAndUnknown();
    void refusesDocumentsWithoutEnd();
    void servesSeveralThreads();
};

void JsonSchemaTest::saysWhatWasExpected_data()
{
    QTest::addColumn<QByteArray>("instance");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* instance, const char* expected) {
        QTest::newRow(name) << QByteArray(instance) << QByteArray(expected);
    };
    row("a valid one says nothing", R"({"name": "x", "share": 1.0, "port": "auto"})", "");
    row("a missing key", "{}", ": lacks 'name'");
    row("an empty text", R"({"name": ""})", "/name: must not be empty");
    row("a wrong type", R"({"name": 7})", "/name: must be a text, is a whole number (7)");
    row("a slip of the pen", R"({"name": "x", "documents": {"includ": []}})",
        "/documents/includ: is not a known key; did you mean 'include'?");
    row("a key from elsewhere", R"({"name": "x", "documents": {"zebra": 1}})",
        "/documents/zebra: is not a known key; expected one of include, exclude");
    row("an entry of a list", R"({"name": "x", "documents": {"include": ["a", null]}})",
        "/documents/include/1: must be a text, is empty");
    row("one of a list of values", R"({"name": "x", "level": "mid"})",
        "/level: must be one of \"low\", \"high\"; is \"mid\"");
    row("too small a number", R"({"name": "x", "share": -0.5})", "/share: must be at least 0, is -0.5");
    row("a pattern", R"({"name": "x", "code": "abc-1"})",
        "/code: must match the pattern ^[A-Z]{3}-\\d+$, is \"abc-1\"");
    row("the nearest of several forms", R"({"name": "x", "port": 0})",
        "/port: fits none of the 2 forms allowed here; nearest: must be at least 1, is 0");
    row("equal entries in other words", R"({"name": "x", "tags": [{"a": 1, "b": 2}, {"b": 2.0, "a": 1}]})",
        "/tags: holds {\"b\":2.0,\"a\":1} twice; each entry may stand there once");
    row("several at once, in the schema's order", R"({"name": "", "share": 2})",
        "/name: must not be empty\n/share: must be at most 1, is 2");
}

void JsonSchemaTest::saysWhatWasExpected()
{
    QFETCH(QByteArray, instance);
    QFETCH(QByteArray, expected);
    QCOMPARE(said(kHouse, instance.constData()), expected);
}

void JsonSchemaTest::namesTheWayThroughTheSchema()
{
    const auto schema = JsonSchema::compile(
        ordered_json::parse(R"({"$defs": {"a/b": {"type": "null"}}, "items": {"$ref": "#/$defs/a~1b"}})"));
    QVERIFY(schema.has_value());
    const auto found = schema->validate(ordered_json::parse("[null, 1]"));
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found.front().instancePath, std::string("/1"));
    QCOMPARE(found.front().schemaPath, std::string("/items/$ref/type"));
}

void JsonSchemaTest::escapesPointers()
{
    QCOMPARE(said(R"({"additionalProperties": {"type": "null"}})", R"({"a/b~c": 1})"),
             QByteArray("/a~1b~0c: must be empty, is a whole number (1)"));
}

void JsonSchemaTest::comparesBigIntegersExactly()
{
    QCOMPARE(said(R"({"maximum": 9007199254740992})", "9007199254740992"), QByteArray());
    QVERIFY(!said(R"({"maximum": 9007199254740992})", "9007199254740993").isEmpty());
    QVERIFY(!said(R"({"const": 18446744073709551615})", "18446744073709551614").isEmpty());
    QCOMPARE(said(R"({"minimum": -5})", "18446744073709551615"), QByteArray());
}

void JsonSchemaTest::tellsTheDraftsApart()
{
    const char* beside = R"({"$ref": "#/definitions/any", "type": "null", "definitions": {"any": {}}})";
    QCOMPARE(said(beside, "1", SchemaDialect::Draft7), QByteArray());
    QVERIFY(!said(beside, "1", SchemaDialect::Draft2020).isEmpty());
    QVERIFY(!said(R"({"items": [{"type": "null"}]})", "[1]", SchemaDialect::Draft7).isEmpty());
    QVERIFY(said(R"({"items": [{"type": "null"}]})", "[1]").startsWith("no schema: "));
}

void JsonSchemaTest::readsPatternsAsEcmaScript()
{
    QCOMPARE(said(R"({"pattern": "^(?=.*\\d)(?!x).{2}$"})", "\"a1\""), QByteArray());
    QVERIFY(!said(R"({"pattern": "^(?=.*\\d)(?!x).{2}$"})", "\"x1\"").isEmpty());
    QCOMPARE(said(R"({"pattern": "^.$"})", "\"😀\""), QByteArray()); // one character, not two halves
    QCOMPARE(said(R"({"pattern": "^[\\p{Lu}_]\\P{Lu}$"})", "\"Éa\""), QByteArray());
    QVERIFY(!said(R"({"pattern": "^\\p{Lu}$"})", "\"é\"").isEmpty());
}

void JsonSchemaTest::doesNotRunForEver()
{
    QVERIFY(!said(R"({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#"}}})", "1").isEmpty());
    std::string list = "[0";
    for (int i = 0; i < 5'000; ++i)
        list += ",0";
    const auto schema = JsonSchema::compile(ordered_json::parse(R"({"items": false})"));
    QCOMPARE(schema->validate(ordered_json::parse(list + "]")).size(), std::size_t{1'000});
}

namespace {

// "l30" applies "l29" twice, and so on: 2^30 schemas.
ordered_json doubling(const char* keyword)
{
    ordered_json levels = {{"l0", {{"type", "string"}}}};
    for (int i = 1; i <= 30; ++i) {
        const ordered_json below = {{"$ref", "#/$defs/l" + std::to_string(i - 1)}};
        levels["l" + std::to_string(i)][keyword] = ordered_json::array({below, below});
    }
    return {{"$defs", levels}, {"$ref", "#/$defs/l30"}};
}

ordered_json twiceItself(const char* keyword)
{
    const ordered_json self = {{"$ref", "#/$defs/a"}};
    ordered_json schema = {{"$ref", "#/$defs/a"}};
    schema["$defs"]["a"][keyword] = ordered_json::array({self, self});
    return schema;
}

} // namespace

void JsonSchemaTest::givesUpHostileSchemas_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("instance");
    const auto row = [](const char* name, const ordered_json& schema, const ordered_json& instance) {
        QTest::newRow(name) << QByteArray::fromStdString(schema.dump())
                            << QByteArray::fromStdString(instance.dump());
    };
    const std::string as(60, 'a');
    row("references in a circle",
        ordered_json::parse(R"({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"},
        "b": {"$ref": "#/$defs/a"}}})"),
        1);
    row("all of itself, twice", twiceItself("allOf"), 1);
    row("any of itself, twice", twiceItself("anyOf"), 1);
    row("one of itself, twice", twiceItself("oneOf"), 1);
    row("doubled thirty times with allOf", doubling("allOf"), "x");
    row("doubled thirty times with anyOf", doubling("anyOf"), 5);
    row("doubled thirty times with oneOf", doubling("oneOf"), 5);
    ordered_json hidden = doubling("allOf");
    hidden["not"] = {{"$ref", hidden["$ref"]}};
    hidden.erase("$ref");
    row("doubled, and hidden below not", hidden, "x");
    row("a pattern that repeats what repeats", {{"pattern", "^(a+)+$"}}, as + "b");
    row("a pattern with two ways for each character", {{"pattern", "^(a|aa)*$"}}, as + "b");
    row("a pattern that looks ahead and repeats", {{"pattern", "^(?=(a+)+$)"}}, as + "b");
    row("the same, below not", {{"not", {{"pattern", "^(?=(a+)+$)"}}}}, as + "b");
    row("a pattern that refers back", {{"pattern", "^(a+)+\\1$"}}, as + "b");
    row("three repetitions behind a look ahead", {{"pattern", "(?=a*a*a*b)c"}}, std::string(5'000, 'a'));
    ordered_json choices = ordered_json::array();
    for (int i = 0; i < 20'000; ++i)
        choices.push_back("v" + std::to_string(i));
    row("a list of 20,000 values", {{"items", {{"enum", choices}}}}, ordered_json(std::vector<int>(500, 1)));
    ordered_json deep = 1;
    for (int i = 0; i < 2'000; ++i)
        deep = ordered_json::array({deep});
    row("a value nested 2,000 deep", ordered_json::parse(R"({"$defs": {"a": {"items": {"$ref": "#/$defs/a"}}},
        "$ref": "#/$defs/a"})"),
        deep);
}

void JsonSchemaTest::givesUpHostileSchemas()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, instance);
    const auto compiled = JsonSchema::compile(ordered_json::parse(schema.toStdString()));
    QVERIFY(compiled.has_value());
    const auto value = ordered_json::parse(instance.toStdString());
    const std::clock_t start = std::clock(); // of the processor: other work on the machine does not count
    QVERIFY(!compiled->validate(value).empty());
    const double ms = 1e3 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(NDEBUG)
    QVERIFY2(ms < 1'500, std::to_string(ms).c_str());
#else
    QVERIFY2(ms < 100, std::to_string(ms).c_str());
#endif
}

void JsonSchemaTest::refuses_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const QByteArray& schema, ErrorCode code) {
        QTest::newRow(name) << schema << static_cast<int>(code);
    };
    row("a list is no schema", "[]", ErrorCode::BadInput);
    row("a type that there is not", R"({"type": "text"})", ErrorCode::BadInput);
    row("a keyword of the wrong type, deep inside", R"({"properties": {"a": {"minLength": "1"}}})",
        ErrorCode::BadInput);
    row("a pattern that is none", R"({"pattern": "("})", ErrorCode::BadInput);
    row("a pattern that is none, as a key", R"({"patternProperties": {"[": true}})", ErrorCode::BadInput);
    row("a reference into nothing", R"({"$ref": "#/$defs/none"})", ErrorCode::NotFound);
    row("an anchor that is not set", R"({"$ref": "#none"})", ErrorCode::NotFound);
    row("another document, without a loader", R"({"$ref": "https://x.example/a"})", ErrorCode::NotFound);
    row("another draft", R"({"$schema": "http://json-schema.org/draft-04/schema#"})", ErrorCode::Unsupported);
    row("a draft nobody knows", R"({"$schema": "https://x.example/draft"})", ErrorCode::Unsupported);
    QByteArray deep = "{}";
    for (int i = 0; i < 300; ++i)
        deep = "{\"not\":" + deep + "}";
    row("nested deeper than 256 levels", deep, ErrorCode::TooLarge);
}

void JsonSchemaTest::refuses()
{
    QFETCH(QByteArray, schema);
    QFETCH(int, code);
    const auto compiled = JsonSchema::compile(ordered_json::parse(schema.toStdString()));
    QVERIFY(!compiled.has_value());
    QCOMPARE(static_cast<int>(compiled.error().code), code);
}

void JsonSchemaTest::loadsOtherDocumentsOnceAndHandsOnTheirErrors()
{
    int loads = 0;
    const SchemaLoader loader = [&](const std::string& uri) -> Result<ordered_json> {
        ++loads;
        if (uri == "https://x.example/whole.json")
            return ordered_json::parse(R"({"type": "integer"})");
        return failure(ErrorCode::Network, "cannot reach it", uri);
    };
    const auto schema = ordered_json::parse(
        R"({"$id": "https://x.example/s.json", "items": {"$ref": "whole.json"}, "not": {"$ref": "whole.json#"}})");
    const auto compiled = JsonSchema::compile(schema, loader);
    QVERIFY(compiled.has_value());
    QCOMPARE(loads, 1);
    QVERIFY(compiled->validate(ordered_json::parse("[1]")).empty());
    QCOMPARE(compiled->validate(ordered_json::parse("[\"1\"]")).size(), std::size_t{1});
    const auto failing =
        JsonSchema::compile(ordered_json::parse(R"({"$ref": "https://x.example/no"})"), loader);
    QCOMPARE(static_cast<int>(failing.error().code), static_cast<int>(ErrorCode::Network));
}

void JsonSchemaTest::refusesAVocabularyThatIsRequiredAndUnknown()
{
    const SchemaLoader loader = [](const std::string&) -> Result<ordered_json> {
        return ordered_json::parse(R"({"$schema": "https://json-schema.org/draft/2020-12/schema",
                                       "$vocabulary": {"https://x.example/units": true}})");
    };
    const auto compiled =
        JsonSchema::compile(ordered_json::parse(R"({"$schema": "https://x.example/meta"})"), loader);
    QVERIFY(!compiled.has_value());
    QCOMPARE(static_cast<int>(compiled.error().code), static_cast<int>(ErrorCode::Unsupported));
}

void JsonSchemaTest::refusesDocumentsWithoutEnd()
{
    int next = 0;
    const SchemaLoader loader = [&](const std::string&) -> Result<ordered_json> {
        return ordered_json{{"$ref", "https://x.example/" + std::to_string(++next)}};
    };
    const auto compiled =
        JsonSchema::compile(ordered_json::parse(R"({"$ref": "https://x.example/0"})"), loader);
    QVERIFY(!compiled.has_value());
    QCOMPARE(static_cast<int>(compiled.error().code), static_cast<int>(ErrorCode::TooLarge));
}

void JsonSchemaTest::servesSeveralThreads()
{
    const auto schema = JsonSchema::compile(ordered_json::parse(R"({"items": {"pattern": "^a+$"}})"));
    QVERIFY(schema.has_value());
    const auto instance = ordered_json::parse(R"(["aaa", "b", "aa"])");
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 200; ++n)
                wrong += schema->validate(instance).size() == 1 ? 0 : 1;
        });
    for (auto& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_APPLESS_MAIN(JsonSchemaTest)
#include "tst_json_schema.moc"
