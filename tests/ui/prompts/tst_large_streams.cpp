// 256 answers stream into the window at once, and the window goes on answering.
#include <thread>

#include <QBoxLayout>
#include <QtTest>

#include "tests/ui/support/fake_prompts.h"
#include "tests/ui/support/gap_meter.h"
#include "ui/jobs/job_list.h"
#include "ui/prompts/run_column.h"

using namespace plumbline::ui;
using plumbline::tests::Script;

namespace {

constexpr int kStreams = 256;

// Two hundred pieces, one every few milliseconds: what a fast model sends in a second.
prompts::Services streaming(const std::shared_ptr<Script>& script)
{
    prompts::Services services = plumbline::tests::fakePrompts(script);
    services.run = [](const prompts::RunRequest& request, std::stop_token stop,
                      const plumbline::llm::DeltaFn& onText) -> plumbline::Result<prompts::RunOutcome> {
        for (int i = 0; i < 200 && !stop.stop_requested(); ++i) {
            onText("piece " + std::to_string(i) + ' ');
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        prompts::RunOutcome outcome;
        plumbline::assistant::TurnRequest turn;
        turn.question = request.question;
        outcome.answer = plumbline::tests::bankAnswer(turn);
        return outcome;
    };
    return services;
}

} // namespace

class TestLargeStreams : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // What the window's own thread computes between two rounds; the machine may be busy with 256 threads.
    void theWindowAnswersWhile256AnswersStream()
    {
        const auto script = std::make_shared<Script>();
        const prompts::Services services = streaming(script);
        jobs::JobList jobList;
        QWidget window;
        window.resize(1280, 800);
        auto* grid = new QGridLayout(&window);
        std::vector<prompts::RunColumn*> columns;
        for (int i = 0; i < kStreams; ++i) {
            columns.push_back(new prompts::RunColumn(services, jobList, &window));
            columns.back()->setTitle(QString::number(i));
            if (i < 6) // as many as a person can read; the others stream behind
                grid->addWidget(columns.back(), i / 3, i % 3);
            else
                columns.back()->hide();
        }
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto quiet = plumbline::tests::measure([] { plumbline::tests::spin(500); });
        for (prompts::RunColumn* column : columns)
            column->start({plumbline::tests::bankPrompt("policy-answer", 4), "fast", "payments", {}});
        plumbline::tests::spin(60); // the start of 256 threads is not streaming
        const auto gaps = plumbline::tests::measure([] { plumbline::tests::spin(1'500); });
        qInfo("idle p99 %.1f ms, longest %.1f ms; streaming p99 %.1f ms, longest %.1f ms, of it ours %.1f ms",
              quiet.p99, quiet.worst, gaps.p99, gaps.worst, gaps.busiest);
        QVERIFY2(gaps.busiest <= 100, qPrintable(QString::number(gaps.busiest)));
        for (const prompts::RunColumn* column : columns)
            QTRY_VERIFY_WITH_TIMEOUT(column->outcome().has_value(), 60'000);
        QVERIFY(columns.front()->shownText().contains(QStringLiteral("the old certificate. [1]")));
    }
};

QTEST_MAIN(TestLargeStreams)
#include "tst_large_streams.moc"
