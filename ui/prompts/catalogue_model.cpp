#include "ui/prompts/catalogue_model.h"

#include <QCoreApplication>

#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plain_tip.h"

namespace plumbline::ui::prompts {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

QString stateIcon(VersionState state)
{
    switch (state) {
    case VersionState::Released:
        return u"approved"_s;
    case VersionState::ChangedAfterRelease:
        return u"warning"_s;
    case VersionState::Draft:
        break;
    }
    return u"draft"_s;
}

QString joined(const std::vector<std::string>& words)
{
    QStringList list;
    for (const std::string& word : words)
        list << toQt(word);
    return list.join(u", "_s);
}

bool matches(const QString& text, const QStringList& words)
{
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

QList<QStandardItem*> itemsOf(const PromptRow& prompt, const VersionRow& row, Timestamp now)
{
    QList<QStandardItem*> items;
    const auto add = [&](const QString& text) {
        auto* item = new QStandardItem(text);
        item->setEditable(false);
        item->setData(toQt(prompt.name), CatalogueModel::NameRole);
        item->setData(row.version, CatalogueModel::VersionRole);
        items << item;
        return item;
    };
    const QString note = toQt(row.changeNote);
    add(u'v' + QString::number(row.version))->setIcon(icon(stateIcon(row.state)));
    QStandardItem* labels = add(joined(row.labels));
    if (!row.labels.empty())
        labels->setIcon(icon(u"label"_s));
    add(stateWords(row.state));
    QStandardItem* changed = add(row.at ? age(*row.at, now) : u"—"_s);
    add(toQt(row.author));
    add(note);
    for (QStandardItem* item : items)
        item->setToolTip(plainTip(
            u"%1@%2, %3\n%4"_s.arg(toQt(prompt.name), items[0]->text(), stateWords(row.state), note)));
    if (row.at)
        changed->setToolTip(localTime(*row.at) + u'\n' + utcTime(*row.at));
    items[0]->setData(QCoreApplication::translate("plumbline::prompts", "%1 version %2, %3, labels: %4")
                          .arg(toQt(prompt.name), QString::number(row.version), stateWords(row.state),
                               row.labels.empty() ? u"—"_s : joined(row.labels)),
                      Qt::AccessibleTextRole);
    return items;
}

} // namespace

QString stateWords(VersionState state)
{
    const auto words = [](const char* text) {
        return QCoreApplication::translate("plumbline::prompts", text);
    };
    switch (state) {
    case VersionState::Released:
        return words("Released");
    case VersionState::ChangedAfterRelease:
        return words("Changed after release");
    case VersionState::Draft:
        break;
    }
    return words("Draft");
}

CatalogueModel::CatalogueModel(QObject* parent) : QStandardItemModel(0, ColumnCount, parent)
{
    setHorizontalHeaderLabels(
        {tr("Prompt"), tr("Task, labels"), tr("State"), tr("Changed"), tr("Author"), tr("Change note")});
}

void CatalogueModel::setCatalogue(const Catalogue& catalogue, const QString& filter, Timestamp now)
{
    removeRows(0, rowCount());
    m_versions = 0;
    const QStringList words = filter.split(u' ', Qt::SkipEmptyParts);
    for (const PromptRow& prompt : catalogue.prompts) {
        auto* parent = new QStandardItem(icon(u"prompts"_s), toQt(prompt.name));
        parent->setEditable(false);
        parent->setData(toQt(prompt.name), NameRole);
        parent->setData(0, VersionRole);
        for (const VersionRow& row : prompt.versions) {
            const QString text = QStringList{toQt(prompt.name),   u'v' + QString::number(row.version),
                                             toQt(row.title),     joined(row.labels),
                                             toQt(row.author),    stateWords(row.state),
                                             toQt(row.changeNote)}
                                     .join(u' ');
            if (!matches(text, words))
                continue;
            parent->appendRow(itemsOf(prompt, row, now));
            ++m_versions;
        }
        if (parent->rowCount() == 0) {
            delete parent;
            continue;
        }
        auto* task = new QStandardItem(toQt(prompt.task));
        task->setEditable(false);
        task->setData(toQt(prompt.name), NameRole);
        appendRow({parent, task});
    }
}

QModelIndex CatalogueModel::find(const QString& name, int version) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const QStandardItem* prompt = item(row);
        if (prompt->data(NameRole).toString() != name)
            continue;
        for (int child = 0; child < prompt->rowCount(); ++child) {
            if (version == 0 || prompt->child(child)->data(VersionRole).toInt() == version)
                return prompt->child(child)->index();
        }
    }
    return {};
}

} // namespace plumbline::ui::prompts
