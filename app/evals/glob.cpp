#include "app/evals/glob.h"

#include <string>

#include "app/evals/js_text.h"

namespace plumbline::evals {

namespace {

bool isLineEnd(char16_t c)
{
    return c == u'\n' || c == u'\r' || c == u'\u2028' || c == u'\u2029';
}

} // namespace

bool matchesGlob(std::string_view text, std::string_view pattern)
{
    const std::u16string given = jsUnits(jsLower(text));
    const std::u16string wanted = jsUnits(jsLower(pattern));
    std::size_t i = 0;
    std::size_t j = 0;
    std::size_t star = std::u16string::npos; // the last * and where its run began
    std::size_t runStart = 0;
    while (i < given.size()) {
        if (j < wanted.size() && wanted[j] == u'*') {
            star = j++;
            runStart = i;
        } else if (j < wanted.size() && ((wanted[j] == u'?' && !isLineEnd(given[i])) ||
                                         (wanted[j] != u'?' && wanted[j] == given[i]))) {
            ++i;
            ++j;
        } else if (star != std::u16string::npos && !isLineEnd(given[runStart])) {
            j = star + 1;
            i = ++runStart;
        } else {
            return false;
        }
    }
    while (j < wanted.size() && wanted[j] == u'*')
        ++j;
    return j == wanted.size();
}

} // namespace plumbline::evals
