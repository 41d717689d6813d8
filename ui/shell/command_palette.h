// Ctrl+K: pages, actions, documents and prompts by a few letters of their name.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QFrame>

#include "ui/jobs/job.h"
#include "ui/widgets/link.h"

class QLineEdit;
class QListView;

namespace plumbline::ui::shell {

struct PaletteEntry {
    QString icon;
    QString text;
    QString kind; // "Page", "Action", "Document", "Prompt", "Question"
    QString shortcut;
    std::function<void()> run; // on the window's thread
};

class PaletteModel;

class CommandPalette final : public QFrame {
    Q_OBJECT
public:
    explicit CommandPalette(QWidget* window);
    ~CommandPalette() override;

    void setCommands(std::vector<PaletteEntry> commands);
    void setDocuments(std::vector<PaletteEntry> documents);
    // Shows it over the middle of the window, empty and focused.
    void open();
    // Makes an entry for asking what is typed.
    void setAsk(std::function<void(const QString&)> ask) { m_ask = std::move(ask); }

Q_SIGNALS:
    void filtered(); // the list fits what is typed

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Entries = std::vector<PaletteEntry>;

    void filter();
    void runCurrent();
    void leave();

    std::shared_ptr<const Entries> m_commands;
    std::shared_ptr<const Entries> m_documents;
    std::function<void(const QString&)> m_ask;
    QLineEdit* m_box = nullptr;
    QListView* m_list = nullptr;
    PaletteModel* m_model = nullptr;
    QWidget* m_before = nullptr; // who had the focus
    jobs::Job<Entries> m_job;
};

} // namespace plumbline::ui::shell
