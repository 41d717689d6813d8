// Moving from page to page is a value handed to the shell.
#pragma once

#include <vector>

#include <QMetaType>
#include <QString>

#include "app/base/text.h"

namespace plumbline::ui::widgets {

enum class Page { Assistant, Corpus, Settings };

struct Link {
    Page page = Page::Assistant;
    QString key;             // Corpus: "ID@version", an id or a path; Assistant: a question to ask
    std::vector<Span> spans; // Corpus: code points into the document's stored text, to mark and to scroll to
};

} // namespace plumbline::ui::widgets
Q_DECLARE_METATYPE(plumbline::ui::widgets::Link)
