// What all charts share: the range of time, the suite, the variants (which is the legend too), and the list
// of what was changed.
#pragma once

#include <optional>
#include <vector>

#include <QFrame>

#include "ui/dashboard/chart_plot.h"
#include "ui/dashboard/series_model.h"
#include "ui/dashboard/services.h"

class QComboBox;
class QLabel;
class QPushButton;
class QListView;
class QStandardItemModel;
class QTableView;

namespace plumbline::ui::dashboard {

class FilterPanel final : public QFrame {
    Q_OBJECT
public:
    explicit FilterPanel(QWidget* parent = nullptr);

    // Keeps what was chosen as far as it is still there; at first the suite of the newest run, all variants
    // that it has, all of its time.
    void setReading(const Reading& reading, Timestamp now);

    Selection selection() const;
    bool zoomed() const { return m_zoom.has_value(); }
    void zoomTo(const TimeRange& range);
    void resetZoom();
    void chooseSuite(const QString& suite); // empty = all
    void chooseVariants(bool all);
    QListView& variants() const { return *m_list; }
    QTableView& marks() const { return *m_changes; }
    QString rangeText() const;

Q_SIGNALS:
    void changed();
    void promptOpened(const QString& reference); // "policy-answer@v4", of a mark
    void refreshRequested();

private:
    void makeTime(QLayout& column);
    void fillSuites(const Reading& reading);
    void fillVariants(const Reading& reading);
    void fillMarks(const Reading& reading);
    TimeRange wholeRange() const;
    void tell();

    std::vector<std::pair<qint64, QString>> m_runs; // time, suite
    std::vector<QString> m_prompts;                 // of the marks' rows; empty for the index
    Timestamp m_now{};
    bool m_first = true;
    std::optional<TimeRange> m_zoom;
    QComboBox* m_span = nullptr;
    QLabel* m_rangeWords = nullptr;
    QPushButton* m_reset = nullptr;
    QComboBox* m_suite = nullptr;
    QListView* m_list = nullptr;
    QStandardItemModel* m_model = nullptr;
    QTableView* m_changes = nullptr;
    QStandardItemModel* m_changeModel = nullptr;
};

// Whether the mark may be why figures of these variants (their ids) differ: a change of the index, or a label
// of a prompt that one of them is a version of.
bool concerns(const plumbline::evals::EventMark& mark, const std::vector<std::string>& variants);

// A mark as charts and lists show it: "production → v4", with who and why in the tip.
ChartMark chartMarkOf(const plumbline::evals::EventMark& mark);

} // namespace plumbline::ui::dashboard
