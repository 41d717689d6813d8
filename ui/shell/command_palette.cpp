#include "ui/shell/command_palette.h"

#include <algorithm>

#include <QApplication>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>

#include "ui/shell/fuzzy.h"
#include "ui/shell/palette_model.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::shell {

using namespace Qt::Literals::StringLiterals;
using widgets::kGrid;

namespace {

constexpr std::size_t kShown = 60; // more than a person reads

} // namespace

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window), m_commands(std::make_shared<const Entries>()),
      m_documents(std::make_shared<const Entries>()), m_job(tr("Looking for commands"))
{
    setProperty("role", u"palette"_s);
    setAccessibleName(tr("Command palette"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    column->setSpacing(2 * kGrid);
    m_box = new QLineEdit(this);
    m_box->setPlaceholderText(tr("Page, document or action; or a question"));
    m_box->setAccessibleName(tr("Page, document or action"));
    m_model = new PaletteModel(this);
    m_list = new QListView(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(this));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(tr("What fits"));
    column->addWidget(m_box);
    column->addWidget(m_list, 1);
    m_box->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_box, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
    hide();
}

CommandPalette::~CommandPalette() = default;

void CommandPalette::setCommands(std::vector<PaletteEntry> commands)
{
    m_commands = std::make_shared<const Entries>(std::move(commands));
}

void CommandPalette::setDocuments(std::vector<PaletteEntry> documents)
{
    m_documents = std::make_shared<const Entries>(std::move(documents));
    if (isVisible())
        filter();
}

void CommandPalette::open()
{
    const int width = std::min(640, parentWidget()->width() - 8 * kGrid);
    const int height = std::min(420, parentWidget()->height() - 24 * kGrid);
    setGeometry((parentWidget()->width() - width) / 2, 14 * kGrid, width, height);
    if (!isVisible())
        m_before = QApplication::focusWidget();
    m_box->clear();
    show();
    raise();
    m_box->setFocus(Qt::ShortcutFocusReason);
    filter();
}

void CommandPalette::leave()
{
    hide();
    if (m_before != nullptr && parentWidget()->findChildren<QWidget*>().contains(m_before))
        m_before->setFocus(Qt::OtherFocusReason);
    m_before = nullptr;
}

void CommandPalette::filter()
{
    auto work = [commands = m_commands, documents = m_documents,
                 typed = m_box->text()](const jobs::Job<Entries>::Context& context) -> Result<Entries> {
        std::vector<std::pair<int, const PaletteEntry*>> fits;
        for (const auto& list : {commands, documents}) {
            for (const PaletteEntry& entry : *list) {
                if (context.stop.stop_requested())
                    return Entries();
                const int score = fuzzyScore(typed, entry.text);
                if (score > 0)
                    fits.emplace_back(score, &entry);
            }
        }
        std::stable_sort(fits.begin(), fits.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        Entries entries;
        for (std::size_t i = 0; i < std::min(fits.size(), kShown); ++i)
            entries.push_back(*fits[i].second);
        return entries;
    };
    m_job.start(std::move(work), [this](Result<Entries> entries) {
        if (!entries)
            return;
        const QString typed = m_box->text().trimmed();
        if (m_ask && typed.contains(u' '))
            entries->push_back(
                {u"assistant"_s, tr("Ask: %1").arg(typed), tr("Question"), {}, [ask = m_ask, typed] {
                     ask(typed);
                 }});
        m_model->setEntries(std::move(*entries));
        m_list->setCurrentIndex(m_model->index(0));
        Q_EMIT filtered();
    });
}

void CommandPalette::runCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    const auto run = m_model->entry(current.row()).run;
    leave();
    if (run)
        run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        setGeometry((parentWidget()->width() - width()) / 2, 14 * kGrid, width(), height());
    if (watched != m_box)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && isVisible() &&
        static_cast<QFocusEvent*>(event)->reason() == Qt::MouseFocusReason) {
        hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        leave();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Down:
    case Qt::Key_Up:
    case Qt::Key_PageDown:
    case Qt::Key_PageUp:
        QApplication::sendEvent(m_list, event);
        return true;
    default:
        return false;
    }
}

} // namespace plumbline::ui::shell
