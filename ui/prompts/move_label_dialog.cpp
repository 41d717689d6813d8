#include "ui/prompts/move_label_dialog.h"

#include <algorithm>

#include <QBoxLayout>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QRegularExpressionValidator>

#include "ui/widgets/formatters.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::prompts {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

MoveLabelDialog::MoveLabelDialog(const QString& prompt, int version, const LabelBook& book,
                                 const QString& actor, QWidget* parent)
    : QDialog(parent), m_prompt(prompt), m_version(version), m_book(book), m_actor(actor)
{
    setWindowTitle(tr("Move a label"));
    setMinimumWidth(560);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 4 * kGrid, 6 * kGrid, 4 * kGrid);
    column->setSpacing(4 * kGrid);
    auto* title = new QLabel(tr("Put a label on %1@v%2").arg(prompt).arg(version), this);
    title->setTextFormat(Qt::PlainText);
    title->setFont(titleFont());
    column->addWidget(title);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(4 * kGrid);
    form->setVerticalSpacing(2 * kGrid);
    m_label = new QComboBox(this);
    m_label->setEditable(true);
    m_label->setAccessibleName(tr("Label"));
    m_label->lineEdit()->setValidator(
        new QRegularExpressionValidator(QRegularExpression(u"[a-z][a-z0-9-]{0,39}"_s), this));
    QStringList names = {u"production"_s, u"canary"_s, u"candidate"_s};
    for (const LabelRow& row : book.labels) {
        if (!names.contains(toQt(row.label)))
            names << toQt(row.label);
    }
    m_label->addItems(names);
    m_label->setCurrentText(u"candidate"_s);
    m_why = new QLineEdit(this);
    m_why->setAccessibleName(tr("Reason"));
    m_why->setPlaceholderText(tr("Why; it is kept with your name"));
    form->addRow(tr("&Label"), m_label);
    form->addRow(tr("&Reason"), m_why);
    column->addLayout(form);
    m_consequences = textLabel({}, this);
    m_consequences->setAccessibleName(tr("What will change"));
    m_consequences->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_consequences->setMinimumHeight(6 * fontMetrics().lineSpacing()); // the longest of its texts
    column->addWidget(m_consequences);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_move = buttons->addButton(tr("Move the label"), QDialogButtonBox::AcceptRole);
    m_move->setProperty("role", u"primary"_s);
    column->addWidget(buttons);
    connect(m_label, &QComboBox::currentTextChanged, this, &MoveLabelDialog::tell);
    connect(m_why, &QLineEdit::textChanged, this, &MoveLabelDialog::tell);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT moveRequested(m_label->currentText(), m_why->text().trimmed());
        accept();
    });
    tell();
    m_label->setFocus();
}

QString MoveLabelDialog::consequences() const
{
    return m_consequences->text();
}

void MoveLabelDialog::tell()
{
    const QString label = m_label->currentText();
    const auto place = std::find_if(m_book.labels.begin(), m_book.labels.end(),
                                    [&](const LabelRow& row) { return toQt(row.label) == label; });
    const int before = place == m_book.labels.end() ? 0 : place->version;
    QString words;
    if (label.isEmpty())
        words = tr("Choose a label or write your own: small letters, figures and hyphens.");
    else if (before == m_version)
        words = tr("\u201c%1\u201d stands on v%2 already: nothing would change.").arg(label).arg(m_version);
    else if (before == 0)
        words = tr("\u201c%1\u201d is new. From now on %2@%1 means v%3.").arg(label, m_prompt).arg(m_version);
    else
        words =
            tr("\u201c%1\u201d moves from v%2 to v%3. From the next call on, everything that asks for %4@%1 "
               "gets v%3; answers that were given stay as they are. Moving it back takes the same step.")
                .arg(label)
                .arg(before)
                .arg(m_version)
                .arg(m_prompt);
    const bool changes = !label.isEmpty() && before != m_version;
    if (changes)
        words += u'\n' + tr("Recorded as %1, with the time and the reason.").arg(m_actor);
    const bool reason = !m_why->text().trimmed().isEmpty();
    if (changes && !reason)
        words += u'\n' + tr("A reason is needed.");
    m_consequences->setText(words);
    m_move->setEnabled(changes && reason);
}

} // namespace plumbline::ui::prompts
