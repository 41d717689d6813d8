#include "ui/widgets/style_sheet.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto kSheet = R"(
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px; }
QPushButton, QToolButton[role="button"] {
  background: @surface; color: @text; border: 1px solid @border; border-radius: 4px; padding: 4px 12px; min-height: 20px; }
QPushButton, QToolButton { outline: none; }
QPushButton:hover, QToolButton[role="button"]:hover { background: @raised; }
QPushButton:pressed { background: @selection; }
QPushButton:focus, QToolButton[role="button"]:focus { border: 2px solid @accent; padding: 3px 11px; }
QPushButton:disabled { color: @muted; background: @window; }
QPushButton:checked { background: @selection; border-color: @accent; }
QPushButton::menu-indicator { image: none; }
QPushButton[role="primary"] { background: @accent; color: @accentText; border-color: @accent; font-weight: 600; }
QPushButton[role="primary"]:focus { border: 2px solid @text; padding: 3px 11px; }
QPushButton[role="primary"]:disabled { background: @raised; color: @muted; border-color: @border; }
QPushButton[role="quiet"], QToolButton[role="quiet"] {
  background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 4px 8px; color: @text; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: @raised; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: 1px solid @accent; }
QPushButton[role="quiet"]:checked, QToolButton[role="quiet"]:checked { background: @selection; }
QPushButton[role="quiet"]:disabled { color: @muted; }
QPushButton[role="suggestion"] { text-align: left; padding: 8px 12px; background: @surface; }
QToolButton[role="small"] { background: transparent; border: 1px solid transparent; border-radius: 3px; padding: 1px; }
QToolButton[role="small"]:hover { background: @surface; }
QToolButton[role="small"]:focus { border-color: @accent; }
QPushButton, QTreeView, QListView, QTabBar { icon-size: @iconpx; }
QToolButton[role="chip"] {
  background: @selection; color: @text; border: 1px solid @accent; border-radius: 4px; padding: 0px 6px; font-weight: 600; }
QToolButton[role="chip"]:focus, QToolButton[role="chip"]:checked { background: @accent; color: @accentText; border-color: @text; }
QLineEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox, QPlainTextEdit[role="field"] {
  background: @surface; border: 1px solid @border; border-radius: 4px; padding: 3px 8px; min-height: 20px;
  selection-background-color: @accent; selection-color: @accentText; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus, QComboBox:focus, QPlainTextEdit[role="field"]:focus { border: 2px solid @accent; padding: 2px 7px; }
QLineEdit:disabled, QDateEdit:disabled, QComboBox:disabled { color: @muted; background: @window; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 20px; subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url(:/icons/@arrow.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @surface; color: @text; border: 1px solid @border; selection-background-color: @selection; selection-color: @text; }
QTreeView, QTableView, QListView, QTextEdit, QPlainTextEdit {
  background: @surface; color: @text; border: 1px solid @border; selection-background-color: @selection; selection-color: @text; outline: none; }
QTreeView:focus, QTableView:focus, QListView:focus, QTextEdit:focus, QPlainTextEdit:focus { border: 1px solid @accent; }
QHeaderView { background: @raised; border: none; }
QHeaderView::section { background: @raised; color: @muted; border: none; border-right: 1px solid @border; border-bottom: 1px solid @border; padding: 4px 4px; }
QTabWidget::pane { border: none; border-top: 1px solid @border; }
QTabBar::tab { background: transparent; color: @muted; padding: 6px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar::tab:focus { color: @text; background: @raised; }
QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { background: @raised; border: 1px solid @border; border-radius: 3px; text-align: center; color: @text; max-height: 14px; min-height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QFrame[role="card"] { background: @surface; border: 1px solid @border; border-radius: 4px; }
QFrame[role="card"][current="true"] { border: 2px solid @accent; }
QFrame[role="bar"] { background: @raised; border: none; border-bottom: 1px solid @border; }
QFrame[role="foot"] { background: @raised; border: none; border-top: 1px solid @border; }
QFrame[role="rail"] { background: @raised; border: none; border-right: 1px solid @border; }
QFrame[role="palette"] { background: @surface; border: 1px solid @accent; border-radius: 6px; }
QFrame[role="rail"] QToolButton {
  background: transparent; color: @muted; border: none; border-left: 3px solid transparent; padding: 8px 4px; }
QFrame[role="rail"] QToolButton:hover { color: @text; background: @window; }
QFrame[role="rail"] QToolButton:checked { color: @text; border-left: 3px solid @accent; background: @window; }
QFrame[role="rail"] QToolButton:focus { color: @text; border-left: 3px solid @text; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="ok"] { color: @ok; }
QLabel[role="warn"] { color: @warn; }
QLabel[role="bad"] { color: @bad; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[role="plain"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: @border; min-height: 32px; border-radius: 4px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: @border; min-width: 32px; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: @surface; color: @text; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 4px 24px; }
QMenu::item:selected { background: @selection; color: @text; }
)";

} // namespace

QString styleSheet(const Tokens& t, double scale)
{
    QString sheet = QString::fromLatin1(kSheet);
    // Longer names first: "@accentText" begins with "@accent".
    const std::pair<QLatin1StringView, QColor> names[] = {
        {"@accentText"_L1, t.accentText},
        {"@accent"_L1, t.accent},
        {"@raised"_L1, t.raised},
        {"@border"_L1, t.border},
        {"@surface"_L1, t.surface},
        {"@window"_L1, t.window},
        {"@selection"_L1, t.selection},
        {"@muted"_L1, t.muted},
        {"@text"_L1, t.text},
        {"@ok"_L1, t.ok},
        {"@warn"_L1, t.warn},
        {"@bad"_L1, t.bad},
    };
    for (const auto& [name, color] : names)
        sheet.replace(name, color.name());
    sheet.replace("@icon"_L1, QString::number(static_cast<int>(16 * scale + 0.5)));
    sheet.replace("@arrow"_L1,
                  t.dark ? "arrow-on-dark"_L1 : "arrow-on-light"_L1); // a sheet cannot recolour a picture
    return sheet;
}

} // namespace plumbline::ui::widgets
