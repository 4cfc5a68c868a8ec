"""Checks that every citation has an entry in the list of references, and every entry a citation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo
from verbale.review.check import Check, Slip
from verbale.review.citations import References, find_references, matches
from verbale.review.cited_names import Citation, Entry, fold
from verbale.review.manuscript import Manuscript
from verbale.review.noted import find_noted, names_author, names_document

# More keys than this make a message that nobody reads to its end.
MAX_NAMED: Final = 12


# A row of names with their years is looked for so many letters on either side; two that cite nothing make it no row of works.
ROW_REACH: Final = 120
MIN_OTHERS: Final = 2
_DATED_NAME: Final = re.compile(r"[A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+)? \(\d{4}\)")
_ROW: Final = re.compile(rf"(?:{_DATED_NAME.pattern}(?:,? and |, )?){{3,}}")


# "(Tlatelolco, 1967), ... (Rarotonga, 1985), ... (Pelindaba, 1996)": what is told of, with its year in brackets
_NAME_IN_BRACKETS: Final = re.compile(r"\(([A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+)?), \d{4}\)")
MIN_BRACKETS: Final = 3


def find_missing(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each work that is cited and stands in no list, at its first citation; one for all without a list."""
    references = find_references(manuscript)
    first: dict[str, Citation] = {}
    for citation in references.citations:
        first.setdefault(fold(citation.key), citation)
    if not references.has_list:
        # a part called "Sources" that tells of its works in sentences is such a list to its reader
        if first and not manuscript.parts.named:
            citation, keys = next(iter(first.values())), [each.key for each in first.values()]
            named = ", ".join(keys[:MAX_NAMED]) + (f" and {len(keys) - MAX_NAMED} more" if len(keys) > MAX_NAMED else "")
            yield Slip(citation.start, citation.end, f"The text cites {named}, but has no list of references.")
        return
    for citation in first.values():
        if any(_entry_of(citation, entry) for entry in references.entries):
            continue
        if not citation.numeric and _in_row(manuscript, references, citation):
            continue
        if citation.numeric:
            noted = manuscript.plain.startswith("[^", citation.start)
            if not noted and not any(entry.number for entry in references.entries):
                continue  # the list has no numbers; whether its entries are meant cannot be told
            what = "text has no note" if noted else "list of references has no number"
            message = f"[{citation.key}] is cited, but the {what} {citation.key.lstrip('^')}."
        else:
            message = f"“{citation.key}” is cited, but the list of references has no such entry{_like(citation, references)}."
        yield Slip(citation.start, citation.end, message)
    works = find_noted(manuscript)
    for start, end, words in () if works is None else works.missing:
        yield Slip(start, end, f"A note cites “{words}”, but the list of works has no entry of that author.")


def find_uncited(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each entry of the list that is nowhere cited; one for the whole list if none is cited."""
    references = find_references(manuscript)
    blocks = manuscript.document.blocks
    if not references.entries:
        return
    at = manuscript.list_block
    reading = {name.lower() for name in manuscript.words.lists["reading-headings"]}
    if at < len(blocks) and manuscript.heading_name(blocks[at]) in reading:
        return
    noted = find_noted(manuscript)
    by_notes = frozenset[int]() if noted is None else noted.cited
    uncited = [entry for entry in references.entries if entry.start not in by_notes and not _cited(entry, references)]
    uncited = [entry for entry in uncited if not _cited_as(manuscript, entry)]
    uncited = [entry for entry in uncited if not names_document(manuscript, entry) and not names_author(manuscript, entry)]
    if len(uncited) == len(references.entries) and len(uncited) > 1 and not references.citations:
        where = blocks[at] if at < len(blocks) else uncited[0]
        message = f"The list has {len(uncited)} entries, but the text cites none of them."
        yield Slip(where.start, where.end, message, tuple((entry.start, entry.end) for entry in uncited))
        return
    for entry in uncited:
        yield Slip(entry.start, entry.end, "The text does not cite this entry of the list.")


def _in_row(manuscript: Manuscript, references: References, citation: Citation) -> bool:
    """Tell whether a name with a year stands in a row of others that cite nothing: "Oslo (1990), Lima (1997), ..."."""
    text = manuscript.plain
    for row in _ROW.finditer(text, max(0, citation.start - ROW_REACH), citation.end + ROW_REACH):
        if not row.start() <= citation.start < row.end():
            continue
        others = list(_DATED_NAME.finditer(text, row.start(), row.end()))
        return sum(not references.within(each.start(), each.end()) for each in others) >= MIN_OTHERS
    sentence = next((each for each in manuscript.prose if each.start <= citation.start < each.end), None)
    if sentence is None:
        return False
    listed = list(_NAME_IN_BRACKETS.finditer(text, sentence.start, sentence.end))
    known = " ".join(fold(entry.authors) for entry in references.entries)
    mine = any(each.start() <= citation.start < each.end() for each in listed)
    return mine and len(listed) >= MIN_BRACKETS and not any(fold(each[1]) in known for each in listed)


def _cited(entry: Entry, references: References) -> bool:
    if (
        not entry.number
        and not entry.label
        and not entry.years
        and not any(not citation.numeric for citation in references.citations)
    ):
        return True  # nothing by which the text could cite it: an archive, a newspaper
    return any(_entry_of(citation, entry) for citation in references.citations)


def _cited_as(manuscript: Manuscript, entry: Entry) -> bool:
    """Tell whether an entry says by which short name the text cites it ("Cited as Thuc."), and the text does."""
    leads = manuscript.words.alternatives("cited-as")
    short = re.search(rf"\b(?i:{leads})\s[\"']?([A-ZÀ-Þ][\w-]+)", manuscript.plain[entry.start : entry.end])
    return short is not None and re.search(rf"\b{re.escape(short[1])}\b", manuscript.plain[: entry.start]) is not None


def _entry_of(citation: Citation, entry: Entry) -> bool:
    if citation.key.startswith("^"):
        return entry.label == citation.key[1:]
    return entry.number == int(citation.key) if citation.numeric else matches(citation, entry)


def _like(citation: Citation, references: References) -> str:
    """Say which years the list has for the same name."""
    name = fold(citation.names[0])
    years = [year for entry in references.entries if name in fold(entry.authors) for year in entry.years[:1]]
    return f" (it has {citation.names[0]} {', '.join(years)})" if years else ""


MISSING = Check(
    CheckInfo(
        "missing-reference",
        "error",
        "Cited, but not in the list",
        "A reader who follows a citation must find the work that it stands for.",
    ),
    find_missing,
)
UNCITED = Check(
    CheckInfo(
        "uncited-reference",
        "warning",
        "In the list, but not cited",
        "An entry that nothing points to supports no statement; either its citation was lost, or it can go.",
    ),
    find_uncited,
)
