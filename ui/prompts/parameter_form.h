// The parameters of a version that a playground varies; what is left alone stays as the file has it.
#pragma once

#include <optional>

#include <QWidget>

#include "app/prompts/prompt.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace plumbline::ui::prompts {

class ParameterForm final : public QWidget {
    Q_OBJECT
public:
    explicit ParameterForm(QWidget* parent = nullptr);

    void setVersion(const plumbline::prompts::PromptVersion& version);
    // The version with what is set here.
    plumbline::prompts::PromptVersion varied() const;
    // "temperature 0.7, list"; "as written" when nothing differs.
    static QString difference(const plumbline::prompts::PromptVersion& written,
                              const plumbline::prompts::PromptVersion& varied);

    QDoubleSpinBox& temperature() const { return *m_temperature; }
    QSpinBox& maxSentences() const { return *m_sentences; }

private:
    void reset();
    void tell();

    std::optional<plumbline::prompts::PromptVersion> m_version;
    QDoubleSpinBox* m_temperature = nullptr; // its lowest value means "not sent"
    QSpinBox* m_tokens = nullptr;
    QSpinBox* m_seed = nullptr;
    QComboBox* m_layout = nullptr;
    QSpinBox* m_sentences = nullptr;
    QLabel* m_told = nullptr;
};

} // namespace plumbline::ui::prompts
