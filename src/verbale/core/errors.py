"""The error catalogue: every message of the tool, in one place, the same text in the command line, the library and pages.

Each problem says what was received, what is allowed, and what to do next. An error keeps its parts; the sentence is built when it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of error: what happened (a template over the error's parts), and what to do next."""

    message: str
    next_step: str


CATALOGUE: Final[dict[str, Problem]] = {
    # reading
    "file-missing": Problem("there is no file or folder at {path}", "check the path; a pattern needs quotes in some shells"),
    "file-empty": Problem("{path} holds no text", "remove it from the input, or check how it was made"),
}


class VerbaleError(Exception):
    """An error of the catalogue: `code` names the problem, `parts` fill its sentence."""

    def __init__(self, code: str, **parts: object) -> None:
        """Keep the code and its parts; an unknown code is a fault of ours and raises KeyError at once."""
        self.problem = CATALOGUE[code]
        self.code = code
        self.parts = parts
        super().__init__(code)

    def __str__(self) -> str:
        """Say what was received, what is allowed, and what to do next, in one line."""
        return f"{self.problem.message.format(**self.parts)}; {self.problem.next_step.format(**self.parts)} [{self.code}]"

    def __reduce__(self) -> tuple[object, tuple[str, dict[str, object]]]:
        """Pickle by code and parts, so that an error crosses processes whole."""
        return (_rebuild, (self.code, self.parts))


def _rebuild(code: str, parts: dict[str, object]) -> VerbaleError:
    return VerbaleError(code, **parts)
