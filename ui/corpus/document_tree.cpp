#include "ui/corpus/document_tree.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <QCoreApplication>

#include "ui/widgets/formatters.h"

namespace plumbline::ui::corpus {

using namespace Qt::Literals::StringLiterals;
using plumbline::corpus::DocumentRow;
using plumbline::ui::widgets::toQt;

namespace {

// A folder while the tree is built.
struct Folder {
    QString name;
    std::map<QString, std::unique_ptr<Folder>> folders;
    std::vector<std::int32_t> documents;
};

bool matches(const DocumentRow& row, const QStringList& words, const QString& state)
{
    if (!state.isEmpty() && stateKey(row) != state)
        return false;
    if (words.isEmpty())
        return true;
    QString text = toQt(row.id) + u' ' + toQt(row.title) + u' ' + toQt(row.path) + u' ' + toQt(row.owner) +
                   u' ' + toQt(row.version);
    for (const std::string& tag : row.tags)
        text += u' ' + toQt(tag);
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

Folder& folderOf(Folder& top, const std::string& path)
{
    Folder* folder = &top;
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return *folder;
    for (const QString& part :
         toQt(std::string_view(path).substr(0, slash)).split(u'/', Qt::SkipEmptyParts)) {
        auto& next = folder->folders[part];
        if (!next) {
            next = std::make_unique<Folder>();
            next->name = part;
        }
        folder = next.get();
    }
    return *folder;
}

class Flattener {
public:
    explicit Flattener(DocumentTree& tree) : m_tree(tree) {}

    // Writes the children of `folder` under node `parent`; gives how many documents are below.
    std::int32_t write(Folder& folder, std::int32_t parent)
    {
        std::vector<DocumentRow> const& rows = *m_tree.rows;
        std::sort(folder.documents.begin(), folder.documents.end(), [&](std::int32_t a, std::int32_t b) {
            const DocumentRow& left = rows[static_cast<std::size_t>(a)];
            const DocumentRow& right = rows[static_cast<std::size_t>(b)];
            return std::tie(left.id, left.version, left.path) < std::tie(right.id, right.version, right.path);
        });
        const auto first = static_cast<std::int32_t>(m_tree.nodes.size());
        std::int32_t row = 0;
        std::vector<Folder*> folders;
        for (auto& [name, child] : folder.folders) {
            folders.push_back(child.get());
            m_tree.nodes.push_back({parent, row++, -1, 0, -1, name, 0});
        }
        for (const std::int32_t document : folder.documents) {
            const DocumentRow& entry = rows[static_cast<std::size_t>(document)];
            const QString title =
                entry.title.empty() ? toQt(entry.path.substr(entry.path.rfind('/') + 1)) : toQt(entry.title);
            const QString name = entry.id.empty() ? title : QString(toQt(entry.id) + u"  "_s + title);
            m_tree.nodes.push_back({parent, row++, -1, 0, document, name, 1});
        }
        if (parent >= 0) {
            m_tree.nodes[static_cast<std::size_t>(parent)].firstChild = first;
            m_tree.nodes[static_cast<std::size_t>(parent)].children = row;
        } else {
            m_tree.topNodes = row;
        }
        auto total = static_cast<std::int32_t>(folder.documents.size());
        for (std::size_t i = 0; i < folders.size(); ++i) {
            const auto node = static_cast<std::size_t>(first) + i;
            const std::int32_t below = write(*folders[i], static_cast<std::int32_t>(node));
            m_tree.nodes[node].documents = below;
            total += below;
        }
        return total;
    }

private:
    DocumentTree& m_tree;
};

// A chain of folders with one child each says nothing: "documents" above everything is left out.
Folder& withoutLonelyTop(Folder& top)
{
    Folder* folder = &top;
    while (folder->documents.empty() && folder->folders.size() == 1)
        folder = folder->folders.begin()->second.get();
    return *folder;
}

} // namespace

QString stateKey(const DocumentRow& row)
{
    if (row.skipped)
        return u"skipped"_s;
    if (row.quarantined)
        return u"quarantined"_s;
    return toQt(toString(row.verdict));
}

QString stateWords(const QString& key)
{
    if (key == "usable"_L1)
        return QCoreApplication::translate("plumbline::state", "In force");
    return plumbline::ui::widgets::sentenceCase(key.toStdString());
}

QString stateIcon(const QString& key)
{
    if (key == "usable"_L1)
        return u"approved"_s;
    if (key == "in_review"_L1 || key == "not_yet_effective"_L1)
        return u"review"_s;
    return key; // the icons are named after the other states
}

std::shared_ptr<const DocumentTree> buildTree(const Rows& rows, const TreeFilter& filter,
                                              const std::stop_token& stop)
{
    auto tree = std::make_shared<DocumentTree>();
    tree->rows = rows;
    const QStringList words = filter.words.split(u' ', Qt::SkipEmptyParts);
    Folder top;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        if (i % 256 == 0 && stop.stop_requested())
            break;
        const DocumentRow& row = (*rows)[i];
        if (!matches(row, words, filter.state))
            continue;
        folderOf(top, row.path).documents.push_back(static_cast<std::int32_t>(i));
        ++tree->shown;
    }
    Flattener(*tree).write(withoutLonelyTop(top), -1);
    return tree;
}

} // namespace plumbline::ui::corpus
