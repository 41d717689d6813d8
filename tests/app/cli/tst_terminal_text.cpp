#include <QtTest/QtTest>

#include "app/cli/terminal_text.h"

using namespace plumbline;
using assistant::AnswerSentence;
using cli::terminalText;
using corpus::UnitKind;

namespace {

AnswerSentence row(const std::string& header, const std::string& text, std::size_t place = 100)
{
    AnswerSentence sentence;
    sentence.kind = UnitKind::TableRow;
    sentence.text = header.empty() ? text : header + '\n' + text;
    if (!header.empty()) {
        sentence.spans.push_back({"A", "1", {place, place + codePointCount(header)}});
    }
    sentence.spans.push_back({"A", "1", {500, 500 + codePointCount(text)}});
    return sentence;
}

QString shown(const AnswerSentence& sentence, const AnswerSentence* before = nullptr, bool markdown = true)
{
    return QString::fromStdString(terminalText(sentence, before, markdown));
}

} // namespace

class TestTerminalText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aHeaderStandsOnceForRowsOfOneTable()
    {
        const AnswerSentence first = row("| L\u00C9vel | **R** |", "| 1 | [a](b) |");
        const AnswerSentence second = row("| L\u00C9vel | **R** |", "| 2 | c |");
        const AnswerSentence other = row("| X | Y |", "| 3 | d |", 300);
        QCOMPARE(shown(first), QStringLiteral("| L\u00C9vel | R |\n| 1 | a |"));
        QCOMPARE(shown(second, &first), QStringLiteral("| 2 | c |"));
        QCOMPARE(shown(other, &second), QStringLiteral("| X | Y |\n| 3 | d |"));
        const AnswerSentence sentence{"Prose.", UnitKind::Sentence, {1}, {}};
        QCOMPARE(shown(second, &sentence), QStringLiteral("| L\u00C9vel | R |\n| 2 | c |"));
    }

    void aHeaderThatSaysNothingIsLeftOut()
    {
        QCOMPARE(shown(row("| | |", "| Time | 5 mins |")), QStringLiteral("| Time | 5 mins |"));
    }

    void rowsOfRawHtmlAreOneLine()
    {
        QCOMPARE(shown(row("<tr><th>L</th><th>R</th></tr>",
                           "<tr>\n<td>1</td>\n<td><p>a</p><ul><li>b</li></ul></td>\n</tr>")),
                 QStringLiteral("| L | R |\n| 1 | a b |"));
        QCOMPARE(shown(row("", "<tr><td>1</td><td>a</td></tr>")), QStringLiteral("| 1 | a |"));
    }

    void codeAndOtherFormatsStayAsTheyAre()
    {
        AnswerSentence code;
        code.kind = UnitKind::Code;
        code.text = "ls *.md\n  # **x**";
        QCOMPARE(shown(code), QStringLiteral("ls *.md\n  # **x**"));
        const AnswerSentence sentence{"5 **6**\n7", UnitKind::Sentence, {1}, {}};
        QCOMPARE(shown(sentence, nullptr, false), QStringLiteral("5 **6** 7"));
        QCOMPARE(shown(sentence), QStringLiteral("5 6 7"));
    }
};

QTEST_APPLESS_MAIN(TestTerminalText)
#include "tst_terminal_text.moc"
