#include "ui/assistant/answer_view.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "ui/passages/content_of.h"
#include "ui/passages/sentence_html.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/passage_html.h"
#include "ui/widgets/plain_tip.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::assistant {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::assistant::AnswerSentence;
using plumbline::assistant::RefusalKind;

namespace {

// A citation: focus chooses its source, Enter opens the document.
class Chip final : public QToolButton {
public:
    Chip(std::function<void()> choose, std::function<void()> open, QWidget* parent)
        : QToolButton(parent), m_choose(std::move(choose)), m_open(std::move(open))
    {
        setProperty("role", u"chip"_s);
        setFocusPolicy(Qt::StrongFocus);
        setCheckable(true);
        connect(this, &QToolButton::clicked, this, [this] { m_choose(); });
    }

protected:
    void focusInEvent(QFocusEvent* event) override
    {
        QToolButton::focusInEvent(event);
        m_choose();
    }
    void keyPressEvent(QKeyEvent* event) override
    {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            m_open();
        else
            QToolButton::keyPressEvent(event);
    }
    void mouseDoubleClickEvent(QMouseEvent*) override { m_open(); }
    void nextCheckState() override { setChecked(true); }

private:
    std::function<void()> m_choose;
    std::function<void()> m_open;
};

QString refusalTitle(RefusalKind kind)
{
    switch (kind) {
    case RefusalKind::OffTopic:
        return AnswerView::tr("No answer: the question is outside the documents");
    case RefusalKind::NothingCloseEnough:
        return AnswerView::tr("No answer: no document says this");
    case RefusalKind::OnlyUnusable:
        return AnswerView::tr("No answer: only documents that may not be used speak of this");
    case RefusalKind::Conflicting:
        return AnswerView::tr("No answer: the documents contradict each other");
    case RefusalKind::EmptyQuestion:
        return AnswerView::tr("No answer: the question is empty");
    case RefusalKind::EmptyCorpus:
        return AnswerView::tr("No answer: nothing is indexed yet");
    case RefusalKind::ModelDeclined:
        return AnswerView::tr("No answer: the model declined");
    case RefusalKind::NotSupported:
        return AnswerView::tr("No answer: the passages do not carry what the model said");
    case RefusalKind::None:
        break;
    }
    return AnswerView::tr("No answer");
}

QLabel* stepLabel(int step, QWidget* parent)
{
    auto* label = new QLabel(QString::number(step) + u'.', parent);
    label->setTextFormat(Qt::RichText); // as the step beside it, so that both stand on one line
    label->setProperty("role", u"muted"_s);
    label->setMinimumWidth(5 * kGrid);
    return label;
}

// From the top down, the first line at the height of a chip's figure.
QVBoxLayout* lowered(const QWidgetList& lines)
{
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, kGrid / 2, 0, 0);
    column->setSpacing(kGrid);
    for (QWidget* line : lines)
        column->addWidget(line);
    column->addStretch(1);
    return column;
}

const retrieval::Passage* passageOf(const Turn& turn, int number)
{
    for (const auto& source : turn.answer.sources) {
        if (source.number == number)
            return &source.passage;
    }
    return nullptr;
}

} // namespace

AnswerView::AnswerView(QWidget* parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Answer"));
    setFocusPolicy(Qt::NoFocus);
}

QLabel* AnswerView::addLabel(const QString& text, const char* role)
{
    QLabel* label = textLabel(text, m_body, role);
    m_column->addWidget(label);
    return label;
}

void AnswerView::startBody(const QString& text)
{
    m_chips.clear();
    m_stream = nullptr;
    m_body = new QWidget(this);
    m_body->setProperty("role", u"plain"_s);
    m_column = new QVBoxLayout(m_body);
    m_column->setContentsMargins(4 * kGrid, 4 * kGrid, 4 * kGrid, 4 * kGrid);
    m_column->setSpacing(3 * kGrid);
    QLabel* question = addLabel(text);
    question->setFont(titleFont());
}

void AnswerView::beginStream(const QString& question)
{
    startBody(question);
    addLabel(tr("The model is writing; its sources are checked when it has ended."), "warn");
    m_stream = addLabel({}, "muted");
    m_column->addStretch(1);
    setWidget(m_body); // deletes the one before
}

void AnswerView::addStream(const QString& text)
{
    if (m_stream != nullptr)
        m_stream->setText(m_stream->text() + text);
}

void AnswerView::setTurn(const Turn& turn)
{
    startBody(toQt(turn.request.question));
    if (turn.answer.generation && turn.answer.generation->reply.simulated)
        addLabel(tr("Simulated: the model's delay, tokens and price are stated, not measured."), "warn");
    if (turn.answer.refusal)
        addRefusal(turn);
    else
        addAnswer(turn);
    addWithheld(turn);
    m_column->addStretch(1);
    setWidget(m_body); // deletes the one before
}

void AnswerView::addAnswer(const Turn& turn)
{
    int step = 0;
    for (const AnswerSentence& sentence : turn.answer.sentences) {
        step = passages::stepNumber(sentence.kind, step);
        addSentence(turn, sentence, sentence.kind == corpus::UnitKind::Step ? step : 0);
    }
}

void AnswerView::addSentence(const Turn& turn, const AnswerSentence& sentence, int step)
{
    const retrieval::Passage* passage =
        sentence.citations.empty() ? nullptr : passageOf(turn, sentence.citations.front());
    const bool markdown = passage != nullptr && passages::isMarkdown(passage->path);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    if (step > 0)
        row->addLayout(lowered({stepLabel(step, m_body)}));
    QWidgetList lines;
    auto* label = new QLabel(m_body);
    label->setTextFormat(Qt::RichText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setText(passages::sentenceHtml(sentence, markdown, currentTokens()));
    label->setAccessibleName(passages::sentencePlain(sentence, markdown));
    lines << label;
    for (const QString& mark : passages::sentenceMarks(sentence.supported, sentence.conflicting))
        lines << textLabel(mark.left(1).toUpper() + mark.mid(1), m_body, sentence.supported ? "warn" : "bad");
    row->addLayout(lowered(lines), 1);
    for (const int number : sentence.citations)
        row->addWidget(makeChip(turn, sentence, number), 0, Qt::AlignTop);
    m_column->addLayout(row);
}

QToolButton* AnswerView::makeChip(const Turn& turn, const AnswerSentence& sentence, int number)
{
    const retrieval::Passage* passage = passageOf(turn, number);
    Link link{Page::Corpus, {}, {}};
    QString title;
    if (passage != nullptr) {
        link.key = toQt(documentKey(*passage));
        title = toQt(passage->title);
        for (const auto& span : sentence.spans) {
            if (span.document == passage->document && span.version == passage->version)
                link.spans.push_back(span.span);
        }
        if (link.spans.empty())
            link.spans.push_back(passage->span);
    }
    auto* chip = new Chip([this, number] { Q_EMIT sourceChosen(number); },
                          [this, link] { Q_EMIT linkActivated(link); }, m_body);
    chip->setText(QString::number(number));
    chip->setProperty("source", number);
    setPlainTip(*chip, tr("%1 — %2\nEnter opens the document at these lines").arg(link.key, title));
    chip->setAccessibleName(tr("Citation %1: %2, %3").arg(number).arg(link.key, title));
    m_chips.push_back(chip);
    return chip;
}

void AnswerView::setCurrentSource(int number)
{
    for (QToolButton* chip : m_chips)
        chip->setChecked(chip->property("source").toInt() == number);
}

void AnswerView::addRefusal(const Turn& turn)
{
    const auto& refusal = *turn.answer.refusal;
    auto* row = new QHBoxLayout;
    auto* sign = new QLabel(m_body);
    sign->setPixmap(icon(u"warning"_s).pixmap(QSize(20, 20), devicePixelRatioF()));
    row->addWidget(sign, 0, Qt::AlignTop);
    QLabel* title = textLabel(refusalTitle(refusal.kind), m_body, "bad");
    QFont font = bodyFont();
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    row->addWidget(title, 1);
    m_column->addLayout(row);
    addLabel(toQt(refusal.reason));
    addUnusable(turn);
    addNearest(turn);
}

void AnswerView::addUnusable(const Turn& turn)
{
    const auto& unusable = turn.answer.refusal->unusable;
    if (unusable.empty())
        return;
    addLabel(tr("Would have spoken, but may not be used on %1").arg(toQt(toString(turn.request.asOf))),
             "muted");
    for (const retrieval::Dropped& dropped : unusable) {
        const std::string key =
            dropped.version.empty() ? dropped.document : dropped.document + '@' + dropped.version;
        const QString state = dropped.fileGone ? tr("File deleted") : sentenceCase(toString(dropped.verdict));
        auto* button = new QPushButton(tr("%1 · %2 · %3").arg(toQt(key), toQt(dropped.title), state), m_body);
        button->setProperty("role", u"suggestion"_s);
        button->setToolTip(tr("Open the document"));
        connect(button, &QPushButton::clicked, this, [this, key] {
            Q_EMIT linkActivated(Link{Page::Corpus, toQt(key), {}});
        });
        m_column->addWidget(button);
    }
}

void AnswerView::addNearest(const Turn& turn)
{
    const auto& nearest = turn.answer.refusal->nearest;
    if (nearest.empty())
        return;
    addLabel(tr("What came nearest stands on the right: read it, it does not answer the question."), "muted");
}

void AnswerView::addWithheld(const Turn& turn)
{
    const auto& generation = turn.answer.generation;
    if (generation && !generation->withheld.empty())
        addLabel(
            tr("%1 withheld: no passage carries it. The text as it came is in \u201cHow this was made\u201d.")
                .arg(counted(generation->withheld.size(), tr("sentence"), tr("sentences"))),
            "warn");
}

QString AnswerView::shownText() const
{
    QStringList lines;
    if (m_body == nullptr)
        return {};
    for (const QLabel* label : m_body->findChildren<QLabel*>()) {
        const QString text = label->accessibleName().isEmpty() ? label->text() : label->accessibleName();
        if (!text.isEmpty())
            lines << text;
    }
    return lines.join(u'\n');
}

} // namespace plumbline::ui::assistant
