"""Joins a made-up table of mentions and prints seconds and memory; what was joined is held against what was made up.

    python benchmarks/event_groups.py [--mentions 1000000] [--texts 0.2]

Mentions come from a seed: acts between pairs of forty states over thirty years, a few pairs with most of them, each told
once to forty times, with dates a day off or only by month, other towns' names left out, and repeated rows as event data have
them. A share of them (`--texts`) has words, as a ledger of documents has; the rest has none.
"""

from __future__ import annotations

import argparse
import resource
import time
from typing import Any, Final

import ibis
import numpy as np
import pyarrow as pa

from verbale.core import EVENT_TYPES, QUADRANTS
from verbale.measures.groups import event_groups, joined

SEED: Final = 1648
STATES: Final = [
    "USA",
    "RUS",
    "CHN",
    "GBR",
    "FRA",
    "DEU",
    "IRN",
    "IRQ",
    "ISR",
    "SYR",
    "TUR",
    "SAU",
    "IND",
    "PAK",
    "AFG",
    "JPN",
    "KOR",
    "PRK",
    "UKR",
    "POL",
    "ITA",
    "ESP",
    "EGY",
    "LBN",
    "JOR",
    "YEM",
    "QAT",
    "ARE",
    "VNM",
    "PHL",
    "AUS",
    "CAN",
    "MEX",
    "BRA",
    "VEN",
    "CUB",
    "ZAF",
    "NGA",
    "ETH",
    "KEN",
]
VERBS: Final = ["met", "signed", "warned", "accused", "attacked", "sent", "expelled", "withdrew", "refused", "praised"]
FIRST_DAY: Final = np.datetime64("1990-01-01")
DAYS: Final = 365 * 30
# Zipf's exponent of how events divide over pairs, and how many mentions an event has: as few as one, as many as forty.
_SKEW: Final = 1.1
_MOST: Final = 40


def mentions(count: int, texts: float) -> tuple[pa.Table, Any]:
    """Return `count` mentions as an event table, and the number of the event that each tells of."""
    chance = np.random.default_rng(SEED)
    pairs = np.array([(one, other) for one in STATES for other in STATES if one != other])
    chance.shuffle(pairs)
    often = 1.0 / np.arange(1, len(pairs) + 1) ** _SKEW
    told = np.minimum(chance.geometric(0.3, size=count), _MOST)
    event = np.repeat(np.arange(count), told)[:count]
    events = int(event[-1]) + 1
    pair = pairs[chance.choice(len(pairs), size=events, p=often / often.sum())][event]
    kind = chance.integers(0, len(EVENT_TYPES), size=events)[event]
    day = FIRST_DAY + chance.integers(0, DAYS, size=events)[event]
    late = chance.random(count) < 0.1
    day = np.where(late, day + 1, day)
    monthly = (chance.random(count) < texts / 4) & ~late
    day = np.where(monthly, day.astype("datetime64[M]").astype("datetime64[D]"), day)
    town = np.array([f"Town{number}" for number in chance.integers(0, 5_000, size=events)])[event]
    worded = chance.random(count) < texts
    verb = np.array(VERBS)[chance.integers(0, len(VERBS), size=count)]
    order = chance.permutation(count)
    columns = {
        "event_id": np.array([f"{number:016x}" for number in chance.permutation(count)]),
        "document_id": np.array([f"document-{number}" for number in chance.integers(0, count // 3 + 1, size=count)]),
        "source": pair[:, 0],
        "target": pair[:, 1],
        "type": np.array(EVENT_TYPES)[kind],
        "quad": np.array([QUADRANTS[one] for one in EVENT_TYPES])[kind],
        "status": np.full(count, "actual"),
        "intensity": np.zeros(count),
        "mutual": np.zeros(count, dtype=bool),
        "date_start": day,
        "date_precision": np.where(monthly, "month", "day"),
        "place": _some(town, ~worded | (chance.random(count) < 0.5)),
        "quote": _some(np.array([f"they {one} near {other}" for one, other in zip(verb, town, strict=True)]), worded),
    }
    return pa.table({name: pa.array(values[order]) for name, values in columns.items()}), event[order]


def _some(texts: Any, told: Any) -> Any:
    """Return texts with None where they are not told."""
    return np.where(told, texts.astype(object), np.array(None, dtype=object))


def main() -> None:
    """Make the table, join it, and print what it took."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--mentions", type=int, default=1_000_000)
    arguments.add_argument("--texts", type=float, default=0.2)
    args = arguments.parse_args()
    table, event = mentions(args.mentions, args.texts)
    print(
        f"{table.num_rows:,} mentions of {len(np.unique(event)):,} events, {table.nbytes / 1e6:.0f} MB; {_peak():,.0f} MB",
        flush=True,
    )
    events = ibis.memtable(table)
    started = time.monotonic()
    groups = event_groups(events)
    found = groups.to_pyarrow()
    print(f"groups: {time.monotonic() - started:.0f} s, at most {_peak():,.0f} MB resident", flush=True)
    names = dict(zip(found["event_id"].to_pylist(), found["event_group"].to_pylist(), strict=True))
    _, told = np.unique([names[one] for one in table["event_id"].to_pylist()], return_inverse=True)
    print("pairs: " + _pairs(told, event), flush=True)
    started = time.monotonic()
    number = joined(events, groups=groups).count().execute()
    print(f"joined into {number:,} events: {time.monotonic() - started:.0f} s, at most {_peak():,.0f} MB resident")


def _pairs(told: Any, event: Any) -> str:
    """Return precision, recall and F1 over all pairs of mentions, from the sizes of groups, events and what both share."""

    def number(*keys: Any) -> int:
        _, counts = np.unique(np.stack(keys), axis=1, return_counts=True)
        return int((counts * (counts - 1) // 2).sum())

    right, found, true = number(told, event), number(told), number(event)
    precision, recall = right / max(found, 1), right / max(true, 1)
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def _peak() -> float:
    """Return the most memory that was resident so far, in megabytes (Linux counts kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
