// Two versions compared: their files, and the messages that come of them for one question.
#pragma once

#include <memory>

#include <QWidget>

#include "ui/jobs/job.h"
#include "ui/prompts/services.h"
#include "ui/widgets/diff_rows.h"

class QSettings;

namespace plumbline::ui::widgets {
class DiffView;
class PageStates;
} // namespace plumbline::ui::widgets

namespace plumbline::ui::prompts {

class InputBar;

// The version a page shows, and the one it is compared with; null where there is no other.
struct Pair {
    std::shared_ptr<const plumbline::prompts::PromptVersion> left; // compared with
    std::shared_ptr<const plumbline::prompts::PromptVersion> right;
};

class DiffPanel final : public QWidget {
    Q_OBJECT
public:
    explicit DiffPanel(QWidget* parent = nullptr);

    void setPair(const Pair& pair);
    widgets::DiffView& view() const { return *m_view; }

private:
    widgets::DiffView* m_view = nullptr;
    widgets::PageStates* m_states = nullptr;
    jobs::Job<widgets::DiffDocument> m_job;
};

class MessagesPanel final : public QWidget {
    Q_OBJECT
public:
    explicit MessagesPanel(const Services& services, QWidget* parent = nullptr);

    void setPair(const Pair& pair);
    void render();
    InputBar& input() const { return *m_input; }
    widgets::DiffView& view() const { return *m_view; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    const Services& m_services; // of the page, which owns this
    Pair m_pair;
    bool m_stale = true; // the pair or the question is another than what is shown
    InputBar* m_input = nullptr;
    widgets::DiffView* m_view = nullptr;
    widgets::PageStates* m_states = nullptr;
    jobs::Job<widgets::DiffDocument> m_job;
};

} // namespace plumbline::ui::prompts
