#include <QtTest>

#include "app/evals/template.h"

using namespace plumbline;

class TemplateTest : public QObject {
    Q_OBJECT

    const evals::Variables m_variables = {
        {"city", "Paris"}, {"user", R"({"name":"Ann","tags":["a","b"]})"}, {"empty", ""}};

private slots:
    void renders_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("a text without tags stays") << "plain { text }"
                                                   << "plain { text }";
        QTest::newRow("an empty text stays") << ""
                                             << "";
        QTest::newRow("a variable is put in") << "in {{city}}, {{ city }}"
                                              << "in Paris, Paris";
        QTest::newRow("a variable that is not there is empty") << "[{{nobody}}]"
                                                               << "[]";
        QTest::newRow("a key of a variable that is JSON")
            << "{{user.name}} {{user['name']}} {{ user.tags[1] }}"
            << "Ann Ann b";
        QTest::newRow("filters one behind the other") << "{{ city | upper | replace('R', 'l') }}"
                                                      << "PAlIS";
        QTest::newRow("a default for what is not there")
            << "{{ nobody | default('x') }}{{ empty | default('y') }}"
            << "x";
        QTest::newRow("a default for what is empty too") << "{{ empty | default('y', true) }}"
                                                         << "y";
        QTest::newRow("length and join") << "{{ city | length }} {{ user.tags | join('+') }}"
                                         << "5 a+b";
        QTest::newRow("first, last, title and capitalize")
            << "{{city|first}}{{city|last}} {{'a bc'|title}} {{'aBC'|capitalize}}"
            << "Ps A Bc Abc";
        QTest::newRow("dashes eat white space") << "a \n{{- city -}}\n b"
                                                << "aParisb";
        QTest::newRow("comments are left out") << "a{# no #}b"
                                               << "ab";
        QTest::newRow("raw text is not read") << "{% raw %}{{city}}{% endraw %}"
                                              << "{{city}}";
        QTest::newRow("a quote may hold braces") << "{{ '}}' }}"
                                                 << "}}";
        QTest::newRow("code points are whole") << "{{ 'Ärger' | first }}"
                                               << "Ä";
    }

    void renders()
    {
        QFETCH(QString, text);
        QFETCH(QString, wanted);
        const auto rendered = evals::renderTemplate(text.toStdString(), m_variables);
        QVERIFY2(rendered, rendered ? "" : rendered.error().message.c_str());
        QCOMPARE(QString::fromStdString(*rendered), wanted);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("code");
        const auto unsupported = static_cast<int>(ErrorCode::Unsupported);
        QTest::newRow("blocks") << "{% if city %}x{% endif %}" << unsupported;
        QTest::newRow("operators") << "{{ city + 'x' }}" << unsupported;
        QTest::newRow("the environment") << "{{ env.HOME }}" << unsupported;
        QTest::newRow("a filter that is not here") << "{{ city | nope }}" << unsupported;
        QTest::newRow("a call") << "{{ city.toUpperCase() }}" << unsupported;
        QTest::newRow("a tag that is not closed") << "{{ city" << static_cast<int>(ErrorCode::BadInput);
        QTest::newRow("raw that is not closed") << "{% raw %}x" << static_cast<int>(ErrorCode::BadInput);
    }

    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(int, code);
        const auto rendered = evals::renderTemplate(text.toStdString(), m_variables);
        QVERIFY(!rendered);
        QCOMPARE(static_cast<int>(rendered.error().code), code);
    }
};

QTEST_APPLESS_MAIN(TemplateTest)
#include "tst_template.moc"
