"""Learn the weights of the recogniser: ``python -m training.train``.

Trains on the texts of this folder (without the fifth kept for checking, and never on ``heldout`` or ``sealed``) and
on TR-News where it lies beside the project. The same texts, gazetteer and versions of numpy, scipy and scikit-learn
give the same bytes. Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.atomic import write_bytes
from geo.mentions.model import BIAS, dumps, hashed
from training.compile import documents
from training.examples import Collector, Examples, renamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer import Gazetteer
    from training.examples import Example

ROOT: Final = Path(__file__).resolve().parent.parent
NEWS: Final = ROOT.parent / "shared" / "corpora" / "trnews.jsonl"
DATA: Final = ROOT / "geo" / "mentions" / "data"
STRENGTH: Final = {"known": 0.1, "unknown": 0.15}
"""Inverse strength of the L2 penalty: the best of three values tried, seen on the corpora and the held-out texts."""
RARE: Final = {"known": 2, "unknown": 5}
"""A signal must have been seen in as many examples; the renamed copies count."""


def learn(examples: Sequence[Example], name: str) -> dict[int, float]:
    """Fit a logistic regression; weight by hashed signal."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rows = [sorted({hashed(*signal) for signal in signals}) for signals, _ in examples]
    seen = Counter(key for row in rows for key in row)
    column = {key: i for i, key in enumerate(sorted(key for key, n in seen.items() if n >= RARE[name]))}
    where = [[column[key] for key in row if key in column] for row in rows]
    ends = np.cumsum([0, *map(len, where)])
    flat = np.array([i for row in where for i in row], dtype=np.int32)
    matrix = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(column)))
    model = LogisticRegression(C=STRENGTH[name], solver="liblinear", random_state=0, tol=1e-5)
    model.fit(matrix, [right for _, right in examples])
    weights = {key: float(model.coef_[0][i]) for key, i in column.items()}
    return {**weights, hashed(*BIAS): float(model.intercept_[0])}


def weights_of(rows: Iterable[dict[str, Any]], gaz: Gazetteer) -> dict[str, dict[int, float]]:
    """Weights of both decisions, learned from annotated documents."""
    collector, all_of = Collector(gaz), Examples()
    for row in rows:
        found = collector.examples(row, blind=True)
        all_of.known += found.known
        all_of.unknown += found.unknown
        all_of.unknown += collector.examples(renamed(row, gaz, row["id"]), blind=True).unknown
    return {"known": learn(all_of.known, "known"), "unknown": learn(all_of.unknown, "unknown")}


def training_rows(gaz: Gazetteer, news: Path = NEWS) -> list[dict[str, Any]]:
    """Annotated documents that may train weights."""
    own = [row for row in documents(gaz) if row["split"] == "train"]
    with news.open(encoding="utf-8") as file:
        return own + [json.loads(line) for line in file]


def main(argv: list[str] | None = None) -> int:
    """Command line; see ``--help``."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__.splitlines()[0])
    parser.add_argument("--news", type=Path, default=NEWS, help="TR-News as JSON Lines")
    parser.add_argument("-o", "--output", type=Path, default=DATA, help="folder for the weights")
    args = parser.parse_args(argv)
    if not args.news.is_file():
        print(f"error: {args.news}: no such file; give TR-News with --news", file=sys.stderr)
        return 2
    import gazetteer

    gaz = gazetteer.open()
    for name, weights in weights_of(training_rows(gaz, args.news), gaz).items():
        packed = dumps(weights)
        write_bytes(args.output / f"{name}.weights", packed)
        print(f"{name}: {len(weights)} weights, {len(packed) / 1e3:.0f} kB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
