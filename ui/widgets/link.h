// Moving from page to page is a value handed to the shell.
#pragma once

#include <vector>

#include <QMetaType>
#include <QString>

#include "app/base/text.h"

namespace plumbline::ui::widgets {

enum class Page { Assistant, Corpus, Prompts, Evaluations, Dashboard, Settings };

struct Link {
    Page page = Page::Assistant;
    QString key;             // Corpus: "ID@version", an id or a path; Prompts: "NAME@v3", "NAME@label";
                             // Assistant: a question to ask; Evaluations: "RUN" or "RUN CASE"
    std::vector<Span> spans; // Corpus: code points into the document's stored text, to mark and to scroll to
    QString question{};      // Prompts: run the version on it
    QString model{};         // Prompts: by this one
};

} // namespace plumbline::ui::widgets
Q_DECLARE_METATYPE(plumbline::ui::widgets::Link)
