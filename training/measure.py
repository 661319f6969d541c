"""Rules against learned weights, on what trained nothing first: ``python -m training.measure``.

Every figure has a 95 % interval from 2,000 bootstrap samples of documents; the difference is taken within each
sample, so that its interval is narrower than the two beside it suggest. ``--cross`` trains five times on four
fifths of TR-News (with our own texts) and of our own texts (with TR-News) and scores the rest.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.mentions import LearnedRecogniser, RuleRecogniser, model
from geo.scoring.matching import match
from geo.types import Document
from training.compile import TEXTS, documents
from training.train import NEWS, weights_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer import Gazetteer
    from geo.mentions import Recogniser

Row = dict[str, Any]
Counts = tuple[int, int, int, int, int, int]
"""Gold names, predicted ones, paired by overlap, paired exactly, paired with a role, of these the same role."""
SAMPLES: Final = 2000
FOLDS: Final = 5


def counts(row: Row, recogniser: Recogniser) -> Counts:
    """Score one document."""
    found = recogniser.find(Document(row["id"], row["text"]))
    gold = [(top["start"], top["end"]) for top in row["toponyms"]]
    spans = [(mention.start, mention.end) for mention in found]
    pairs = match(gold, spans)
    exact = sum(gold[g] == spans[p] for g, p in pairs.items())
    roles = [(row["toponyms"][g].get("role"), found[p].role) for g, p in pairs.items()]
    roles = [pair for pair in roles if pair[0] not in (None, "demonym")]
    return len(gold), len(found), len(pairs), exact, len(roles), sum(a == b for a, b in roles)


def figures(table: Any) -> Any:
    """Precision, recall, F1 by overlap, F1 of equal spans, accuracy of roles, from counts summed over documents."""
    import numpy as np

    gold, found, paired, exact, roles, same = np.moveaxis(np.asarray(table, dtype=float), -1, 0)
    with np.errstate(invalid="ignore"):
        return np.stack(
            [
                paired / found,
                paired / gold,
                2 * paired / (found + gold),
                2 * exact / (found + gold),
                same / roles,
            ]
        )


def report(name: str, rules: Sequence[Counts], learned: Sequence[Counts]) -> str:
    """Three rows of a Markdown table: rules, learned, difference, in percent with intervals."""
    import numpy as np

    rng = np.random.default_rng(0)
    weights = rng.multinomial(len(rules), [1 / len(rules)] * len(rules), size=SAMPLES)
    both = [np.asarray(part, dtype=float) for part in (rules, learned)]
    points = [figures(part.sum(0)) for part in both]
    samples = [figures(weights @ part) for part in both]
    lines = []
    shown = [("rules", points[0], samples[0]), ("learned", points[1], samples[1])]
    shown.append(("difference", points[1] - points[0], samples[1] - samples[0]))
    for label, point, sample in shown:
        low, high = np.percentile(sample, [2.5, 97.5], axis=1)
        cells = [
            _cell(*triple, signed=label == "difference") for triple in zip(point, low, high, strict=True)
        ]
        lines.append(f"| {name} | {label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(point: float, low: float, high: float, *, signed: bool) -> str:
    if math.isnan(point):
        return "-"
    form = "+.1f" if signed else ".1f"
    return f"{100 * point:{form}} ({100 * low:{form}} to {100 * high:{form}})"


def cross(rows: Sequence[Row], others: Sequence[Row], gaz: Gazetteer) -> list[Counts]:
    """Score every document with weights that did not see it, learned from the rest and from `others`."""
    found: dict[int, Counts] = {}
    for fold in range(FOLDS):
        seen = [row for i, row in enumerate(rows) if i % FOLDS != fold]
        learned = {}
        for name, weights in weights_of([*seen, *others], gaz).items():
            learned[name] = model.Weights(model.GROUPS[name], weights)
        recogniser = LearnedRecogniser(gaz, demonyms=True, weights=learned)
        for i in range(fold, len(rows), FOLDS):
            found[i] = counts(rows[i], recogniser)
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr)
    return [found[i] for i in range(len(rows))]


def read(path: Path) -> list[Row]:
    """Documents of a corpus; an empty list, said on standard error, where the file is absent."""
    if not path.is_file():
        print(f"{path}: no such file, left out", file=sys.stderr)
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def parts(gaz: Gazetteer, corpora: Path) -> Iterable[tuple[str, list[Row], bool]]:
    """Names and documents of the parts that trained nothing, and whether they mark demonyms."""
    yield "held-out texts", list(documents(gaz, TEXTS.parent / "heldout")), True
    yield "sealed texts", list(documents(gaz, TEXTS.parent / "sealed")), True
    yield "own texts, check", [row for row in documents(gaz) if row["split"] == "check"], True
    yield "gwn", read(corpora / "gwn.jsonl"), True
    yield "tudloc", read(corpora / "tudloc.jsonl"), False


def main(argv: list[str] | None = None) -> int:
    """Command line; see ``--help``."""
    parser = argparse.ArgumentParser(prog="python -m training.measure", description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=NEWS.parent, help="folder of the corpora")
    parser.add_argument("--cross", action="store_true", help="cross-validate on what trains, too (minutes)")
    args = parser.parse_args(argv)
    import gazetteer

    gaz = gazetteer.open()
    print(
        "| part | | precision | recall | F1, overlap | F1, equal spans | roles |\n|---|---|---|---|---|---|---|"
    )
    for name, rows, demonyms in parts(gaz, args.corpora):
        if rows:
            makers = (RuleRecogniser(gaz, demonyms=demonyms), LearnedRecogniser(gaz, demonyms=demonyms))
            print(report(name, *([counts(row, maker) for row in rows] for maker in makers)), flush=True)
    if args.cross:
        rules = RuleRecogniser(gaz, demonyms=True)
        own, news = [r for r in documents(gaz) if r["split"] == "train"], read(args.corpora / "trnews.jsonl")
        for name, rows, others in (
            ("trnews, cross-validated", news, own),
            ("own texts, cross-validated", own, news),
        ):
            scored = cross(rows, others, gaz)
            print(report(name, [counts(row, rules) for row in rows], scored), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
