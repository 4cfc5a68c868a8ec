"""What all commands share on the way out: text for people, JSON for machines, errors, progress bars."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from verbale.core import Event, Rejection, VerbaleError
from verbale.core.schema import event_to_row

if TYPE_CHECKING:
    from verbale.app.flows import Progress
    from verbale.app.flows.coder import Usage
    from verbale.app.flows.common import ProgressHook

SOME_REJECTED: Final = 3
# More rejections than this scroll a screen away; all are in the ledger and in the JSON.
MAX_REJECTIONS: Final = 40


def emit(facts: Mapping[str, Any], lines: Sequence[str], *, as_json: bool) -> None:
    """Print a result: the facts as one JSON object, or the lines for a person."""
    text = json.dumps(plain(facts), ensure_ascii=False) if as_json else "\n".join(map(printable, lines))
    try:
        print(text, flush=True)
    except BrokenPipeError:
        leave_pipe()


def plain(value: Any) -> Any:
    """Return a value as JSON has it: dataclasses as objects, events as rows of the event record, paths and dates as text."""
    if isinstance(value, Event):
        return plain(event_to_row(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, Path):
        return printable(str(value))
    return printable(value) if isinstance(value, str) else value


def printable(text: str) -> str:
    """Return text that any terminal can show: control characters of a hostile document and lone surrogates as escapes."""
    return "".join(
        character if character in "\n\t" or (character.isprintable() or character == "\u00a0") else repr(character)[1:-1]
        for character in text
    )


def fail(error: VerbaleError, exit_code: int, *, as_json: bool) -> int:
    """Print an error of the catalogue and return the exit code."""
    say_error(error.code, str(error), as_json=as_json)
    return exit_code


def say_error(code: str, message: str, *, as_json: bool) -> None:
    """Print an error: one line on standard error, or the one JSON shape of errors on standard output."""
    if as_json:
        print(json.dumps({"error": {"code": code, "message": printable(message)}}, ensure_ascii=False))
    else:
        print(f"error: {printable(' '.join(message.split()))}", file=sys.stderr)


def leave_pipe() -> None:
    """Stop writing to a reader that has gone, such as `head`: nothing is wrong, but Python would complain at its last flush."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def rejection_lines(rejections: Sequence[Rejection], total: int | None = None) -> list[str]:
    """Return the list of what was rejected and why, with a heading; nothing when there is none."""
    total = len(rejections) if total is None else total
    if not total:
        return []
    lines = ["", f"{number(total, 'input')} rejected:"]
    for rejection in rejections[:MAX_REJECTIONS]:
        lines += _wrapped(rejection.reason, indent="  ")
    if total > MAX_REJECTIONS:
        lines.append(f"  ... and {total - MAX_REJECTIONS:,} more; all are listed with --json")
    return lines


def _wrapped(text: str, *, indent: str) -> list[str]:
    width = min(shutil.get_terminal_size((100, 24)).columns, 120)
    return textwrap.wrap(" ".join(printable(text).split()), width, initial_indent=indent, subsequent_indent=indent + "  ",
                         break_on_hyphens=False, break_long_words=False)  # fmt: skip


def dropped_lines(dropped: Mapping[str, int], left_out: Mapping[str, int]) -> list[str]:
    """Return what a coder proposed and was not kept, by reason; nothing where all was."""
    lines = []
    for heading, counts in (("dropped", dropped), ("left out of events", left_out)):
        if counts:
            reasons = ", ".join(f"{reason} {count:,}" for reason, count in sorted(counts.items(), key=lambda one: -one[1]))
            lines += _wrapped(f"{heading}: {sum(counts.values()):,} ({reasons})", indent="")
    return lines


def usage_lines(usage: Usage | None) -> list[str]:
    """Return what was asked of a server and what it cost; nothing for a coder that asks none."""
    if usage is None:
        return []
    uncounted = f", {number(usage.uncounted, 'answer')} without a count" if usage.uncounted else ""
    cost = f", cost {usage.cost:.4f}" if usage.cost is not None else ""
    return [
        f"asked: {number(usage.requests, 'request')} to {usage.server}, {number(usage.cached, 'answer')} from the cache",
        f"tokens: {usage.input_tokens:,} asked, {usage.output_tokens:,} answered{uncounted}{cost}",
    ]


def number(count: int, noun: str) -> str:
    """Return a count with its noun: 1 event, 2 events."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as aligned lines: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        ).rstrip()
        for row in rows
    ]


@contextlib.contextmanager
def progress_bar(doing: str, *, quiet: bool) -> Iterator[ProgressHook | None]:
    """Give a hook that moves a progress line on standard error; None when nobody watches (piped) or wants it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), TextColumn("[dim]{task.fields[name]}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None, name="")

        def move(progress: Progress) -> None:
            parts = [number(progress.documents, "document"), number(progress.events, "event")]
            if progress.rejections:
                parts.append(f"{progress.rejections:,} rejected")
            # a name may hold what rich reads as markup
            name = printable(progress.name).replace("[", "\\[")[-40:]
            bar.update(task, description=f"{doing}: {', '.join(parts)}", name=name)

        yield move


class FileBar:
    """A line on standard error that shows how far the download of a file is."""

    def __init__(self, name: str) -> None:
        """Show the line with the file's name."""
        columns = (TextColumn("{task.fields[name]}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=None, name=printable(name).replace("[", "\\["))
        self._bar.start()

    @property
    def total(self) -> int:
        """Bytes in all; 0 where the host did not tell."""
        return int(self._bar.tasks[0].total or 0)

    @total.setter
    def total(self, total: int) -> None:
        self._bar.update(self._task, total=total or None)

    def update(self, amount: int) -> None:
        """Move on by so many bytes."""
        self._bar.advance(self._task, amount)

    def reset(self) -> None:
        """Begin again, with the total as it is."""
        self._bar.reset(self._task, total=self._bar.tasks[0].total)

    def close(self) -> None:
        """Take the line away."""
        self._bar.stop()


def file_bar(name: str) -> FileBar | None:
    """Return what shows a download; None when nobody watches (piped)."""
    return FileBar(name) if sys.stderr.isatty() else None
