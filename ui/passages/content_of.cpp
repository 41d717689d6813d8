#include "ui/passages/content_of.h"

#include <algorithm>

#include <QCoreApplication>

#include "app/retrieval/matched_spans.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::passages {

using plumbline::corpus::Approval;
using plumbline::corpus::BlockKind;
using plumbline::corpus::UnitKind;
using widgets::PassagePart;
using widgets::TextBlock;
using widgets::toQt;

namespace {

TextBlock::Kind blockKind(BlockKind kind)
{
    switch (kind) {
    case BlockKind::Heading:
        return TextBlock::Kind::Heading;
    case BlockKind::ListItem:
        return TextBlock::Kind::ListItem;
    case BlockKind::TableHeader:
        return TextBlock::Kind::TableHeader;
    case BlockKind::TableRow:
        return TextBlock::Kind::TableRow;
    case BlockKind::Code:
        return TextBlock::Kind::Code;
    case BlockKind::Quote:
        return TextBlock::Kind::Quote;
    case BlockKind::Paragraph:
        break;
    }
    return TextBlock::Kind::Paragraph;
}

PassagePart::Kind partKind(UnitKind kind)
{
    switch (kind) {
    case UnitKind::Step:
        return PassagePart::Kind::Step;
    case UnitKind::TableRow:
        return PassagePart::Kind::TableRow;
    case UnitKind::Code:
        return PassagePart::Kind::Code;
    case UnitKind::Sentence:
        break;
    }
    return PassagePart::Kind::Sentence;
}

} // namespace

widgets::DocumentContent contentOf(const plumbline::corpus::DocumentView& document)
{
    widgets::DocumentContent content;
    content.text = toQt(document.text);
    content.markdown = isMarkdown(document.row.path);
    for (const auto& block : document.blocks)
        content.blocks.push_back(
            {blockKind(block.kind), block.span, block.level, block.ordered, block.group});
    for (const auto& chunk : document.chunks)
        content.chunks.push_back(chunk.span);
    return content;
}

widgets::PassageText passageText(const retrieval::Passage& passage, std::vector<Span> terms,
                                 std::vector<Span> cited)
{
    widgets::PassageText text;
    text.text = toQt(passage.text);
    text.markdown = isMarkdown(passage.path);
    for (const auto& unit : passage.units) {
        if (passage.span.contains(unit.span))
            text.parts.push_back(
                {partKind(unit.kind),
                 {unit.span.start - passage.span.start, unit.span.end - passage.span.start}});
    }
    text.terms = std::move(terms);
    text.cited = std::move(cited);
    return text;
}

std::vector<widgets::StageScore> stageScores(const retrieval::StageScores& scores, double maximumLexical)
{
    const double full = maximumLexical > 0 ? maximumLexical : std::max(scores.lexical, 1.0);
    return {{widgets::Stage::Lexical, scores.lexical, full},
            {widgets::Stage::Vector, scores.vector, 1},
            {widgets::Stage::Fused, scores.fused, 1},
            {widgets::Stage::Rerank, scores.rerank, 1}};
}

std::vector<Span> termSpans(const retrieval::SearchResult& result, const retrieval::Passage& passage)
{
    if (result.words == nullptr)
        return {};
    return retrieval::matchedSpans(*result.words, passage.text, passage.matches);
}

bool isMarkdown(const std::string& path)
{
    return path.ends_with(".md") || path.ends_with(".markdown");
}

std::string documentKey(const std::string& id, const std::string& version)
{
    return version.empty() ? id : id + '@' + version;
}

QStringList sentenceMarks(bool supported, bool conflicting)
{
    QStringList marks;
    if (!supported)
        marks << QCoreApplication::translate("plumbline::marks", "its sources do not say this");
    if (conflicting)
        marks << QCoreApplication::translate("plumbline::marks", "another source says otherwise");
    return marks;
}

QString approvalWords(Approval approval)
{
    switch (approval) {
    case Approval::None:
        return QCoreApplication::translate("plumbline::approval", "Not approved");
    case Approval::Recorded:
        return QCoreApplication::translate("plumbline::approval", "Approved");
    case Approval::FrontMatter:
        return QCoreApplication::translate("plumbline::approval", "Approved by its front matter");
    case Approval::ByDefault:
        return QCoreApplication::translate("plumbline::approval", "Approved by default");
    }
    return {};
}

} // namespace plumbline::ui::passages
