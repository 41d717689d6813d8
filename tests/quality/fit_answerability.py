#!/usr/bin/env python3
"""Fits the weights of the embedded answerer and writes app/assistant/fitted_weights.cpp.

    PLUMBLINE_GOLDEN_DUMP=dump.jsonl ctest --test-dir build/headless -R flows/tst_golden
    python3 tests/quality/fit_answerability.py dump.jsonl [--write] [--test]

Needs python3 and numpy. Uses the tuning half only; --test also prints what the fit makes of the other half (look
sparingly). What the models are: resources/docs/decisions/answerability.md.
"""
import argparse
import json
import pathlib
import sys
import zlib

import numpy as np

FOLDS = 6
DRAWS = 6                   # of the folds
SHOWN = (0.06, 0.08, 0.09, 0.10, 0.12)
RIDGE_UNIT = 15                # of standardised weights
RIDGE_ANSWERED = 1 / 0.1
OFF_TOPIC_WEIGHT = 2.0
REFUSED = 0.08              # of the answerable questions, in cross-validation, both batches counting the same


def folded(text):
    return " ".join(text.split()).lower()


def answers(row):
    return row["kind"] in ("answerable", "as_of")


def holds_the_answer(row, passage, unit):
    """The unit overlaps the expected quotation, or says all the facts in the same document."""
    if not answers(row) or (passage["doc"], passage["ver"]) != (row["document"], row["version"]):
        return 0
    if unit["b"] < row["end"] and row["start"] < unit["e"]:
        return 1
    text = folded(unit["text"])
    return int(max(map(len, row["facts"])) > 3 and all(folded(fact) in text for fact in row["facts"]))


class Question:
    def __init__(self, row):
        units = [(unit, passage) for passage in row["passages"][:8] for unit in passage.get("units") or []]
        self.kind = row["kind"]
        self.id = row["id"]
        self.half = row["half"]
        self.batch = row.get("batch", 1)
        self.answered = int(answers(row))
        self.x = np.array([unit["m"] for unit, _ in units])
        self.y = np.array([holds_the_answer(row, passage, unit) for unit, passage in units])
        self.list = np.array([row["evidence"][name] for name in ("lexical", "vector", "margin")])
        self.document = row.get("document") or row["passages"][0]["doc"]

    def fold(self, draw):
        """All questions about one document are in one fold."""
        return zlib.crc32((self.document + (str(draw) if draw else "")).encode()) % FOLDS


class Logistic:
    """Logistic regression with a ridge, on standardised columns; Newton's method."""

    def __init__(self, x, y, ridge, weight=None):
        weight = np.ones(len(y)) if weight is None else weight
        self.mean, self.scale = x.mean(0), x.std(0)
        self.scale[self.scale < 1e-9] = np.inf
        z = np.c_[(x - self.mean) / self.scale, np.ones(len(y))]
        penalty = np.r_[np.full(x.shape[1], ridge), 1e-6]
        w = np.zeros(z.shape[1])
        for _ in range(60):
            p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
            gradient = z.T @ (weight * (p - y)) + penalty * w
            hessian = (z * (weight * p * (1 - p))[:, None]).T @ z + np.diag(penalty)
            step = np.linalg.solve(hessian, gradient)
            w -= step
            if np.abs(step).max() < 1e-6:
                break
        self.weights = w[:-1] / self.scale
        self.bias = w[-1] - (self.weights * self.mean).sum()

    def __call__(self, x):
        return x @ self.weights + self.bias


def unit_model(questions):
    used = [question for question in questions if question.answered]
    return Logistic(np.vstack([q.x for q in used]), np.concatenate([q.y for q in used]), RIDGE_UNIT)


def evidence(model, question):
    scores = model(question.x)
    best = scores.argmax()
    return np.r_[question.x[best], np.clip(scores[best], -11.5129, 11.5129), question.list], question.y[best]


def answered_model(x, questions, each=1.0):
    weight = each * np.array([OFF_TOPIC_WEIGHT if q.kind == "off_topic" else 1.0 for q in questions])
    return Logistic(x, np.array([q.answered for q in questions]), RIDGE_ANSWERED, weight)


def topic_model(x, questions, each=1.0):
    y = np.array([int(q.kind != "off_topic") for q in questions])
    return Logistic(x, y, RIDGE_ANSWERED, each * np.where(y == 1, 1.0, 4.0))


def shares(name, questions, passed):
    out = []
    for kind, label, wanted in (("answerable", "refused", False), ("near_miss", "answered", True),
                                ("off_topic", "answered", True)):
        of = [p == wanted for q, p in zip(questions, passed) if q.kind == kind]
        if of:
            out.append(f"{kind} {label} {np.mean(of):.3f} of {len(of)}")
    print(f"{name}: " + ", ".join(out))


def area(questions, score):
    good = score[[q.answered == 1 for q in questions]]
    bad = score[[q.kind == "near_miss" for q in questions]]
    return np.mean(good[:, None] > bad[None, :])


def limit_at(refused, score, questions):
    """The score below which that share of the answerable questions lies, batches 1 and 2 counting the same.
    Batch 3, hard on purpose, teaches but sets no threshold."""
    of = [(s, q.batch) for s, q in zip(score, questions) if q.kind == "answerable" and q.batch <= 2]
    share = {batch: sum(b == batch for _, b in of) for batch in (1, 2)}
    below = 0.0
    for value, batch in sorted(of):
        below += 0.5 / share[batch]
        if below > refused:
            return value
    return of[-1][0]


def cross_validate(tune):
    """Prints what the models reach on questions they have not seen. Gives the evidence of every question from a
    unit model that has not seen it, a row of each draw of folds, and the threshold."""
    every, thresholds, hits, areas, passed = [], [], [], [], []
    for draw in range(DRAWS):
        folds = np.array([q.fold(draw) for q in tune])
        x = np.zeros((len(tune), tune[0].x.shape[1] + 4))
        score, topic = np.zeros(len(tune)), np.zeros(len(tune))
        for fold in range(FOLDS):
            model = unit_model([q for q, f in zip(tune, folds) if f != fold])
            for i in np.flatnonzero(folds == fold):
                x[i], hit = evidence(model, tune[i])
                hits += [hit] if tune[i].answered else []
        for fold in range(FOLDS):
            others = [q for q, f in zip(tune, folds) if f != fold]
            score[folds == fold] = answered_model(x[folds != fold], others)(x[folds == fold])
            topic[folds == fold] = topic_model(x[folds != fold], others)(x[folds == fold])
        both = np.where(topic >= 0, score, -30)  # what the topic model refuses counts too
        areas.append(area(tune, score))
        thresholds.append(limit_at(REFUSED, both, tune))
        passed.append([both >= limit_at(refused, both, tune) for refused in SHOWN])
        every.append(x)
    print(f"best sentence right {np.mean(hits):.3f}, area over near misses {np.mean(areas):.3f}")
    for i, refused in enumerate(SHOWN):
        print(f"cross-validated at {refused:.2f}")
        for batch in (1, 2, 3):
            part = [k for k, q in enumerate(tune) if q.batch == batch]
            shares(f"  batch {batch}", [tune[k] for k in part] * DRAWS,
                   np.concatenate([draw[i][part] for draw in passed]))
    return np.vstack(every), float(np.mean(thresholds))


def cpp(name, kind, weights):
    return f"const {kind} {name} = {{" + ", ".join(f"{value:.4g}" for value in weights) + "};\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--test", action="store_true")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in open(arguments.dump, encoding="utf-8")]
    rows = [row for row in rows if row["kind"] != "conflict" and any(p.get("units") for p in row.get("passages", []))]
    every = [Question(row) for row in rows]
    tune = [q for q in every if q.half == "tune"]

    x, threshold = cross_validate(tune)

    unit = unit_model(tune)
    answered, about = answered_model(x, tune * DRAWS, 1 / DRAWS), topic_model(x, tune * DRAWS, 1 / DRAWS)
    if arguments.test:
        test = [q for q in every if q.half == "test"]
        xt = np.array([evidence(unit, q)[0] for q in test])
        for name, wanted in (("first written", False), ("added", True)):
            part = [i for i, q in enumerate(test) if (q.batch == 2) == wanted]
            shares(f"test half, {name}", [test[i] for i in part],
                   (answered(xt[part]) >= threshold) & (about(xt[part]) >= 0))
    if arguments.write:
        target = pathlib.Path(__file__).resolve().parents[2] / "app/assistant/fitted_weights.cpp"
        target.write_text("// Written by tests/quality/fit_answerability.py.\n"
                          '#include "app/assistant/fitted_weights.h"\n\nnamespace plumbline::assistant {\n\n'
                          f"const double kUnitBias = {unit.bias:.4g};\n" + cpp("kUnitWeights", "Signals", unit.weights)
                          + f"const double kAnsweredBias = {answered.bias - threshold:.4g};\n"
                          + cpp("kAnsweredWeights", "EvidenceWeights", answered.weights)
                          + f"const double kOnTopicBias = {about.bias:.4g};\n"
                          + cpp("kOnTopicWeights", "EvidenceWeights", about.weights)
                          + "\n} // namespace plumbline::assistant\n", encoding="utf-8")
        print(f"wrote {target}; format it with clang-format")


if __name__ == "__main__":
    sys.exit(main())
