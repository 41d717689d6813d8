#include "app/assistant/signals.h"

#include <string>
#include <vector>

namespace plumbline::assistant {

std::string_view nameOf(std::size_t signal)
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all = {"own_subject",
                                        "context_subject",
                                        "own_all",
                                        "context_all",
                                        "meaning",
                                        "passage",
                                        "passage_share",
                                        "first",
                                        "missing",
                                        "rarest_missing",
                                        "passage_missing",
                                        "passage_rarest",
                                        "unknown",
                                        "known_elsewhere",
                                        "fits",
                                        "fits_not",
                                        "counts_not",
                                        "exact_missing",
                                        "step",
                                        "row",
                                        "code",
                                        "own_count",
                                        "price_not",
                                        "telephone_not",
                                        "tally",
                                        "length",
                                        "asked",
                                        "together",
                                        "both",
                                        "subject_lacking",
                                        "subject_far",
                                        "subject_rarest",
                                        "generic_lacking",
                                        "generic_far",
                                        "generic_rarest"};
        for (const char* what : {"subject", "generic", "noun", "generic_noun"}) {
            for (const char* place :
                 {"own", "header", "heading", "title", "passage", "document", "elsewhere", "nowhere"}) {
                all.push_back(std::string(what) + "_in_" + place);
            }
        }
        for (const char* which : {"first", "second", "last_but_one", "last", "share"}) {
            all.push_back(std::string("far_") + which);
        }
        for (const char* what : {"lacking", "far"}) {
            for (const char* before : {"nothing", "term", "preposition", "article", "verb", "other"}) {
                all.push_back(std::string(what) + "_after_" + before);
            }
        }
        for (const char* which :
             {"both", "first_lacks", "second_lacks", "none", "first_far", "second_far", "rarest"}) {
            all.push_back(std::string("pair_") + which);
        }
        return all;
    }();
    return names[signal];
}

} // namespace plumbline::assistant
