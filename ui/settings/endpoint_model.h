// The endpoints of workspace.yaml as a table, with the state of their keys.
#pragma once

#include <map>
#include <vector>

#include <QAbstractTableModel>

#include "ui/settings/key_ring.h"
#include "ui/settings/services.h"

namespace plumbline::ui::settings {

class EndpointModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Kind, Model, Url, Context, Concurrency, Key, ColumnCount };

    explicit EndpointModel(std::vector<llm::Endpoint> endpoints, QObject* parent = nullptr);

    const llm::Endpoint& at(int row) const { return m_endpoints[static_cast<std::size_t>(row)]; }
    const std::vector<llm::Endpoint>& endpoints() const { return m_endpoints; }
    void setKey(const QString& name, const KeyState& state);
    KeyState key(const QString& name) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const llm::Endpoint& endpoint, int column) const;
    QString keyWords(const llm::Endpoint& endpoint) const;

    std::vector<llm::Endpoint> m_endpoints;
    std::map<QString, KeyState> m_keys;
};

} // namespace plumbline::ui::settings
