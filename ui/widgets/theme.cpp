#include "ui/widgets/theme.h"

#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QFontDatabase>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

#include "ui/widgets/style_sheet.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

Tokens makeLight()
{
    Tokens t;
    t.dark = false;
    t.window = QColor(0xf3f5f8);
    t.surface = QColor(0xffffff);
    t.raised = QColor(0xe9edf2);
    t.border = QColor(0xcbd2db);
    t.text = QColor(0x18202a);
    t.muted = QColor(0x4d5968);
    t.accent = QColor(0x0b5cad);
    t.accentText = QColor(0xffffff);
    t.selection = QColor(0xcfe2f7);
    t.mark = QColor(0xfff0b0);
    t.markStrong = QColor(0xd9a400);
    t.term = QColor(0xd6ecff);
    t.ok = QColor(0x00664b);
    t.warn = QColor(0x7d5200);
    t.bad = QColor(0xa63c00);
    t.lexical = QColor(0x0072b2);
    t.vector = QColor(0x009e73);
    t.fused = QColor(0xe69f00);
    t.rerank = QColor(0xcc79a7);
    t.series = {QColor(0x0072b2),  QColor(0xd55e00), QColor(0x009e73), QColor(0xcc79a7),
                QColor(Qt::black), QColor(0xe69f00), QColor(0x56b4e9)};
    t.added = QColor(0xe2f4ee);
    t.addedWord = QColor(0xa5e0cc);
    t.removed = QColor(0xfdeae0);
    t.removedWord = QColor(0xf8c4a6);
    t.moved = QColor(0xf4e6ef);
    return t;
}

Tokens makeDark()
{
    Tokens t;
    t.dark = true;
    t.window = QColor(0x14181d);
    t.surface = QColor(0x1b2026);
    t.raised = QColor(0x242b33);
    t.border = QColor(0x3a444f);
    t.text = QColor(0xe4e9ef);
    t.muted = QColor(0xa6b1bf);
    t.accent = QColor(0x6fb4f5);
    t.accentText = QColor(0x0d1a28);
    t.selection = QColor(0x2a4766);
    t.mark = QColor(0x4d4210);
    t.markStrong = QColor(0xf0c030);
    t.term = QColor(0x1e4460);
    t.ok = QColor(0x4fd0a5);
    t.warn = QColor(0xf0b84a);
    t.bad = QColor(0xff9a66);
    t.lexical = QColor(0x56b4e9);
    t.vector = QColor(0x2bc295);
    t.fused = QColor(0xe69f00);
    t.rerank = QColor(0xcc79a7);
    t.series = {QColor(0x56b4e9), QColor(0xd55e00), QColor(0x009e73), QColor(0xcc79a7),
                QColor(0xf0e442), QColor(0xe69f00), QColor(0x0072b2)};
    t.added = QColor(0x16322b);
    t.addedWord = QColor(0x1f5f4f);
    t.removed = QColor(0x3a2519);
    t.removedWord = QColor(0x7a4222);
    t.moved = QColor(0x38283a);
    return t;
}

double luminance(const QColor& color)
{
    const auto linear = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

QPalette paletteOf(const Tokens& t)
{
    QPalette p;
    p.setColor(QPalette::Window, t.window);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.surface);
    p.setColor(QPalette::AlternateBase, t.window);
    p.setColor(QPalette::ToolTipBase, t.raised);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::PlaceholderText, t.muted);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::Button, t.raised);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.bad);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    p.setColor(QPalette::Highlight, t.selection);
    p.setColor(QPalette::HighlightedText, t.text);
    p.setColor(QPalette::Light, t.raised.lighter(110));
    p.setColor(QPalette::Midlight, t.raised);
    p.setColor(QPalette::Mid, t.border);
    p.setColor(QPalette::Dark, t.border);
    p.setColor(QPalette::Shadow, t.dark ? QColor(Qt::black) : t.border);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.muted);
    return p;
}

bool systemIsDark()
{
    // Asked of the platform's own palette, before ours replaces it.
    static const bool dark =
        QApplication::style()->standardPalette().color(QPalette::Window).lightness() < 128 ||
        QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    return dark;
}

} // namespace

const Tokens& lightTokens()
{
    static const Tokens tokens = makeLight();
    return tokens;
}

const Tokens& darkTokens()
{
    static const Tokens tokens = makeDark();
    return tokens;
}

const Tokens& currentTokens()
{
    const bool dark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    return dark ? darkTokens() : lightTokens();
}

double contrast(const QColor& one, const QColor& other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

void applyTheme(QApplication& application, ThemeChoice choice, double scale)
{
    const bool dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && systemIsDark());
    const Tokens& tokens = dark ? darkTokens() : lightTokens();
    if (QApplication::style()->name() != "fusion"_L1)
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QFont font;
    font.setFamilies({u"Inter"_s, u"Noto Sans"_s, u"DejaVu Sans"_s, font.family()});
    font.setPointSizeF(10.0 * std::clamp(scale, 0.7, 2.5));
    font.setHintingPreference(QFont::PreferNoHinting);
    QApplication::setFont(font);
    QApplication::setPalette(paletteOf(tokens));
    application.setStyleSheet(styleSheet(tokens, std::clamp(scale, 0.7, 2.5)));
}

QFont bodyFont()
{
    return QApplication::font();
}

QFont titleFont()
{
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * 1.3);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont smallFont()
{
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * 0.9);
    return font;
}

QFont monoFont()
{
    QFont font = QApplication::font();
    font.setFamilies({u"JetBrains Mono"_s, u"DejaVu Sans Mono"_s, u"monospace"_s});
    font.setPointSizeF(font.pointSizeF() * 0.95);
    font.setFixedPitch(true);
    return font;
}

} // namespace plumbline::ui::widgets
