"""Floors: what a run must reach. A file holds them; only an explicit wish lowers them.

The file is a JSON object: measure -> least value (most, for errors), or name of a gold file -> such an object.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.atomic import write_text
from geo.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

LESS_IS_BETTER: Final = frozenset({"median_km", "auc", "calibration_error"})


def read_floors(path: str, measures: Collection[str], names: Collection[str]) -> dict[str, Any]:
    """Read a floors file.

    Parameters
    ----------
    path : str
    measures, names : collection of str
        What may stand in it: measures, and the names of the gold files of this run.

    Raises
    ------
    geo.errors.OptionError
        It cannot be read, has another form, or names an unknown measure.
    """
    try:
        loaded = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OptionError(f"{path}: cannot be read as floors ({error})") from error
    if not isinstance(loaded, dict):
        raise OptionError(f'{path}: floors are a JSON object such as {{"overlap_f1": 0.8}}')
    for key, value in loaded.items():
        inner = value if isinstance(value, dict) else {key: value}
        for name, floor in inner.items():
            if isinstance(floor, bool) or not isinstance(floor, (int, float)):
                raise OptionError(f'{path}: floors are a JSON object such as {{"overlap_f1": 0.8}}')
            if name not in measures:
                raise OptionError(f"{path}: no measure is called {name}; there are {', '.join(measures)}")
    if loaded and all(isinstance(value, dict) for value in loaded.values()) and not set(names) & set(loaded):
        raise OptionError(f"{path}: has floors for {', '.join(loaded)}, not for {', '.join(names)}")
    return loaded


def broken(
    floors: Mapping[str, Any], name: str, figures: Mapping[str, float]
) -> Iterator[tuple[str, float, float | None]]:
    """Give measure, floor and value of what a gold file's figures break; the value is None where not measured."""
    for measure, floor in _of(floors, name).items():
        value = figures.get(measure)
        reached = value is not None and (value <= floor if measure in LESS_IS_BETTER else value >= floor)
        if not reached:
            yield measure, floor, value


def lower(path: str, floors: Mapping[str, Any], figures: Mapping[str, Mapping[str, float]]) -> int:
    """Lower the broken floors of a file to what was measured, and give their number; others stay as they are."""
    changed = 0
    lowered: dict[str, Any] = {
        key: dict(value) if isinstance(value, dict) else value for key, value in floors.items()
    }
    for name, found in figures.items():
        for measure, _, value in broken(lowered, name, found):
            if value is not None:
                target = lowered[name] if isinstance(lowered.get(name), dict) else lowered
                target[measure] = _rounded(measure, value)
                changed += 1
    if changed:
        write_text(path, json.dumps(lowered, indent=2) + "\n")
    return changed


def _of(floors: Mapping[str, Any], name: str) -> dict[str, float]:
    """Floors of one gold file: its own and those for every file."""
    common = {key: float(value) for key, value in floors.items() if not isinstance(value, dict)}
    own = floors.get(name)
    return common | ({key: float(value) for key, value in own.items()} if isinstance(own, dict) else {})


def _rounded(measure: str, value: float) -> float:
    """Round away from what is good, so that the same figures reach it."""
    from math import ceil, floor

    return (ceil if measure in LESS_IS_BETTER else floor)(value * 1000) / 1000
