#include "ui/corpus/retrieval_text.h"

#include <QCoreApplication>

#include "ui/corpus/document_tree.h"
#include "ui/corpus/table_models.h"
#include "ui/passages/content_of.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::corpus {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("plumbline::retrieval_text", text);
}

QString joined(const std::vector<std::string>& list)
{
    QStringList parts;
    for (const std::string& part : list)
        parts << toQt(part);
    return parts.join(u", "_s);
}

QString scoresInWords(const retrieval::StageScores& scores)
{
    return words("words %1, meaning %2, fused %3, re-ranked %4")
        .arg(score(scores.lexical), score(scores.vector), score(scores.fused), score(scores.rerank));
}

} // namespace

QString searchSummary(const retrieval::SearchRequest& request, const retrieval::SearchResult& result)
{
    QString text = words("Generation %1; %2 of %3 chunks may be used on %4; %5")
                       .arg(result.generation)
                       .arg(number(result.usableChunks), number(result.chunks), toQt(toString(request.asOf)),
                            milliseconds(result.milliseconds));
    if (!result.expansions.empty())
        text += words("; synonyms added: ") + joined(result.expansions);
    return text;
}

QString searchAsText(const retrieval::SearchRequest& request, const retrieval::SearchResult& result)
{
    QString text = words("Query: ") + toQt(request.query) + u'\n';
    text +=
        words("Profile: ") + toQt(request.profile.name) + u'\n' + searchSummary(request, result) + u"\n\n"_s;
    for (const retrieval::Passage& passage : result.passages) {
        text += u"%1. %2  %3\n"_s.arg(QString::number(passage.rank),
                                      toQt(passages::documentKey(passage.document, passage.version)),
                                      toQt(passage.title));
        if (!passage.heading.empty())
            text += u"   "_s + toQt(passage.heading) + u'\n';
        text += u"   %1 %2; %3\n"_s.arg(words("score"), score(passage.score), scoresInWords(passage.scores));
        text += u"   %1: %2\n"_s.arg(words("terms"), termsWithWeights(passage));
    }
    if (result.passages.empty())
        text += words("No passage.") + u'\n';
    if (!result.dropped.empty())
        text += u'\n' + words("Dropped:") + u'\n';
    for (const retrieval::Dropped& dropped : result.dropped) {
        const QString reason =
            dropped.fileGone ? words("File deleted") : stateWords(toQt(toString(dropped.verdict)));
        text +=
            u"- %1  %2: %3, %4 %5\n"_s.arg(toQt(passages::documentKey(dropped.document, dropped.version)),
                                           toQt(dropped.title), reason, words("score"), score(dropped.score));
    }
    return text;
}

QString whyInWords(const retrieval::WhyNot& why)
{
    QString text = toQt(why.document) + u": "_s + toQt(why.verdict);
    if (!why.missingTerms.empty())
        text += words(". Missing terms: ") + joined(why.missingTerms);
    return text + words(". Best chunk: ") + scoresInWords(why.scores);
}

} // namespace plumbline::ui::corpus
