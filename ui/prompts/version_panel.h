// One version as it stands: front matter as facts, then its sections.
#pragma once

#include <optional>

#include <QWidget>

#include "app/prompts/prompt.h"

class QTextBrowser;

namespace plumbline::ui::prompts {

class VersionPanel final : public QWidget {
    Q_OBJECT
public:
    explicit VersionPanel(QWidget* parent = nullptr);

    void setVersion(plumbline::prompts::PromptVersion version);
    QString shownText() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void render();

    std::optional<plumbline::prompts::PromptVersion> m_version;
    QTextBrowser* m_text = nullptr;
};

} // namespace plumbline::ui::prompts
