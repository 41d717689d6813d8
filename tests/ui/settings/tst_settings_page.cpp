#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QtTest>

#include "tests/ui/support/fake_settings.h"
#include "ui/jobs/job_list.h"
#include "ui/settings/endpoints_panel.h"
#include "ui/settings/settings_page.h"
#include "ui/settings/spending_panel.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/page_states.h"

using namespace plumbline::ui;
using plumbline::tests::Script;
using settings::SettingsPage;
using widgets::PageStates;

namespace {

struct Desk {
    std::shared_ptr<Script> script;
    jobs::JobList jobs;
    SettingsPage page;

    explicit Desk(std::shared_ptr<Script> with = std::make_shared<Script>())
        : script(std::move(with)),
          page({widgets::ThemeChoice::Light, 1}, {}, plumbline::tests::fakeSettings(script), jobs)
    {
        page.resize(1200, 760);
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
    }
    void models(int row)
    {
        page.showTab(SettingsPage::Tab::Models);
        page.endpoints().select(row);
    }
    QPushButton* button(const QString& text) const
    {
        for (auto* candidate : page.findChildren<QPushButton*>()) {
            if (candidate->text() == text && candidate->isVisible())
                return candidate;
        }
        return nullptr;
    }
    QLineEdit* keyField() const
    {
        for (auto* box : page.findChildren<QLineEdit*>()) {
            if (box->accessibleName() == QStringLiteral("New key"))
                return box;
        }
        return nullptr;
    }
    QString row(int index) const
    {
        QStringList cells;
        const auto* model = page.endpoints().findChild<QTableView*>()->model();
        for (int column = 0; column < model->columnCount(); ++column)
            cells << model->index(index, column).data().toString();
        return cells.join(u'|');
    }
};

} // namespace

class TestSettingsPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endpointsAreListedWithTheStateOfTheirKeys()
    {
        Desk desk;
        desk.models(0);
        QCOMPARE(desk.row(0), QStringLiteral("gateway-eu|Chat|gpt-4.1-mini|https://gateway.eu.example/v1|"
                                             "%1|8|openai: set")
                                  .arg(widgets::number(128'000)));
        QVERIFY(desk.row(1).endsWith(QStringLiteral("%1|8|none needed").arg(widgets::number(32'768))));
        QVERIFY(desk.row(2).endsWith(QStringLiteral("gateway: not set")));
        QVERIFY(desk.row(4).startsWith(QStringLiteral("simulated-large|Simulated|embedded|—|not stated")));
    }

    void theTestSaysWhatTheEndpointCanDo()
    {
        Desk desk;
        desk.models(1);
        desk.button(QStringLiteral("Test"))->click();
        const auto text = [&] { return desk.page.endpoints().findingsText(); };
        QTRY_VERIFY(text().contains(QStringLiteral("JSON Schema: the answer did not keep the schema")));
        QVERIFY(text().contains(QStringLiteral("usage: no usage block")));
        QVERIFY(text().contains(QChar(0x2713)) && text().contains(QChar(0x2717))); // shapes beside colours
        QVERIFY(text().contains(QStringLiteral(">yes<")) && text().contains(QStringLiteral(">no<")));
        QVERIFY(desk.button(QStringLiteral("Test")) != nullptr);
    }

    void findingsComeOneByOneAndStopKeepsThem()
    {
        Desk desk;
        desk.models(1);
        desk.script->hang = true;
        desk.page.endpoints().test();
        const auto text = [&] { return desk.page.endpoints().findingsText(); };
        QTRY_VERIFY(text().contains(QStringLiteral("12 models")));
        QVERIFY(text().contains(QStringLiteral("Asking…")));
        desk.button(QStringLiteral("Stop"))->click();
        QTRY_VERIFY(desk.button(QStringLiteral("Test")) != nullptr);
        QVERIFY(text().contains(QStringLiteral("12 models")));
        QVERIFY(!text().contains(QStringLiteral("Asking…")));
    }

    void anEndpointThatCannotBeReachedSaysWhy()
    {
        Desk desk;
        desk.models(0);
        desk.page.endpoints().test();
        QTRY_VERIFY(desk.page.endpoints().findingsText().contains(QStringLiteral("cannot be resolved")));
    }

    void aKeyIsSetAndNeverShownAgain()
    {
        Desk desk;
        desk.models(2);
        QVERIFY(desk.page.endpoints().keyText().contains(QStringLiteral("“gateway” is not set")));
        QVERIFY(desk.page.endpoints().keyText().contains(QStringLiteral("system keychain")));
        QVERIFY(!desk.button(QStringLiteral("Set the key"))->isEnabled());
        QTest::keyClicks(desk.keyField(), QStringLiteral("marker-key-4711"));
        QCOMPARE(desk.keyField()->echoMode(), QLineEdit::Password);
        desk.button(QStringLiteral("Set the key"))->click();
        QCOMPARE(desk.script->keys["gateway"], std::string("marker-key-4711"));
        QVERIFY(desk.keyField()->text().isEmpty());
        QVERIFY(desk.page.endpoints().keyText().contains(QStringLiteral("“gateway” is set")));
        QVERIFY(desk.button(QStringLiteral("Replace the key")) != nullptr);
        for (const auto* label : desk.page.findChildren<QLabel*>())
            QVERIFY(!label->text().contains(QStringLiteral("marker-key-4711")));
    }

    void removingAKeyAsksOnceAndSaysWhoUsesIt()
    {
        Desk desk;
        desk.models(2);
        QTest::keyClicks(desk.keyField(), QStringLiteral("x"));
        QTest::keyClick(desk.keyField(), Qt::Key_Return);
        desk.button(QStringLiteral("Remove…"))->click();
        auto* box = desk.page.findChild<QMessageBox*>();
        QVERIFY(box != nullptr);
        QVERIFY(box->informativeText().startsWith(QStringLiteral("embeddings cannot be asked without it")));
        for (auto* button : box->findChildren<QPushButton*>()) {
            if (button->text() == QStringLiteral("Remove"))
                button->click();
        }
        QTRY_VERIFY(desk.script->keys.empty());
        QVERIFY(desk.page.endpoints().keyText().contains(QStringLiteral("not set")));
    }

    void budgetsSayWhatIsSpentAndLeftAndPricesWhatIsMissing()
    {
        Desk desk;
        desk.page.showTab(SettingsPage::Tab::Spending);
        const auto text = [&] { return desk.page.spending().spentText(); };
        QTRY_VERIFY(text().contains(QStringLiteral("$3.4129 of $5.00")));
        QVERIFY2(text().contains(QStringLiteral("$1.5671 left until midnight UTC")), qPrintable(text()));
        QVERIFY(text().contains(QStringLiteral("without a known cost")));
        QVERIFY(text().contains(QStringLiteral("local-qwen, rerank")));
        QVERIFY(
            text().contains(QStringLiteral("simulated calls would have cost $0.1205, which is not counted")));
        const auto* model = desk.page.spending().findChild<QTableView*>()->model();
        QCOMPARE(model->index(0, 0).data().toString(), QStringLiteral("gpt-4.1-mini (workspace)"));
        QCOMPARE(model->index(0, 1).data().toString(), QStringLiteral("$0.38"));
    }

    void aFailureIsNotAnEmptyBudget()
    {
        const auto script = std::make_shared<Script>();
        script->fail = true;
        Desk desk(script);
        desk.page.showTab(SettingsPage::Tab::Spending);
        QTRY_VERIFY(desk.page.spending().states().state() == PageStates::State::Failed);
        script->fail = false;
        desk.button(QStringLiteral("Try again"))->click();
        QTRY_VERIFY(desk.page.spending().states().state() == PageStates::State::Ready);
    }
};

QTEST_MAIN(TestSettingsPage)
#include "tst_settings_page.moc"
