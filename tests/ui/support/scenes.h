// What the pictures show: the window brought into a state, by name.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "tests/ui/support/fake_services.h"

class QWidget;

namespace plumbline::tests {

using Scene = std::function<void(ui::shell::MainWindow&, Script&)>;
using NamedScene = std::pair<const char*, Scene>;

std::vector<NamedScene> scenes();       // all of them
std::vector<NamedScene> promptScenes(); // prompts, models and settings
std::vector<NamedScene> evalScenes();
std::vector<NamedScene> dashboardScenes();

inline constexpr const char* kQuestion = "What do I do when payments fail after a certificate rotation?";

void ask(ui::shell::MainWindow& window, const QString& question); // and waits for the answer
void press(QWidget& parent, const QString& text);                 // the visible button of that text

} // namespace plumbline::tests
