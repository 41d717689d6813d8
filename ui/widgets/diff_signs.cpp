#include "ui/widgets/diff_signs.h"

#include <QCoreApplication>

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

QString diffSign(DiffKind kind, bool left)
{
    switch (kind) {
    case DiffKind::Added:
        return u"+"_s;
    case DiffKind::Removed:
        return u"\u2212"_s;
    case DiffKind::Changed:
        return u"~"_s;
    case DiffKind::Moved:
        return left ? u"\u2192"_s : u"\u2190"_s;
    case DiffKind::Heading:
    case DiffKind::Equal:
        break;
    }
    return {};
}

QColor diffInk(DiffKind kind, bool left, const Tokens& tokens)
{
    switch (kind) {
    case DiffKind::Added:
        return tokens.ok;
    case DiffKind::Removed:
        return tokens.bad;
    case DiffKind::Changed:
        return left ? tokens.bad : tokens.ok;
    case DiffKind::Moved:
        return tokens.dark ? tokens.rerank : tokens.rerank.darker(150);
    case DiffKind::Heading:
    case DiffKind::Equal:
        break;
    }
    return tokens.muted;
}

QColor diffGround(DiffKind kind, bool left, const Tokens& tokens)
{
    switch (kind) {
    case DiffKind::Added:
        return left ? QColor() : tokens.added;
    case DiffKind::Removed:
        return left ? tokens.removed : QColor();
    case DiffKind::Changed:
        return left ? tokens.removed : tokens.added;
    case DiffKind::Moved:
        return tokens.moved;
    case DiffKind::Heading:
    case DiffKind::Equal:
        break;
    }
    return {};
}

QString rowWords(const DiffRow& row)
{
    const auto words = [](const char* text) { return QCoreApplication::translate("plumbline::diff", text); };
    switch (row.kind) {
    case DiffKind::Heading:
        return words("Section %1").arg(row.left.text);
    case DiffKind::Equal:
        return words("Line %1: %2").arg(row.right.line).arg(row.right.text);
    case DiffKind::Added:
        return words("Line %1 added: %2").arg(row.right.line).arg(row.right.text);
    case DiffKind::Removed:
        return words("Line %1 removed: %2").arg(row.left.line).arg(row.left.text);
    case DiffKind::Changed:
        return words("Line %1 changed. Before: %2 After: %3")
            .arg(QString::number(row.right.line), row.left.text, row.right.text);
    case DiffKind::Moved:
        return row.left.line > 0
                   ? words("Line %1 moved to line %2: %3")
                         .arg(QString::number(row.left.line), QString::number(row.movedTo), row.left.text)
                   : words("Line %1 moved here from line %2: %3")
                         .arg(QString::number(row.right.line), QString::number(row.movedTo), row.right.text);
    }
    return {};
}

} // namespace plumbline::ui::widgets
