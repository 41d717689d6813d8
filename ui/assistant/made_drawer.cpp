#include "ui/assistant/made_drawer.h"

#include <QBoxLayout>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

#include "ui/spending/spending.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/waterfall.h"

namespace plumbline::ui::assistant {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

MadeDrawer::MadeDrawer(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kGrid, kGrid, 2 * kGrid, kGrid);
    column->setSpacing(kGrid);
    m_toggle = new QToolButton(this);
    m_toggle->setProperty("role", u"quiet"_s);
    m_toggle->setText(tr("How this was made"));
    m_toggle->setToolTip(tr("Findings, messages, tokens, cost, trace and time by stage (Ctrl+H)"));
    m_toggle->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_H));
    m_toggle->setCheckable(true);
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toggle->setIcon(icon(u"chevron-right"_s));
    auto* head = new QHBoxLayout;
    m_other = new QPushButton(icon(u"run"_s), tr("Run another version on this"), this);
    m_other->setProperty("role", u"quiet"_s);
    m_other->setToolTip(tr("Open the Prompts page and run two versions on this question (Ctrl+R)"));
    m_other->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    head->addWidget(m_toggle);
    head->addStretch(1);
    head->addWidget(m_other);
    column->addLayout(head);
    connect(m_other, &QPushButton::clicked, this, &MadeDrawer::otherVersionRequested);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setMinimumHeight(220);
    m_scroll->hide();
    column->addWidget(m_scroll);
    connect(m_toggle, &QToolButton::toggled, this, [this](bool open) {
        m_toggle->setIcon(icon(open ? u"chevron-down"_s : u"chevron-right"_s));
        m_scroll->setVisible(open);
    });
}

bool MadeDrawer::isOpen() const
{
    return m_toggle->isChecked();
}

void MadeDrawer::setOpen(bool open)
{
    m_toggle->setChecked(open);
}

void MadeDrawer::addFact(const QString& name, const QString& value, const char* role)
{
    auto* label = new QLabel(name, m_body);
    label->setProperty("role", u"muted"_s);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding); // to the height of its value
    m_facts->addRow(label, textLabel(value, m_body, role));
}

void MadeDrawer::addGeneration(const Turn& turn)
{
    if (!turn.answer.generation)
        return;
    const auto& generation = *turn.answer.generation;
    const llm::ChatReply& reply = generation.reply;
    const QString marks = reply.simulated  ? tr(", simulated")
                          : reply.replayed ? tr(", from a recording")
                                           : QString();
    addFact(tr("Model said it is"), toQt(reply.model) + marks, reply.simulated ? "warn" : nullptr);
    addFact(tr("Tokens"), spending::usageWords(reply.usage), reply.usage.estimated ? "warn" : nullptr);
    addFact(tr("Cost"), spending::costWords(reply.cost), reply.cost ? nullptr : "warn");
    addFact(tr("First text"),
            reply.firstTokenMs > 0
                ? tr("after %1 of %2").arg(milliseconds(reply.firstTokenMs), milliseconds(reply.totalMs))
                : tr("not streamed; %1 in all").arg(milliseconds(reply.totalMs)));
    if (reply.attempts > 1)
        addFact(tr("Attempts"), number(static_cast<std::size_t>(reply.attempts)), "warn");
    for (const std::string& note : reply.notes)
        addFact(tr("Note"), toQt(note), "warn");
    for (const auto& sentence : generation.withheld)
        addFact(tr("Withheld"), toQt(sentence.text), "bad");
    addFact(tr("Text as it came"), toQt(reply.text.empty() ? reply.refusal : reply.text));
    int index = 0;
    for (const llm::Message& message : generation.messages)
        addFact(tr("Message %1, %2").arg(++index).arg(toQt(llm::toString(message.role))),
                toQt(message.content));
}

void MadeDrawer::setTurn(const Turn& turn)
{
    const auto& answer = turn.answer;
    m_body = new QWidget(this);
    m_body->setProperty("role", u"plain"_s);
    auto* row = new QHBoxLayout(m_body);
    row->setContentsMargins(2 * kGrid, kGrid, 2 * kGrid, kGrid);
    row->setSpacing(6 * kGrid);
    m_facts = new QFormLayout;
    m_facts->setHorizontalSpacing(3 * kGrid);
    m_facts->setVerticalSpacing(kGrid);
    for (const auto& finding : answer.findings)
        addFact(tr("Finding"), u"%1: %2"_s.arg(sentenceCase(finding.rule), toQt(finding.detail)), "warn");
    if (answer.findings.empty())
        addFact(tr("Findings"), tr("none"));
    addFact(tr("Trace"), toQt(answer.trace));
    addFact(tr("As of"), toQt(toString(turn.request.asOf)));
    addFact(tr("Profile"), toQt(turn.request.profile.name));
    addFact(tr("Prompt, model"), u"%1, %2"_s.arg(toQt(turn.request.promptId()), toQt(turn.request.model)));
    addFact(tr("Index"), tr("generation %1; %2 of %3 chunks may be used")
                             .arg(answer.search.generation)
                             .arg(number(answer.search.usableChunks), number(answer.search.chunks)));
    addFact(tr("Confidence"), tr("%1 that the documents answer this").arg(score(answer.confidence)));
    if (!answer.search.expansions.empty()) {
        QStringList words;
        for (const std::string& word : answer.search.expansions)
            words << toQt(word);
        addFact(tr("Synonyms added"), words.join(u", "_s));
    }
    if (!turn.request.earlier.empty())
        addFact(tr("Earlier questions"), number(turn.request.earlier.size()));
    addGeneration(turn);
    row->addLayout(m_facts, 3);
    auto* right = new QVBoxLayout;
    m_waterfall = new Waterfall(m_body);
    const auto& time = answer.latency;
    const bool simulated = answer.generation && answer.generation->reply.simulated;
    m_waterfall->setStages({{tr("Guard"), time.guard},
                            {tr("Retrieve"), time.retrieve},
                            {tr("Generate"), time.generate},
                            {tr("Ground"), time.ground}},
                           time.total, simulated ? tr("Simulated: stated, not measured") : QString());
    right->addWidget(m_waterfall);
    right->addStretch(1);
    row->addLayout(right, 2);
    m_scroll->setWidget(m_body);
}

} // namespace plumbline::ui::assistant
