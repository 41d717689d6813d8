#include "ui/evals/sources_panel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QFrame>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTextBrowser>

#include "ui/evals/evidence_html.h"
#include "ui/evals/sentence_delegate.h"
#include "ui/evals/words.h"
#include "ui/passages/content_of.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::evals {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

SourcesPanel::SourcesPanel(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_model = new QStandardItemModel(this);
    m_list = new QListView(m_splitter);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new SentenceDelegate(m_list));
    m_list->setResizeMode(QListView::Adjust);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // else the width of the sentences jumps
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setAccessibleName(tr("Sentences of the answer"));
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(makeSource());
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({500, 500});
    m_states = new PageStates(m_splitter, nullptr, this);
    column->addWidget(m_states);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) { chooseSentence(current.row()); });
    connect(m_list, &QListView::activated, this, &SourcesPanel::openDocument);
}

QWidget* SourcesPanel::makeSource()
{
    auto* side = new QWidget(m_splitter);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(2 * kGrid, kGrid, 2 * kGrid, kGrid);
    m_sources = new QComboBox(side);
    m_sources->setAccessibleName(tr("Source"));
    m_sources->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_sources->setMinimumContentsLength(16);
    m_open = new QPushButton(icon(u"document"_s), tr("Open the document"), side);
    m_open->setProperty("role", u"quiet"_s);
    m_open->setToolTip(tr("On the Corpus page, at the marked lines (Enter on a sentence)"));
    row->addWidget(m_sources, 1);
    row->addWidget(m_open);
    m_text = new QTextBrowser(side);
    m_text->setOpenLinks(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->document()->setDocumentMargin(2 * kGrid);
    m_text->setAccessibleName(tr("Text of the source"));
    column->addLayout(row);
    column->addWidget(m_text, 1);
    connect(m_sources, &QComboBox::currentIndexChanged, this, &SourcesPanel::showSource);
    connect(m_open, &QPushButton::clicked, this, &SourcesPanel::openDocument);
    return side;
}

void SourcesPanel::setAttempt(const Attempt* attempt)
{
    m_attempt = attempt == nullptr ? Attempt() : *attempt;
    if (!m_attempt.sentences.empty()) {
        m_states->showReady();
        fill();
        return;
    }
    m_model->clear();
    m_sentence = -1;
    using plumbline::evals::CaseState;
    if (attempt == nullptr)
        m_states->showEmpty(tr("No answer here"), tr("This case was not run in this column."), {});
    else if (m_attempt.result.state == CaseState::Refused)
        m_states->showEmpty(tr("The assistant refused"),
                            tr("Because: %1. There is no sentence to hold against a source.")
                                .arg(refusalWords(m_attempt.result.refusalKind)),
                            {});
    else if (m_attempt.result.state == CaseState::Broken)
        m_states->showEmpty(tr("No answer came"), toQt(m_attempt.result.error), {});
    else
        m_states->showEmpty(tr("No sources"), tr("This prompt is asked without retrieval."), {});
}

void SourcesPanel::fill()
{
    const Tokens& tokens = currentTokens();
    const int kept = m_sentence;
    int first = -1;
    m_model->clear();
    for (std::size_t i = 0; i < m_attempt.sentences.size(); ++i) {
        const SentenceView& sentence = m_attempt.sentences[i];
        auto* item = new QStandardItem(toQt(sentence.text));
        item->setData(sentenceHtml(sentence, tokens), SentenceDelegate::kHtmlRole);
        item->setData(tr("%1: %2").arg(supportWords(sentence), toQt(sentence.text)), Qt::AccessibleTextRole);
        m_model->appendRow(item);
        if (!sentence.supported && first < 0)
            first = static_cast<int>(i);
    }
    const int row = kept >= 0 && kept < m_model->rowCount() ? kept : std::max(first, 0);
    m_list->setCurrentIndex(m_model->index(row, 0));
    chooseSentence(row);
}

void SourcesPanel::chooseSentence(int row)
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_attempt.sentences.size())
        return;
    m_sentence = row;
    const SentenceView& sentence = m_attempt.sentences[static_cast<std::size_t>(row)];
    const QSignalBlocker quiet(m_sources);
    m_sources->clear();
    for (const SourceView& source : m_attempt.sources) {
        QString name =
            toQt(passages::documentKey(source.document, source.version)) + u" · "_s + toQt(source.title);
        if (source.number > 0)
            name.prepend(u"[%1] "_s.arg(source.number));
        m_sources->addItem(name);
    }
    m_sources->setCurrentIndex(sentence.evidence.empty() ? 0 : sentence.evidence.front().source);
    showSource();
}

void SourcesPanel::showSource()
{
    const int index = m_sources->currentIndex();
    m_open->setEnabled(index >= 0);
    if (index < 0 || m_sentence < 0) {
        m_text->clear();
        return;
    }
    const SourceView& source = m_attempt.sources[static_cast<std::size_t>(index)];
    m_text->setHtml(sourceHtml(source, index, m_attempt.sentences[static_cast<std::size_t>(m_sentence)],
                               currentTokens()));
}

void SourcesPanel::openDocument()
{
    const int index = m_sources->currentIndex();
    if (index < 0 || m_sentence < 0)
        return;
    const SourceView& source = m_attempt.sources[static_cast<std::size_t>(index)];
    const SentenceView& sentence = m_attempt.sentences[static_cast<std::size_t>(m_sentence)];
    Q_EMIT linkActivated({Page::Corpus,
                          toQt(passages::documentKey(source.document, source.version)),
                          {spanInDocument(source, index, sentence)}});
}

QString SourcesPanel::shownSource() const
{
    return m_states->message().isEmpty() ? m_sources->currentText() + u'\n' + m_text->toPlainText()
                                         : m_states->message();
}

void SourcesPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_attempt.sentences.empty())
        QMetaObject::invokeMethod(
            this, [this] { fill(); }, Qt::QueuedConnection);
}

void SourcesPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_list->doItemsLayout();
}

void SourcesPanel::saveState(QSettings& settings) const
{
    settings.setValue(u"evals/sources"_s, m_splitter->saveState());
}

void SourcesPanel::restoreState(const QSettings& settings)
{
    m_splitter->restoreState(settings.value(u"evals/sources"_s).toByteArray());
}

} // namespace plumbline::ui::evals
