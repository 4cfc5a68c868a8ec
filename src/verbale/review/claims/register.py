"""Reads SIPRI's trade register as facts: which model was ordered, cancelled and delivered when, by rows and comments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from verbale.core import Ground
from verbale.review.claims.statement import Holdings, TableRow
from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_register.csv")

DATASET: Final = "sipri-transfers"
# The unit of a claim that an order of some year brought nothing: its years are the order's.
OF_ORDER: Final = "of the order"


@dataclass(frozen=True, slots=True)
class Fact:
    """What a row tells: an order, cancellation or delivery with its years and model; `by` is who cancelled, as printed."""

    act: str
    years: tuple[int, ...]
    model: str
    row: TableRow
    uncertain: bool = False
    by: str = ""
    comment: bool = False


def plain(name: str) -> str:
    """Return a designation as letters and digits alone, in small letters."""
    folded = unicodedata.normalize("NFD", name.lower())
    return re.sub(r"[^a-z0-9]", "", folded)


def names(weapon: str, designation: str) -> bool:
    """Tell whether a row's designation is a model of a weapon: S-300PMU2 Favorit of S-300, F-16C of F-16, F-161 of neither."""
    wanted = plain(weapon)
    pieces = [plain(piece) for piece in re.split(r"[\s/]+", designation)]
    # Super Tucano stands behind the number in EMB-314 Super Tucano
    tails = ["".join(pieces[at:]) for at in range(len(pieces))]
    return any(
        tail.startswith(wanted) and not (wanted[-1:].isdigit() and tail[len(wanted) : len(wanted) + 1].isdigit())
        for tail in (*pieces, *tails)
        if wanted
    )


def rows_of(holdings: Holdings, pair: Sequence[str], weapons: Sequence[str]) -> list[TableRow]:
    """Return the rows between two states whose designation is one of the weapons."""
    return [
        row
        for row in holdings.tables.get(DATASET, ())
        if {row["source"], row["target"]} == set(pair) and any(names(weapon, row["weapon"] or "") for weapon in weapons)
    ]


def facts(rows: Iterable[TableRow]) -> list[Fact]:
    """Return what rows and their comments tell, in order of the rows."""
    found = []
    for row in rows:
        found.append(Fact("order", (row["year"],), row["weapon"], row, bool(row["year_uncertain"])))
        if row["delivery_years"]:
            found.append(Fact("deliver", tuple(row["delivery_years"]), row["weapon"], row, bool(row["delivered_uncertain"])))
        comments = row["comments"] or ""
        earlier = _WORDS["earlier"].search(comments)
        originally = _WORDS["originally"].search(comments)
        if earlier:
            found.append(Fact("order", (int(earlier["year"]),), earlier["model"].strip(), row, comment=True))
        elif originally:
            found.append(Fact("order", (int(originally["year"]),), row["weapon"], row, comment=True))
        for cancelled in _WORDS["cancelled"].finditer(comments):
            model = earlier["model"].strip() if earlier else row["weapon"]
            found.append(Fact("cancel", (int(cancelled["year"]),), model, row, by=cancelled["by"] or "", comment=True))
    return found


def ground(row: TableRow, holdings: Holdings, agrees: Sequence[str] = (), differs: Sequence[str] = ()) -> Ground:
    """Return a row of the register as a ground, its text the row in words."""
    years = ", ".join(map(str, row["delivery_years"])) or "none known"
    text = (
        f"{row['supplier']} to {row['recipient']}, ordered {row['year']}{'?' if row['year_uncertain'] else ''}: "
        f"{row['ordered'] if row['ordered'] is not None else 'number unknown'} {row['weapon']} ({row['description']}), "
        f"{row['delivered'] or 0} delivered (years: {years})"
    )
    if row["comments"]:
        text += f"; {row['comments']}"
    edition = holdings.editions.get(DATASET, "")
    return Ground(text, dataset=DATASET, edition=edition, line=row["line"], agrees=tuple(agrees), differs=tuple(differs))


def value(model: str, holdings: Holdings) -> float | None:
    """Return the register's value of one new piece of a model, the highest of its rows; None where no row has it."""
    wanted = plain(model)
    values = [
        row["tiv_unit"]
        for row in holdings.tables.get(DATASET, ())
        if row["tiv_unit"]
        and any(plain(piece) == wanted for piece in ((row["weapon"] or "").split(" ")[0], row["weapon"] or ""))
    ]
    return max(values) if values else None


def mark(model: str) -> tuple[str, int] | None:
    """Return the series of a designation and its last number (S-300PMU-1: s300pmu and 1); None where it has none."""
    found = re.fullmatch(r"([a-z]+\d+[a-z]+?)(\d{1,2})", plain(model.split(" ", maxsplit=1)[0]))
    return (found[1], int(found[2])) if found else None
