// Two texts compared: the lines side by side or in one column, what changed counted, and ways from change to
// change.
#pragma once

#include <memory>

#include <QWidget>

#include "ui/widgets/diff_rows.h"

class QLabel;
class QPushButton;
class QSettings;

namespace plumbline::ui::widgets {

class DiffCanvas;
class OverviewStrip;

// Keys within the text: n, p next and previous change; u one column; e folds what is equal; Enter opens a
// fold.
class DiffView final : public QWidget {
    Q_OBJECT
public:
    explicit DiffView(QWidget* parent = nullptr);

    void setDocument(DiffDocument document);
    void clear();
    DiffCanvas& canvas() const { return *m_canvas; }
    OverviewStrip& strip() const { return *m_strip; }
    QString said() const; // what was counted, as shown

    bool isUnified() const;
    void setUnified(bool unified);
    void setFolding(bool folding);
    void saveState(QSettings& settings, const QString& key) const;
    void restoreState(const QSettings& settings, const QString& key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeBar();
    QPushButton* addButton(const QString& iconName, const QString& text, const QString& tip);
    void showPlace();
    void showMarks();
    void copy(const QString& text, const QString& what);

    std::shared_ptr<const DiffDocument> m_document = std::make_shared<const DiffDocument>();
    QWidget* m_bar = nullptr;
    QLabel* m_leftName = nullptr;
    QLabel* m_rightName = nullptr;
    QLabel* m_said = nullptr;
    QLabel* m_place = nullptr;
    QPushButton* m_previous = nullptr;
    QPushButton* m_next = nullptr;
    QPushButton* m_unified = nullptr;
    QPushButton* m_folding = nullptr;
    QPushButton* m_copy = nullptr;
    DiffCanvas* m_canvas = nullptr;
    OverviewStrip* m_strip = nullptr;
};

} // namespace plumbline::ui::widgets
