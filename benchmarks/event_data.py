"""Writes synthetic GDELT 2.0 rows, installs them, and makes a dyad-month panel: time and memory of each beside the plain tools.

    python benchmarks/event_data.py [--rows 2000000] [--like FILE] [--folder DIR] [--keep] [--tsv FILE]

Rows draw their actors, acts, places and delays between deed and report from the frequencies of a real file (`--like`, any
export of GDELT 2.0); without one from built-in frequencies of the same skew. Beyond the names that the real file has, ranks
continue as Zipf's law has them, so that twenty million rows have twenty thousand actors and sixty thousand places. Addresses,
tones and numbers differ from article to article.

Printed are, all from one run on two cores:
* `copy`: DuckDB turns the rows into Parquet, untouched;
* `install`: `records.install("gdelt-events")`, and its ratio to that;
* `panel`: `event_panel` by month from the counts by day that the install wrote beside the table;
* `panel_of_events`: the same from the table itself, event by event;
* `pandas_panel`: the same panel by pandas from the table, with the columns it needs, and how many times longer it takes.
All three panels are compared, cell by cell.
Each runs in a process of its own, whose peak of resident memory is printed. Time and memory are what the system reports.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from verbale import records
from verbale.engine import connect_memory
from verbale.measures import event_panel

SEED: Final = 1648
CORES: Final = 2
# What DuckDB may hold, so that the whole process stays within 2 GB.
MEMORY: Final = "1200MB"
BATCH: Final = 200_000
ROWS_PER_FILE: Final = 2_000  # a quarter of an hour
EVENTS_PER_ARTICLE: Final = 2.6
ACTORS, PLACES = 20_000, 60_000
# Rank-frequency exponent of the tail, as in the file of 24 October 2019.
EXPONENT: Final = 1.1
ACTOR, ACT, PLACE = slice(5, 15), slice(25, 31), slice(51, 59)
COUNTRIES: Final = "USA GBR RUS SYR CHN TUR CAN FRA JPN IRN AFR DEU ARE ESP EUR NOR IRL UKR IND ITA PAK ISR"
ACTS: Final = "010 020 040 042 043 036 051 057 071 080 090 100 111 112 120 130 141 153 160 173 180 190 193"
LANDS: Final = ("US", "UK", "RS", "IN", "SY", "CH")

Frequencies = tuple[pa.Array, npt.NDArray[np.float64]]


def frequencies(like: Path | None) -> dict[str, Frequencies]:
    """Return the texts of actors, acts, places (several fields each) and delays in days, with their shares."""
    if like is None:
        codes = enumerate(COUNTRIES.split())
        actors = [("|" * 9, 0.45), *((f"{code}|{code}|{code}|||||||", 0.5 / (rank + 2)) for rank, code in codes)]
        acts = [(f"1|{code}|{code[:3]}|{code[:2]}|1|1.0", 1 / (rank + 2)) for rank, code in enumerate(ACTS.split())]
        places = [(f"4|Town {n}, Land|{LANDS[n % 6]}|A{n}||{n % 90}.5|{n % 180}.5|{n}", 1 / (n + 2)) for n in range(500)]
        delays = [("0", 0.96), ("7", 0.01), ("30", 0.01), ("365", 0.01), ("3652", 0.01)]
        found = {"actor": actors, "act": acts, "place": places, "delay": delays}
        return {name: _shares({text.replace("|", "\t"): share for text, share in rows}) for name, rows in found.items()}
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("actor", "act", "place", "delay")}
    for line in like.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        counts["actor"].update(("\t".join(fields[ACTOR]), "\t".join(fields[15:25])))
        counts["act"]["\t".join(fields[ACT])] += 1
        counts["place"]["\t".join(fields[PLACE])] += 1
        delay = np.datetime64(_iso(fields[59])) - np.datetime64(_iso(fields[1]))
        counts["delay"][str(delay.astype(int))] += 1
    return {name: _shares(counter) for name, counter in counts.items()}


def _iso(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:8]}"


def _shares(counts: Mapping[str, float]) -> Frequencies:
    ranked = sorted(counts.items(), key=lambda one: one[1], reverse=True)
    weights = np.array([count for _, count in ranked], dtype=float)
    return pa.array([text for text, _ in ranked]), weights / weights.sum()


def with_tail(found: Frequencies, size: int) -> Frequencies:
    """Continue the ranks to a size: further names are those of the file with a number, a tenth of all rows."""
    texts, shares = found
    named = [text for text in texts.to_pylist() if text.split("\t")[1]]
    extra = size - len(texts)
    ranks = np.arange(len(texts) + 1, size + 1, dtype=float) ** -EXPONENT
    more = []
    for number in range(extra):
        fields = named[number % len(named)].split("\t")
        fields[1] = f"{fields[1]} {number // len(named)}"
        more.append("\t".join(fields))
    return pa.concat_arrays([texts, pa.array(more)]), np.concatenate((shares * 0.9, ranks / ranks.sum() * 0.1))


def write(path: Path, rows: int, like: Path | None) -> None:
    """Write the rows, a batch at a time."""
    chance = np.random.default_rng(SEED)
    found = frequencies(like)
    found["actor"] = with_tail(found["actor"], ACTORS)
    found["place"] = with_tail(found["place"], PLACES)
    sums = {name: np.cumsum(shares) for name, (_, shares) in found.items()}

    def draw(name: str, count: int) -> pa.Array:
        places = np.minimum(np.searchsorted(sums[name], chance.random(count)), len(sums[name]) - 1)
        return found[name][0].take(pa.array(places))

    began = np.datetime64("2019-08-01T00:00:00")
    with path.open("wb") as out:
        for first in range(0, rows, BATCH):
            count = min(BATCH, rows - first)
            row = np.arange(first, first + count)
            added = began + (row // ROWS_PER_FILE) * np.timedelta64(900, "s")
            day = added.astype("datetime64[D]") - draw("delay", count).cast(pa.int64()).to_numpy().astype("timedelta64[D]")
            place, other = draw("place", count), draw("place", count)
            same = pa.array(chance.random(count) < 0.6)
            article = np.floor(row / EVENTS_PER_ARTICLE).astype(np.int64)
            columns = [
                pa.array(880_000_000 + row).cast(pa.string()),
                *_dates(day),
                draw("actor", count),
                draw("actor", count),
                draw("act", count),
                _text(chance.geometric(0.25, count)),
                _text(np.ones(count, dtype=int)),
                _text(chance.geometric(0.25, count)),
                _text(np.round(chance.normal(-2, 4, count), 14)),
                pc.if_else(same, place, other),
                other,
                place,
                pc.strftime(pa.array(added.astype("datetime64[s]")), "%Y%m%d%H%M%S"),
                _address(article, chance.zipf(1.3, count) % 9_000),
            ]
            lines = pc.binary_join_element_wise(*columns, "\t")
            lines = pc.binary_join_element_wise(lines, "\n", "")
            out.write(_bytes(lines))


def _bytes(lines: pa.Array) -> memoryview:
    offsets = np.frombuffer(lines.buffers()[1], dtype=np.int32)[lines.offset : lines.offset + len(lines) + 1]
    return memoryview(lines.buffers()[2])[offsets[0] : offsets[-1]]


def _text(numbers: npt.NDArray[Any]) -> pa.Array:
    return pa.array(numbers).cast(pa.string())


def _dates(day: npt.NDArray[Any]) -> list[pa.Array]:
    """Return SQLDATE, MonthYear, Year and FractionDate."""
    days = pa.array(day)
    fraction = pc.add(pc.year(days), pc.divide(pc.cast(pc.day_of_year(days), pa.float64()), 365.25))
    return [pc.strftime(days, "%Y%m%d"), pc.strftime(days, "%Y%m"), pc.strftime(days, "%Y"),
            pc.cast(pc.round(fraction, 4), pa.string())]  # fmt: skip


def _address(article: npt.NDArray[Any], site: npt.NDArray[Any]) -> pa.Array:
    mixed = (article * 2_654_435_761) % 4_294_967_296
    parts = [
        "https://www.paper-",
        _text(site),
        ".com/news/world/2019/story-about-a-meeting-of-ministers-",
        _text(mixed),
        ".html",
    ]
    return pc.binary_join_element_wise(*parts, "")


def copy(tsv: Path, parquet: Path) -> int:
    """Let DuckDB turn the rows into Parquet, with the types that it finds: every column a text takes it half as long again."""
    with duckdb.connect(config={"memory_limit": MEMORY, "threads": str(CORES)}) as connection:
        connection.execute("SET enable_progress_bar = false")
        read = f"read_csv('{tsv}', header=false, delim='\t', quote='')"
        connection.execute(f"COPY (FROM {read}) TO '{parquet}' (FORMAT parquet)")
    return parquet.stat().st_size


def install(tsv: Path, folder: Path) -> int:
    """Install the rows as event data."""
    return records.install("gdelt-events", file=tsv, folder=folder).provenance.rows_out


def panel(folder: Path) -> pa.Table:
    """Make the panel from the counts of the installed table."""
    return event_panel(records.event_counts("gdelt-events", _two_threads(), folder=folder)).to_pyarrow()


def panel_of_events(folder: Path) -> pa.Table:
    """Make the panel from the installed table."""
    return event_panel(records.table("gdelt-events", _two_threads(), folder=folder)).to_pyarrow()


def _two_threads() -> Any:
    connection = connect_memory()
    connection.raw_sql(f"SET memory_limit='{MEMORY}'")
    connection.raw_sql(f"SET threads={CORES}")
    connection.raw_sql("SET enable_progress_bar = false")
    return connection


def pandas_panel(folder: Path) -> pa.Table:
    """Make the same panel with pandas from the same columns."""
    columns = ["source", "target", "type", "quad", "intensity", "status", "date_start", "date_precision", "mentions"]
    events = pd.read_parquet(folder / "gdelt-events.parquet", columns=columns)
    events = events[(events["status"] == "actual") & events["source"].notna() & events["target"].notna()]
    events = events[(events["source"] != events["target"]) & events["date_precision"].isin(["day", "month"])]
    events = events.assign(period=pd.to_datetime(events["date_start"]).dt.to_period("M").dt.to_timestamp())
    dyads = events.groupby(["source", "target", "period"])
    table = dyads.agg(events=("status", "size"), mentions=("mentions", "sum"), intensity=("intensity", "mean"))
    for column in ("quad", "type"):
        counted = events.groupby(["source", "target", "period", column]).size().unstack(fill_value=0)
        table = table.join(counted)
    return pa.Table.from_pandas(table.reset_index(), preserve_index=False)


def same(ours: pa.Table, theirs: pa.Table) -> bool:
    """Tell whether two panels have the same dyad-months with the same values; pandas has no column for what never occurs."""
    key = ["source", "target", "period"]
    one, other = (panel.to_pandas().sort_values(key).reset_index(drop=True) for panel in (ours, theirs))
    other = other.rename(columns=lambda name: name.lower().replace(" ", "_"))
    if len(one) != len(other):
        return False
    texts = all((one[name].astype(str) == other[name].astype(str)).all() for name in key[:2])
    days = bool((pd.to_datetime(one["period"]) == pd.to_datetime(other["period"])).all())
    numbers = [name for name in one.columns if name not in (*key, "untyped")]
    return texts and days and all(
        np.allclose(one[name].astype(float), other[name].fillna(0).astype(float) if name != "intensity" else other[name],
                    rtol=0, atol=1e-9, equal_nan=True)
        if name in other.columns else not one[name].any()
        for name in numbers
    )  # fmt: skip


def _child(function: Callable[..., Any], arguments: tuple[Any, ...], answers: Any) -> None:
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:CORES]))
    before = resource.getrusage(resource.RUSAGE_SELF)
    started = time.monotonic()
    result = function(*arguments)
    seconds = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_SELF)
    processor = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    answers.put((result, seconds, processor, used.ru_maxrss / 1024))


def measured(function: Callable[..., Any], *arguments: Any) -> dict[str, Any]:
    """Run a function in a process of its own and return its result, seconds, processor seconds and peak of memory (MB)."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=_child, args=(function, arguments, answers))
    process.start()
    result, seconds, processor, peak = answers.get()
    process.join()
    rows = result.num_rows if isinstance(result, pa.Table) else result
    print(f"{function.__name__:15} {seconds:8.2f} s  {processor:8.2f} s processor  {peak:7.0f} MB  ({rows:,})", flush=True)
    return {"result": result, "seconds": seconds, "processor": processor, "peak": peak}


def main() -> None:
    """Write the rows, run everything once, and print the ratios."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=2_000_000)
    arguments.add_argument("--like", type=Path)
    arguments.add_argument("--tsv", type=Path, help="rows that an earlier run wrote and --keep kept")
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--keep", action="store_true")
    args = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="event-data-", dir=args.folder))
    try:
        tsv = args.tsv or folder / "synthetic.export.CSV"
        started = time.monotonic()
        if args.tsv is None:
            write(tsv, args.rows, args.like)
        print(
            f"{args.rows:,} rows, {tsv.stat().st_size / 1e9:.2f} GB, written in {time.monotonic() - started:.0f} s", flush=True
        )
        copied = measured(copy, tsv, folder / "copy.parquet")
        installed = measured(install, tsv, folder)
        ours, events, theirs = (measured(one, folder) for one in (panel, panel_of_events, pandas_panel))
        told = {
            "install_to_copy": installed["seconds"] / copied["seconds"],
            "pandas_to_panel": theirs["seconds"] / ours["seconds"],
            "pandas_to_panel_of_events": theirs["seconds"] / events["seconds"],
            "same_in_processor_seconds": [
                installed["processor"] / copied["processor"],
                theirs["processor"] / ours["processor"],
                theirs["processor"] / events["processor"],
            ],
            "panels_agree": same(ours["result"], theirs["result"]) and same(ours["result"], events["result"]),
        }
        print(json.dumps(told, indent=1))
    finally:
        if not args.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
