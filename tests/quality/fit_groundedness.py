#!/usr/bin/env python3
"""Fits the weights of the groundedness model and writes app/grounding/fitted_weights.cpp and measured_quality.cpp.

    build/headless/tests/groundedness_features ../shared/data/groundedness/summedits-evaluation.jsonl > features.jsonl
    python3 tests/quality/fit_groundedness.py features.jsonl [--write]

Needs python3 and numpy. Prints the figures by domain, each domain judged by a model that was fitted on the others. What the
model is: resources/docs/decisions/groundedness-model.md.
"""
import argparse
import json
import pathlib

import numpy as np

RIDGE = 1 / 0.001     # of standardised weights
FEWEST = 8            # rows in which a feature must be other than 0
DECIDED = 0.5         # as in app/grounding/assessment.cpp
PER_DOUBT = 1.0
CLOSENESS = 1.0
FOLDER = pathlib.Path(__file__).resolve().parents[2] / "app" / "grounding"


class Rows:
    def __init__(self, path):
        with open(path) as lines:
            self.names = json.loads(next(lines))["names"]
            rows = [json.loads(line) for line in lines]
        self.x = np.array([row["features"] for row in rows])
        self.x = self.x[:, :len(rows[0]["features"])]
        self.y = np.array([row["unsupported"] for row in rows])
        self.domain = np.array([row["set"] for row in rows])
        self.document = np.array([row["document"] for row in rows])
        self.words = np.array([row["words"] for row in rows])
        self.close = np.array([row["close"] for row in rows])
        self.decisive = np.array([sum(doubt["decides"] for doubt in row["doubts"]) for row in rows])


def row_weights(y, document):
    """Both labels of a document count the same: what a document is like must not be learned as a label."""
    weights = np.zeros(len(y))
    for one in set(document):
        mine = document == one
        for label in (False, True):
            these = mine & (y == label)
            if these.any():
                weights[these] = mine.sum() / 2 / max(these.sum(), 3)
    return weights / weights.sum() * len(y)


def fit(x, y, weights):
    """Logistic regression with a ridge on standardised features, by Newton's method; gives weights for raw features."""
    mean, scale = x.mean(0), x.std(0)
    used = ((x != 0).sum(0) >= FEWEST) & (scale > 1e-3)
    z = np.where(used, (x - mean) / np.where(used, scale, 1), 0)
    z = np.hstack([z, np.ones((len(z), 1))])
    ridge = np.append(np.full(x.shape[1], RIDGE), 0)
    beta = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ beta))
        gradient = z.T @ (weights * (y - p)) - ridge * beta
        hessian = (z * (weights * p * (1 - p))[:, None]).T @ z + np.diag(ridge + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-9:
            break
    raw = np.where(used, beta[:-1] / np.where(used, scale, 1), 0)
    return raw, beta[-1] - raw @ mean


def odds(x, decisive, close, model):
    raw = x @ model[0] + model[1] - CLOSENESS * close
    return np.where(decisive > 0, np.maximum(raw, DECIDED) + PER_DOUBT * decisive, raw)


def auroc(scores, y):
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    values, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[inverse]
    positive = y.sum()
    return (ranks[y].sum() - positive * (positive + 1) / 2) / (positive * (len(y) - positive))


def figures(said, y):
    return (said & y).sum() / y.sum(), (said & ~y).sum() / (~y).sum()


def cross_validate(rows):
    score = np.zeros(len(rows.y))
    print(f"{'domain':12} {'n':>4} balanced recall alarms auroc")
    means = []
    for domain in sorted(set(rows.domain)):
        test = rows.domain == domain
        train = ~test
        model = fit(rows.x[train], rows.y[train], row_weights(rows.y[train], rows.document[train]))
        score[test] = odds(rows.x[test], rows.decisive[test], rows.close[test], model)
        recall, alarms = figures(score[test] > 0, rows.y[test])
        means.append(((recall + 1 - alarms) / 2, auroc(score[test], rows.y[test])))
        print(f"{domain:12} {test.sum():4} {means[-1][0]:.3f}    {recall:.3f}  {alarms:.3f}  {means[-1][1]:.3f}")
    print(f"{'mean':12} {len(rows.y):4} {np.mean([m[0] for m in means]):.3f}                  {np.mean([m[1] for m in means]):.3f}")
    print(f"length alone: auroc {auroc(rows.words.astype(float), rows.y):.3f}; correlation of the score with length "
          f"{np.corrcoef(score, rows.words)[0, 1]:.3f}")
    return score


def number(value):
    return f"{value:.4g}"


def write(rows, model, score):
    body = ", ".join(number(w) for w in model[0])
    (FOLDER / "fitted_weights.cpp").write_text(
        "// Written by tests/quality/fit_groundedness.py.\n#include \"app/grounding/fitted_weights.h\"\n\n"
        f"namespace plumbline::grounding {{\n\nconst double kGroundingBias = {number(model[1])};\n"
        f"const Features kGroundingWeights = {{{body}}};\n\n}} // namespace plumbline::grounding\n")
    said = score > 0
    (FOLDER / "measured_quality.cpp").write_text(
        "// Written by tests/quality/fit_groundedness.py: in cross-validation by domain.\n"
        "#include \"app/grounding/quality.h\"\n\nnamespace plumbline::grounding {\n\n"
        f"const MeasuredCounts kSummaryCounts = {{{(said & rows.y).sum()}, {rows.y.sum()}, "
        f"{(~said & ~rows.y).sum()}, {(~rows.y).sum()}}};\n\n}} // namespace plumbline::grounding\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("features")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", action="store_true", help="the weights by name")
    arguments = parser.parse_args()
    rows = Rows(arguments.features)
    score = cross_validate(rows)
    model = fit(rows.x, rows.y, row_weights(rows.y, rows.document))
    if arguments.show:
        for weight, name in sorted(zip(model[0], rows.names), key=lambda pair: -abs(pair[0])):
            print(f"{weight:8.3f} {name}")
    if arguments.write:
        write(rows, model, score)


if __name__ == "__main__":
    main()
