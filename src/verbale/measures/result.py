"""What a measure gives: numbers with their intervals, a figure, the evidence behind every row, and how it was computed."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from verbale.core.errors import VerbaleError
from verbale.measures.selection import needs

if TYPE_CHECKING:
    import altair as alt

# The default of every measure that draws random numbers; any other does as well, but one must be fixed.
SEED: Final = 1815


@dataclass(frozen=True, slots=True)
class Basis:
    """A table that a measure was computed from, and how a row of the result names the rows of it that it rests on.

    `name` says what the rows are ("events", or a dataset's name), `key` is the column that tells them apart, `column` the list
    column of the result that holds their keys.
    """

    table: ir.Table
    name: str = "events"
    key: str = "event_id"
    column: str = "event_ids"


@dataclass(frozen=True, slots=True)
class Method:
    """How a measure was computed: the formula in words, where it is published, options as used, libraries, and the seed.

    `seed` is None for a measure that draws no random numbers.
    """

    formula: str
    sources: tuple[str, ...]
    options: Mapping[str, Any]
    versions: Mapping[str, str]
    seed: int | None = None

    def lines(self) -> list[tuple[str, str]]:
        """Return the method as pairs of a heading and a text, for people."""
        found = [("Formula", self.formula)]
        found += [("Source", source) for source in self.sources]
        found += [(name.replace("_", " "), _words(value)) for name, value in self.options.items() if value is not None]
        if self.seed is not None:
            found.append(("seed", str(self.seed)))
        found.append(("computed with", ", ".join(f"{name} {version}" for name, version in self.versions.items())))
        return found


# A sentence with what its numbers rest on: keys by the column of their basis.
Told = tuple[str, Mapping[str, Sequence[Any]]]


def told(text: str, rows: Iterable[Mapping[str, Any]], *columns: str) -> Told:
    """Return a sentence with the keys that some rows hold in their list columns, by default `event_ids`."""
    held = list(rows)
    return text, {name: sorted({key for row in held for key in row.get(name) or ()}) for name in columns or ("event_ids",)}


def parted(sentences: Iterable[Told]) -> tuple[tuple[str, ...], tuple[Mapping[str, Sequence[Any]], ...]]:
    """Return sentences and what each rests on, as `MeasureResult` has them."""
    held = list(sentences)
    return tuple(text for text, _ in held), tuple(keys for _, keys in held)


class EvidenceError(VerbaleError):
    """The error `measure-evidence` of a measure that has too little to go on, with what its numbers counted.

    `behind` has the keys of the evidence by the column of their basis, `bases` the tables that they are keys of, as in
    `MeasureResult`.
    """

    def __init__(
        self,
        *,
        measure: str,
        needed: str,
        found: str,
        behind: Mapping[str, Sequence[Any]] | None = None,
        bases: Sequence[Basis] = (),
    ) -> None:
        """Keep the parts of the sentence, and the evidence beside them."""
        super().__init__("measure-evidence", measure=measure, needed=needed, found=found)
        self.behind = dict(behind or {})
        self.bases = tuple(bases)


@dataclass(frozen=True)
class MeasureResult:
    """A measure's result; the same table and options give the same numbers.

    `rows` is an Arrow table with one list column of keys for each of `bases`, `sentences` state numbers and intervals only,
    `warnings` say where the evidence is thin, and `draw` makes the figure from the rows. `behind` has for each sentence the
    keys of the evidence that its numbers rest on, by the column of their basis, `warned` the same for each warning.
    """

    name: str
    title: str
    rows: pa.Table
    method: Method
    sentences: tuple[str, ...]
    bases: tuple[Basis, ...]
    draw: Callable[[pa.Table], alt.TopLevelMixin]
    warnings: tuple[str, ...] = field(default=())
    behind: tuple[Mapping[str, Sequence[Any]], ...] = field(default=())
    warned: tuple[Mapping[str, Sequence[Any]], ...] = field(default=())

    def table(self) -> ir.Table:
        """Return the numbers, one row each, with the keys of the evidence behind them."""
        return ibis.memtable(self.rows)

    def plot(self) -> Any:
        """Return the figure as an Altair chart; a mark's datum holds `row`, the number of its row in `table`."""
        return self.draw(self.rows)

    def evidence(self, rows: ir.Table | None = None, *, name: str | None = None) -> ir.Table:
        """Return the events, or rows of a dataset, behind the result or behind some `rows` of it, each once.

        A measure that rests on several tables is asked for one by `name`; the first is returned if not said. Raises KeyError
        for a name that is none of `bases`.
        """
        basis = self.bases[0] if name is None else {one.name: one for one in self.bases}[name]
        needs(basis.table, basis.key)
        used = self.rows if rows is None else rows.select(basis.column).to_pyarrow()
        keys = pc.unique(pc.list_flatten(used[basis.column].combine_chunks()))
        wanted = ibis.memtable(pa.table({basis.key: keys}))
        return basis.table.semi_join(wanted, basis.key)

    def summary(self) -> str:
        """Return numbers and intervals as text, a sentence a line, warnings last."""
        return "\n".join([*self.sentences, *(f"Warning: {warning}" for warning in self.warnings)])

    def detached(self) -> MeasureResult:
        """Return the same result with its evidence in memory, for use after the ledger is closed."""
        held = [replace(basis, table=ibis.memtable(self.evidence(name=basis.name).to_pyarrow())) for basis in self.bases]
        return replace(self, bases=tuple(held))


def versions(*libraries: str) -> dict[str, str]:
    """Return the versions of Verbale and of the libraries that a measure computed with, for `Method`."""
    return {name: importlib.metadata.version(name) for name in ("verbale", *libraries)}


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_words(one)}" for name, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_words(one) for one in value)
    return str(value)
