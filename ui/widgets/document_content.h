// A document as the console shows it: its stored text with its structure. Plain values.
#pragma once

#include <vector>

#include <QString>

#include "app/base/text.h"

namespace plumbline::ui::widgets {

struct TextBlock {
    enum class Kind { Heading, Paragraph, ListItem, TableHeader, TableRow, Code, Quote };
    Kind kind = Kind::Paragraph;
    Span span;     // code points into DocumentContent::text
    int level = 0; // heading 1..6; depth of a list item from 1
    bool ordered = false;
    int group = 0; // items of one list, rows of one table
};

struct DocumentContent {
    QString text;                  // the stored text, whole
    std::vector<TextBlock> blocks; // in reading order; none = plain paragraphs
    std::vector<Span> chunks;
    bool markdown = false; // inline Markdown is interpreted
};

} // namespace plumbline::ui::widgets
