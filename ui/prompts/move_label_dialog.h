// Asks which label is put on a version, and why; says exactly what will change.
#pragma once

#include <QDialog>

#include "ui/prompts/services.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace plumbline::ui::prompts {

// Never blocks: open() it and wait for moveRequested(). A reason is required.
class MoveLabelDialog final : public QDialog {
    Q_OBJECT
public:
    MoveLabelDialog(const QString& prompt, int version, const LabelBook& book, const QString& actor,
                    QWidget* parent = nullptr);

    QString consequences() const; // as shown

Q_SIGNALS:
    void moveRequested(const QString& label, const QString& why);

private:
    void tell();

    QString m_prompt;
    int m_version = 0;
    LabelBook m_book;
    QString m_actor;
    QComboBox* m_label = nullptr;
    QLineEdit* m_why = nullptr;
    QLabel* m_consequences = nullptr;
    QPushButton* m_move = nullptr;
};

} // namespace plumbline::ui::prompts
