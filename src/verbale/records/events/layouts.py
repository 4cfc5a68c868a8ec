"""The layouts of event files that have no header line: known by the number of fields and what stands in the first ones."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from verbale.records.layouts import BYTE_ORDER_MARK

# Lines looked at, so that one bad line at the top does not make a file unknown.
LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class Headless:
    """Tab-separated rows without a header line; `names` are the columns by the number of fields of a row.

    `patterns` say what the first fields of a row look like, which keeps other files with that number of fields out.
    """

    names: Mapping[int, tuple[str, ...]]
    patterns: tuple[re.Pattern[str], ...]

    def columns(self, start: str) -> tuple[str, ...]:
        """Return the columns of the first of the leading lines that is a row; those of the first line's fields if none is.

        What is told of a file that is not ours are its own first fields, which are its header if it has one.
        """
        lines = [line.split("\t") for line in re.split(r"\r\n|\n|\r", start.removeprefix(BYTE_ORDER_MARK)) if line]
        for fields in lines[:LOOKED_AT]:
            if len(fields) in self.names and self._fits(fields):
                return self.names[len(fields)]
        return tuple(field.strip() for field in lines[0]) if lines else ()

    def _fits(self, fields: list[str]) -> bool:
        return all(pattern.fullmatch(field) for pattern, field in zip(self.patterns, fields, strict=False))

    def edition(self, start: str) -> str | None:  # noqa: ARG002 - part of the protocol
        """Return None: the rows do not tell an edition."""
        return None

    def rows(self, stream: BinaryIO, encoding: str) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and fields of every row."""
        for number, line in enumerate(io.TextIOWrapper(stream, encoding=encoding), start=1):
            if line.strip("\n"):
                yield number, line.rstrip("\n").split("\t")
