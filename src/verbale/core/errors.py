"""The error catalogue: every message of the tool, in one place, the same text in the command line, the library and pages.

Each problem says what was received, what is allowed, and what to do next. An error keeps its parts; the sentence is built when
it is shown.
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
    "file-permission": Problem("{path} may not be read by you", "change its permissions, or copy it to a place that you own"),
    "file-special": Problem("{path} is {kind}, not a file", "name a file or a folder, or pipe the text in and name `-`"),
    "file-too-large": Problem(
        "{path} is larger than the limit ({size}; allowed are {allowed})", "divide it, or raise the limit in the settings"
    ),
    "file-type": Problem(
        "{path} is {kind}, which is not read",
        "save it as text, Markdown, HTML, PDF with text, DOCX, TEI XML, JSONL, CSV or Parquet",
    ),
    "file-no-text": Problem(
        "no text was found in {path} ({reason})", "look at it; a scanned page needs text recognition first"
    ),
    "file-own-page": Problem(
        "{path} is a page that Verbale wrote",
        "name the documents that it was made from, or keep such pages in a folder of their own",
    ),
    "file-binary": Problem("{path} holds bytes that are no text ({reason})", "save it as plain text in UTF-8"),
    "file-protected": Problem("{path} is protected with a password", "remove the protection and save it again"),
    "file-broken": Problem("{path} is damaged or no valid {kind} ({reason})", "open it in its own program and save it again"),
    "file-unreadable": Problem("{path} could not be read ({reason})", "save it in another format, and report this file to us"),
    "folder-empty": Problem("the folder {path} holds no files", "name another folder; hidden files are not read"),
    "folder-unreadable": Problem("the folder {path} cannot be listed ({reason})", "check its permissions"),
    "xml-declarations": Problem(
        "{path} declares or uses its own entities ({reason}), which may hide an attack",
        "resolve the entities and save it as plain XML",
    ),
    "xml-not-tei": Problem("{path} is XML, but not TEI (its root is {root})", "convert it to TEI, HTML or plain text"),
    "markup-too-deep": Problem(
        "the markup of {path} is nested or sized beyond the limit ({size}; allowed are {allowed})",
        "save its text as plain text",
    ),
    "archive-too-large": Problem(
        "{path} unpacks to more than the limit ({size}; allowed are {allowed})", "check where it came from, or raise the limit"
    ),
    "document-too-long": Problem(
        "{path} has {size} characters of text; allowed are {allowed}", "divide it into its chapters or articles"
    ),
    "language-not-coded": Problem(
        "{path} is written in a language that is not coded yet (it seems to be {language})", "translate it into English"
    ),
    "format-unknown": Problem("no format is called {format!r}", "choose one of {allowed}"),
    "corpus-mapping": Problem("{field!r} is no field of a document", "map one of {allowed} to a column of the corpus"),
    "corpus-columns": Problem(
        "{path} has no column {missing}; it has {columns}",
        "say which column is meant, as in --text-column body or columns={{'text': 'body'}}",
    ),
    "corpus-row": Problem("{path} cannot be used: {reason}", "correct the row; all other rows are read"),
    "corpus-duplicate": Problem("{path} has the id {id!r}, as row {first} has", "give every row its own id"),
    "corpus-date": Problem("{path} has the date {value!r}", "write dates as YYYY, YYYY-MM or YYYY-MM-DD"),
    # parsing
    "model-missing": Problem(
        "the parser model {model} cannot be loaded ({path})",
        "install it with pip, or leave out --model to use the one that comes with Verbale",
    ),
    "model-broken": Problem(
        "the parser model {model} is incomplete or damaged ({reason})",
        "install it again, as with pip install --force-reinstall verbale for the one that comes with Verbale",
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
    "weights-malformed": Problem(
        "the weights in {path} cannot be used ({where}: {reason})", "install Verbale again, or train them anew (docs/model.md)"
    ),
    "cameo-unknown": Problem("{cameo!r} is no CAMEO code", "write two to four digits, with the leading zero (042, 1724)"),
    "vocabulary-duplicate": Problem(
        "{file}, line {line}, field {field}: {value!r} stands already in line {first}", "keep one of the two rows"
    ),
    # country codes
    "code-system": Problem(
        "no system of country codes is called {system!r}", "choose one of {allowed}; `verbale codes systems` says what they are"
    ),
    "code-unknown": Problem(
        "{value!r} is no code of {system}",
        "check the code, and that it belongs to this system (`verbale codes systems` lists all)",
    ),
    "code-year": Problem("{year!r} is no year", "write a year as four digits, or a date"),
    "code-not-then": Problem(
        "{value} of {system} stands for no state in {years}; it stood for {held}",
        "check the year, or take the nearest years with members_only=False (--nearest)",
    ),
    "code-no-state": Problem(
        "{value} of {system}: {state} did not exist in {years}; in {to} it is {held}",
        "check the year, or take the nearest years with members_only=False (--nearest)",
    ),
    "code-not-covered": Problem(
        "{value} of {system} ({state}) has no counterpart in {to} in {years}; it is {held}",
        "leave it out, or take the nearest years with members_only=False (--nearest)",
    ),
    "code-no-counterpart": Problem(
        "{value} of {system} ({state}) has no counterpart in {to}", "leave it out, or convert to `code`, which every state has"
    ),
    "code-ambiguous": Problem(
        "{value} of {system} in {years} is more than one in {to}: {choices}", "give the year, or choose one of them yourself"
    ),
    "codes-unconverted": Problem(
        "{count:,} of {total:,} codes did not convert: {report}", "see docs/country-codes.md for the rules"
    ),
    "codes-kind": Problem(
        "{kind} is no column of codes",
        "use convert_table for an Ibis table; allowed are lists, numpy, pandas, polars and Arrow",
    ),
    "codes-length": Problem("there are {codes:,} codes and {years:,} years", "give one year, or a year for every code"),
    "codes-file": Problem("{path} cannot be read as CSV: {reason}", "give a CSV file in UTF-8 with a header line"),
    "codes-column-taken": Problem("{path} has a column {column!r} already", "choose another name for the new one (--name)"),
    "codes-column": Problem("{path} has no column {column!r}; it has {columns}", "name one of these columns"),
    # project files and the vocabulary of users
    "project-malformed": Problem(
        "{path} is no project file: {reason}", "write it as docs/vocabulary.md shows; it is TOML with lists of file names"
    ),
    "project-key": Problem("{path} has {key}, which is not known", "allowed is {allowed}"),
    "project-file": Problem(
        "{path} names {file}, which cannot be used: {reason}",
        "correct the name or the file; names are relative to the project file",
    ),
    "project-changed": Problem(
        "a vocabulary file of {path} was changed while documents were being coded",
        "run again; documents that the earlier vocabulary coded stay as they are beside the new ones",
    ),
    "project-none": Problem(
        "there is no {name} in {folder} or above it", "name one with --project, or write one as docs/vocabulary.md shows"
    ),
    "vocabulary-line": Problem("{file}, line {line}: {reason}", "correct the line or leave it out; the other lines are used"),
    "vocabulary-removal": Problem(
        "{file}, line {line}: nothing that could be removed is written {value!r}{among}",
        "write it as the vocabulary does, or leave the line out; the other lines are used",
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
    "explain-no-text": Problem(
        "{path} does not hold the text that event {event} was coded from (coder: {coder}), so that nothing can be read again",
        "code its document into this ledger; `verbale show {event} --ledger {path}` shows the quote",
    ),
    "event-unknown": Problem("{path} holds no event {event}", "list the events with `verbale export {path} --layout csv`"),
    # amendments and comparisons
    "amendment-value": Problem("{reason}", "correct the value; docs/event-record.md lists fields and values"),
    "amendment-nothing": Problem(
        "the event {event} is so already", "look at it with `verbale show {event}`; an amendment must change something"
    ),
    "amendment-reason": Problem("an amendment was given without its reason", "say with --reason why the event is wrong"),
    "amendment-author": Problem(
        "your name is not known", "give it with --author, or once and for all in the environment variable {variable}"
    ),
    "amendment-unknown": Problem(
        "{path} holds no amendment {amendment}", "list the amendments with `verbale amend list --ledger {path}`"
    ),
    "amendment-ambiguous": Problem("several amendments begin with {amendment}", "write more of the id: {found}"),
    "amendment-undone": Problem(
        "the amendment {amendment} was undone already", "undo the amendment that undid it, if it holds"
    ),
    "amendment-malformed": Problem(
        "{path} is no amendment: {reason}", "correct it and import the file again; the other rows are imported"
    ),
    "document-ambiguous": Problem("several documents are called {name}", "give the id in place of the name: {found}"),
    "quote-missing": Problem(
        "the document {document} does not hold the words {quote!r}", "copy the exact words from it; only spaces may differ"
    ),
    "quote-ambiguous": Problem(
        "the words stand in {document} in {count} places ({places})",
        "quote more of the sentence, or choose with --occurrence 1",
    ),
    "quote-occurrence": Problem(
        "place {occurrence} of the words was asked for; they stand in {document} in {count}", "give a number from 1 to {count}"
    ),
    "run-unknown": Problem(
        "{path} holds no run {run} that coded documents", "give one of its runs, or a unique beginning of one: {allowed}"
    ),
    "run-alone": Problem(
        "before {run}, {path} holds no run of the same coder with other settings",
        "code the documents again with the vocabulary, model or version to compare, or name two runs",
    ),
    "run-ambiguous": Problem("several runs begin with {run}", "write more of the id: {found}"),
    # measuring
    "measure-columns": Problem(
        "the table lacks {missing}; it has {columns}", "pass a table of events as `ledger.events()` gives it"
    ),
    "measure-period": Problem("the period {period!r} is not known", "choose one of {allowed}"),
    "panel-period": Problem("a panel has no period called {period!r}", "choose one of {allowed}"),
    "measure-dyad": Problem("{dyad!r} is no pair of states", "give two different actor codes, as in USA-RUS"),
    "measure-years": Problem("the years run from {first} to {last}", "give the earlier year first"),
    "measure-status": Problem("the status {status} is not known", "choose among {allowed}"),
    "groups-ids": Problem(
        "{count} ids are borne by events that differ, for example {event}",
        "give the events of one coding, and where datasets number their events alike, put the dataset's name before the number",
    ),
    "measure-unknown": Problem("no measure is called {measure!r}", "choose one of {allowed} (see `verbale measure --help`)"),
    "measure-input": Problem("a measure is taken of one table of events", "give either a ledger or a table of events"),
    "measure-events": Problem(
        "there is no file of events at {path}", "name a Parquet file with the columns of the event record"
    ),
    "measure-pair": Problem("the measure {measure} is one of two actors", "name them with --dyad, for example RUS-IRN"),
    "measure-option": Problem("{option} is {value}", "give {allowed}"),
    "measure-output": Problem("the ending of {path} does not tell what to write", "end it in one of {allowed}"),
    "measure-evidence": Problem(
        "{measure} needs {needed}, but has {found}",
        "widen the years or the pair, choose a longer period, or code more documents",
    ),
    "panel-system": Problem("the state system {system!r} is not known", "choose {allowed}"),
    "panel-unit-unknown": Problem("a panel of {unit!r} is not known", "choose one of {allowed}"),
    "panel-directed": Problem(
        "a {unit} panel was asked for without its direction",
        "say directed=True (each pair twice, from each side) or directed=False (once); --directed or --undirected",
    ),
    "panel-years": Problem(
        "the years {years} reach beyond {name}, which covers {first}-{last}",
        "ask for years within, or extend the list of members past its last year (extend=True, --extend)",
    ),
    "panel-state": Problem("{state!r} names no member of the {system} state system", "give its code or its number there"),
    "panel-addition": Problem("no addition is called {name!r}", "choose among {allowed}"),
    "panel-unit": Problem("{name} cannot be added to a panel of unit {unit}", "it widens {allowed}"),
    "panel-option": Problem("{name} has no option {option}", "its options: {allowed}"),
    "panel-dataset": Problem("{name} is not made from the dataset {dataset}", "it accepts {allowed}"),
    "panel-record": Problem(
        "{name} needs the dataset {datasets}, which is not installed",
        "see `verbale records show {first}` for where to get it, then `verbale records install {first} --file FILE`",
    ),
    "panel-numbers": Problem(
        "the panel counts states by the {system} system and has no {columns}, which the record is joined by",
        'add "codes" first, which gives the other system\'s numbers',
    ),
    "panel-keep": Problem("{name} has no columns {columns}", "keep some of {allowed}"),
    "panel-rule": Problem("no rule of whittling is called {name!r}", "choose among {allowed}, or pass a Rule of your own"),
    "panel-event": Problem(
        "{event!r} is no column of numbers to count from; the panel has {columns}", "add the events first, for example `mids`"
    ),
    "panel-form": Problem("the ending of {path} names no form of a panel", "end it with one of {allowed}"),
    "panel-names": Problem("these columns cannot be named so ({rule}): {names}", "rename them, or leave them out"),
    "panel-column-twice": Problem(
        "the panel has columns {columns} already", "leave them out with keep, or give the new ones a prefix"
    ),
    # records
    "record-unknown": Problem("no dataset is called {name!r}", "choose one of {allowed} (see `verbale records list`)"),
    "record-not-installed": Problem(
        "the dataset {name} is not installed in {folder}",
        "fetch {file} from {home} and run `verbale records install {name} --file PATH`",
    ),
    "record-no-choice": Problem(
        "{name} always has the same columns, so that {columns} cannot be chosen", "leave the choice of columns out"
    ),
    "record-by-hand": Problem(
        "{name} is not downloaded by the program: {reason}",
        "fetch {file} from {home} with a browser and run `verbale records install {name} --file PATH`",
    ),
    "download-edition": Problem(
        "edition {edition!r} of {name} is not fetched by the program", "choose one of {allowed}, or fetch {file} from {home}"
    ),
    "download-failed": Problem(
        "{url} could not be fetched: {reason}",
        "run the same command again, which goes on where it broke off; or fetch {file} from {home} with a browser "
        "and run `verbale records install {name} --file PATH`",
    ),
    "download-refused": Problem(
        "{url} was not given out (the host answered {answer})",
        "fetch {file} from {home} with a browser and run `verbale records install {name} --file PATH`",
    ),
    "download-certificate": Problem(
        "the host of {url} cannot be verified ({reason}), and nothing was fetched from it",
        "fetch {file} from {home} with a browser and run `verbale records install {name} --file PATH`; "
        "a certificate that the host leaves out can be given in a bundle that REQUESTS_CA_BUNDLE names",
    ),
    "download-checksum": Problem(
        "{url} gave a file with the SHA-256 {found}; the published one has {expected}",
        "try again later; if it stays so, fetch {file} from {home} with a browser and compare",
    ),
    "download-page": Problem(
        "{url} gave a web page in place of the file",
        "open {home} with a browser: it may ask for a click; then run `verbale records install {name} --file PATH`",
    ),
    "download-too-large": Problem(
        "{url} is larger than the limit ({size}; allowed are {allowed})",
        "raise the limit in the settings, or fetch {file} from {home} with a browser "
        "and run `verbale records install {name} --file PATH`",
    ),
    "record-archive": Problem("{path} cannot be unpacked ({reason})", "fetch it again, or unpack it yourself"),
    "record-member": Problem(
        "{path} holds no file of the dataset {name}; it holds {members}", "take {file} from {home}, as published"
    ),
    "record-columns": Problem(
        "{path} is no file of {name} as it is published: {difference}", "take {file} from {home}, as published"
    ),
    "record-ambiguous": Problem("{path} holds several files of {name}: {members}", "unpack it and name one of them"),
    "record-encoding": Problem(
        "{path} is not text in {allowed} ({reason})", "take the file as published; do not save it from a spreadsheet"
    ),
    "record-edition": Problem(
        "{path} is edition {found} of {name}; known are {allowed}", "take one of these editions, or update Verbale"
    ),
    "record-length": Problem(
        "{path} has {found} rows; edition {edition} of {name} has {expected}",
        "fetch it again, it may be cut off; a part that you chose yourself is installed with --partial",
    ),
    "record-unusable": Problem(
        "{rejected} of {total} rows of {path} cannot be used as {name}; the first: {first}",
        "take {file} from {home}, as published",
    ),
    "record-row": Problem("{path}, line {line}: {reason}", "the other rows are installed; correct it and install again"),
    "record-days": Problem(
        "no files are known of the days {days!r}: {reason}", "give a day or a span, as in 2019-10-24 or 2019-10-24..2019-10-26"
    ),
    "record-dedup": Problem(
        "{name} has no way called {dedup!r} to leave out repeats", "choose one of {allowed} (see docs/event-data.md)"
    ),
    "record-no-events": Problem("{name} is no event data, so that no events of it can be counted", "choose one of {allowed}"),
    "record-damaged": Problem(
        "the installed dataset {name} cannot be used: {reason}",
        "install it again with `verbale records install {name} --file PATH`",
    ),
    # dossiers
    "dossier-document": Problem(
        "the event {event} points at document {document}, which was not passed",
        "pass every document that an event was coded from",
    ),
    # reviews
    "check-unknown": Problem("no check is called {check!r}", "choose among {allowed}"),
    "check-unnamed": Problem("{option} names no check", "name checks, or leave the option out to make all of them"),
    "check-contradiction": Problem(
        "the check {check} is both asked for and left out", "name it in --only or in --skip, not in both"
    ),
    "check-none": Problem("every check is left out", "leave out fewer; there are {allowed}"),
    "review-day": Problem("{day!r} is no day", "write it as year, month and day, for example 2026-03-31"),
    "review-url": Problem("{url!r} is no address of a page", "give one that begins with https:// or http://"),
    "review-input": Problem(
        "{path} holds {count} documents; a review looks at one manuscript", "give one file that holds one text"
    ),
    "review-over": Problem("the output {path} is the manuscript itself, which is never changed", "give another --output"),
    "review-records": Problem("a review reads no records called {name!r}", "choose among {allowed}"),
    "review-format": Problem("{format!r} is no format of a review", "choose one of {allowed}"),
    # the coder that asks a language model
    "coder-unknown": Problem("no coder is called {coder!r}", "choose one of {allowed}"),
    "coder-options": Problem("the coder {coder} {problem}", "see docs/llm-coder.md for what it takes"),
    "llm-missing": Problem(
        "the coder llm needs {library}, which is not installed", "install it with `pip install 'verbale[llm]'`"
    ),
    "llm-endpoint": Problem(
        "{endpoint} is no address of a chat server ({reason})",
        "give one such as http://localhost:11434/v1; a key belongs in the environment variable {variable}",
    ),
    "llm-option": Problem("the {option} is {value}", "give {allowed}"),
    "llm-unreachable": Problem(
        "no server answers at {endpoint} ({reason})",
        "check the address and that the server runs; finished documents and answers are kept, and the same command goes on",
    ),
    "llm-key": Problem(
        "{endpoint} does not accept the key ({reason})", "put a valid one into the environment variable {variable}"
    ),
    "llm-model": Problem(
        "{endpoint} has no model {model}, or no chat API at this address ({reason})",
        "check the name of the model on the server; most addresses end in /v1",
    ),
    "llm-redirect": Problem(
        "{endpoint} points to another address, and text is sent to no address that you did not name",
        "name the final address, if you trust it",
    ),
    "llm-passage": Problem(
        "{document} could not be coded: the server failed on one of its passages ({reason})",
        "run the same command again; finished documents and answers are kept",
    ),
    # flows and command line
    "coding-failed": Problem(
        "{document} could not be coded: {reason}", "the other documents are coded; please report this with the document"
    ),
    "worker-died": Problem(
        "the system ended one of {workers} worker processes, most likely for lack of memory",
        "run again with fewer workers; finished documents are kept",
    ),
    "workers-range": Problem(
        "{workers} workers were asked for", "ask for 1 or more; one for each processor core is a good number"
    ),
    "confidence-range": Problem("the minimum confidence is {value}", "give a number from 0 (everything) to 1"),
    "dyad-names": Problem("{dyad} names actors by words", "give their codes, {codes}"),
    "dyad-unknown": Problem(
        "{actor} is no actor code of the vocabulary or of these events",
        "{near}find one with `verbale codes convert 'NAME' --from name --to code`; a code of your own needs the project file "
        "that says who it is",
    ),
    "dyad-malformed": Problem("{dyad} is not a pair of actors", "give two different actor codes, for example RUS-IRN"),
    "years-malformed": Problem("{years} is not a period", "give a year or first and last year, for example 1941-1946"),
    "layout-unknown": Problem("no layout is called {layout}", "choose one of {allowed}"),
    "layout-undetermined": Problem("the ending of {path} does not tell its layout", "name it with --layout: one of {allowed}"),
    "row-malformed": Problem(
        "{path} is no event: {reason}", "correct it and import the file again; the other rows are imported"
    ),
    "output-unwritable": Problem("{path} cannot be written: {reason}", "check the folder, its permissions and the free space"),
    "dossier-input": Problem(
        "there are no documents and no ledger to make a dossier from", "give paths of documents, or --ledger"
    ),
    "dossier-records": Problem("a dossier shows no records called {name!r}", "choose among {allowed}"),
    "dossier-coder": Problem(
        "{path} holds nothing that {coder} coded", "name one of its coders (of a language model, --model, too): {allowed}"
    ),
    "dossier-nothing": Problem(
        "{path} holds no document to show here",
        "widen the pair and the period, or code the documents whose events were imported; "
        "`verbale info {path}` lists what is there",
    ),
    "dossier-untold": Problem(
        "these documents tell no act of the pair and the period that were asked for",
        "widen them, or leave them out; `verbale code PATH... --ledger L.duckdb` and `verbale info L.duckdb` show what the "
        "documents tell",
    ),
    "gold-malformed": Problem("{where}: {reason}", "correct the gold file; its form is described in docs/quality.md"),
    "internal-fault": Problem("a fault in the program: {reason}", "set {variable}=1 to see where, and please report it"),
    "usage": Problem("{reason}", "see `{command} --help`"),
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
