// The documents as a tree of folders, filtered and sorted: an immutable value built away from the window.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

#include <QString>

#include "app/corpus/library.h"

namespace plumbline::ui::corpus {

using Rows = std::shared_ptr<const std::vector<plumbline::corpus::DocumentRow>>;

// What the filter box says. `words` must all occur in id, title, path, owner or tags; `state` is a key of
// stateKey(), empty for all.
struct TreeFilter {
    QString words;
    QString state;
};

struct TreeNode {
    std::int32_t parent = -1;     // index into DocumentTree::nodes; -1 = top
    std::int32_t row = 0;         // among its siblings
    std::int32_t firstChild = -1; // children stand together
    std::int32_t children = 0;
    std::int32_t document = -1; // index into the rows; -1 = folder
    QString name;               // of a folder; "IR-001  Incident Classification" of a document
    std::int32_t documents = 0; // in a folder, all depths
};

struct DocumentTree {
    Rows rows;
    std::vector<TreeNode> nodes; // the top ones first
    std::int32_t topNodes = 0;
    std::size_t shown = 0; // documents that pass the filter
};

// "usable", "draft", "in_review", "not_yet_effective", "expired", "superseded", "quarantined" or "skipped".
QString stateKey(const plumbline::corpus::DocumentRow& row);
QString stateWords(const QString& key);
QString stateIcon(const QString& key);

// Folders first, then by name; documents by title, then version. Stops early when asked (then the tree is not
// whole).
std::shared_ptr<const DocumentTree> buildTree(const Rows& rows, const TreeFilter& filter,
                                              const std::stop_token& stop);

} // namespace plumbline::ui::corpus
