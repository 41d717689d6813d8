#include "app/retrieval/randomised_svd.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Dense>

namespace plumbline::retrieval {

namespace {

constexpr std::size_t kOversampling = 20;
constexpr int kPowerIterations = 2;
constexpr Eigen::Index kBlock = 512;
constexpr double kNegligible = 1e-9; // of the largest eigenvalue

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Index asIndex(std::size_t value)
{
    return static_cast<Eigen::Index>(value);
}

// Signs, +1 or -1 with even chance (splitmix64).
Matrix randomSigns(std::size_t rows, std::size_t columns)
{
    Matrix signs(asIndex(rows), asIndex(columns));
    std::uint64_t state = 0x9E3779B97F4A7C15U;
    for (Eigen::Index i = 0; i < signs.size(); ++i) {
        state += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = (state ^ (state >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        signs.data()[i] = (mixed >> 63U) != 0 ? 1.0F : -1.0F;
    }
    return signs;
}

Matrix times(const SparseRows& sparse, const Matrix& dense)
{
    Matrix product = Matrix::Zero(asIndex(sparse.ends.size()), dense.cols());
    std::size_t at = 0;
    for (std::size_t row = 0; row < sparse.ends.size(); ++row) {
        auto out = product.row(asIndex(row));
        for (; at < sparse.ends[row]; ++at)
            out += sparse.value[at] * dense.row(static_cast<Eigen::Index>(sparse.index[at]));
    }
    return product;
}

Matrix transposedTimes(const SparseRows& sparse, const Matrix& dense)
{
    Matrix product = Matrix::Zero(asIndex(sparse.columns), dense.cols());
    std::size_t at = 0;
    for (std::size_t row = 0; row < sparse.ends.size(); ++row) {
        const auto in = dense.row(asIndex(row));
        for (; at < sparse.ends[row]; ++at)
            product.row(static_cast<Eigen::Index>(sparse.index[at])) += sparse.value[at] * in;
    }
    return product;
}

// MᵀM in double precision: singular values enter it squared.
Eigen::MatrixXd gram(const Matrix& matrix)
{
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(matrix.cols(), matrix.cols());
    for (Eigen::Index row = 0; row < matrix.rows(); row += kBlock) {
        const Eigen::MatrixXd block =
            matrix.middleRows(row, std::min(kBlock, matrix.rows() - row)).cast<double>().transpose();
        sum.selfadjointView<Eigen::Lower>().rankUpdate(block);
    }
    return sum.selfadjointView<Eigen::Lower>();
}

struct Spectrum {
    Matrix turn; // M * turn has orthonormal columns, the largest singular value first
    std::vector<double> singular;
};

Spectrum spectrumOf(const Matrix& matrix, std::size_t most)
{
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram(matrix));
    const Eigen::VectorXd& values = solver.eigenvalues(); // rising
    const Eigen::Index all = values.size();
    Eigen::Index kept = 0;
    while (kept < all && kept < asIndex(most) && values[all - 1 - kept] > kNegligible * values[all - 1])
        ++kept;
    Spectrum spectrum;
    spectrum.turn.resize(all, kept);
    for (Eigen::Index i = 0; i < kept; ++i) {
        const double singular = std::sqrt(values[all - 1 - i]);
        spectrum.singular.push_back(singular);
        spectrum.turn.col(i) = (solver.eigenvectors().col(all - 1 - i) / singular).cast<float>();
    }
    return spectrum;
}

Matrix orthonormal(const Matrix& matrix)
{
    return matrix * spectrumOf(matrix, static_cast<std::size_t>(matrix.cols())).turn;
}

} // namespace

Axes leadingAxes(const SparseRows& matrix, std::size_t dimensions, const std::stop_token& stop)
{
    Axes axes;
    const std::size_t width = std::min({dimensions + kOversampling, matrix.ends.size(), matrix.columns});
    if (width == 0 || dimensions == 0 || matrix.index.empty())
        return axes;
    Matrix chunkSide = orthonormal(times(matrix, randomSigns(matrix.columns, width)));
    Matrix termSide = transposedTimes(matrix, chunkSide);
    for (int i = 0; i < kPowerIterations; ++i) {
        if (stop.stop_requested())
            return axes;
        chunkSide = orthonormal(times(matrix, termSide));
        termSide = transposedTimes(matrix, chunkSide);
    }
    const Spectrum spectrum = spectrumOf(termSide, dimensions);
    const Matrix turned = termSide * spectrum.turn;
    axes.dimensions = static_cast<std::size_t>(turned.cols());
    axes.rows.assign(turned.data(), turned.data() + turned.size());
    axes.singular = spectrum.singular;
    return axes;
}

} // namespace plumbline::retrieval
