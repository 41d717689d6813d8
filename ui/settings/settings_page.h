// Theme and size of text, the facts of the workspace, endpoints with their keys, budgets and prices.
#pragma once

#include <vector>

#include <QWidget>

#include "ui/settings/services.h"
#include "ui/widgets/theme.h"

class QComboBox;
class QFormLayout;
class QPushButton;
class QTabWidget;

namespace plumbline::ui::jobs {
class JobList;
}

namespace plumbline::ui::settings {

class EndpointsPanel;
class SpendingPanel;

struct Fact {
    QString name;
    QString value;
};

struct Appearance {
    widgets::ThemeChoice theme = widgets::ThemeChoice::System;
    double scale = 1; // of all text
};

class SettingsPage final : public QWidget {
    Q_OBJECT
public:
    enum class Tab { General, Models, Spending };

    SettingsPage(Appearance appearance, std::vector<Fact> facts, Services services, jobs::JobList& jobList,
                 QWidget* parent = nullptr);
    ~SettingsPage() override;

    void showTab(Tab tab);
    EndpointsPanel& endpoints() const { return *m_endpoints; }
    SpendingPanel& spending() const { return *m_spending; }

    void setAppearance(Appearance appearance);
    Appearance appearance() const;

Q_SIGNALS:
    void appearanceChanged(const settings::Appearance& appearance);
    void workspaceRequested(const QString& folder); // open another one

private:
    QWidget* makeAppearance();
    QWidget* makeFacts(const std::vector<Fact>& facts);
    void askForWorkspace();

    Services m_services;
    QTabWidget* m_tabs = nullptr;
    EndpointsPanel* m_endpoints = nullptr;
    SpendingPanel* m_spending = nullptr;
    QComboBox* m_theme = nullptr;
    QComboBox* m_scale = nullptr;
};

} // namespace plumbline::ui::settings
