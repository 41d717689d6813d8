#include "ui/assistant/sources_panel.h"

#include <algorithm>

#include <QBoxLayout>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QStyle>

#include "ui/passages/content_of.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/passage_html.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/score_bars.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::assistant {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

// What the answer quotes of this passage, as offsets into the passage's text.
std::vector<Span> citedSpans(const Turn& turn, const retrieval::Passage& passage)
{
    std::vector<Span> spans;
    for (const auto& sentence : turn.answer.sentences) {
        for (const auto& source : sentence.spans) {
            if (source.document == passage.document && source.version == passage.version &&
                passage.span.contains(source.span))
                spans.push_back(
                    {source.span.start - passage.span.start, source.span.end - passage.span.start});
        }
    }
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.start < b.start; });
    return spans;
}

// "PAY-014@1.2 · rank 3   Approved by default"
QHBoxLayout* factsRow(const retrieval::Passage& passage, QWidget* card)
{
    const bool byDefault = passage.approval == corpus::Approval::ByDefault;
    QLabel* key = textLabel(
        SourcesPanel::tr("%1 · rank %2").arg(toQt(documentKey(passage))).arg(passage.rank), card, "muted");
    QLabel* state = textLabel(passages::approvalWords(passage.approval), card, byDefault ? "warn" : "ok");
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    for (QLabel* label : {key, state}) {
        label->setWordWrap(false);
        row->addWidget(label);
    }
    row->addStretch(1);
    return row;
}

} // namespace

SourcesPanel::SourcesPanel(QWidget* parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Sources"));
    setFocusPolicy(Qt::NoFocus);
    startBody({});
    setWidget(m_body);
}

void SourcesPanel::startBody(const QString& heading)
{
    m_cards.clear();
    m_body = new QWidget(this);
    m_body->setProperty("role", u"plain"_s);
    m_column = new QVBoxLayout(m_body);
    m_column->setContentsMargins(4 * kGrid, 4 * kGrid, 4 * kGrid, 4 * kGrid);
    m_column->setSpacing(2 * kGrid);
    if (!heading.isEmpty())
        m_column->addWidget(textLabel(heading, m_body, "muted"));
}

void SourcesPanel::clearSources()
{
    startBody({});
    setWidget(m_body);
}

void SourcesPanel::setTurn(const Turn& turn)
{
    const auto& answer = turn.answer;
    if (answer.refusal) {
        const auto& nearest = answer.refusal->nearest;
        startBody(nearest.empty() ? tr("No passage came near") : tr("Nearest passages, not an answer"));
        for (std::size_t i = 0; i < nearest.size(); ++i)
            addCard(turn, nearest[i],
                    i < turn.nearestTerms.size() ? turn.nearestTerms[i] : std::vector<Span>(), {}, 0);
    } else {
        startBody(tr("Sources"));
        for (std::size_t i = 0; i < answer.sources.size(); ++i) {
            const retrieval::Passage& passage = answer.sources[i].passage;
            addCard(turn, passage, i < turn.sourceTerms.size() ? turn.sourceTerms[i] : std::vector<Span>(),
                    citedSpans(turn, passage), answer.sources[i].number);
        }
    }
    m_column->addStretch(1);
    setWidget(m_body);
}

void SourcesPanel::addCard(const Turn& turn, const retrieval::Passage& passage,
                           const std::vector<Span>& terms, const std::vector<Span>& cited, int number)
{
    auto* card = new QFrame(m_body);
    card->setProperty("role", u"card"_s);
    card->setProperty("source", number);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(3 * kGrid, 2 * kGrid, 3 * kGrid, 3 * kGrid);
    column->setSpacing(2 * kGrid);
    const QString key = toQt(documentKey(passage));

    auto* head = new QHBoxLayout;
    const QString label =
        number > 0 ? u"[%1] %2"_s.arg(QString::number(number), toQt(passage.title)) : toQt(passage.title);
    QLabel* title = textLabel(label, card);
    QFont font = bodyFont();
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    auto* open = new QPushButton(icon(u"link"_s), tr("Open"), card);
    open->setProperty("role", u"quiet"_s);
    setPlainTip(*open, tr("Open %1 at these lines").arg(key));
    open->setAccessibleName(tr("Open %1").arg(key));
    head->addWidget(title, 1);
    head->addWidget(open, 0, Qt::AlignTop);
    column->addLayout(head);

    column->addLayout(factsRow(passage, card));
    if (!passage.heading.empty())
        column->addWidget(textLabel(toQt(passage.heading), card, "muted"));

    auto* bars = new ScoreBars(card);
    bars->setScores(passages::stageScores(passage.scores, turn.answer.search.maximumLexical));
    column->addWidget(bars);

    auto* text = new QLabel(card);
    text->setTextFormat(Qt::RichText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setText(passageHtml(passages::passageText(passage, terms, cited), currentTokens()));
    text->setAccessibleName(toQt(passage.text));
    column->addWidget(text);
    connect(open, &QPushButton::clicked, this, [this, key, passage, number] {
        if (number > 0)
            Q_EMIT sourceChosen(number);
        Q_EMIT linkActivated(Link{Page::Corpus, key, {passage.span}});
    });
    m_cards.push_back(card);
    m_column->addWidget(card);
}

void SourcesPanel::setCurrent(int number)
{
    for (QFrame* card : m_cards) {
        const bool current = number > 0 && card->property("source").toInt() == number;
        if (card->property("current").toBool() != current) {
            card->setProperty("current", current);
            card->style()->unpolish(card);
            card->style()->polish(card);
        }
        if (current)
            ensureWidgetVisible(card, 0, 2 * kGrid);
    }
}

} // namespace plumbline::ui::assistant
