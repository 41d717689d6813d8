#include "ui/shell/fuzzy.h"

#include <algorithm>

namespace plumbline::ui::shell {

namespace {

bool startsWord(QStringView text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber() || (text[at].isUpper() && text[at - 1].isLower());
}

// The fit of the pattern when its first letter is taken at `from`.
int scoreFrom(QStringView pattern, QStringView text, qsizetype from)
{
    int score = 0;
    qsizetype at = from;
    qsizetype last = -2;
    for (const QChar wanted : pattern) {
        if (wanted.isSpace())
            continue;
        while (at < text.size() && text[at].toCaseFolded() != wanted.toCaseFolded())
            ++at;
        if (at == text.size())
            return 0;
        score += 1 + (at == last + 1 ? 4 : 0) + (startsWord(text, at) ? 3 : 0);
        last = at++;
    }
    return score;
}

} // namespace

int fuzzyScore(QStringView pattern, QStringView text)
{
    const QStringView wanted = pattern.trimmed();
    if (wanted.isEmpty())
        return 1;
    int best = 0;
    for (qsizetype from = 0; from < text.size(); ++from) {
        if (text[from].toCaseFolded() != wanted[0].toCaseFolded())
            continue;
        const int score = scoreFrom(wanted, text, from);
        if (score == 0)
            break; // further right there is even less
        best = std::max(best, score);
    }
    return best == 0 ? 0 : best * 64 - static_cast<int>(std::min<qsizetype>(text.size(), 63));
}

} // namespace plumbline::ui::shell
