// A passage as HTML for a label: its units in reading order, matched terms and cited spans marked. All text
// is escaped.
#pragma once

#include <vector>

#include <QString>

#include "app/base/text.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::widgets {

struct PassagePart {
    enum class Kind { Sentence, Step, TableRow, Code };
    Kind kind = Kind::Sentence;
    Span span; // code points into Passage::text
};

struct PassageText {
    QString text;
    bool markdown = false;
    std::vector<PassagePart> parts; // none: the whole text is one
    std::vector<Span> terms;        // matched terms, rising
    std::vector<Span> cited;        // quoted by the answer, rising
};

QString passageHtml(const PassageText& passage, const Tokens& tokens);

// Cells of a table row as written in Markdown or with tabs, trimmed, without the outer bars.
QStringList rowCells(const QString& row);

// "| --- | :--: |": says nothing to a reader.
bool isRowRule(const QString& row);

} // namespace plumbline::ui::widgets
