// The strict subset of inline Markdown that the console shows (app/base/inline_markdown.h): strong, emphasis,
// code, links and images as text, without attribute lists and tags of HTML. Nothing else is interpreted.
#pragma once

#include <vector>

#include <QString>
#include <QStringView>

namespace plumbline::ui::widgets {

// A stretch of the source that is shown as it stands, with its style.
struct InlineRun {
    qsizetype start = 0; // UTF-16 units into the text given
    qsizetype length = 0;
    bool strong = false;
    bool emphasis = false;
    bool code = false;
    bool space = false; // one unit of a tag such as <br>: shown as a blank
    QString link;       // target; never followed without asking
};

// Runs in reading order without the markers between them. With `markdown` off there is one run per line.
std::vector<InlineRun> inlineRuns(QStringView text, bool markdown);

// What a run shows of the text that it was made of; as long as the run.
QString shownText(QStringView text, const InlineRun& run);

// The text of the runs; line ends become spaces. For labels.
QString plainInline(QStringView text, bool markdown);

// The same as HTML for a label, everything escaped; links are underlined text only.
QString htmlInline(QStringView text, bool markdown);

} // namespace plumbline::ui::widgets
