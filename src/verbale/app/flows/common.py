"""What several flows share: an open ledger from a path, provenance, progress, choosing events, and writing a file whole."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from verbale.app.flows.version import version
from verbale.core import Run, VerbaleError
from verbale.ledger import Ledger, open_ledger
from verbale.measures import restrict
from verbale.vocab import ORGANISATION_CODES, Vocabulary
from verbale.vocab.conversion import convert_code

__all__ = ["LedgerLike", "Progress", "ProgressHook", "open_ledger"]

LedgerLike = str | Path | Ledger


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is: finished documents, events found, inputs that were rejected, and what came last."""

    documents: int
    events: int
    rejections: int
    name: str


ProgressHook = Callable[[Progress], None]


@contextmanager
def opened(ledger: LedgerLike, *, read_only: bool = False) -> Iterator[Ledger]:
    """Give an open ledger: a path is opened and closed again, a ledger that the caller opened is left open."""
    if isinstance(ledger, Ledger):
        yield ledger
        return
    with open_ledger(ledger, read_only=read_only) as own:
        yield own


def as_paths(paths: str | Path | Sequence[str | Path]) -> list[str | Path]:
    """Return one path or several as a list."""
    return [paths] if isinstance(paths, (str, Path)) else list(paths)


def new_run(*, coder: str, coder_version: str, model: str, vocabulary: str, options: dict[str, Any]) -> Run:
    """Return the provenance of a run that starts now; its id sorts by time."""
    started = datetime.datetime.now(datetime.UTC)
    run_id = f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    return Run(run_id, started, version(), coder, coder_version, model, vocabulary, canonical(options))


def canonical(options: dict[str, Any]) -> str:
    """Return options as JSON that is the same for the same options."""
    return json.dumps(options, sort_keys=True, ensure_ascii=False)


def options_hash(options: str) -> str:
    """Return 16 hexadecimal digits of the hash of canonical options."""
    return hashlib.sha256(options.encode()).hexdigest()[:16]


def parse_dyad(dyad: str | tuple[str, str] | None) -> tuple[str, str] | None:
    """Return a pair of actor codes from `RUS-IRN` or a tuple. Raises VerbaleError `dyad-malformed` or `dyad-names`."""
    if dyad is None:
        return None
    told = tuple(part.strip() for part in (dyad.split("-") if isinstance(dyad, str) else dyad))
    codes = [convert_code(part, from_="name", to="code").code or part.upper() for part in told]
    if len(told) == 2 and codes != [part.upper() for part in told]:
        raise VerbaleError("dyad-names", dyad="-".join(told), codes="-".join(map(str, codes)))
    parts = tuple(part.upper() for part in told)
    if len(parts) != 2 or not all(part.isalnum() for part in parts) or parts[0] == parts[1]:
        raise VerbaleError("dyad-malformed", dyad=dyad if isinstance(dyad, str) else "-".join(dyad))
    return parts[0], parts[1]


def check_actors(dyad: tuple[str, str] | None, events: Any, vocabulary: Vocabulary) -> None:
    """Raise VerbaleError `dyad-unknown` for a code of a pair that neither the vocabulary nor a table of events has.

    A mistyped code would otherwise look like a pair between which nothing happened.
    """
    known = vocabulary.states.codes | ORGANISATION_CODES | vocabulary.actors.own_codes.keys()
    unknown = [code for code in dyad or () if code not in known]
    if not unknown:
        return
    pairs = events.select("source", "target").distinct().to_pyarrow()
    told_of = {*pairs["source"].to_pylist(), *pairs["target"].to_pylist()}
    for code in unknown:
        if code in told_of:
            continue
        like = (one for one in known | told_of if one and _is_like(one, code))
        near = sorted(like, key=lambda one: (one not in told_of, one))
        named = [f"{one} ({name})" if (name := vocabulary.actors.entity(one, None)) else one for one in near[:4]]
        raise VerbaleError("dyad-unknown", actor=code, near=f"like it are {', '.join(named)}; " if named else "")


def _is_like(one: str, other: str) -> bool:
    """Say whether two codes differ by one letter, or by the order of theirs."""
    return len(one) == len(other) and (
        sorted(one) == sorted(other) or sum(first != second for first, second in zip(one, other, strict=True)) == 1
    )


def parse_years(years: str | tuple[int, int] | None) -> tuple[int, int] | None:
    """Return first and last year from `1900-1950`, `1946` or a tuple. Raises VerbaleError `years-malformed`."""
    if years is None or isinstance(years, tuple):
        return years
    first, _, last = years.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal() and len(first) <= 4 >= len(last)) or int(first) > int(
        last or first
    ):
        raise VerbaleError("years-malformed", years=years)
    return int(first), int(last or first)


def choose_events(
    ledger: Ledger,
    *,
    dyad: tuple[str, str] | None,
    years: tuple[int, int] | None,
    min_confidence: float,
    coder_version: str | None = None,
    all_versions: bool = False,
    raw: bool = False,
) -> Any:
    """Return the Ibis table of a ledger's events that a reader asked for."""
    events = restrict(ledger.events(coder_version, all_versions=all_versions, raw=raw), dyad=dyad, years=years)
    return events.filter(events.confidence >= min_confidence) if min_confidence else events


def check_confidence(value: float) -> None:
    """Raise VerbaleError `confidence-range` unless a threshold lies between 0 and 1."""
    if not 0.0 <= value <= 1.0:
        raise VerbaleError("confidence-range", value=value)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write that gets its name only when it is complete. Raises VerbaleError `output-unwritable`."""
    draft = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.new")
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        with draft.open("wb") as file:
            yield file
        draft.replace(path)
    except OSError as error:
        raise VerbaleError("output-unwritable", path=path, reason=error.strerror or str(error)) from error
    finally:
        draft.unlink(missing_ok=True)
