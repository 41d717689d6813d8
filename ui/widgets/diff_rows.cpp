#include "ui/widgets/diff_rows.h"

#include <algorithm>

#include <QCoreApplication>

#include "ui/widgets/formatters.h"

namespace plumbline::ui::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t kContext = 3;

bool differs(const DiffRow& row)
{
    return row.kind != DiffKind::Heading && row.kind != DiffKind::Equal;
}

// One hunk of the unified form: rows from..to of one section.
void writeHunk(QString& out, const std::vector<DiffRow>& rows, std::size_t from, std::size_t to)
{
    QString minus;
    QString plus;
    QString body;
    int firstLeft = 0;
    int firstRight = 0;
    int left = 0;
    int right = 0;
    // Within a run of changes what went stands before what came, as every reader of patches expects.
    const auto flush = [&] {
        body += minus + plus;
        minus.clear();
        plus.clear();
    };
    for (std::size_t i = from; i < to; ++i) {
        const DiffRow& row = rows[i];
        if (row.left.line > 0) {
            firstLeft = firstLeft == 0 ? row.left.line : firstLeft;
            ++left;
        }
        if (row.right.line > 0) {
            firstRight = firstRight == 0 ? row.right.line : firstRight;
            ++right;
        }
        if (row.kind == DiffKind::Equal) {
            flush();
            body += u' ' + row.left.text + u'\n';
            continue;
        }
        if (row.left.line > 0)
            minus += u'-' + row.left.text + u'\n';
        if (row.right.line > 0)
            plus += u'+' + row.right.text + u'\n';
    }
    flush();
    out += u"@@ -%1,%2 +%3,%4 @@\n"_s.arg(firstLeft).arg(left).arg(firstRight).arg(right) + body;
}

void writeSection(QString& out, const std::vector<DiffRow>& rows, std::size_t from, std::size_t to)
{
    std::size_t i = from;
    while (i < to) {
        while (i < to && !differs(rows[i]))
            ++i;
        if (i == to)
            return;
        const std::size_t start = i - std::min(kContext, i - from);
        std::size_t end = i;
        for (std::size_t gap = 0; i < to && gap <= 2 * kContext; ++i) {
            gap = differs(rows[i]) ? 0 : gap + 1;
            if (gap == 0)
                end = i + 1;
        }
        end = std::min(end + kContext, to);
        writeHunk(out, rows, start, end);
        from = end;
        i = end;
    }
}

} // namespace

DiffCounts countRows(const std::vector<DiffRow>& rows)
{
    DiffCounts counts;
    for (const DiffRow& row : rows) {
        switch (row.kind) {
        case DiffKind::Added:
            ++counts.added;
            break;
        case DiffKind::Removed:
            ++counts.removed;
            break;
        case DiffKind::Changed:
            ++counts.changed;
            break;
        case DiffKind::Moved:
            counts.moved += row.right.line > 0 ? 1 : 0;
            break;
        case DiffKind::Heading:
        case DiffKind::Equal:
            break;
        }
    }
    return counts;
}

QString describe(const DiffCounts& counts)
{
    const auto words = [](const char* text) { return QCoreApplication::translate("plumbline::diff", text); };
    if (counts.none())
        return words("No difference");
    QStringList parts;
    const auto add = [&](std::size_t count, const char* text) {
        if (count > 0)
            parts << words(text).arg(number(count));
    };
    add(counts.added, QT_TRANSLATE_NOOP("plumbline::diff", "%1 added"));
    add(counts.removed, QT_TRANSLATE_NOOP("plumbline::diff", "%1 removed"));
    add(counts.changed, QT_TRANSLATE_NOOP("plumbline::diff", "%1 changed"));
    add(counts.moved, QT_TRANSLATE_NOOP("plumbline::diff", "%1 moved"));
    return parts.join(u", "_s);
}

std::vector<std::size_t> changeStarts(const std::vector<DiffRow>& rows)
{
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (differs(rows[i]) && (i == 0 || !differs(rows[i - 1])))
            starts.push_back(i);
    }
    return starts;
}

QString sideText(const std::vector<DiffRow>& rows, bool left)
{
    QString text;
    for (const DiffRow& row : rows) {
        const DiffSide& side = left ? row.left : row.right;
        if (row.kind != DiffKind::Heading && side.line > 0)
            text += side.text + u'\n';
    }
    return text;
}

QString unifiedText(const DiffDocument& document)
{
    QString body;
    const auto& rows = document.rows;
    for (std::size_t from = 0; from < rows.size();) {
        std::size_t to = from + 1;
        while (to < rows.size() && rows[to].kind != DiffKind::Heading)
            ++to;
        const bool headed = rows[from].kind == DiffKind::Heading;
        QString section;
        writeSection(section, rows, headed ? from + 1 : from, to);
        if (!section.isEmpty() && headed)
            body += u"# "_s + rows[from].left.text + u'\n';
        body += section;
        from = to;
    }
    if (body.isEmpty())
        return {};
    return u"--- "_s + document.leftName + u"\n+++ "_s + document.rightName + u'\n' + body;
}

} // namespace plumbline::ui::widgets
