"""The flows `export_amendments` and `import_amendments`: corrections by hand, shared between ledgers and people."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from verbale.app.flows.common import LedgerLike, opened, whole_file
from verbale.core import Amendment, Rejection, VerbaleError
from verbale.ledger import BadRow
from verbale.ledger.formats.amendments import read_amendments, write_amendments


@dataclass(frozen=True, slots=True)
class AmendmentsRead:
    """What came of a file of amendments: those added, those there already, those that apply now, and malformed rows."""

    ledger: Path
    added: int
    known: int
    applied: int
    orphaned: int
    rejections: tuple[Rejection, ...]


def export_amendments(ledger: LedgerLike, *, output: str | Path) -> int:
    """Write all corrections by hand to a file and return how many: CSV by the ending `.csv`, else JSON lines; `-` prints them.

    Raises VerbaleError `output-unwritable`.
    """
    with opened(ledger, read_only=True) as open_one:
        held = [one.amendment for one in open_one.amendments()]
    if str(output) == "-":
        return write_amendments(held, sys.stdout.buffer, as_csv=False)
    path = Path(output)
    with whole_file(path) as file:
        return write_amendments(held, file, as_csv=_is_csv(path))


def import_amendments(path: str | Path, *, ledger: LedgerLike) -> AmendmentsRead:
    """Add the corrections of a file to a ledger; the same file again changes nothing, and a malformed row costs no other.

    An amendment of a document that the ledger does not hold yet is kept, and applies when the document has been coded. Raises
    VerbaleError `file-missing`.
    """
    path = Path(path)
    if not path.is_file():
        raise VerbaleError("file-missing", path=path)
    rows = list(read_amendments(path, as_csv=_is_csv(path)))
    good = [row for row in rows if isinstance(row, Amendment)]
    bad = [row for row in rows if isinstance(row, BadRow)]
    with opened(ledger) as open_one:
        added = open_one.amend(good)
        ids = {one.amendment_id for one in good}
        states = [one.state for one in open_one.amendments() if one.amendment.amendment_id in ids]
        return AmendmentsRead(
            open_one.path,
            added,
            len(good) - added,
            states.count("applied"),
            states.count("orphaned"),
            tuple(_rejection(path, row) for row in bad),
        )


def _rejection(path: Path, row: BadRow) -> Rejection:
    where = f"{path} row {row.row}"
    return Rejection.of(where, VerbaleError("amendment-malformed", path=where, reason=row.reason))


def _is_csv(path: Path) -> bool:
    return path.suffix.lower() == ".csv"
