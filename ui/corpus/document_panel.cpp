#include "ui/corpus/document_panel.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSplitter>

#include "ui/corpus/document_tree.h"
#include "ui/passages/content_of.h"
#include "ui/widgets/confirm.h"
#include "ui/widgets/document_view.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/page_states.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::corpus {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::corpus::Approval;
using plumbline::corpus::DocumentRow;
using plumbline::corpus::Verdict;

DocumentPanel::DocumentPanel(Services services, QWidget* parent)
    : QWidget(parent), m_services(std::move(services)), m_job(tr("Opening the document")),
      m_act(tr("Recording"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* idle = new QLabel(tr("Choose a document on the left."), this);
    idle->setAlignment(Qt::AlignCenter);
    idle->setProperty("role", u"muted"_s);
    m_states = new PageStates(makeContent(), idle, this);
    m_states->showIdle();
    column->addWidget(m_states);
    connect(m_states, &PageStates::retryRequested, this, [this] { show(m_document, m_asOf, m_marks); });
    connect(m_states, &PageStates::stopRequested, this, [this] { m_job.cancel(); });
}

DocumentPanel::~DocumentPanel() = default;

QWidget* DocumentPanel::makeContent()
{
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_view = new widgets::DocumentView(m_splitter);
    m_view->setFrameShape(QFrame::NoFrame);
    auto* side = new QWidget(m_splitter);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(3 * kGrid, 3 * kGrid, 3 * kGrid, 3 * kGrid);
    column->setSpacing(2 * kGrid);
    m_factsArea = new QScrollArea(side);
    m_factsArea->setWidgetResizable(true);
    m_factsArea->setFocusPolicy(Qt::NoFocus);
    m_factsArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_factsArea, 1);
    m_approve = new QPushButton(icon(u"approved"_s), tr("Approve…"), side);
    m_release = new QPushButton(icon(u"quarantined"_s), tr("Release from quarantine…"), side);
    auto* digest = new QPushButton(icon(u"copy"_s), tr("Copy digest"), side);
    digest->setToolTip(tr("SHA-256 of the stored text"));
    m_edges = new QPushButton(tr("Chunk edges"), side);
    m_edges->setCheckable(true);
    m_edges->setChecked(true);
    m_edges->setToolTip(tr("Show where one chunk ends and the next begins"));
    for (QPushButton* button : {m_approve, m_release, digest, m_edges})
        column->addWidget(button);
    m_splitter->addWidget(m_view);
    m_splitter->addWidget(side);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({720, 264});
    m_splitter->setChildrenCollapsible(false);
    connect(m_edges, &QPushButton::toggled, m_view, &widgets::DocumentView::setChunkEdges);
    connect(m_approve, &QPushButton::clicked, this, [this] { confirm(false); });
    connect(m_release, &QPushButton::clicked, this, [this] { confirm(true); });
    connect(digest, &QPushButton::clicked, this, [this] {
        if (m_row)
            QApplication::clipboard()->setText(toQt(m_row->digest));
    });
    return m_splitter;
}

void DocumentPanel::show(const QString& document, Date asOf, std::vector<Span> marks)
{
    if (document == m_document && asOf == m_asOf && m_row && m_states->state() == PageStates::State::Ready &&
        !marks.empty()) {
        m_marks = std::move(marks);
        m_view->setMarks(m_marks);
        return;
    }
    m_document = document;
    m_asOf = asOf;
    m_marks = std::move(marks);
    m_states->showLoading(tr("Opening %1").arg(document));
    auto work = [show = m_services.show, key = toUtf8(document), asOf](const auto&) {
        return show(key, asOf);
    };
    m_job.start(std::move(work), [this](Result<plumbline::corpus::DocumentView> view) {
        if (view)
            take(std::move(*view));
        else if (view.error().code == ErrorCode::NotFound)
            m_states->showEmpty(tr("Not in this index"), toQt(view.error().message), {});
        else
            m_states->showFailed(tr("The document could not be opened"), view.error());
    });
}

void DocumentPanel::take(plumbline::corpus::DocumentView document)
{
    m_row = document.row;
    setFacts(document.row);
    m_states->showReady();
    if (document.text.empty()) {
        m_view->clearContent();
        m_view->setPlainText(document.row.reason.empty() ? tr("This file has no stored text.")
                                                         : toQt(document.row.reason));
        return;
    }
    m_view->setContent(passages::contentOf(document));
    m_view->setMarks(m_marks);
}

void DocumentPanel::addFact(const QString& name, const QString& value, const char* role)
{
    if (value.isEmpty())
        return;
    auto* label = new QLabel(name, m_facts);
    label->setProperty("role", u"muted"_s);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding); // to the height of its value
    m_form->addRow(label, textLabel(value, m_facts, role));
}

void DocumentPanel::setFacts(const DocumentRow& row)
{
    m_facts = new QWidget(this);
    m_facts->setProperty("role", u"plain"_s);
    m_form = new QFormLayout(m_facts);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(3 * kGrid);
    m_form->setVerticalSpacing(2 * kGrid);
    QLabel* title = textLabel(toQt(row.title.empty() ? row.path : row.title), m_facts);
    title->setFont(titleFont());
    m_form->addRow(title);
    const QString state = stateKey(row);
    addFact(tr("State"), stateWords(state), state == "usable"_L1 ? "ok" : "bad");
    addFact(tr("Reason"), toQt(row.reason), "warn");
    addFact(tr("Id"), toQt(row.id));
    addFact(tr("Version"), toQt(row.version));
    addFact(tr("Declared"), row.skipped ? QString() : sentenceCase(toString(row.state)));
    addFact(tr("Approval"), row.skipped ? QString() : passages::approvalWords(row.approval),
            row.approval == Approval::None || row.approval == Approval::ByDefault ? "warn" : "ok");
    addFact(tr("Owner"), toQt(row.owner));
    addFact(tr("Effective"), row.effective ? dateOrDash(row.effective) : QString());
    addFact(tr("Expires"), row.expires ? dateOrDash(row.expires) : QString());
    addFact(tr("Class"), toQt(row.classification));
    QStringList tags;
    for (const std::string& tag : row.tags)
        tags << toQt(tag);
    addFact(tr("Tags"), tags.join(u", "_s));
    addFact(tr("File"), toQt(row.path));
    addFact(tr("Size"), row.skipped
                            ? QString()
                            : tr("%1 chunks, %2 characters").arg(number(row.chunks), number(row.characters)));
    addFact(tr("Digest"), shortDigest(row.digest));
    m_factsArea->setWidget(m_facts);
    const bool approved = row.approval == Approval::Recorded || row.approval == Approval::FrontMatter;
    m_approve->setVisible(!row.skipped && !row.quarantined && !approved);
    m_release->setVisible(row.quarantined);
}

void DocumentPanel::confirm(bool release)
{
    if (!m_row)
        return;
    const DocumentRow& row = *m_row;
    const QString key = toQt(row.id) + u'@' + toQt(row.version);
    const QString name = row.id.empty() ? toQt(row.path) : key;
    Confirmation question;
    if (release) {
        question = {
            tr("Release from quarantine"), tr("Release %1 from quarantine?").arg(name), {}, tr("Release")};
        question.consequences =
            tr("It was put there because: %1\n\nThe next index run takes this text in (digest %2). "
               "The release is recorded under %3.")
                .arg(toQt(row.reason), shortDigest(row.digest), toQt(m_services.actor));
    } else {
        question = {tr("Approve"), tr("Approve %1?").arg(name), {}, tr("Approve")};
        question.consequences =
            tr("Answers may quote “%1”, version %2, in force from %3 until %4.\n\nThe approval is recorded "
               "under "
               "%5 and bound to this text (digest %6): editing the text voids it.")
                .arg(toQt(row.title), toQt(row.version), dateOrDash(row.effective), dateOrDash(row.expires),
                     toQt(m_services.actor), shortDigest(row.digest));
    }
    widgets::confirm(this, question, [this, release] { act(release); });
}

void DocumentPanel::act(bool release)
{
    auto work = [call = release ? m_services.release : m_services.approve,
                 key = toUtf8(m_document)](const auto&) { return call(key); };
    m_act.start(std::move(work), [this](Result<DocumentRow> row) {
        if (!row) {
            Q_EMIT failed(toQt(row.error().describe()));
            return;
        }
        m_row = *row;
        setFacts(*row);
        Q_EMIT changed();
    });
}

void DocumentPanel::saveState(QSettings& settings) const
{
    settings.setValue(u"corpus/document"_s, m_splitter->saveState());
    settings.setValue(u"corpus/edges"_s, m_edges->isChecked());
}

void DocumentPanel::restoreState(const QSettings& settings)
{
    m_splitter->restoreState(settings.value(u"corpus/document"_s).toByteArray());
    m_edges->setChecked(settings.value(u"corpus/edges"_s, true).toBool());
}

} // namespace plumbline::ui::corpus
