"""The works that a text cites and lists, and which of the names before a year are authors, and which places and events."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from verbale.review.citing_words import NOT_AN_AUTHOR, OTHERS, PARTICLE, SURNAME, cited
from verbale.review.manuscript import Manuscript

# Fewer texts cite what was printed before this year than set a year behind a peace or a picture.
EARLIEST: Final = 1800
# More letters before the year of an entry are not only authors but a title as well.
MAX_AUTHORS: Final = 90
ANY_BRACKET: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# Letters that no accent can be taken from.
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "'": "", "ʻ": "", "ʿ": "",
     "ʾ": ""}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in the text: offsets, and the key of its entry ("12", "^label" of a note, "smith 2010a" with all names)."""

    start: int
    end: int
    key: str
    numeric: bool
    names: tuple[str, ...] = ()
    year: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the list of references: offsets, its number (0 for none) or label, the words before its year, the year."""

    start: int
    end: int
    number: int
    authors: str
    years: tuple[str, ...]
    label: str = ""


@functools.lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return text in small letters without accents, for comparing names."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).lower()
    return plain.translate(_LETTERS)


@functools.lru_cache(maxsize=2)
def surnames_of(entries: tuple[Entry, ...]) -> frozenset[str]:
    """Return the names of the authors of a list; where the year stands last, the first of each entry alone."""
    return frozenset(
        name for entry in entries for name in SURNAME.findall(entry.authors)[: None if len(entry.authors) < MAX_AUTHORS else 1]
    )


def split_names(names: str) -> tuple[str, ...]:
    """Return the names before a year one by one, without what stands for the others."""
    bare = OTHERS.sub("", names)
    return tuple(
        name.strip(" .").removesuffix("'s") for name in re.split(rf",\s|\s{cited('joins')}\s", bare) if name.strip(" .")
    )


def split_years(years: str) -> list[str]:
    """Return each year with its letter: "2004a, b" are two works."""
    found: list[str] = []
    for year in re.split(r",\s?|\sand\s|/", years):
        found.append(found[-1][:4] + year if len(year) == 1 and found else year)
    return found


def is_author(manuscript: Manuscript, names: tuple[str, ...], entries: tuple[Entry, ...]) -> bool:
    """Tell whether names may be authors: no month, no treaty or war, and no state or city unless it has an entry."""
    if not names:
        return False
    joined = " ".join(names)
    month = (
        NOT_AN_AUTHOR.fullmatch(names[0]) is not None
    )  # "(September 2021)" beside an entry with a date; Ernest May wrote books
    if any(
        fold(entry.authors).startswith(fold(names[0])) if month else fold(names[0]) in fold(entry.authors) for entry in entries
    ):
        return True
    if NOT_AN_AUTHOR.search(joined) or re.search(rf"\b{manuscript.words.alternatives('event-words')}\b", joined, re.IGNORECASE):
        return False
    if entries and len(names) == 1 and _unspoken_of(manuscript, names[0]):
        return True  # "(Israel 1995)" in a text that speaks of no such state
    mentions = manuscript.vocabulary.actors.find(joined)
    kinds = {"name", "adjective", "demonym", "capital", "seat"} if entries else None
    for mention in mentions:
        if mention.end - mention.start >= len(names[0]) and (
            kinds is None or any(name.kind in kinds for name in mention.names)
        ):
            return False
    if not entries and re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", names[0]) and not PARTICLE.match(names[0].lower()):
        return False  # the full name of a person: a picture's painter, somebody's dates
    # Many surnames are names of towns as well; where there is a list of references, the style is known and they may be authors.
    return bool(entries) or manuscript.vocabulary.places.country(names[0]) is None


def _unspoken_of(manuscript: Manuscript, name: str) -> bool:
    """Tell whether a name is that of a state of today and stands in brackets alone: Jonathan Israel, Stuart Holland."""
    holders = [each for mention in manuscript.vocabulary.actors.find(name) for each in mention.names]
    if {each.kind for each in holders} != {"name"} or all(each.end for each in holders):
        return False
    blocks = manuscript.document.blocks
    texts = (ANY_BRACKET.sub(" ", manuscript.block_text(blocks[index])) for index in manuscript.body)
    return not any(re.search(rf"\b{re.escape(name)}", text) for text in texts)


def of_works(names: tuple[str, ...], before: str, surnames: frozenset[str]) -> tuple[str, ...]:
    """Return the names of a work: of "for the Republic and Campbell (1993)" the last, which alone is an author's."""
    if len(names) < 2 or names[0] in surnames:
        return names
    return names[1:] if names[1] in surnames or re.search(r"\bthe\s$", before) else names


def is_no_place(manuscript: Manuscript, names: tuple[str, ...]) -> bool:
    """Tell whether one name is that of no town: "the figures are from Maddison (2001)", but not "after Locarno (1925)"."""
    return len(names) == 1 and manuscript.vocabulary.places.country(names[0]) is None


def is_event(citation: Citation, entries: tuple[Entry, ...]) -> bool:
    """Tell whether a name with an old year is no work: "(Utrecht 1713)", in a text that lists nothing printed before then."""
    year = int(citation.year[:4]) if citation.year[:4].isdigit() else EARLIEST
    listed = [int(each[:4]) for entry in entries for each in entry.years if each[:4].isdigit()]
    return year < min([EARLIEST, *listed]) and citation.names[0] not in surnames_of(entries)
