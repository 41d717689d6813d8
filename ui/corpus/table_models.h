// Flat lists of the Corpus page: the ledger, the notices, the ranked passages and what was dropped. No I/O.
#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "app/corpus/library.h"
#include "app/retrieval/search.h"

namespace plumbline::ui::corpus {

class LedgerModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { State, Path, Reason, Size, Took, At, kColumns };
    using QAbstractTableModel::QAbstractTableModel;

    void setEntries(std::vector<plumbline::corpus::LedgerEntry> entries); // as sorted by the caller
    const plumbline::corpus::LedgerEntry& entry(int row) const
    {
        return m_entries[static_cast<std::size_t>(row)];
    }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<plumbline::corpus::LedgerEntry> m_entries;
};

class NoticeModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Kind, Detail, Documents, kColumns };
    using QAbstractTableModel::QAbstractTableModel;

    void setNotices(std::vector<plumbline::corpus::Notice> notices);
    const plumbline::corpus::Notice& notice(int row) const
    {
        return m_notices[static_cast<std::size_t>(row)];
    }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<plumbline::corpus::Notice> m_notices;
};

class RankedModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Rank, Document, Heading, Score, Lexical, Vector, Fused, Rerank, Terms, kColumns };
    using QAbstractTableModel::QAbstractTableModel;

    void setResult(std::vector<retrieval::Passage> passages, double maximumLexical);
    const retrieval::Passage& passage(int row) const { return m_passages[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    double score(const retrieval::Passage& passage, int column) const;

    std::vector<retrieval::Passage> m_passages;
    double m_maximumLexical = 0;
};

class DroppedModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Document, Why, Score, Heading, kColumns };
    using QAbstractTableModel::QAbstractTableModel;

    void setDropped(std::vector<retrieval::Dropped> dropped);
    const retrieval::Dropped& dropped(int row) const { return m_dropped[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<retrieval::Dropped> m_dropped;
};

// "rotat 2.31, certif 1.90": heaviest first.
QString termsWithWeights(const retrieval::Passage& passage);

} // namespace plumbline::ui::corpus
