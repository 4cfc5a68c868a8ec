"""Events that stand in the data twice: numbers that recur, and, if asked for, one event told several times."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from verbale.engine import Scratch
from verbale.records.events.recipe import EventDataset
from verbale.records.store import TableWriter

# Ways to tell that two rows are one event: the columns that they share, and the words for those left out.
# `document`: one report that the coder read twice, or told in several sentences. `dyad-day`: one act that many reports tell;
# rows without both actors or a type are left as they are, because their actors need not be the same.
DEDUP: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "none": ((), ""),
    "document": (
        ("document_id", "source_official", "source_text", "target_official", "target_text", "date_start", "cameo", "type"),
        "repeats of an event with the same document, actors, date and code",
    ),
    "dyad-day": (("source", "target", "date_start", "type"), "repeats of an event with the same states, date and type"),
}
# Columns that must be told for two rows to count as one event.
_NEEDED: Final = {"document": ("document_id",), "dyad-day": ("source", "target", "type")}


@dataclass(slots=True)
class Repeats:
    """What recurred: rows that were rejected (file, line, reason), the counts of those left out, and of those kept."""

    rejected: list[tuple[str, int, str]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    kept: int = 0


def without_repeats(wanted: EventDataset, writer: TableWriter, *, dedup: str) -> Repeats:
    """Write the table of a writer anew without what recurs; the first row of each event stays."""
    found, columns, key = Repeats(), DEDUP[dedup][0], ", ".join(wanted.key)
    number = ("event_id",)
    with writer.again() as draft, Scratch() as scratch:
        scratch.lend_file("draft", draft)
        if wanted.key:
            scratch.rows(f"CREATE TEMP TABLE doubles AS {_repeats(number, number)}")
            found.rejected = [
                (file, line, f"a row with the same {key} stands in {'' if file == first else f'{first}, '}line {first_line}")
                for file, line, first, first_line in scratch.rows(
                    "SELECT d.file, d.line, f.file, f.line FROM doubles r JOIN draft d ON d.file_row_number = r.n "
                    "JOIN draft f ON f.file_row_number = r.earliest ORDER BY r.n"
                )
            ]
        else:
            scratch.rows("CREATE TEMP TABLE doubles (n BIGINT, earliest BIGINT)")
            found.kept = int(scratch.rows(f"SELECT count(*) FROM ({_repeats(number, number)})")[0][0])  # noqa: S608
        if columns:
            scratch.rows(f"CREATE TEMP TABLE repeats AS {_repeats(columns, _NEEDED[dedup], without='doubles')}")
            count = int(scratch.rows("SELECT count(*) FROM repeats")[0][0])
            found.left_out = Counter({DEDUP[dedup][1]: count} if count else {})
            scratch.rows("INSERT INTO doubles FROM repeats")
        kept = ", ".join(f'"{name}"' for name in wanted.schema.names)
        rest = f"SELECT {kept} FROM draft WHERE file_row_number NOT IN (SELECT n FROM doubles)"  # noqa: S608 - our own names
        for batch in scratch.batches(rest):
            writer.write_batch(batch.cast(wanted.schema))
    return found


def _repeats(columns: tuple[str, ...], needed: tuple[str, ...], *, without: str = "") -> str:
    """Return SQL for the rows `n` that have the same columns as an earlier row, `earliest`."""
    key = ", ".join(f'"{name}"' for name in columns)
    told = " AND ".join(f'"{name}" IS NOT NULL' for name in needed)
    others = f" AND file_row_number NOT IN (SELECT n FROM {without})" if without else ""  # noqa: S608 - our own names
    rows = f"SELECT file_row_number AS n, {key} FROM draft WHERE {told}{others}"  # noqa: S608 - our own names
    same = " AND ".join(f'a."{name}" IS NOT DISTINCT FROM g."{name}"' for name in columns)
    groups = f"SELECT {key}, min(n) AS earliest FROM told GROUP BY ALL HAVING count(*) > 1"  # noqa: S608 - our own names
    return (
        f"WITH told AS ({rows}), groups AS ({groups}) "  # noqa: S608 - our own names
        f"SELECT a.n, g.earliest FROM told a JOIN groups g ON {same} WHERE a.n <> g.earliest"
    )
