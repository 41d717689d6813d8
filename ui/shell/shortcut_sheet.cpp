#include "ui/shell/shortcut_sheet.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>

#include "ui/widgets/theme.h"

namespace plumbline::ui::shell {

using namespace Qt::Literals::StringLiterals;
using widgets::kGrid;

namespace {

struct Line {
    const char* keys; // empty: a heading
    const char* what;
};

constexpr Line kLines[] = {
    {"", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Everywhere")},
    {"Ctrl+K", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Go to a page, a document, an action")},
    {"Ctrl+1, 2, 3, 4, 5, Ctrl+,",
     QT_TRANSLATE_NOOP("plumbline::shortcuts",
                       "Assistant, Corpus, Prompts, Evaluations, Dashboard, Settings")},
    {"F1", QT_TRANSLATE_NOOP("plumbline::shortcuts", "This sheet")},
    {"Ctrl+Q", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Leave")},
    {"", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Assistant")},
    {"Ctrl+L", QT_TRANSLATE_NOOP("plumbline::shortcuts", "To the question")},
    {"Enter",
     QT_TRANSLATE_NOOP("plumbline::shortcuts", "Ask; on a citation: open the document at the lines")},
    {"Tab", QT_TRANSLATE_NOOP("plumbline::shortcuts", "From citation to citation; the source is marked")},
    {"Ctrl+N", QT_TRANSLATE_NOOP("plumbline::shortcuts", "New thread")},
    {"Esc", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Stop answering")},
    {"Ctrl+R", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Run another prompt version on the question")},
    {"Ctrl+H", QT_TRANSLATE_NOOP("plumbline::shortcuts", "How this was made")},
    {"Ctrl+Shift+C", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Copy the answer with its citations")},
    {"Ctrl+E, Ctrl+Shift+E", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Save as Markdown, as PDF")},
    {"", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Corpus")},
    {"Ctrl+F", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Filter the documents")},
    {"Left, Right, Enter",
     QT_TRANSLATE_NOOP("plumbline::shortcuts", "Close, open a folder; open a document from a table")},
    {"F5", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Index now")},
    {"", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Prompts")},
    {"Ctrl+F", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Filter the prompts")},
    {"Ctrl+Tab", QT_TRANSLATE_NOOP("plumbline::shortcuts", "From tab to tab")},
    {"n, p", QT_TRANSLATE_NOOP("plumbline::shortcuts", "In a difference: next, previous change")},
    {"u, e, Enter", QT_TRANSLATE_NOOP("plumbline::shortcuts",
                                      "In a difference: one column; fold what is equal; open a fold")},
    {"Ctrl+M", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Move a label to this version")},
    {"Ctrl+S", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Keep the result as a case")},
    {"Esc", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Stop a run")},
    {"", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Evaluations")},
    {"Ctrl+R", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Run a suite")},
    {"n, p", QT_TRANSLATE_NOOP("plumbline::shortcuts",
                               "In the cases: next, previous change; with Alt from anywhere on the page")},
    {"F, Shift+F", QT_TRANSLATE_NOOP("plumbline::shortcuts", "In the cases: the next, the previous filter")},
    {"Enter, Esc", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Into the case; back to the cases")},
    {"Ctrl+F", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Search the cases")},
    {"Alt+A, Alt+D", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Agree, disagree with the verdict on a case")},
    {"", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Dashboard")},
    {"Left, Right, Up, Down",
     QT_TRANSLATE_NOOP("plumbline::shortcuts", "In a chart: from point to point; to another line")},
    {"Enter", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Open the run behind a point or a row")},
    {"+, -, 0", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Zoom in, out, the whole range (Esc too)")},
    {"F5", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Read the runs again")},
    {"", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Settings")},
    {"Ctrl+T", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Test the endpoint")},
    {"Ctrl+O", QT_TRANSLATE_NOOP("plumbline::shortcuts", "Open another workspace")},
};

} // namespace

ShortcutSheet::ShortcutSheet(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 4 * kGrid, 6 * kGrid, 4 * kGrid);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(6 * kGrid);
    grid->setVerticalSpacing(kGrid);
    int row = 0;
    for (const Line& line : kLines) {
        const QString what = QCoreApplication::translate("plumbline::shortcuts", line.what);
        if (line.keys[0] == '\0') {
            auto* heading = new QLabel(what, this);
            QFont font = widgets::bodyFont();
            font.setWeight(QFont::DemiBold);
            heading->setFont(font);
            heading->setContentsMargins(0, row == 0 ? 0 : 2 * kGrid, 0, 0);
            grid->addWidget(heading, row++, 0, 1, 2);
            continue;
        }
        auto* keys = new QLabel(QString::fromLatin1(line.keys), this);
        keys->setFont(widgets::monoFont());
        grid->addWidget(keys, row, 0);
        grid->addWidget(new QLabel(what, this), row++, 1);
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addLayout(grid);
    column->addSpacing(3 * kGrid);
    column->addWidget(buttons);
}

} // namespace plumbline::ui::shell
