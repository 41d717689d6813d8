// Colours, type and spacing of the console. Every colour of the product stands in theme.cpp and nowhere else.
#pragma once

#include <array>

#include <QColor>
#include <QFont>
#include <QPalette>

class QApplication;
class QWidget;

namespace plumbline::ui::widgets {

inline constexpr int kGrid = 4; // pixels; spacing is 8, 12 or 16

enum class ThemeChoice { System, Light, Dark };

// Text colours have a contrast of 4.5:1 or better on window, surface and raised.
struct Tokens {
    bool dark = false;
    QColor window;  // behind everything
    QColor surface; // lists, documents, fields
    QColor raised;  // bars, headers, cards
    QColor border;
    QColor text;
    QColor muted;
    QColor accent;     // links, focus, the primary button
    QColor accentText; // on accent
    QColor selection;
    QColor mark;       // background of a cited span
    QColor markStrong; // its edge
    QColor term;       // background of a matched term
    QColor ok;         // text: approved, supported
    QColor warn;       // text: attention
    QColor bad;        // text: failed, refused
    QColor lexical;    // bars of the ranking stages, Okabe-Ito
    QColor vector;
    QColor fused;
    QColor rerank;
    std::array<QColor, 7> series; // lines and markers of charts, Okabe-Ito; never without a shape
    QColor added;                 // backgrounds of a diff: lines, and the words that differ in them
    QColor addedWord;
    QColor removed;
    QColor removedWord;
    QColor moved;
};

const Tokens& lightTokens();
const Tokens& darkTokens();
// The tokens of the theme in force. (Asked of the application: a style sheet changes the palette of single
// widgets.)
const Tokens& currentTokens();

// WCAG 2.1 contrast ratio, 1..21.
double contrast(const QColor& one, const QColor& other);

// Sets style, palette, fonts and style sheet for the whole program. `scale` multiplies the size of all text
// (1 = 10 pt).
void applyTheme(QApplication& application, ThemeChoice choice, double scale);

// The three sizes of text, all from the application's font.
QFont bodyFont();
QFont titleFont();
QFont smallFont();
QFont monoFont(); // JetBrains Mono; figures in columns and code

} // namespace plumbline::ui::widgets
