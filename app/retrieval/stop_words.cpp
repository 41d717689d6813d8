#include "app/retrieval/stop_words.h"

#include <unordered_set>

#include "app/base/text.h"

namespace plumbline::retrieval {

namespace {

constexpr std::string_view kStopWords =
    "a about above after again against all also am an and any are arent as at be because been before being "
    "below between both but by can cannot cant could couldnt did didnt do does doesnt doing dont down during "
    "each eg etc few for from further had hadnt has hasnt have havent having he her here hers herself him "
    "himself his how however i id ie if ill im in into is isnt it its itself ive just lets me more most my "
    "myself nor of off on once only or other ought our ours ourselves out over own s same shall she should "
    "shouldnt so some such t than that thats the their theirs them themselves then there theres these they "
    "theyre this those through to too under until up upon us very was wasnt we were werent what whats when "
    "where whether which while who whom whose why will with within without wont would wouldnt you your yours "
    "yourself yourselves";

} // namespace

bool isStopWord(std::string_view word)
{
    static const auto words = [] {
        const auto list = split(kStopWords, ' ');
        return std::unordered_set<std::string_view>(list.begin(), list.end());
    }();
    return words.contains(word);
}

} // namespace plumbline::retrieval
