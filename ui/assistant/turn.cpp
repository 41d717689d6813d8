#include "ui/assistant/turn.h"

#include "ui/passages/content_of.h"

namespace plumbline::ui::assistant {

std::string documentKey(const retrieval::Passage& passage)
{
    return passages::documentKey(passage.document, passage.version);
}

void markTerms(Turn& turn)
{
    for (const auto& source : turn.answer.sources)
        turn.sourceTerms.push_back(passages::termSpans(turn.answer.search, source.passage));
    if (turn.answer.refusal) {
        for (const auto& passage : turn.answer.refusal->nearest)
            turn.nearestTerms.push_back(passages::termSpans(turn.answer.search, passage));
    }
}

} // namespace plumbline::ui::assistant
