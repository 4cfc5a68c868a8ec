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
    # parsing
    "model-missing": Problem(
        "the parser model {model} cannot be loaded ({path})",
        "install it with pip, or leave out --model to use the one that comes with Verbale",
    ),
    "model-labels": Problem(
        "the model {model} labels grammar in another scheme ({labels})",
        "choose a spaCy pipeline that is trained on Universal Dependencies (labels such as nsubj, obj, obl, case, nmod)",
    ),
    # vocabulary files
    "vocabulary-file": Problem(
        "the vocabulary file {file} cannot be used: {reason}", "restore it from the package, or correct it (docs/vocabulary.md)"
    ),
    "vocabulary-columns": Problem(
        "{file}, line {line}: the columns are {columns}, where {allowed} belong", "write the header line as the manual shows it"
    ),
    "vocabulary-row": Problem(
        "{file}, line {line}: {count} fields, where {allowed} belong", "quote a field that holds a comma, and fill every column"
    ),
    "vocabulary-field": Problem("{file}, line {line}, field {field}: {value!r} is not allowed", "allowed is {allowed}"),
    "cameo-unknown": Problem("{cameo!r} is no CAMEO code", "write two to four digits, with the leading zero (042, 1724)"),
    "vocabulary-duplicate": Problem(
        "{file}, line {line}, field {field}: {value!r} stands already in line {first}", "keep one of the two rows"
    ),
    # engine and ledger
    "database-missing": Problem(
        "there is no ledger at {path}", "check the path, or make one with `verbale code PATH... --ledger {path}`"
    ),
    "database-locked": Problem(
        "{path} is being used by {holder}",
        "wait until it has finished, or work on another file; one program writes at a time",
    ),
    "database-foreign": Problem(
        "{path} is not a DuckDB file", "name a ledger that Verbale made, or a path that does not exist yet"
    ),
    "database-unusable": Problem("{path} cannot be opened: {reason}", "check the folder, its permissions and the free space"),
    "database-failed": Problem(
        "{path} could not be read or written: {reason}", "check the free space and that the file is a ledger"
    ),
    "engine-unknown": Problem("no engine is called {engine}", "give the path of a file, or an address of {allowed}"),
    "engine-missing": Problem(
        "the engine {engine} is not installed", "install it with `pip install 'ibis-framework[{extra}]'`"
    ),
    "engine-failed": Problem(
        "{address} does not answer as expected ({reason})", "check the address, the network and your rights there"
    ),
    "ledger-foreign": Problem(
        "{path} is a DuckDB file but not a ledger", "name a ledger that Verbale made, or a path that does not exist yet"
    ),
    "ledger-newer": Problem(
        "{path} has ledger version {found}; this program reads versions up to {allowed}",
        "update Verbale, or export the events with the newer program and import them here",
    ),
    "ledger-read-only": Problem("{path} was opened for reading only", "open it without read_only to write"),
    "ledger-closed": Problem("the ledger {path} has been closed", "open it again with open_ledger"),
    "document-unknown": Problem(
        "{path} holds no document {document}", "list the documents with `verbale info {path} --documents`"
    ),
    "event-unknown": Problem("{path} holds no event {event}", "list the events with `verbale export {path} --layout csv`"),
    # measuring
    "measure-columns": Problem(
        "the table lacks {missing}; it has {columns}", "pass a table of events as `ledger.events()` gives it"
    ),
    "measure-period": Problem("the period {period!r} is not known", "choose one of {allowed}"),
    "measure-dyad": Problem("{dyad!r} is no pair of states", "give two different actor codes, as in USA-RUS"),
    "measure-years": Problem("the years run from {first} to {last}", "give the earlier year first"),
    "measure-status": Problem("the status {status} is not known", "choose among {allowed}"),
    # dossiers
    "dossier-document": Problem(
        "the event {event} points at document {document}, which was not passed",
        "pass every document that an event was coded from",
    ),
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
