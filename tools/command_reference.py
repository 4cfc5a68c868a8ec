"""Writes docs/commands.md from what `--help` prints: `python tools/command_reference.py`; a test checks it."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Final

from verbale.app.cli import amending, codes, measures, records, vocabulary
from verbale.app.cli.main import COMMANDS, app

PAGE: Final = Path(__file__).parents[1] / "docs" / "commands.md"
# Fits the page of a browser and of an editor without a scroll bar.
WIDTH: Final = 100

INTRODUCTION: Final = """# The commands

Made from `verbale --help` by `python tools/command_reference.py`; do not edit by hand.

Every command prints text for people, or with `--json` one JSON object with the same facts. Progress is shown on standard
error when that is a terminal. Errors are one line on standard error, `error: what happened; what to do next [code]`; with
`--json` they are `{"error": {"code": ..., "message": ...}}` on standard output.

| exit code | meaning |
|---|---|
| 0 | all good |
| 1 | failure: nothing, or not everything, was done |
| 2 | the command line is wrong |
| 3 | done, but some input was rejected; the output lists it with the reasons |
| 4 | `verbale review` failed; its 1 says that `--strict` was given and errors were found |

`--ledger` and the ledger arguments can be given once for all commands in the environment variable `VERBALE_LEDGER`.
"""


def help_text(*command: str) -> str:
    """Return what `verbale COMMAND --help` prints, at a fixed width and without colours."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        app(
            args=[*command, "--help"], prog_name="verbale", standalone_mode=False, terminal_width=WIDTH, max_content_width=WIDTH
        )
    return "\n".join(line.rstrip() for line in out.getvalue().strip("\n").splitlines())


def page() -> str:
    """Return the whole page."""
    parts = [INTRODUCTION, f"## verbale\n\n```text\n{help_text()}\n```\n"]
    parts += [f"## verbale {name}\n\n```text\n{help_text(name)}\n```\n" for name in COMMANDS]
    groups = [
        names
        for group, module in (
            ("amend", amending),
            ("codes", codes),
            ("measure", measures),
            ("records", records),
            ("vocabulary", vocabulary),
        )
        for names in ((group,), *((group, name) for name in module.COMMANDS))
    ]
    parts += [f"## verbale {' '.join(names)}\n\n```text\n{help_text(*names)}\n```\n" for names in groups]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
