#include "ui/spending/spending.h"

#include <algorithm>

#include <QCoreApplication>

#include "app/llm/usage.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::spending {

using namespace Qt::Literals::StringLiterals;
using widgets::number;
using widgets::toQt;

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("plumbline::spending", text);
}

QString count(Tokens tokens)
{
    return number(static_cast<std::size_t>(std::max<std::int64_t>(tokens.count, 0)));
}

} // namespace

QString usageWords(const llm::Usage& usage)
{
    if (usage.input.count == 0 && usage.output.count == 0)
        return words("none");
    QString text = words("%1 in").arg(count(usage.input));
    if (usage.cached.count > 0)
        text += words(" (%1 cached)").arg(count(usage.cached));
    text += words(", %1 out").arg(count(usage.output));
    if (usage.reasoning.count > 0)
        text += words(" (%1 reasoning)").arg(count(usage.reasoning));
    return usage.estimated ? words("%1, estimated").arg(text) : text;
}

QString costWords(const std::optional<Money>& cost)
{
    return cost ? toQt(toString(*cost)) : words("unknown: no price for this model");
}

QString shortMoney(Money money)
{
    QString text = toQt(toString(money));
    const qsizetype least = text.indexOf(u'.') + 3;
    while (text.size() > least && text.endsWith(u'0'))
        text.chop(1);
    return text;
}

} // namespace plumbline::ui::spending
