"""What a measure of the registry declares, and what its function is given.

A declaration is light, so that the command line can list measures and their options without loading statistics. The function
stands in the module that the declaration names, is called like the measure (with `_` for `-`), takes a `MeasureInput` and the
options as keywords, and returns a `MeasureResult`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from verbale.core import VerbaleError

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from verbale.ledger import Ledger
    from verbale.measures.result import MeasureResult
    from verbale.vocab import Vocabulary

_PACKAGE: Final = "verbale.app.flows.measured"


@dataclass(frozen=True, slots=True)
class MeasureOption:
    """An option of a measure: a keyword of its function, and `--name` on the command line.

    `many` is an option that can be given several times and arrives as a tuple; its default is the empty tuple.
    """

    name: str
    kind: type
    default: Any
    help: str
    metavar: str | None = None
    many: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """How a dossier shows a measure: with which options, and where it shows one several times, under what name and title.

    `title` may name the pair as `{first}` and `{second}`; `turned` takes the pair from the side of its second actor.
    """

    options: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    title: str = ""
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as the registry holds it.

    `module` is the module of this package with its function. `pair` says that it needs `--dyad`, `needs_events` that it
    needs a ledger or a table of events, which a measure of reference data alone does not; nor does one that is asked with
    `reads_records_with`, an option and its value. `in_dossier` are the ways in which a dossier shows it, none where a dossier
    does not; a measure that needs a pair is shown in the dossier of a pair.
    """

    name: str
    title: str
    about: str
    module: str
    options: tuple[MeasureOption, ...] = ()
    pair: bool = True
    needs_events: bool = True
    reads_records_with: tuple[str, Any] | None = None
    in_dossier: tuple[Shown, ...] = ()

    def reads_events(self, options: Mapping[str, Any]) -> bool:
        """Tell whether the measure needs events when it is asked with these options (all of them, defaults too)."""
        with_records = self.reads_records_with
        return self.needs_events and not (with_records and options.get(with_records[0]) == with_records[1])

    def function(self) -> Callable[..., MeasureResult]:
        """Load and return the measure's function."""
        module = importlib.import_module(f"{_PACKAGE}.{self.module}")
        found: Callable[..., MeasureResult] = getattr(module, self.name.replace("-", "_"))
        return found


@dataclass(frozen=True, slots=True)
class MeasureInput:
    """What a measure's function is given beside its options.

    `events` are those of the chosen years and confidence, of all actors: a measure of a pair restricts them to `dyad` itself.
    `ledger` is None when the events come from a file or an installed dataset. `records_folder` is where installed datasets
    lie; None is the user's data folder.
    """

    events: ir.Table
    dyad: tuple[str, str] | None
    years: tuple[int, int] | None
    vocabulary: Vocabulary
    ledger: Ledger | None = None
    records_folder: Path | None = None

    def pair(self) -> tuple[str, str]:
        """Return the pair of a measure that needs one, which the flow has checked."""
        if self.dyad is None:
            raise VerbaleError("measure-pair", measure="asked for")
        return self.dyad

    def name_of(self, code: str) -> str:
        """Return the present name of a state, or the code where it has none."""
        return self.vocabulary.actors.entity(code, None) or code
