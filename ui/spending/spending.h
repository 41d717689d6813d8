// Tokens and money as every page writes them.
#pragma once

#include <optional>

#include <QString>

#include "app/base/units.h"

namespace plumbline::llm {
struct Usage;
}

namespace plumbline::ui::spending {

// "1,204 in (900 cached), 87 out", with "estimated" where the server did not count; "none" for nothing.
QString usageWords(const llm::Usage& usage);

// "$0.001234"; "unknown: no price for this model" without one, never 0.
QString costWords(const std::optional<Money>& cost);

// "$5.00", "$0.0134": as few places as are exact, two at least.
QString shortMoney(Money money);

} // namespace plumbline::ui::spending
