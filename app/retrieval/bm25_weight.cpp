#include "app/retrieval/bm25_weight.h"

namespace plumbline::retrieval {

Bm25Weight::Bm25Weight(const Bm25& parameters) : m_parameters(parameters)
{
    need_stat(COLLECTION_SIZE);
    need_stat(AVERAGE_LENGTH);
    need_stat(TERMFREQ);
    need_stat(WDF);
    need_stat(WDF_MAX);
    need_stat(DOC_LENGTH);
    need_stat(DOC_LENGTH_MIN);
}

Xapian::Weight* Bm25Weight::clone() const
{
    return new Bm25Weight(m_parameters); // Xapian owns it
}

std::string Bm25Weight::name() const
{
    return "plumbline::Bm25Weight";
}

void Bm25Weight::init(double factor)
{
    m_weight = factor * inverseFrequency(get_collection_size(), get_termfreq());
    m_fixed = m_parameters.k1 * (1 - m_parameters.b);
    m_perLength = m_parameters.k1 * m_parameters.b / std::max(1.0, get_average_length());
    m_gain = m_weight * (m_parameters.k1 + 1);
}

double Bm25Weight::get_sumpart(Xapian::termcount count, Xapian::termcount length,
                               Xapian::termcount /*unique*/) const
{
    const double found = count;
    return m_gain * found / (found + m_fixed + m_perLength * length);
}

double Bm25Weight::get_maxpart() const
{
    const double most = get_wdf_upper_bound();
    const double shortest = std::max<double>(get_doclength_lower_bound(),
                                             most); // a chunk is no shorter than its term is frequent
    return most == 0 ? 0 : m_gain * most / (most + m_fixed + m_perLength * shortest);
}

double Bm25Weight::get_sumextra(Xapian::termcount /*length*/, Xapian::termcount /*unique*/) const
{
    return 0;
}

double Bm25Weight::get_maxextra() const
{
    return 0;
}

} // namespace plumbline::retrieval
