// The map of an answer: each sentence, and the source that carries it or comes nearest.
#pragma once

#include <QWidget>

#include "ui/evals/services.h"
#include "ui/widgets/link.h"

class QComboBox;
class QLabel;
class QListView;
class QPushButton;
class QSettings;
class QSplitter;
class QStandardItemModel;
class QTextBrowser;

namespace plumbline::ui::widgets {
class PageStates;
}

namespace plumbline::ui::evals {

class SourcesPanel final : public QWidget {
    Q_OBJECT
public:
    explicit SourcesPanel(QWidget* parent = nullptr);

    void setAttempt(const Attempt* attempt); // null: nothing was answered; copied
    QListView& sentences() const { return *m_list; }
    QString shownSource() const; // as a person reads it

    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void linkActivated(const widgets::Link& link);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeSource();
    void fill();
    void chooseSentence(int row);
    void showSource();
    void openDocument();

    Attempt m_attempt;
    int m_sentence = -1;
    QSplitter* m_splitter = nullptr;
    QListView* m_list = nullptr;
    QStandardItemModel* m_model = nullptr;
    QComboBox* m_sources = nullptr;
    QPushButton* m_open = nullptr;
    QTextBrowser* m_text = nullptr;
    widgets::PageStates* m_states = nullptr;
};

} // namespace plumbline::ui::evals
