"""Works that notes cite by short titles beside a list without numbers: "Figes, Crimea, 45", "in Hertslet, Map, vol. 2".

In this style (notes and bibliography) the numbers of the text lead to notes, and names in the notes to the list. An entry is
cited where a note names its author, with a word of its title where the author has several entries; a work without a person's
name, where the text or a note calls it by its name. What a note cites and the list lacks is told only where most of what the
notes cite in this form stands in the list, so that the style is known.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from verbale.review.citations import find_references
from verbale.review.cited_names import Entry, fold
from verbale.review.citing_words import ENTRY_YEAR, NAME, NOT_AN_AUTHOR, OTHERS, PARTICLES, UPPER, cited
from verbale.review.dates import find_dates
from verbale.review.manuscript import Manuscript

# Fewer works that notes and list share may share a surname by chance.
MIN_SHARED: Final = 3
# So many of the authors whom notes cite stand in the list where it is meant to hold them all; chosen, not measured: in the one
# blind text of the style it is four of five.
MIN_LISTED: Final = 0.7
# Shorter words of a title are those of every title.
_LETTERS: Final = 5
# An author and an edition: more words before the year of an entry are its title as well.
MAX_HEAD: Final = 6
# "5.26", "7.86-7", "1.22.17", "9:4": book and chapter
_PLACE_IN_WORK: Final = r"(?<![\w.])\d{1,3}[.:]\d{1,3}(?:[.:]\d{1,3})?(?![\w%])"
_HEAD: Final = re.compile(rf"(?:{PARTICLES}[ '-])?[{UPPER}][\w'’-]+(?:\s[{UPPER}][\w'’-]+){{0,2}}(?=[,.\s(])")
_AGAIN: Final = re.compile(r"^\W*[—–_-]{2,}")
_INVERTED: Final = re.compile(rf"{NAME}(?:\s{NAME})?(?=,\s[^\W\d_a-z])")
_WORK: Final = re.compile(
    rf"(?P<head>{NAME}(?:\s{NAME}){{0,3}}(?:\s{cited('joins')}\s{NAME}(?:\s{NAME}){{0,2}}|\s{cited('others')})?)"
    r",\s(?P<title>[\"'*_]{0,2}[A-Z][^(;.]{3,120}?)"
    rf"(?=\s?[(.;]|[\"'*_]*,?\s(?:{cited('page-marks')}\.|\d|[ivxl]+\b|{cited('page-ends')})"
    rf"|[\"'*_]*,?\s(?:\w+\s)?{cited('parts-of-books')}\b|$)"
)
_PARTED: Final = re.compile(r";\s|\.\s(?=[A-Z\"])|\s(?=\[\^?\d{1,3}\]:?\s)")


@dataclass(frozen=True, slots=True)
class Noted:
    """What notes cite of the list: where its cited entries begin, and the works that it lacks, with offsets and words."""

    cited: frozenset[int]
    missing: tuple[tuple[int, int, str], ...]


@functools.lru_cache(maxsize=2)
def find_noted(manuscript: Manuscript) -> Noted | None:
    """Return what the notes of a text cite of its list of works; None where it has no notes beside such a list."""
    blocks = manuscript.document.blocks
    at = manuscript.list_block
    notes = [(blocks[index].start, manuscript.block_text(blocks[index])) for index in manuscript.notes]
    if at >= len(blocks) or not notes:
        return None
    end = blocks[manuscript.list_end - 1].end
    listed = [each for each in find_references(manuscript).entries if blocks[at].start < each.start < end]
    if not listed or any(each.number for each in listed):
        return None
    text = fold(" ".join(text for _, text in notes))
    by_name = _by_name(manuscript, listed)
    works = list(_works(manuscript, notes))
    shared = {name for name, *_ in works} & {name.split()[-1] for name in by_name}
    if len(shared) < min(MIN_SHARED, len(by_name)):
        return None
    cited = {each.start for name, entries in by_name.items() for each in _cited(manuscript, name, entries, text)}
    persons = {each.start for entries in by_name.values() for each in entries}
    told = text + fold(" ".join(manuscript.block_text(blocks[index]) for index in manuscript.body))
    cited |= {each.start for each in listed if each.start not in persons and _named(each, told)}
    known = len(shared) >= MIN_LISTED * len({name for name, *_ in works})
    authors = " ".join(fold(manuscript.text[each.start : each.end]) for each in listed)
    first: dict[str, tuple[int, int, str]] = {}
    for name, start, end, words in works:
        if known and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", authors) is None:
            first.setdefault(name, (start, end, words))
    return Noted(frozenset(cited), tuple(first.values()))


def _by_name(manuscript: Manuscript, listed: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Return the entries of persons by the surname of their first author, folded; a stroke repeats the author before."""
    found: dict[str, list[Entry]] = {}
    last = ""
    for entry in listed:
        text = manuscript.text[entry.start : entry.end].lstrip(" *_")
        inverted = _INVERTED.match(text)
        if inverted is not None:
            last = fold(inverted[0])
        elif not _AGAIN.match(text):
            last = ""
        if last:
            found.setdefault(last, []).append(entry)
    return found


def _works(manuscript: Manuscript, notes: Sequence[tuple[int, str]]) -> Iterator[tuple[str, int, int, str]]:
    """Yield what notes cite as author and title: the folded surname, the offsets, and the words."""
    leads = re.compile(
        rf"^(?:\W*\[?\^?\d{{0,3}}[\].):]*\s*)(?:{manuscript.words.alternatives('note-leads')},?\s)*", re.IGNORECASE
    )
    inner = re.compile(rf",?\s(?:in|{manuscript.words.alternatives('note-leads')})\s(?=[A-Z])")
    events = re.compile(rf"\b{manuscript.words.alternatives('event-words')}\b", re.IGNORECASE)
    for offset, text in notes:
        cuts = sorted({0, len(text), *(match.end() for pattern in (_PARTED, inner) for match in pattern.finditer(text))})
        for start, end in itertools.pairwise(cuts):
            part = text[start:end]
            lead = leads.match(part)
            match = _WORK.match(part, lead.end() if lead else 0)
            if match is None or any(date.day for date in find_dates(part)) or events.search(match["head"]):
                continue
            if match["head"].isupper() or NOT_AN_AUTHOR.search(match["head"]) or _is_actor(manuscript, match["head"]):
                continue
            if any(pattern.regex.search(match[0]) for pattern in manuscript.words.sources):
                continue  # an archive, a gazette
            one = re.split(rf"\s{cited('joins')}\s", OTHERS.sub("", match["head"]))[0]
            words = " ".join(match[0].split()).strip(" ,")
            yield fold(one.split()[-1]), offset + start + match.start(), offset + start + match.end(), words


def _is_actor(manuscript: Manuscript, head: str) -> bool:
    """Tell whether a name as a whole is that of a state or body; scholars share their surnames with statesmen."""
    mentions = manuscript.vocabulary.actors.find(head)
    whole = [mention for mention in mentions if mention.end - mention.start == len(head)]
    return any(holder.kind != "leader" for mention in whole for holder in mention.names)


def _cited(manuscript: Manuscript, name: str, entries: Sequence[Entry], notes: str) -> Iterator[Entry]:
    """Yield the entries of an author that notes cite: his only one, or those of which a note has a word of their own."""
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", notes) is None:
        return
    words = [_title_words(manuscript, each) for each in entries]
    for at, entry in enumerate(entries):
        own = words[at].difference(*(other for index, other in enumerate(words) if index != at))
        if len(entries) == 1 or not own or any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", notes) for word in own):
            yield entry


def _title_words(manuscript: Manuscript, entry: Entry) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(manuscript.text[entry.start : entry.end])) if len(word) >= _LETTERS}


def _named(entry: Entry, told: str) -> bool:
    """Tell whether a text names a work that has no person's name by how its entry begins: a treaty, a report."""
    name = _head(entry)
    return len(name) < _LETTERS or fold(name) in told


def _head(entry: Entry) -> str:
    return re.split(r"[.,(:]", entry.authors.strip(" *_"))[0].strip()


def names_document(manuscript: Manuscript, entry: Entry) -> bool:
    """Tell whether an entry is a treaty or another act that the text calls by its name, which is how such works are cited."""
    name = _head(entry)
    if entry.number or not re.search(rf"\b{manuscript.words.alternatives('event-words')}\b", name, re.IGNORECASE):
        return False
    return any(fold(name) in fold(manuscript.block_text(manuscript.document.blocks[index])) for index in manuscript.body)


def names_author(manuscript: Manuscript, entry: Entry) -> bool:
    """Tell whether the text cites an entry by its author's name alone, as works of old or well-known works are cited.

    Such a work is one whose year does not follow its author ("Thucydides, The Peloponnesian War, trans. ..."): a sentence
    names the author or an abbreviation of the name with a place in the work (5.26), or says what the author says. Any other
    is cited so where a sentence names its author, its year, and a work or a verb of saying ("Fearon's article of 1995").
    """
    head = _HEAD.match(entry.authors.strip(" *_"))
    if head is None or entry.number:
        return False
    last = head[0].split()[-1]
    lists = manuscript.words.alternatives
    text = manuscript.text[entry.start : entry.end]
    dated = ENTRY_YEAR.search(text)
    own = dated is None or len(re.findall(r"\w+", entry.authors)) > MAX_HEAD
    title = re.search(r"[,.]\s[\"'*_]*(?:The\s|A\s)?([A-Z][\w'-]{3,})", text[len(head[0]) :])
    abridged = rf"|\({re.escape(title[1][:3])}\w*\.?\s\d|(?<!\w){re.escape(title[1])}(?!\w)" if title else ""
    said = rf"(?:'s?)?\s(?:\w+\s)?(?:{lists('reporting-verbs')}|{lists('works')})\b"
    told = re.compile(rf"[^.]*?(?:{_PLACE_IN_WORK}{abridged})|{said}")
    dates = re.compile(rf"{said}[^.]*?{dated[1]}|[^.]*?{dated[1]}[^.]*?{said[10:]}" if dated else r"(?!)")
    named = re.compile(rf"(?<!\w){re.escape(last)}(?!\w)")
    short = re.compile(rf"(?<!\w){re.escape(last[:3])}\w{{0,4}}\.,?\s[^)]{{0,20}}\d")
    for index in manuscript.body:
        words = manuscript.block_text(manuscript.document.blocks[index])
        if own and short.search(words):
            return True
        for match in named.finditer(words):
            if (own and told.match(words, match.end())) or dates.match(words, match.end()):
                return True
    return False
