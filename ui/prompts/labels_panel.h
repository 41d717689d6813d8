// The labels of a prompt: where each stands, who put it there and why, and what moved before.
#pragma once

#include <QWidget>

#include "ui/jobs/job.h"
#include "ui/prompts/services.h"

class QLabel;
class QPushButton;
class QTableView;

namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::prompts {

class BookModel;

class LabelsPanel final : public QWidget {
    Q_OBJECT
public:
    LabelsPanel(const Services& services, QWidget* parent = nullptr);

    // Reads the labels of `name` again; moves are offered for `version`.
    void setVersion(const QString& name, int version);
    // Opens the dialog; does nothing while the labels are read.
    void askForMove();
    QTableView& table() const { return *m_table; }
    QString said() const;

Q_SIGNALS:
    void changed(); // a label was moved

private:
    QWidget* makeContent();
    void reload();
    void move(const QString& label, const QString& why);
    void say(const QString& words, const char* role);

    const Services& m_services; // of the page, which owns this
    QString m_name;
    int m_version = 0;
    LabelBook m_book;
    BookModel* m_labels = nullptr;
    BookModel* m_moves = nullptr;
    QTableView* m_table = nullptr;
    QTableView* m_past = nullptr;
    QPushButton* m_move = nullptr;
    QLabel* m_said = nullptr;
    widgets::PageStates* m_states = nullptr;
    jobs::Job<LabelBook> m_job;
    jobs::Job<bool> m_moveJob;
};

class HistoryPanel final : public QWidget {
    Q_OBJECT
public:
    HistoryPanel(const Services& services, QWidget* parent = nullptr);

    void setPrompt(const QString& name);
    QTableView& table() const { return *m_table; }

Q_SIGNALS:
    void chosen(int version); // Enter on an entry

private:
    void reload();

    const Services& m_services; // of the page, which owns this
    QString m_name;
    History m_history;
    BookModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_from = nullptr;
    widgets::PageStates* m_states = nullptr;
    jobs::Job<History> m_job;
};

} // namespace plumbline::ui::prompts
