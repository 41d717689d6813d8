#include "ui/widgets/diff_view.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>

#include "ui/widgets/diff_canvas.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/overview_strip.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

DiffView::DiffView(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_canvas = new DiffCanvas(this);
    m_canvas->installEventFilter(this);
    m_strip = new OverviewStrip(this);
    column->addWidget(makeBar());
    auto* names = new QHBoxLayout;
    names->setContentsMargins(3 * kGrid, kGrid, 3 * kGrid, kGrid);
    m_leftName = new QLabel(this);
    m_rightName = new QLabel(this);
    for (QLabel* name : {m_leftName, m_rightName}) {
        name->setTextFormat(Qt::PlainText);
        name->setFont(monoFont());
        name->setProperty("role", u"muted"_s);
        names->addWidget(name, 1);
    }
    column->addLayout(names);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_canvas, 1);
    row->addWidget(m_strip);
    column->addLayout(row, 1);
    connect(m_canvas, &DiffCanvas::moved, this, &DiffView::showPlace);
    connect(m_canvas, &DiffCanvas::laidOut, this, &DiffView::showMarks);
    connect(m_canvas, &DiffCanvas::scrolled, this, [this] {
        m_strip->setWindow(m_canvas->verticalScrollBar()->value(), m_canvas->verticalScrollBar()->pageStep());
    });
    connect(m_strip, &OverviewStrip::lineChosen, m_canvas, &DiffCanvas::goToLine);
    showPlace();
}

QPushButton* DiffView::addButton(const QString& iconName, const QString& text, const QString& tip)
{
    auto* button = new QPushButton(text, m_bar);
    if (!iconName.isEmpty())
        button->setIcon(icon(iconName));
    button->setProperty("role", u"quiet"_s);
    button->setToolTip(tip);
    button->setAccessibleName(text.isEmpty() ? tip : text);
    m_bar->layout()->addWidget(button);
    return button;
}

QWidget* DiffView::makeBar()
{
    auto* bar = new QFrame(this);
    bar->setProperty("role", u"bar"_s);
    m_bar = bar;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(3 * kGrid, kGrid, 2 * kGrid, kGrid);
    row->setSpacing(kGrid);
    m_said = new QLabel(bar);
    m_said->setTextFormat(Qt::PlainText);
    m_place = new QLabel(bar);
    m_place->setProperty("role", u"muted"_s);
    row->addWidget(m_said);
    row->addStretch(1);
    row->addWidget(m_place);
    m_previous = addButton(u"chevron-up"_s, tr("Previous"), tr("Previous change (p)"));
    m_next = addButton(u"chevron-down"_s, tr("Next"), tr("Next change (n)"));
    m_unified = addButton({}, tr("One column"), tr("Both sides in one column (u)"));
    m_unified->setCheckable(true);
    m_folding = addButton({}, tr("Fold equal"), tr("Fold what is equal (e)"));
    m_folding->setCheckable(true);
    m_folding->setChecked(true);
    m_copy = addButton(u"copy"_s, tr("Copy"), tr("Copy a side or the unified text"));
    auto* menu = new QMenu(m_copy);
    menu->addAction(tr("Copy the left side"), this,
                    [this] { copy(sideText(m_document->rows, true), tr("Left side copied")); });
    menu->addAction(tr("Copy the right side"), this,
                    [this] { copy(sideText(m_document->rows, false), tr("Right side copied")); });
    menu->addAction(tr("Copy as unified diff"), this,
                    [this] { copy(unifiedText(*m_document), tr("Unified diff copied")); });
    m_copy->setMenu(menu);
    connect(m_previous, &QPushButton::clicked, this, [this] {
        m_canvas->goToChange(m_canvas->currentChange() - 1);
        m_canvas->setFocus();
    });
    connect(m_next, &QPushButton::clicked, this, [this] {
        m_canvas->goToChange(m_canvas->currentChange() + 1);
        m_canvas->setFocus();
    });
    connect(m_unified, &QPushButton::toggled, this, [this](bool on) {
        m_canvas->setUnified(on);
        m_rightName->setVisible(!on);
        showPlace();
    });
    connect(m_folding, &QPushButton::toggled, m_canvas, &DiffCanvas::setFolding);
    return bar;
}

void DiffView::setDocument(DiffDocument document)
{
    m_document = std::make_shared<const DiffDocument>(std::move(document));
    // The rows live as long as the document.
    m_canvas->setRows({m_document, &m_document->rows});
    m_said->setText(describe(countRows(m_document->rows)));
    m_canvas->setAccessibleName(
        tr("Differences between %1 and %2: %3").arg(m_document->leftName, m_document->rightName, said()));
    showPlace();
}

void DiffView::clear()
{
    setDocument({});
    m_said->clear();
}

QString DiffView::said() const
{
    return m_said->text();
}

bool DiffView::isUnified() const
{
    return m_unified->isChecked();
}

void DiffView::setUnified(bool unified)
{
    m_unified->setChecked(unified);
}

void DiffView::setFolding(bool folding)
{
    m_folding->setChecked(folding);
}

void DiffView::showPlace()
{
    const auto count = static_cast<int>(m_canvas->plan().changes().size());
    const int at = m_canvas->currentChange() + 1;
    m_place->setText(count == 0 ? QString() : tr("Change %1 of %2").arg(at).arg(count));
    m_previous->setEnabled(at > 1);
    m_next->setEnabled(at < count);
    m_copy->setEnabled(!m_document->rows.empty());
    m_leftName->setText(isUnified() ? u"\u2212 %1    + %2"_s.arg(m_document->leftName, m_document->rightName)
                                    : m_document->leftName);
    m_rightName->setText(m_document->rightName);
}

void DiffView::showMarks()
{
    std::vector<OverviewStrip::Mark> marks;
    const DiffLayout& plan = m_canvas->plan();
    for (const DiffEntry& entry : plan.entries()) {
        const DiffRow& row = plan.rows()[entry.row];
        if (entry.folded > 0 || row.kind == DiffKind::Equal || row.kind == DiffKind::Heading)
            continue;
        const bool left = row.right.line == 0;
        const bool joins = !marks.empty() && marks.back().kind == row.kind && marks.back().left == left &&
                           marks.back().line + marks.back().lines == entry.top;
        if (joins)
            marks.back().lines += entry.lines;
        else
            marks.push_back({row.kind, left, entry.top, entry.lines});
    }
    m_strip->setMarks(std::move(marks), plan.lines());
    m_strip->setWindow(m_canvas->verticalScrollBar()->value(), m_canvas->verticalScrollBar()->pageStep());
}

void DiffView::copy(const QString& text, const QString& what)
{
    QApplication::clipboard()->setText(text);
    m_place->setText(what);
}

bool DiffView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_canvas && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event); // as its type says
        if (key->modifiers() == Qt::NoModifier && key->key() == Qt::Key_U) {
            m_unified->toggle();
            return true;
        }
        if (key->modifiers() == Qt::NoModifier && key->key() == Qt::Key_E) {
            m_folding->toggle();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void DiffView::saveState(QSettings& settings, const QString& key) const
{
    settings.setValue(key + u"/unified"_s, m_unified->isChecked());
    settings.setValue(key + u"/fold"_s, m_folding->isChecked());
}

void DiffView::restoreState(const QSettings& settings, const QString& key)
{
    m_unified->setChecked(settings.value(key + u"/unified"_s, false).toBool());
    m_folding->setChecked(settings.value(key + u"/fold"_s, true).toBool());
}

} // namespace plumbline::ui::widgets
