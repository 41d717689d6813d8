#include "app/assistant/generic_words.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "app/base/text.h"

namespace plumbline::assistant {

namespace {

constexpr std::string_view kWords =
    "2023 2024 2025 2026 3am able about above accept access according ack act action actually add "
    "affect affected after afternoon again against ago agree ahead all allow allowance allowed almost "
    "along already also always am among amount annual annually another answer any anybody anymore "
    "anyone anything anyway apparently applies apply approach approval approve april around arrive "
    "ask asked at attempt august authorise authority autumn available away back bad bank banned "
    "basically be because become been before began begin beginning behind being believe below beneath "
    "best better between big biggest bit both bounce bouncing bound bring broken build busy buy call "
    "called came can cannot cap carry case catch cause certain chance change chapter charge cheap "
    "check cheers choose claim clear clearly client close colleague come common company complete "
    "completely concern condition confirm consent consider contact contain continue copy correct "
    "could count counting couple course cover create current currently customer cut daily date day "
    "days dead deadline deal december decide decision deep define depend describe detail determine "
    "dial did die differ different difficult direct directly discover discovered do document dodgy "
    "does doing done door down dozen drop due duration during each early easy eight either else email "
    "employee empty end enough ensure enter entire especially even evening ever every everybody "
    "everyone everything exact exactly example exist expect expensive explain extra face fact fail "
    "far fast february feel few figure file fill final finally find fine finish fire firm first fit "
    "five fix folks follow following forbidden forever forget form forward found four free frequency "
    "frequently fresh friday from front full fully further gave general get getting give given go "
    "goes going gone gonna good got gotta great group guess guidance guideline guy guys had half hand "
    "handle happen happening hard has have having head hear heard held hello help here hey hi high "
    "highest hit hold honest honestly hope hour hourly hours how however huge hundred idea "
    "immediately important include including inform inside insist instead intend interested into "
    "involve issue it item january job join july jump jumped june just keep kept key kick kill kind "
    "knew know known land large last late later latest lead learn least leave left length less let "
    "lets letter level lie life lifetime like likely limit line list listen literally little live "
    "load local long longer longest look lose lost lot low lower lowest lunch made mail main make "
    "making manage mandatory many march matter max max. maximum may maybe mean meant measure meet "
    "member mention message mid middle midnight might million min min. mind minimum minute minutes "
    "miss missing moment monday month monthly months more morning most move much must my myself name "
    "near necessary need needed needing needs never new newly next nice night nightly nine no nobody "
    "none noon normal normally not note nothing notice noticed november now number obligatory obtain "
    "occur october off often ok okay old on once one only open optional or order other otherwise "
    "ought our ours out outside over overall overnight own page paged paid part partial particular "
    "pass past pay people per percent percentage perform perhaps period permission permit permitted "
    "person pick piece place plan please pm point policy poor possible possibly prepare present "
    "pretty previous probably problem procedure proceed process produce prohibited properly prove "
    "provide purpose push put quarterly question quick quickest quickly quite quota raise ran rate "
    "rather reach read ready real realise really reason receive recent recently regard regular "
    "regularly relevant relieve remain remember remove repeat reply report request require required "
    "requirement respond responsibility responsible rest result return reuse rich right rule run "
    "running said same saturday save saw say second seconds section see seem seems seen seldom send "
    "sense sent separate september serious set seven several shall share shift short shortest should "
    "show side sign sign-off similar simple simply since single sit sitting situation six size small "
    "smallest smell smells so some somebody someone something sometimes somewhere soon sort span "
    "speak special specific spend spot spotted spring staff stage stand standard start state stay "
    "step still stop story straight strange stuff such suddenly sum summer suppose supposed sure take "
    "taken talk team tell ten term test than thank thanks that the their them then there these they "
    "thing think third this those though thought thousand three threshold through thursday time "
    "timeframe times today together tomorrow tonight too took tool top total touch toward travel "
    "treat tried trouble true truly try tuesday turn twice two type under understand unless until up "
    "upon upper us use used useful user using usual usually validity value various very via view "
    "visit wait walk want wanted wants was watch way we wednesday week weekend weekly weeks well went "
    "were what whatever when whenever where whether which while who whole whom whose why will window "
    "winter wish with within without wonder word work working world worry worth would write written "
    "wrong year yearly years yes yesterday yet you your ";

const std::set<std::string_view>& words()
{
    static const std::set<std::string_view> all = [] {
        std::set<std::string_view> set;
        for (const std::string_view word : split(kWords, ' ')) {
            if (!word.empty()) {
                set.insert(word);
            }
        }
        return set;
    }();
    return all;
}

bool isAmount(std::string_view word)
{
    return word.find_first_of("0123456789") != std::string_view::npos &&
           word.find_first_not_of("0123456789.,%kmh$\xC2\xA3\xE2\x82\xAC") == std::string_view::npos;
}

} // namespace

bool isGeneric(std::string_view word)
{
    const std::string lower = asciiLower(word);
    if (words().contains(lower) || isAmount(lower)) {
        return true;
    }
    static constexpr std::array<std::string_view, 6> kEndings = {"s", "es", "d", "ed", "ing", "ly"};
    return std::ranges::any_of(kEndings, [&](std::string_view ending) {
        const std::string_view whole = lower;
        if (!whole.ends_with(ending) || whole.size() < ending.size() + 3) {
            return false;
        }
        const std::string_view base = whole.substr(0, whole.size() - ending.size());
        return words().contains(base) || (base.size() > 3 && base[base.size() - 1] == base[base.size() - 2] &&
                                          words().contains(base.substr(0, base.size() - 1)));
    });
}

} // namespace plumbline::assistant
