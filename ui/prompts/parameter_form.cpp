#include "ui/prompts/parameter_form.h"

#include <cmath>
#include <limits>

#include <QBoxLayout>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>

#include "ui/widgets/formatters.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::prompts {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::prompts::Layout;
using plumbline::prompts::PromptVersion;

ParameterForm::ParameterForm(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 3 * kGrid, 3 * kGrid, 3 * kGrid);
    column->setSpacing(3 * kGrid);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(4 * kGrid);
    form->setVerticalSpacing(2 * kGrid);
    const auto addNumber = [&](const QString& name, int least, int most, const QString& unset) {
        auto* box = new QSpinBox(this);
        box->setRange(least, most);
        box->setSpecialValueText(unset);
        box->setButtonSymbols(QAbstractSpinBox::NoButtons); // arrow keys and the wheel do it
        box->setAccessibleName(name);
        form->addRow(name, box);
        connect(box, &QSpinBox::valueChanged, this, &ParameterForm::tell);
        return box;
    };
    m_temperature = new QDoubleSpinBox(this);
    m_temperature->setRange(-0.1, 2.0);
    m_temperature->setDecimals(2);
    m_temperature->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_temperature->setSingleStep(0.1);
    m_temperature->setSpecialValueText(tr("not sent"));
    m_temperature->setAccessibleName(tr("Temperature"));
    form->addRow(tr("Temperature"), m_temperature);
    m_tokens = addNumber(tr("Most output tokens"), 0, 1'000'000, tr("not sent"));
    m_seed = addNumber(tr("Seed"), -1, std::numeric_limits<int>::max(), tr("not sent"));
    m_layout = new QComboBox(this);
    m_layout->setAccessibleName(tr("Layout"));
    m_layout->addItem(tr("Prose"), static_cast<int>(Layout::Prose));
    m_layout->addItem(tr("List"), static_cast<int>(Layout::List));
    m_layout->addItem(tr("JSON"), static_cast<int>(Layout::Json));
    form->addRow(tr("Layout"), m_layout);
    m_sentences = addNumber(tr("Most sentences"), 1, 100, {});
    column->addLayout(form);
    m_told = textLabel({}, this, "muted");
    column->addWidget(m_told);
    auto* back = new QPushButton(tr("As written"), this);
    back->setToolTip(tr("Take the values of the file again"));
    column->addWidget(back, 0, Qt::AlignLeft);
    column->addStretch(1);
    connect(m_temperature, &QDoubleSpinBox::valueChanged, this, &ParameterForm::tell);
    connect(m_layout, &QComboBox::currentIndexChanged, this, &ParameterForm::tell);
    connect(back, &QPushButton::clicked, this, &ParameterForm::reset);
    setEnabled(false);
}

void ParameterForm::setVersion(const PromptVersion& version)
{
    const bool same = m_version && m_version->id() == version.id();
    m_version = version;
    setEnabled(true);
    if (!same)
        reset();
    tell();
}

void ParameterForm::reset()
{
    if (!m_version)
        return;
    const auto& parameters = m_version->parameters;
    m_temperature->setValue(parameters.temperature.value_or(m_temperature->minimum()));
    m_tokens->setValue(parameters.maxOutputTokens.value_or(0));
    m_seed->setValue(parameters.seed ? static_cast<int>(*parameters.seed) : -1);
    m_layout->setCurrentIndex(m_layout->findData(static_cast<int>(m_version->form.layout)));
    m_sentences->setValue(m_version->form.maxSentences);
}

PromptVersion ParameterForm::varied() const
{
    PromptVersion version = m_version.value_or(PromptVersion());
    auto& parameters = version.parameters;
    parameters.temperature.reset();
    if (m_temperature->value() > m_temperature->minimum())
        parameters.temperature = std::round(m_temperature->value() * 100) / 100;
    parameters.maxOutputTokens.reset();
    if (m_tokens->value() > 0)
        parameters.maxOutputTokens = m_tokens->value();
    parameters.seed.reset();
    if (m_seed->value() >= 0)
        parameters.seed = m_seed->value();
    version.form.layout = static_cast<Layout>(m_layout->currentData().toInt());
    version.form.maxSentences = m_sentences->value();
    return version;
}

QString ParameterForm::difference(const PromptVersion& written, const PromptVersion& varied)
{
    QStringList parts;
    const auto add = [&](const QString& name, const auto& before, const auto& after) {
        if (before != after)
            parts << (after ? name + u' ' + QString::number(*after) : tr("%1 not sent").arg(name));
    };
    add(tr("temperature"), written.parameters.temperature, varied.parameters.temperature);
    add(tr("tokens"), written.parameters.maxOutputTokens, varied.parameters.maxOutputTokens);
    add(tr("seed"), written.parameters.seed, varied.parameters.seed);
    if (written.form.layout != varied.form.layout)
        parts << (varied.form.layout == Layout::Prose  ? tr("prose")
                  : varied.form.layout == Layout::List ? tr("list")
                                                       : tr("JSON"));
    if (written.form.maxSentences != varied.form.maxSentences)
        parts << tr("%1 sentences").arg(varied.form.maxSentences);
    return parts.isEmpty() ? tr("as written") : parts.join(u", "_s);
}

void ParameterForm::tell()
{
    if (m_version)
        m_told->setText(tr("%1, %2").arg(toQt(m_version->id()), difference(*m_version, varied())));
}

} // namespace plumbline::ui::prompts
