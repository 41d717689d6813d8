#include "ui/settings/endpoints_panel.h"

#include <QBoxLayout>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>

#include "ui/jobs/job_list.h"
#include "ui/settings/endpoint_model.h"
#include "ui/settings/key_ring.h"
#include "ui/widgets/confirm.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::settings {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

// A sign, a colour and a word each.
QString findingHtml(const Finding& finding, const Tokens& tokens)
{
    struct Look {
        QString sign;
        QString word;
        QColor color;
    };
    const Look look = finding.ability == Finding::Ability::Works
                          ? Look{u"\u2713"_s, EndpointsPanel::tr("yes"), tokens.ok}
                      : finding.ability == Finding::Ability::Lacks
                          ? Look{u"\u2717"_s, EndpointsPanel::tr("no"), tokens.warn}
                          : Look{u"\u2717"_s, EndpointsPanel::tr("failed"), tokens.bad};
    return u"<tr><td style=\"color:%1; padding-right:4px\"><b>%2</b></td><td style=\"color:%1; "
           u"padding-right:12px\">"
           u"%3</td><td style=\"padding-right:16px\"><b>%4</b></td><td>%5</td></tr>"_s.arg(
               look.color.name(), look.sign, look.word, sentenceCase(finding.what).toHtmlEscaped(),
               toQt(finding.says).toHtmlEscaped());
}

} // namespace

EndpointsPanel::EndpointsPanel(const Services& services, jobs::JobList& jobList, QWidget* parent)
    : QWidget(parent), m_services(services), m_job(tr("Testing an endpoint"))
{
    m_model = new EndpointModel(m_services.endpoints, this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_states = new PageStates(makeContent(), nullptr, this);
    column->addWidget(m_states);
    jobList.watch(&m_job);
    if (m_services.endpoints.empty()) {
        m_states->showEmpty(
            tr("No endpoints"),
            tr("The embedded answerer needs none. To ask a model, name its endpoint below "
               "\u201cmodels\u201d in workspace.yaml: kind, url, model and the name of its key."),
            {});
        return;
    }
    if (m_services.makeKeys) {
        m_keys = m_services.makeKeys(this);
        connect(m_keys, &KeyRing::stateKnown, this, [this](const QString& name, const KeyState& state) {
            m_model->setKey(name, state);
            showKey();
        });
        connect(m_keys, &KeyRing::failed, this, [this](const QString&, const QString& words) {
            m_keyState->setText(words);
            setRole(*m_keyState, "bad");
        });
        connect(m_keys, &KeyRing::placeChanged, this, &EndpointsPanel::showKey);
        for (const llm::Endpoint& endpoint : m_services.endpoints) {
            if (!endpoint.secret.empty())
                m_keys->look(toQt(endpoint.secret));
        }
    }
    m_states->showReady();
    select(0);
}

EndpointsPanel::~EndpointsPanel() = default;

QWidget* EndpointsPanel::makeContent()
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_table = new QTableView(content);
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    setUpTable(*m_table, tr("Endpoints"));
    const int letter = fontMetrics().averageCharWidth();
    const int widths[] = {20, 14, 24, 42, 12, 10}; // the last column takes the rest
    for (int i = 0; i < EndpointModel::ColumnCount - 1; ++i)
        m_table->setColumnWidth(i, widths[i] * letter);
    auto* bar = new QFrame(content);
    bar->setProperty("role", u"bar"_s);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(4 * kGrid, 2 * kGrid, 4 * kGrid, 2 * kGrid);
    m_test = new QPushButton(icon(u"run"_s), tr("Test"), bar);
    m_test->setToolTip(tr("Ask the endpoint what it can do: a handful of short requests (Ctrl+T)"));
    m_test->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_T));
    m_stop = new QPushButton(icon(u"stop"_s), tr("Stop"), bar);
    m_stop->hide();
    row->addWidget(m_test);
    row->addWidget(m_stop);
    row->addWidget(textLabel(tr("Endpoints stand in workspace.yaml and are changed there."), bar, "muted"),
                   1);
    m_findings = textLabel({}, content);
    m_findings->setTextFormat(Qt::RichText);
    m_findings->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_findings->setContentsMargins(4 * kGrid, 3 * kGrid, 4 * kGrid, 3 * kGrid);
    m_findings->setAccessibleName(tr("What the endpoint can do"));
    auto* scroll = new QScrollArea(content);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_findings);
    column->addWidget(m_table, 3);
    column->addWidget(makeKeyRow());
    column->addWidget(bar);
    column->addWidget(scroll, 2);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &EndpointsPanel::showEndpoint);
    connect(m_test, &QPushButton::clicked, this, &EndpointsPanel::test);
    connect(m_stop, &QPushButton::clicked, this, [this] { m_job.cancel(); });
    return content;
}

QWidget* EndpointsPanel::makeKeyRow()
{
    auto* box = new QFrame(this);
    box->setProperty("role", u"bar"_s);
    m_keyBox = box;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(4 * kGrid, 2 * kGrid, 4 * kGrid, 2 * kGrid);
    column->setSpacing(kGrid);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    m_keyState = new QLabel(box);
    m_keyState->setTextFormat(Qt::PlainText);
    m_keyField = new QLineEdit(box);
    m_keyField->setEchoMode(QLineEdit::Password);
    m_keyField->setPlaceholderText(tr("Paste a key; it is not shown again"));
    m_keyField->setAccessibleName(tr("New key"));
    m_keyField->setContextMenuPolicy(Qt::NoContextMenu);
    m_keep = new QPushButton(icon(u"key"_s), tr("Set the key"), box);
    m_keep->setToolTip(tr("Keep the key, in place of the one before"));
    m_remove = new QPushButton(tr("Remove…"), box);
    m_remove->setToolTip(tr("Remove the key from where it is kept"));
    row->addWidget(m_keyState, 1);
    row->addWidget(m_keyField, 1);
    row->addWidget(m_keep);
    row->addWidget(m_remove);
    m_keyPlace = textLabel({}, box, "muted");
    column->addLayout(row);
    column->addWidget(m_keyPlace);
    const auto allow = [this] { m_keep->setEnabled(!m_keyField->text().trimmed().isEmpty()); };
    connect(m_keyField, &QLineEdit::textChanged, this, allow);
    connect(m_keyField, &QLineEdit::returnPressed, this, &EndpointsPanel::keepKey);
    connect(m_keep, &QPushButton::clicked, this, &EndpointsPanel::keepKey);
    connect(m_remove, &QPushButton::clicked, this, &EndpointsPanel::askToRemove);
    allow();
    return box;
}

const llm::Endpoint* EndpointsPanel::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model->at(index.row()) : nullptr;
}

void EndpointsPanel::select(int row)
{
    m_table->selectRow(row);
}

void EndpointsPanel::showEndpoint()
{
    m_job.cancel();
    m_keyField->clear();
    m_found.clear();
    showKey();
    showFindings({}, false);
}

void EndpointsPanel::showKey()
{
    const llm::Endpoint* endpoint = current();
    m_keyBox->setVisible(endpoint != nullptr && !endpoint->secret.empty() && m_keys != nullptr);
    if (endpoint == nullptr || m_keys == nullptr)
        return;
    const QString name = toQt(endpoint->secret);
    const KeyState state = m_model->key(name);
    QString words = tr("Key \u201c%1\u201d: looking…").arg(name);
    if (state.known)
        words = state.set ? tr("Key \u201c%1\u201d is set (%2)").arg(name, state.place)
                          : tr("Key \u201c%1\u201d is not set").arg(name);
    m_keyState->setText(words);
    setRole(*m_keyState, !state.known ? "" : state.set ? "ok" : "warn");
    m_keep->setText(state.set ? tr("Replace the key") : tr("Set the key"));
    m_remove->setEnabled(state.set);
    m_keyPlace->setText(m_keys->placeWords());
}

void EndpointsPanel::keepKey()
{
    const llm::Endpoint* endpoint = current();
    const QString typed = m_keyField->text().trimmed();
    if (endpoint == nullptr || m_keys == nullptr || typed.isEmpty())
        return;
    m_keys->set(toQt(endpoint->secret), Secret(toUtf8(typed)));
    m_keyField->clear();
}

void EndpointsPanel::askToRemove()
{
    const llm::Endpoint* endpoint = current();
    if (endpoint == nullptr)
        return;
    const QString name = toQt(endpoint->secret);
    QStringList users;
    for (const llm::Endpoint& other : m_model->endpoints()) {
        if (other.secret == endpoint->secret)
            users << toQt(other.name);
    }
    confirm(this,
            {tr("Remove a key"), tr("Remove the key \u201c%1\u201d?").arg(name),
             tr("%1 cannot be asked without it. The key cannot be brought back from here.")
                 .arg(users.join(u", "_s)),
             tr("Remove")},
            [this, name] { m_keys->remove(name); });
}

void EndpointsPanel::test()
{
    const llm::Endpoint* endpoint = current();
    if (endpoint == nullptr)
        return;
    m_found.clear();
    showFindings({}, true);
    m_test->hide();
    m_stop->show();
    auto work = [probe = m_services.probe,
                 endpoint = *endpoint](const jobs::Job<Findings>::Context& context) -> Result<Findings> {
        return probe(endpoint, context.stop, [&](const Finding& finding) { context.partial({finding}); });
    };
    const auto take = [this](Findings more) {
        m_found.insert(m_found.end(), more.begin(), more.end());
        showFindings(m_found, true);
    };
    m_job.start(
        std::move(work),
        [this](Result<Findings> findings) {
            m_stop->hide();
            m_test->show();
            if (findings) {
                m_found = std::move(*findings);
                showFindings(m_found, false);
            } else {
                showFindings({{"Test", Finding::Ability::Fails, findings.error().describe()}}, false);
            }
        },
        take);
}

void EndpointsPanel::showFindings(const Findings& findings, bool running)
{
    const Tokens& tokens = currentTokens();
    QString html;
    for (const Finding& finding : findings)
        html += findingHtml(finding, tokens);
    if (!html.isEmpty())
        html = u"<table cellspacing=\"0\" cellpadding=\"3\">%1</table>"_s.arg(html);
    if (running)
        html += u"<p style=\"color:%1\">%2</p>"_s.arg(tokens.muted.name(), tr("Asking…"));
    else if (findings.empty())
        html = u"<p style=\"color:%1\">%2</p>"_s.arg(
            tokens.muted.name(),
            tr("Not tested. The test asks for some 100 tokens; nothing of the workspace is "
               "sent."));
    m_findings->setText(html);
}

QString EndpointsPanel::findingsText() const
{
    QStringList lines;
    for (const Finding& finding : m_found)
        lines << toQt(finding.what) + u": "_s + toQt(finding.says);
    return lines.join(u'\n') + m_findings->text();
}

QString EndpointsPanel::keyText() const
{
    return m_keyState->text() + u'\n' + m_keyPlace->text();
}

} // namespace plumbline::ui::settings
