"""Learn how far to trust a placement: ``python -m training.rank``.

Fits a logistic regression that says from the share of the best candidate, and from what surrounds it, how often such
a placement is right; trained on the texts of this folder (without the fifth kept for checking, and never on
``heldout``) and on TR-News where it lies beside the project. The weights are ``geo/places/data/belief.json``. Which
candidate is the best is not learned: see docs/places.md for what was tried. The same texts, gazetteer and versions of
numpy, scipy and scikit-learn give the same bytes. Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.atomic import write_bytes
from geo.places import Resolver
from geo.places.belief import NAMES, belief_terms
from geo.places.context import Others
from geo.scoring.gold import document
from geo.scoring.matching import match
from geo.scoring.tally import NEAR_KM, placing_error
from geo.stages import make_stages
from training.train import NEWS, ROOT, training_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer import Gazetteer
    from geo.places.weights import Terms

DATA: Final = ROOT / "geo" / "places" / "data" / "belief.json"
STRENGTH: Final = 1.0
"""Inverse strength of the L2 penalty."""


def examples(rows: Iterable[dict[str, Any]], gaz: Gazetteer) -> Iterator[tuple[Terms, bool]]:
    """What is known of each placement of a name that the gold holds with a point, and whether it is right."""
    resolver = Resolver(gaz, min_score=0.0)
    stages = make_stages(gaz, demonyms=True, resolver=resolver)
    for row in rows:
        gold = document(row)
        mentions = stages.recogniser.find(gold.document)
        state = resolver.decide(gold.document, mentions, **stages.whence(gold.document, mentions))
        pairs = match([(t.start, t.end) for t in gold.toponyms], [(m.start, m.end) for m in mentions])
        for top, found in sorted(pairs.items()):
            group = state.group_of[found]
            if not gold.toponyms[top].located or group.best < 0:
                continue
            best = group.candidates[group.best]
            others = Others(state.context, group.vote)
            km, area = placing_error(gold.toponyms[top], best.place, gaz)
            terms = belief_terms(group, mentions[found], best, group.shares[group.best], others, state.home)
            yield terms, km <= NEAR_KM or area


def learn(found: Iterable[tuple[Terms, bool]]) -> dict[str, float]:
    """Weights by name, in log-odds."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    column = {name: i for i, name in enumerate(NAMES)}
    rows, right = [], []
    for terms, good in found:
        row = np.zeros(len(NAMES))
        for name, size in terms:
            row[column[name]] = size
        rows.append(row)
        right.append(good)
    model = LogisticRegression(C=STRENGTH, solver="liblinear", fit_intercept=False, random_state=0, tol=1e-6)
    model.fit(np.array(rows), right)
    return {name: round(float(model.coef_[0][i]), 3) for name, i in sorted(column.items())}


def main(argv: list[str] | None = None) -> int:
    """Command line; see ``--help``."""
    parser = argparse.ArgumentParser(prog="python -m training.rank", description=__doc__.splitlines()[0])
    parser.add_argument("--news", type=Path, default=NEWS, help="TR-News as JSON Lines")
    parser.add_argument("-o", "--output", type=Path, default=DATA, help="file for the weights")
    args = parser.parse_args(argv)
    if not args.news.is_file():
        print(f"error: {args.news}: no such file; give TR-News with --news", file=sys.stderr)
        return 2
    import gazetteer

    gaz = gazetteer.open()
    weights = learn(examples(training_rows(gaz, args.news), gaz))
    write_bytes(args.output, (json.dumps(weights, indent=1, sort_keys=True) + "\n").encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
