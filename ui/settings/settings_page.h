// Theme, size of text, and the facts of the workspace.
#pragma once

#include <vector>

#include <QWidget>

#include "ui/widgets/theme.h"

class QComboBox;
class QFormLayout;
class QPushButton;

namespace plumbline::ui::settings {

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
    SettingsPage(Appearance appearance, std::vector<Fact> facts, QWidget* parent = nullptr);

    void setAppearance(Appearance appearance);
    Appearance appearance() const;

Q_SIGNALS:
    void appearanceChanged(const settings::Appearance& appearance);
    void workspaceRequested(const QString& folder); // open another one

private:
    QWidget* makeAppearance();
    QWidget* makeFacts(const std::vector<Fact>& facts);
    void askForWorkspace();

    QComboBox* m_theme = nullptr;
    QComboBox* m_scale = nullptr;
};

} // namespace plumbline::ui::settings
