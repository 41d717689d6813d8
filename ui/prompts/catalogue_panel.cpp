#include "ui/prompts/catalogue_panel.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTreeView>

#include "ui/prompts/catalogue_model.h"
#include "ui/widgets/formatters.h"
#include "ui/widgets/table_setup.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::prompts {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

constexpr std::size_t kProblemsShown = 4;

} // namespace

CataloguePanel::CataloguePanel(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 3 * kGrid, 2 * kGrid, 3 * kGrid);
    column->setSpacing(2 * kGrid);
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Filter prompts"));
    m_filter->setAccessibleName(tr("Filter prompts"));
    m_filter->setToolTip(tr("All words must occur in name, title, label, author, state or note (Ctrl+F)"));
    m_filter->setClearButtonEnabled(true);
    m_model = new CatalogueModel(this);
    m_view = new QTreeView(this);
    m_view->setModel(m_model);
    setUpTree(*m_view, tr("Prompts and versions"));
    const QFontMetrics metrics = fontMetrics();
    const auto wide = [&](const QString& words, int extra) {
        return metrics.horizontalAdvance(words) + extra;
    };
    m_view->setColumnWidth(CatalogueModel::Version, wide(u"incident-summary"_s, 12 * kGrid));
    m_view->setColumnWidth(CatalogueModel::State, wide(tr("Changed after…"), 9 * kGrid));
    m_view->setColumnWidth(CatalogueModel::Labels, wide(u"production"_s, 9 * kGrid));
    m_view->setColumnWidth(CatalogueModel::Changed, wide(u"120 days ago"_s, 4 * kGrid));
    m_view->setColumnWidth(CatalogueModel::Author, wide(u"Prompt Engineer"_s, 4 * kGrid));
    m_view->setColumnWidth(CatalogueModel::Note, wide(u"x"_s, 0) * 60);
    m_problems = textLabel({}, this, "bad");
    m_problems->setTextFormat(Qt::RichText);
    m_problems->setTextInteractionFlags(Qt::LinksAccessibleByKeyboard | Qt::LinksAccessibleByMouse |
                                        Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_problems->setAccessibleName(tr("Prompt files that could not be read"));
    m_problems->hide();
    m_count = new QLabel(this);
    m_count->setProperty("role", u"muted"_s);
    column->addWidget(m_filter);
    column->addWidget(m_view, 1);
    column->addWidget(m_problems);
    column->addWidget(m_count);
    connect(m_filter, &QLineEdit::textChanged, this, &CataloguePanel::refill);
    connect(m_problems, &QLabel::linkActivated, this, [this](const QString& target) {
        const std::size_t index = target.toULongLong();
        if (index < m_catalogue.problems.size())
            Q_EMIT fileRequested(toQt(m_catalogue.problems[index].path), m_catalogue.problems[index].line);
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                const QModelIndex first = current.siblingAtColumn(0);
                const int version = first.data(CatalogueModel::VersionRole).toInt();
                if (version == 0 || m_quiet)
                    return;
                m_name = first.data(CatalogueModel::NameRole).toString();
                m_version = version;
                Q_EMIT chosen(m_name, version);
            });
}

void CataloguePanel::setCatalogue(const Catalogue& catalogue, Timestamp now)
{
    m_catalogue = catalogue;
    m_now = now;
    refill();
    showProblems();
}

void CataloguePanel::refill()
{
    m_quiet = true;
    m_model->setCatalogue(m_catalogue, m_filter->text(), m_now);
    m_view->expandAll();
    std::size_t all = 0;
    for (const PromptRow& prompt : m_catalogue.prompts)
        all += prompt.versions.size();
    const auto shown = static_cast<std::size_t>(m_model->versions());
    const QString prompts = counted(m_catalogue.prompts.size(), tr("prompt"), tr("prompts"));
    const QString versions = counted(all, tr("version"), tr("versions"));
    m_count->setText(shown == all ? u"%1, %2"_s.arg(prompts, versions)
                                  : tr("%1 of %2 versions").arg(number(shown), number(all)));
    const QModelIndex kept = m_model->find(m_name, m_version);
    if (kept.isValid())
        m_view->setCurrentIndex(kept);
    m_quiet = false;
}

void CataloguePanel::showProblems()
{
    const auto& problems = m_catalogue.problems;
    m_problems->setVisible(!problems.empty());
    QStringList lines;
    for (std::size_t i = 0; i < problems.size() && i < kProblemsShown; ++i) {
        const Problem& problem = problems[i];
        QString place = toQt(problem.path);
        if (problem.line > 0)
            place += u":%1:%2"_s.arg(problem.line).arg(problem.column);
        lines << u"%1: %2 <a style=\"color: %3\" href=\"%4\">%5</a>"_s.arg(
            place.toHtmlEscaped(), toQt(problem.message).toHtmlEscaped(), currentTokens().accent.name(),
            QString::number(i), tr("Open the file"));
    }
    if (problems.size() > kProblemsShown)
        lines << tr("and %1 more").arg(number(problems.size() - kProblemsShown));
    m_problems->setText(lines.join(u"<br>"_s));
}

void CataloguePanel::select(const QString& name, int version)
{
    m_name = name;
    m_version = version;
    if (!m_model->find(name, version).isValid())
        m_filter->clear();
    const QModelIndex index = m_model->find(name, version);
    if (!index.isValid())
        return;
    if (index == m_view->currentIndex())
        Q_EMIT chosen(name, index.data(CatalogueModel::VersionRole).toInt());
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

void CataloguePanel::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void CataloguePanel::saveState(QSettings& settings) const
{
    settings.setValue(u"prompts/filter"_s, m_filter->text());
    settings.setValue(u"prompts/name"_s, m_name);
    settings.setValue(u"prompts/version"_s, m_version);
    saveColumns(settings, u"prompts/tree"_s, *m_view->header());
}

void CataloguePanel::restoreState(const QSettings& settings)
{
    m_filter->setText(settings.value(u"prompts/filter"_s).toString());
    m_name = settings.value(u"prompts/name"_s).toString();
    m_version = settings.value(u"prompts/version"_s).toInt();
    restoreColumns(settings, u"prompts/tree"_s, *m_view->header());
}

} // namespace plumbline::ui::prompts
