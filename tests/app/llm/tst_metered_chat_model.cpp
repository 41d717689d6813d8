// The model whose calls are held against the budget, priced and recorded.
#include <QtTest>

#include <atomic>

#include "app/llm/metered_chat_model.h"
#include "app/llm/token_bound.h"
#include "tests/app/llm/ledger_fixtures.h"

using namespace plumbline;
using namespace plumbline::llm;
using namespace plumbline::tests;

namespace {

// Says what it is told to, and notes what it was asked.
class ScriptedModel final : public ChatModel {
public:
    std::string name() const override { return "scripted"; }
    Result<ChatReply> chat(const ChatRequest& request, std::stop_token, const DeltaFn& onText) const override
    {
        ++m_calls;
        m_last = request;
        if (onText && speaks) {
            onText("a");
        }
        return answer;
    }

    Result<ChatReply> answer = ChatReply();
    bool speaks = true;
    int calls() const { return m_calls; }
    ChatRequest last() const { return m_last; }

private:
    mutable std::atomic<int> m_calls = 0;
    mutable ChatRequest m_last;
};

ChatReply replyOf(std::int64_t input, std::int64_t cached, std::int64_t output)
{
    ChatReply reply;
    reply.text = "an answer that must not be stored";
    reply.model = "m-1";
    reply.usage = {{input}, {cached}, {output}, {}, false};
    reply.totalMs = 120;
    return reply;
}

} // namespace

class MeteredChatModelTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void metersACall();
    void pricesTheModelThatTheServerNames();
    void knowsWhenTheCostIsUnknown();
    void countsWhatMayHaveBeenBilled_data();
    void countsWhatMayHaveBeenBilled();
    void boundsTheOutputUnderABudget();
    void costsNothingWhenReplayed();
    void keepsAnAnswerThatCannotBeRecorded();
    void boundsInputTokens();

private:
    BudgetLedger ledger(std::optional<std::int64_t> day, std::optional<std::int64_t> run = {}) const
    {
        return {file(), budgetsOf(day, run)};
    }
    MeteredChatModel metered(std::shared_ptr<ScriptedModel> model, BudgetLedger budget,
                             std::optional<Price> price = Price{
                                 {1'000'000}, {500'000}, {2'000'000}, {2'000'000}})
    {
        Endpoint endpoint;
        endpoint.name = "hosted";
        endpoint.model = "m";
        endpoint.price = price;
        return {std::move(model), {endpoint, m_prices, std::move(budget), noon}, {"ask", "r1", "p@v1"}};
    }

    std::shared_ptr<const PriceTable> m_prices;

    std::filesystem::path file() const { return m_file->path(); }
    std::unique_ptr<LedgerFile> m_file;
};

void MeteredChatModelTest::init()
{
    m_file = std::make_unique<LedgerFile>();
    m_prices = std::make_shared<const PriceTable>(
        *PriceTable::parse("{\"prices\": [{\"model\": \"m-1\", \"input\": 3, \"output\": 4},"
                           " {\"model\": \"m\", \"input\": 1, \"output\": 2}]}",
                           "p.json"));
}

void MeteredChatModelTest::metersACall()
{
    auto model = std::make_shared<ScriptedModel>();
    model->answer = replyOf(1'000, 500, 100);
    ChatRequest request;
    request.messages = {{Role::User, "a question that must not be stored"}};
    const auto reply = metered(model, ledger({})).chat(request, {}, {});
    QVERIFY(reply.has_value());
    QCOMPARE(reply->cost->microUsd, 500 + 250 + 200);
    QVERIFY(!model->last().parameters.maxOutputTokens.has_value());
    const auto calls = CallRepository(file()).latest(5);
    QCOMPARE(calls->size(), std::size_t{1});
    const CallRecord& call = calls->front();
    QCOMPARE(call.cost->microUsd, 950);
    QCOMPARE(call.workflow + "/" + call.run + "/" + call.prompt + "/" + call.endpoint + "/" + call.model,
             std::string("ask/r1/p@v1/hosted/m-1"));
    QVERIFY(call.at == noon());
    QCOMPARE(call.outcome, std::string("ok"));
    QCOMPARE(call.latencyMs, 120.0);
    for (const auto& entry : std::filesystem::directory_iterator(m_file->folder())) {
        QFile stored(QString::fromStdString(entry.path().string()));
        QVERIFY(stored.open(QIODevice::ReadOnly));
        QVERIFY(!stored.readAll().contains("must not be stored"));
    }
}

void MeteredChatModelTest::pricesTheModelThatTheServerNames()
{
    auto model = std::make_shared<ScriptedModel>();
    model->answer = replyOf(1'000'000, 0, 0);
    QCOMPARE(metered(model, ledger({}), {}).chat({}, {}, {})->cost->microUsd, 3'000'000);
    model->answer->model = "m-unlisted-snapshot";
    QCOMPARE(metered(model, ledger({}), {}).chat({}, {}, {})->cost->microUsd, 1'000'000);
    model->answer->model = "";
    QCOMPARE(metered(model, ledger({}), {}).chat({}, {}, {})->cost->microUsd, 1'000'000);
}

void MeteredChatModelTest::knowsWhenTheCostIsUnknown()
{
    auto model = std::make_shared<ScriptedModel>();
    model->answer = replyOf(10, 0, 10);
    m_prices = std::make_shared<const PriceTable>();
    const auto reply = metered(model, ledger({}), {}).chat({}, {}, {});
    QVERIFY(reply.has_value() && !reply->cost.has_value());
    QCOMPARE(CallRepository(file()).total()->unknown, 1);
    QVERIFY(!metered(model, ledger(1'000'000), {}).chat({}, {}, {}).has_value());
    QCOMPARE(model->calls(), 1);
}

void MeteredChatModelTest::countsWhatMayHaveBeenBilled_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("acted");
    QTest::addColumn<bool>("speaks");
    QTest::addColumn<bool>("counted");
    QTest::addColumn<bool>("costKnown");
    const auto row = [](const char* name, ErrorCode code, bool acted, bool speaks, bool counted, bool known) {
        QTest::newRow(name) << static_cast<int>(code) << acted << speaks << counted << known;
    };
    row("a key that is refused costs nothing", ErrorCode::Denied, false, false, false, true);
    row("a server that is not there is not counted", ErrorCode::Network, false, false, false, false);
    row("an answer that broke off is counted", ErrorCode::Network, false, true, true, false);
    row("a whole answer that took too long is counted", ErrorCode::Network, true, false, true, false);
    row("an answer too large to read is counted", ErrorCode::TooLarge, true, false, true, false);
    row("a call cancelled under way is counted", ErrorCode::Cancelled, true, false, true, false);
    row("a call cancelled before it was sent costs nothing", ErrorCode::Cancelled, false, false, false, true);
}

void MeteredChatModelTest::countsWhatMayHaveBeenBilled()
{
    QFETCH(int, code);
    QFETCH(bool, acted);
    QFETCH(bool, speaks);
    QFETCH(bool, counted);
    QFETCH(bool, costKnown);
    auto model = std::make_shared<ScriptedModel>();
    model->answer = failure(static_cast<ErrorCode>(code), "it failed");
    model->answer.error().mayHaveActed = acted;
    model->speaks = speaks;
    const BudgetLedger budget = ledger(1'000'000);
    const auto reply = metered(model, budget).chat({}, {}, [](std::string_view) {});
    QVERIFY(!reply.has_value());
    QCOMPARE(static_cast<int>(reply.error().code), code);
    const auto state = budget.today(noon());
    QCOMPARE(state->held.microUsd, 0);
    QCOMPARE(state->spent.microUsd > 0, counted);
    const auto call = CallRepository(file()).latest(1)->front();
    QCOMPARE(call.cost.has_value(), costKnown);
    QCOMPARE(call.outcome, std::string(toString(static_cast<ErrorCode>(code))));
}

void MeteredChatModelTest::boundsTheOutputUnderABudget()
{
    auto model = std::make_shared<ScriptedModel>();
    model->answer = replyOf(10, 0, 4'096);
    model->answer->finishReason = "length";
    const auto reply = metered(model, ledger(1'000'000)).chat({}, {}, {});
    QVERIFY(reply.has_value());
    QCOMPARE(model->last().parameters.maxOutputTokens.value_or(0), kMostOutputUnderBudget);
    QCOMPARE(reply->notes.size(), std::size_t{1});
    ChatRequest own;
    own.parameters.maxOutputTokens = 50;
    (void)metered(model, ledger(1'000'000)).chat(own, {}, {});
    QCOMPARE(model->last().parameters.maxOutputTokens.value_or(0), 50);
    // 50 tokens of output at 2.00 and a frame of 16 at 1.00 are 116 micro-dollars.
    QVERIFY(!metered(model, ledger({}, 8'202 + 115)).chat(own, {}, {}).has_value());
}

void MeteredChatModelTest::costsNothingWhenReplayed()
{
    auto model = std::make_shared<ScriptedModel>();
    model->answer = replyOf(1'000, 0, 1'000);
    model->answer->replayed = true;
    const auto reply = metered(model, ledger({})).chat({}, {}, {});
    QCOMPARE(reply->cost->microUsd, 0);
    QCOMPARE(CallRepository(file()).total()->replayed, 1);
}

void MeteredChatModelTest::keepsAnAnswerThatCannotBeRecorded()
{
    auto model = std::make_shared<ScriptedModel>();
    model->answer = replyOf(1, 0, 1);
    const auto broken = metered(model, BudgetLedger(m_file->folder() / "none.db", {}));
    const auto reply = broken.chat({}, {}, {});
    QVERIFY(reply.has_value());
    QCOMPARE(reply->notes.size(), std::size_t{1});
    QVERIFY(reply->notes.front().starts_with("the call could not be recorded: "));
}

void MeteredChatModelTest::boundsInputTokens()
{
    ChatRequest request;
    request.messages = {{Role::System, "abc"}, {Role::User, "äö"}};
    request.responseSchema = "{}";
    QCOMPARE(mostInputTokens(request).count, 16 + 2 + (16 + 3) + (16 + 4));
}

QTEST_APPLESS_MAIN(MeteredChatModelTest)
#include "tst_metered_chat_model.moc"
