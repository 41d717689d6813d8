#include "ui/settings/endpoint_model.h"

#include "ui/widgets/formatters.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/plain_tip.h"

namespace plumbline::ui::settings {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

namespace {

bool isFigure(int column)
{
    return column == EndpointModel::Context || column == EndpointModel::Concurrency;
}

QString kindWord(llm::EndpointKind kind)
{
    switch (kind) {
    case llm::EndpointKind::Chat:
        return EndpointModel::tr("Chat");
    case llm::EndpointKind::Embeddings:
        return EndpointModel::tr("Embeddings");
    case llm::EndpointKind::Rerank:
        return EndpointModel::tr("Rerank");
    case llm::EndpointKind::Simulated:
        break;
    }
    return EndpointModel::tr("Simulated");
}

} // namespace

EndpointModel::EndpointModel(std::vector<llm::Endpoint> endpoints, QObject* parent)
    : QAbstractTableModel(parent), m_endpoints(std::move(endpoints))
{
}

void EndpointModel::setKey(const QString& name, const KeyState& state)
{
    m_keys[name] = state;
    for (int row = 0; row < rowCount(); ++row) {
        if (toQt(at(row).secret) == name)
            Q_EMIT dataChanged(index(row, Key), index(row, Key));
    }
}

KeyState EndpointModel::key(const QString& name) const
{
    const auto place = m_keys.find(name);
    return place == m_keys.end() ? KeyState() : place->second;
}

int EndpointModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_endpoints.size());
}

int EndpointModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QString EndpointModel::keyWords(const llm::Endpoint& endpoint) const
{
    if (endpoint.secret.empty())
        return tr("none needed");
    const QString name = toQt(endpoint.secret);
    const KeyState state = key(name);
    if (!state.known)
        return tr("%1: looking…").arg(name);
    return state.set ? tr("%1: set").arg(name) : tr("%1: not set").arg(name);
}

QString EndpointModel::text(const llm::Endpoint& endpoint, int column) const
{
    switch (column) {
    case Name:
        return toQt(endpoint.name);
    case Kind:
        return kindWord(endpoint.kind);
    case Model:
        return toQt(endpoint.model);
    case Url:
        return endpoint.url.empty() ? u"—"_s : toQt(endpoint.url);
    case Context:
        return endpoint.contextTokens == 0 ? tr("not stated")
                                           : number(static_cast<std::size_t>(endpoint.contextTokens));
    case Concurrency:
        return number(static_cast<std::size_t>(endpoint.concurrency));
    default:
        return keyWords(endpoint);
    }
}

QVariant EndpointModel::data(const QModelIndex& index, int role) const
{
    const llm::Endpoint& endpoint = at(index.row());
    if (role == Qt::DisplayRole)
        return text(endpoint, index.column());
    if (role == Qt::TextAlignmentRole && isFigure(index.column()))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::DecorationRole && index.column() == Key && !endpoint.secret.empty())
        return icon(key(toQt(endpoint.secret)).set ? u"key"_s : u"warning"_s);
    if (role == Qt::ToolTipRole && index.column() == Key)
        return plainTip(keyWords(endpoint) + u'\n' + key(toQt(endpoint.secret)).place);
    if (role == Qt::ToolTipRole)
        return plainTip(text(endpoint, index.column()));
    return {};
}

QVariant EndpointModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && isFigure(section))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Name"),    tr("Kind"),    tr("Model"), tr("URL"),
                             tr("Context"), tr("At once"), tr("Key")};
    return names[section];
}

} // namespace plumbline::ui::settings
