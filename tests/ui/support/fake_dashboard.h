// Twelve runs of the little bank over eleven days, their figures, and what was changed between them.
#pragma once

#include <memory>

#include "tests/ui/support/fake_services.h"
#include "ui/dashboard/services.h"

namespace plumbline::tests {

// Two prompt versions on two models: v3 on "embedded" in every run, v4 on "gateway-eu" from the seventh on
// (it invents more), one run of the suite "imported" on the last day. Labels move and the index changes.
ui::dashboard::Reading dashboardReading();

// `runs` runs of four variants, one an hour.
ui::dashboard::Reading manyRuns(std::size_t runs);

// Script::fail gives an Io error, Script::nothingIndexed no runs, Script::hang waits until it is stopped.
ui::dashboard::Services fakeDashboard(const std::shared_ptr<Script>& script);

} // namespace plumbline::tests
