// A turn whose text comes from a model: what it is given, and what of its answer is shown.
#include <QTest>

#include "tests/flows/support/scripted_model.h"
#include "tests/flows/support/small_workspace.h"

using namespace plumbline;

namespace {

const char* const kBreakGlass =
    "# Break-glass access\n\n"
    "Break-glass access lasts at most 4 hours and cannot be extended.\n\n"
    "Two approvers must agree to break-glass access: the Incident Commander and the SOC "
    "Shift Lead.\n";
const char* const kRetention =
    "# Log retention\n\nSecurity logs are kept for 13 months online in the evidence vault.\n";

// "text [1] !unsupported" a sentence, then "(rule)" a finding, then "refused kind".
QString drawn(const assistant::Answer& answer)
{
    QStringList lines;
    for (const auto& sentence : answer.sentences) {
        QString line = QString::fromStdString(sentence.text);
        for (const int number : sentence.citations) {
            const auto source = std::ranges::find_if(
                answer.sources, [&](const assistant::Source& one) { return one.number == number; });
            line += source == answer.sources.end()
                        ? QString(" [no source]")
                        : " [" + QString::fromStdString(source->passage.document) + "]";
        }
        lines << line + (sentence.supported ? "" : " !unsupported");
    }
    for (const auto& finding : answer.findings) {
        lines << "(" + QString::fromStdString(finding.rule) + ")";
    }
    if (answer.refusal) {
        lines << "refused " + QString::fromStdString(std::string(toString(answer.refusal->kind)));
    }
    return lines.join("\n");
}

} // namespace

class TestModelAnswers : public QObject {
    Q_OBJECT

    std::unique_ptr<tests::SmallWorkspace> m_small;
    std::shared_ptr<tests::ScriptedModel> m_model = std::make_shared<tests::ScriptedModel>();

    assistant::TurnRequest request()
    {
        assistant::TurnRequest turn;
        turn.question = "How long may break-glass access last?";
        turn.asOf = tests::day("2026-11-24");
        turn.profile = *m_small->workspace().profile("");
        turn.prompt = tests::answerPrompt();
        turn.model = "scripted";
        return turn;
    }

    Result<assistant::Answer> ask(const assistant::TurnRequest& turn, const assistant::TurnHooks& hooks = {},
                                  assistant::ModelUse* seen = nullptr)
    {
        const assistant::Assistant assistant(m_small->workspace().searcher(), tests::sourceOf(m_model, seen));
        return assistant.ask(turn, {}, hooks);
    }

private slots:
    void initTestCase()
    {
        m_small = std::make_unique<tests::SmallWorkspace>("draft");
        m_small->write("IAM-005.md", tests::policy({.id = "IAM-005", .body = kBreakGlass}));
        m_small->write("LOG-001.md", tests::policy({.id = "LOG-001", .body = kRetention}));
        m_small->write(
            "IAM-009.md",
            tests::policy({.id = "IAM-009",
                           .state = "draft",
                           .body = "The harrier falcon alarm must be acknowledged within 12 minutes.\n"}));
        m_small->index();
    }

    void init()
    {
        m_model->reply = llm::ChatReply();
        m_model->context = 0;
        m_model->asked.clear();
    }

    void whatIsShown_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a sentence with its source")
            << "Break-glass access may last at most 4 hours. [1]"
            << "Break-glass access may last at most 4 hours. [IAM-005]";
        QTest::newRow("a source that was not given is no source")
            << "Break-glass access may last at most 4 hours. [1][7]"
            << "Break-glass access may last at most 4 hours. [IAM-005]\n(invented_citation)";
        QTest::newRow("only an invented source: the passage that says it is cited instead")
            << "Break-glass access may last at most 4 hours. [9]"
            << "Break-glass access may last at most 4 hours. "
               "[IAM-005]\n(invented_citation)\n(citation_moved)";
        QTest::newRow("without any citation") << "Break-glass access lasts at most 4 hours."
                                              << "Break-glass access lasts at most 4 hours. [IAM-005]";
        QTest::newRow("another number is withheld")
            << "Break-glass access lasts at most 4 hours. [1] Break-glass access lasts at most 9 hours. [1]"
            << "Break-glass access lasts at most 4 hours. [IAM-005]\n(withheld_sentence)";
        QTest::newRow("nothing that stands in a source") << "The moon is made of cheese. [1]"
                                                         << "(withheld_sentence)\nrefused not_supported";
        QTest::newRow("not found") << "NOT_FOUND"
                                   << "refused nothing_close_enough";
        QTest::newRow("nothing at all") << ""
                                        << "refused nothing_close_enough";
    }

    void whatIsShown()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        m_model->reply->text = text.toStdString();
        const auto answer = ask(request());
        QVERIFY2(answer.has_value(), answer ? "" : answer.error().describe().c_str());
        QCOMPARE(drawn(*answer), expected);
        QVERIFY(answer->generation.has_value());
        QCOMPARE(QString::fromStdString(answer->generation->reply.text), text);
    }

    void unsupportedSentencesAreMarkedWhenThePromptSaysSo()
    {
        m_model->reply->text = "Break-glass access lasts at most 9 hours. [1]";
        auto turn = request();
        turn.prompt.form.unsupported = prompts::Unsupported::Mark;
        const auto answer = ask(turn);
        QVERIFY(answer.has_value());
        QCOMPARE(drawn(*answer),
                 QString("Break-glass access lasts at most 9 hours. !unsupported\n(unsupported_sentence)"));
    }

    void theModelsOwnRefusalIsARefusal()
    {
        m_model->reply->refusal = "I cannot help with that.";
        const auto answer = ask(request());
        QVERIFY(answer.has_value());
        QCOMPARE(drawn(*answer), QString("refused model_declined"));
        QVERIFY(answer->refusal->reason.find("I cannot help with that.") != std::string::npos);
    }

    void aCallOfAToolAndNoTextAreNoAnswer()
    {
        m_model->reply->toolCalls = {{"call_a", "look\nup", "{}"}};
        auto answer = ask(request());
        QVERIFY(answer.has_value());
        QCOMPARE(drawn(*answer), QString("refused model_declined"));
        QVERIFY(answer->refusal->reason.starts_with("The model wants to call look up instead of answering"));
        m_model->reply->text = "Break-glass access lasts at most 4 hours. [1]"; // and yet an answer
        answer = ask(request());
        QVERIFY(answer.has_value());
        QCOMPARE(drawn(*answer), QString("Break-glass access lasts at most 4 hours. [IAM-005]"));
        m_model->reply = llm::ChatReply();
        answer = ask(request());
        QVERIFY(answer.has_value());
        QCOMPARE(answer->refusal->reason, std::string("The model sent an empty answer."));
    }

    void anErrorIsNeverAnAnswer()
    {
        m_model->reply = failure(ErrorCode::Network, "the server said 503 five times");
        const auto answer = ask(request());
        QVERIFY(!answer.has_value());
        QVERIFY(answer.error().code == ErrorCode::Network);
    }

    void onlyUsablePassagesAreSent()
    {
        m_model->reply->text = "NOT_FOUND";
        QVERIFY(ask(request()).has_value());
        QCOMPARE(m_model->asked.size(), std::size_t{1});
        std::string sent;
        for (const llm::Message& message : m_model->asked.front().messages) {
            sent += message.content;
        }
        QVERIFY(sent.find("at most 4 hours") != std::string::npos);
        QVERIFY(sent.find("12 minutes") == std::string::npos);
    }

    void whatOnlyADraftSaysIsNotPutToTheModel()
    {
        auto turn = request();
        turn.question = "How soon must the harrier falcon alarm be acknowledged?";
        const auto answer = ask(turn);
        QVERIFY(answer.has_value());
        QCOMPARE(drawn(*answer), QString("refused only_unusable"));
        QVERIFY(m_model->asked.empty());
    }

    void offTopicIsNotPutToTheModel()
    {
        auto turn = request();
        turn.question = "zebra crossing paint";
        const auto answer = ask(turn);
        QVERIFY(answer.has_value());
        QVERIFY(answer->refused());
        QVERIFY(m_model->asked.empty());
    }

    void jsonIsReadAndABrokenOneFound()
    {
        auto turn = request();
        turn.prompt.form.layout = prompts::Layout::Json;
        m_model->reply->text =
            R"({"sentences":[{"text":"Break-glass access lasts at most 4 hours.","citations":[1]}]})";
        auto answer = ask(turn);
        QVERIFY(answer.has_value());
        QCOMPARE(drawn(*answer), QString("Break-glass access lasts at most 4 hours. [IAM-005]"));
        QCOMPARE(
            QString::fromStdString(answer->text()),
            QString(
                R"({"answer":"Break-glass access lasts at most 4 hours.",)"
                R"("sentences":[{"text":"Break-glass access lasts at most 4 hours.","citations":[1]}]})"));
        m_model->reply->text = "Break-glass access lasts at most 4 hours. [1]";
        answer = ask(turn);
        QVERIFY(answer.has_value());
        QCOMPARE(drawn(*answer),
                 QString("Break-glass access lasts at most 4 hours. [IAM-005]\n(format_violation)"));
    }

    void passagesThatDoNotFitAreLeftOutAndSaidSo()
    {
        m_model->reply->text = "Break-glass access lasts at most 4 hours. [1]";
        auto turn = request();
        turn.question = "How long does break-glass access last, and how long are security logs kept?";
        turn.prompt.parameters.maxOutputTokens = 50;
        const auto whole = ask(turn);
        QVERIFY(whole.has_value());
        QVERIFY(whole->search.passages.size() > 1);
        std::size_t bytes = 0;
        for (const llm::Message& message : m_model->asked.front().messages) {
            bytes += message.content.size() + 16;
        }
        m_model->context = static_cast<int>(bytes / 4) + 49; // one token short of all
        const auto fewer = ask(turn);
        QVERIFY(fewer.has_value());
        QVERIFY(drawn(*fewer).contains("(passages_left_out)"));
        m_model->context = 60;
        const auto none = ask(turn);
        QVERIFY(!none.has_value());
        QVERIFY(none.error().code == ErrorCode::TooLarge);
    }

    void textComesAsItIsWritten()
    {
        m_model->reply->text = "Break-glass access lasts at most 4 hours. [1]";
        std::string streamed;
        assistant::TurnHooks hooks;
        hooks.onText = [&](std::string_view piece) { streamed += piece; };
        hooks.workflow = "eval";
        hooks.run = "r1";
        assistant::ModelUse use;
        QVERIFY(ask(request(), hooks, &use).has_value());
        QCOMPARE(streamed, m_model->reply->text);
        QCOMPARE(use.workflow, std::string("eval"));
        QCOMPARE(use.run, std::string("r1"));
        QCOMPARE(use.prompt, std::string("policy-answer@v1"));
        QVERIFY2(use.embeddedAnswer.starts_with(
                     "Break-glass access lasts at most 4 hours and cannot be extended. [1]"),
                 use.embeddedAnswer.c_str());
    }

    void withoutAPromptAModelIsNotAsked()
    {
        auto turn = request();
        turn.prompt = {};
        const auto answer = ask(turn);
        QVERIFY(!answer.has_value());
        QVERIFY(answer.error().code == ErrorCode::BadInput);
    }

    void theEmbeddedAnswererObeysTheForm()
    {
        auto turn = request();
        turn.model = std::string(assistant::kEmbedded);
        turn.question = "How long does break-glass access last and who approves it?";
        turn.prompt.form.maxSentences = 1;
        auto answer = ask(turn);
        QVERIFY(answer.has_value());
        QCOMPARE(answer->sentences.size(), std::size_t{1});
        turn.prompt.form.maxSentences = 2;
        turn.prompt.form.layout = prompts::Layout::List;
        answer = ask(turn);
        QVERIFY(answer.has_value());
        QVERIFY(QString::fromStdString(answer->text()).startsWith("- "));
        turn.prompt.form.answerFrom = 1.0;
        answer = ask(turn);
        QVERIFY(answer.has_value());
        QVERIFY(answer->refused());
        QVERIFY(m_model->asked.empty());
    }

    void theRecordHoldsWhatDecides()
    {
        auto turn = request();
        turn.model = std::string(assistant::kEmbedded);
        const auto first = ask(turn);
        turn.prompt.parameters.temperature = 0.7;
        const auto second = ask(turn);
        QVERIFY(first.has_value() && second.has_value());
        QVERIFY(first->trace != second->trace);
    }
};

QTEST_GUILESS_MAIN(TestModelAnswers)
#include "tst_model_answers.moc"
