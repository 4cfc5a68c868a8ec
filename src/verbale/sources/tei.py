"""TEI XML: the documents of a *Foreign Relations* volume, and the essays, chapters and letters of other TEI."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from verbale.core import Document, Rejection, VerbaleError
from verbale.sources.assembly import About, compose, finish, split_datelines
from verbale.sources.dates import iso_date
from verbale.sources.intake import Intake
from verbale.sources.markup import Scheme, local_name, parse_xml, pieces_of, plain_text

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_DIVISIONS = frozenset({"div", *(f"div{level}" for level in range(8))})
_ROOTS = frozenset({"TEI", "TEI.2", "teiCorpus", "teiCorpus.2"})
_CONTAINERS = ("list", "table", "row", "opener", "closer", "postscript", "lg", "sp", "floatingText")

_SCHEME = Scheme(
    blocks={
        **dict.fromkeys(("p", "ab", "l", "salute", "signed", "byline", "speaker", "argument", "trailer"), "paragraph"),
        "head": "heading", "item": "list_item", "label": "list_item", "cell": "table", "dateline": "dateline",
    },
    containers={*_CONTAINERS, *_DIVISIONS},
    aside=("note", "figure"),
    skipped=("teiHeader", "fw", "sic", "orig", "expan", "del", "gap", "figDesc", "graphic", "desc"),
    breaks=("lb",),
    headless=("figure",),
    rows=("row",),
    tables=("table",),
)  # fmt: skip
# The first of these that a date holds is its beginning.
_DATE_ATTRIBUTES = ("when", "when-iso", "from", "notBefore", "from-iso", "notBefore-iso", "value")


def read_tei(intake: Intake) -> Iterator[Document | Rejection]:
    """Read a TEI file: one document per `div[@type='document']`, else one per division with a head and paragraphs of its own.

    A division that holds such divisions gives a document too where it has paragraphs beside them, so that no text is
    lost. A file without such divisions is one document. XML that is not TEI raises `xml-not-tei`.
    """
    root = parse_xml(intake.read(), path=intake.path, settings=intake.settings)
    if local_name(root) not in _ROOTS:
        raise VerbaleError("xml-not-tei", path=intake.path, root=local_name(root))
    general = _general(root)
    divisions = documents_of(root)
    if not divisions:
        body = next((element for element in root.iter() if local_name(element) == "text"), root)
        yield _document(intake, body, set(), general, part=None)
        return
    names: set[str] = set()
    chosen = set(divisions)
    for number, division in enumerate(divisions, 1):
        part = division.get(_XML_ID) or str(number)
        if part in names:
            part = f"{part}-{number}"
        names.add(part)
        yield _document(intake, division, chosen - {division}, general, part=part)


def documents_of(root: Any) -> list[Any]:
    """Return the divisions that are documents of their own, in order."""
    divisions = [element for element in root.iter() if local_name(element) in _DIVISIONS]
    records = [division for division in divisions if division.get("type") == "document"]
    if records:
        return records
    return [division for division in divisions if _has(division, "head") and _has(division, "p", "ab", "lg", "list")]


def _has(division: Any, *names: str) -> bool:
    return any(local_name(child) in names for child in division)


def _document(intake: Intake, division: Any, others: set[Any], general: About, *, part: str | None) -> Document | Rejection:
    text, blocks = compose(pieces_of(division, _SCHEME, stop=others))
    head = next((child for child in division if local_name(child) == "head"), None)
    title = plain_text(head, _SCHEME) if head is not None else ""
    date, place = _dateline(division, others)
    about = replace(
        general,
        title=title or (None if part else general.title),
        source=general.source if part else None,
        date=date or _attribute_date(division) or general.date,
        place=place,
    )
    if date is None and not any(block.kind == "dateline" for block in blocks):
        blocks, line = split_datelines(text, blocks)
        if line:
            about = replace(about, date=about.date or line.date, place=about.place or line.place)
    return finish(intake, text, blocks, about, form="tei", part=part)


def _dateline(division: Any, others: set[Any]) -> tuple[str | None, str | None]:
    """Return date and place of the first datelines that tell them; one that is quoted tells nothing of the document."""
    date = place = None
    for line in division.iter():
        if local_name(line) != "dateline" or _is_quoted(line, division, others):
            continue
        for element in line.iter():
            name = local_name(element)
            if name == "date" and date is None:
                date = _date_of(element)
            elif name == "placeName" and place is None:
                place = plain_text(element, _SCHEME) or None
    return date, place


def _is_quoted(line: Any, division: Any, others: set[Any]) -> bool:
    for parent in line.iterancestors():
        if parent is division:
            return False
        if parent in others or local_name(parent) in ("note", "quote", "floatingText"):
            return True
    return False


def _date_of(element: Any) -> str | None:
    values = (element.get(name) for name in _DATE_ATTRIBUTES)
    return next((date for value in values if value and (date := iso_date(value))), None)


def _attribute_date(division: Any) -> str | None:
    """Return the date that a *Foreign Relations* volume notes on the division itself (`frus:doc-dateTime-min`)."""
    for key, value in division.attrib.items():
        if key.endswith("doc-dateTime-min") and (date := iso_date(value)):
            return date
    return None


def _general(root: Any) -> About:
    """Return what the header tells of every document in the file: its title as their source, author, and date of writing.

    The date of publication is the edition's, not the text's, and is left aside.
    """
    header = next((element for element in root if local_name(element) == "teiHeader"), None)
    if header is None:
        return About()
    title = author = date = None
    for element in header.iter():
        name, parents = local_name(element), {local_name(parent) for parent in element.iterancestors()}
        if "titleStmt" in parents and name == "title" and (title is None or element.get("type") == "complete"):
            title = plain_text(element, _SCHEME) or title
        elif "titleStmt" in parents and name == "author" and author is None:
            author = plain_text(element, _SCHEME) or None
        elif name == "date" and date is None and parents & {"creation", "correspAction"}:
            date = _date_of(element)
    return About(title=title, source=title, author=author, date=date)
