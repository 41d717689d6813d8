// Okapi BM25 (Robertson & Zaragoza 2009) for Xapian, with an inverse frequency that never falls below zero.
#pragma once

#include <algorithm>
#include <cmath>

#include <xapian.h>

#include "app/retrieval/lexical_shards.h"

namespace plumbline::retrieval {

inline double saturated(const Bm25& parameters, double count, double length, double averageLength)
{
    const double norm = 1 - parameters.b + parameters.b * length / averageLength;
    return count * (parameters.k1 + 1) / (count + parameters.k1 * norm);
}

class Bm25Weight final : public Xapian::Weight {
public:
    explicit Bm25Weight(const Bm25& parameters);
    Weight* clone() const override;
    std::string name() const override;
    double get_sumpart(Xapian::termcount count, Xapian::termcount length,
                       Xapian::termcount unique) const override;
    double get_maxpart() const override;
    double get_sumextra(Xapian::termcount length, Xapian::termcount unique) const override;
    double get_maxextra() const override;

private:
    void init(double factor) override;

    Bm25 m_parameters;
    double m_weight = 0;
    double m_fixed = 0;     // k1 (1 - b)
    double m_perLength = 0; // k1 b / average length
    double m_gain = 0;      // weight (k1 + 1)
};

} // namespace plumbline::retrieval
