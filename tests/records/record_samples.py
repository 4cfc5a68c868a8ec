"""Small official files built in code: the published headers with rows of our own."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from verbale.records import DATASETS

SHARED = Path(__file__).parents[3] / "shared" / "records" / "data" / "raw"
STATE_HEADER = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version"
STATE_ROWS = (
    "USA,2,United States of America,1816,1,1,2016,12,31,2016",
    "GMY,255,Germany,1816,1,1,1945,5,8,2016",
    "GMY,255,Germany,1990,10,3,2016,12,31,2016",
    "YUG,345,Yugoslavia,1878,7,13,1941,4,20,2016",
)


def states_text(rows: Iterable[str] = STATE_ROWS, *, end: str = "\n", header: str = STATE_HEADER) -> str:
    return end.join((header, *rows)) + end


def states_file(folder: Path, text: str | bytes | None = None, name: str = "states2016.csv") -> Path:
    path = folder / name
    content = states_text() if text is None else text
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def official_file(folder: Path, name: str, rows: Sequence[Mapping[str, object]], *, file: str = "file.csv") -> Path:
    """Write rows under the official header of a dataset; columns that a row does not name stay empty."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, DATASETS[name].header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path = folder / file
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def zip_file(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
