"""Citations in a text and the entries of its list of references, in the numeric and the author-year style.

A bracket counts as an author-year citation only if everything in it is one: "(Helsinki 1975)" and "(Treaty of Paris, 1856)"
are none.
"""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from verbale.core import Sentence
from verbale.review.cited_names import (
    ANY_BRACKET,
    Citation,
    Entry,
    fold,
    is_author,
    is_event,
    is_no_place,
    of_works,
    split_names,
    split_years,
    surnames_of,
)
from verbale.review.citing_words import (
    CITES_NAMED,
    ENTRY_YEAR,
    GROUP,
    IN_PROSE,
    INSIDE,
    LEADS_IN,
    MORE_YEARS,
    NAME,
    NOT_AN_AUTHOR,
    OTHERS,
    PAGES,
    PART,
    PARTICLE,
    UPPER,
    YEARS,
    cited,
)
from verbale.review.manuscript import Manuscript
from verbale.review.words import alternatives

# A number beyond this in square brackets is a year or a quantity; no article cites as many works.
MAX_NUMBER: Final = 999
# In round brackets a number cites only where the list has about as many entries: "(4, p. 140)", not "(120)".
MAX_BEYOND: Final = 12
# Ranges longer than this are page ranges.
MAX_RANGE: Final = 50


_SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED: Final = str.maketrans(_SUPERSCRIPTS, "0123456789")
_NUMERIC: Final = re.compile(
    r"\[\^?(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)"
    rf"(?:[,:]\s{cited('sections')}\.\s?[\w–-]+)?\]"
    rf"|(?<=[^\s(\[])([{_SUPERSCRIPTS}]{{1,3}})(?!\w)"
)
# "[^berg]", a note with a name for its number
_LABELLED: Final = re.compile(r"\[\^([^\W\d_][\w-]{0,19})\](?!:)")
# "^[Berg, Tolls, 4.]", a note in its place; "[@berg1990, p. 4]", "@berg1990", keys of works that a program looks up
_INLINE_NOTE: Final = re.compile(r"\^\[(?:[^\[\]]|\[[^\[\]]*\]){1,2000}\]")
_KEYED: Final = re.compile(r"\[(?:[^\[\]]{0,200}?[\s;])?-?@\w[^\[\]]{0,300}\]|(?<!\S)@[^\W\d_][\w:-]*\d{4}[a-z]?\b")
# Letters that carry a raised figure which is no note: units, formulas and powers ("30 km²", "10⁶").
_RAISES: Final = re.compile(r"(?<!\d)10$|(?<![^\W\d_])(?:[kcdm]?m|ft|mi|yd|CO|[xnrRA])$")
_BRACKET: Final = re.compile(r"\(([^()]{4,300})\)|\[([^\[\]]{4,300})\]")
_CITES_AFTER: Final = rf",?\s(?:{cited('who')}\s)?(?:(?:\w+ly|{cited('helpers')})\s){{{{0,2}}}}{{verbs}}"
_ENTRY_NUMBER: Final = re.compile(r"^\s*(?:\[\^?(\d{1,3})\]:?|\^?(\d{1,3})[.)]|(\d{1,3})\s(?=[A-Z])|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))\s*")
_ENTRY_LABEL: Final = re.compile(r"\s*\[\^([^\W\d_][\w-]{0,19})\]:\s*")
_INLINE_ENTRY: Final = re.compile(r"\s(?=\[\^?\d{1,3}\]:?\s|\[\^[^\W\d_][\w-]{0,19}\]:\s)")
# What is shorter is no entry, except behind the number of a note ("[^2]: Ibid.").
MIN_ENTRY: Final = 8
# Entries that a format ran together: a new one begins after a full stop with a surname, initials or a first name, and a year.
_RUN_TOGETHER: Final = re.compile(
    r"(?<![ .][A-Z]\.)(?<=[.!?\"])\s(?=[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?,\s"
    rf"(?:[A-Z][\w'-]*\.?,?\s|{cited('joins')}\s|\(?{cited('editing')}[,)]{{0,2}}\s){{1,12}}"
    r"\(?(?:1[5-9]|20)\d\d[a-z]?\)?[.,:\s])"
)
# "(4)", "(2, p. 60; 3)", where the list is numbered and square brackets cite nothing
_ROUND: Final = re.compile(rf"\((\d{{1,3}}{PART}(?:[,;]\s?\d{{1,3}}{PART}){{0,6}})\)")
# "in 1841.12 The talks", "the toll”3 and"
_RAISED: Final = re.compile(
    r"(?:(?<=[^\W\d_][.,;:!?])|(?<=\d{4}[.,;])|(?<=[.,!?)][\"')])|(?<=[^\W\d_][\")]))(\d{1,3})(?=\s|$|[.,;)])"
)
# "(Kyle 214)", "(Kyle, Suez 214; Lucas 33-35)": a name of the list and a page, without a year
_NAME_PAGE: Final = re.compile(
    rf"(?P<name>[A-Z][\w'-]+(?:\s{cited('joins')}\s[A-Z][\w'-]+|\s{cited('others')})?)"
    rf"(?:,?\s(?:[\"*'])?[A-Z][^();\d]{{2,40}}?)?,?\s(?:\d{{1,2}}:\s?)?(?:{cited('page-marks')}\.\s?)?"
    r"\d{1,4}(?:\s?[-–]\s?\d{1,4})?f{0,2}"
)
_URL: Final = re.compile(r"https?://\S{4,}|\bwww\.\S{4,}|\bdoi:\s?10\.\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class References:
    """What a manuscript cites and what its list holds."""

    citations: tuple[Citation, ...]
    entries: tuple[Entry, ...]
    has_list: bool
    # the spans of citations and links, in order and joined where they overlap
    sources: tuple[tuple[int, int], ...]

    def within(self, start: int, end: int) -> bool:
        """Tell whether a citation or a link stands in a span."""
        at = bisect_left(self.sources, (end, 0)) - 1
        return at >= 0 and self.sources[at][1] > start

    @property
    def any(self) -> bool:
        """Tell whether the text names a source anywhere in one of the styles."""
        return bool(self.sources or self.entries)


# Several checks ask for the same manuscript, one after the other.
@functools.lru_cache(maxsize=2)
def find_references(manuscript: Manuscript) -> References:
    """Return the citations, links and entries of a manuscript."""
    entries = tuple(_entries(manuscript))
    citations: list[Citation] = []
    links: list[tuple[int, int]] = []
    cited = [index for index in manuscript.body if index not in manuscript.notes]
    most = _round_numbers(manuscript, cited, entries)
    raised = _raised_numbers(manuscript, cited, entries)
    named = _named_pages(manuscript, cited, entries)
    for index in cited:
        block = manuscript.document.blocks[index]
        text = manuscript.text[block.start : block.end]
        citations += _numeric(text, block.start)
        labelled = _LABELLED.finditer(text)
        citations += (Citation(block.start + each.start(), block.start + each.end(), f"^{each[1]}", True) for each in labelled)
        if raised:
            citations += _raised(manuscript.block_text(block), block.start, raised)
        if most:
            citations += _in_round_brackets(manuscript.block_text(block), block.start, most)
        if named:
            citations += _by_page(manuscript.block_text(block), block.start)
        apart = [match.span() for match in _INLINE_NOTE.finditer(text)]
        for each in _author_year(manuscript, manuscript.block_text(block), block.start, entries):
            # a note in its place gives a work in full: "(Lund, 1990)" is its place and year
            inside = any(start <= each.start - block.start < end for start, end in apart)
            if not is_event(each, entries) and (not inside or any(matches(each, entry) for entry in entries)):
                citations.append(each)
        for shown in (_URL, CITES_NAMED, _INLINE_NOTE, _KEYED):
            links += [(block.start + match.start(), block.start + match.end()) for match in shown.finditer(text)]
    citations.sort(key=lambda each: (each.start, each.end, each.key))
    spans = [*links, *((each.start, each.end) for each in citations)]
    has_list = manuscript.list_block < len(manuscript.document.blocks) or bool(entries)
    return References(tuple(citations), entries, has_list, _joined(spans))


def _round_numbers(manuscript: Manuscript, cited: list[int], entries: tuple[Entry, ...]) -> int:
    """Return the largest number that round brackets may cite, or 0 where the text does not cite in that way."""
    numbered = [entry.number for entry in entries if entry.number]
    if len(numbered) < 2:
        return 0
    blocks = manuscript.document.blocks
    texts = [manuscript.block_text(blocks[index]) for index in cited]
    if any(_NUMERIC.search(text) for text in texts):
        return 0
    found = sum(len(_ROUND.findall(text)) for text in texts)
    return max(numbered) + MAX_BEYOND if found >= 2 else 0


def _raised_numbers(manuscript: Manuscript, cited: list[int], entries: tuple[Entry, ...]) -> int:
    """Return the largest number of a note whose mark lost its height ("in 1841.12 The"), or 0 where the text has none such."""
    numbered = [entry.number for entry in entries if entry.number]
    blocks = manuscript.document.blocks
    texts = [manuscript.block_text(blocks[index]) for index in cited]
    if len(numbered) < 2 or any(_NUMERIC.search(text) for text in texts):
        return 0
    found = {int(match[1]) for text in texts for match in _RAISED.finditer(text)}
    return max(numbered) + MAX_BEYOND if len(found & set(numbered)) >= 2 else 0


def _raised(text: str, offset: int, most: int) -> Iterator[Citation]:
    for match in _RAISED.finditer(text):
        if 0 < int(match[1]) <= most:
            yield Citation(offset + match.start(), offset + match.end(), match[1], True)


def _in_round_brackets(text: str, offset: int, most: int) -> Iterator[Citation]:
    for bracket in _ROUND.finditer(text):
        parts = [int(part) for part in re.findall(rf"(?:^|[,;]\s?)(\d{{1,3}})(?={PART}(?:[,;]|$))", bracket[1])]
        if parts and max(parts) <= most:
            for number in parts:
                yield Citation(offset + bracket.start(), offset + bracket.end(), str(number), True)


def _named_pages(manuscript: Manuscript, cited: list[int], entries: tuple[Entry, ...]) -> bool:
    """Tell whether the text cites by name and page: two of its brackets at least begin with a surname of the list."""
    heads = frozenset(match[0] for entry in entries if (match := re.match(rf"[{UPPER}][\w'-]+", entry.authors)))
    blocks = manuscript.document.blocks
    hits = 0
    for index in cited:
        for bracket in _BRACKET.finditer(manuscript.block_text(blocks[index])):
            match = _NAME_PAGE.match(bracket[1] or bracket[2])
            hits += bool(match and match["name"].split()[0] in heads)
    return hits >= 2


def _by_page(text: str, offset: int) -> Iterator[Citation]:
    for bracket in _BRACKET.finditer(text):
        inner = bracket[1] or bracket[2]
        start = offset + bracket.start() + 1
        for part in inner.split(";"):
            lead = len(part) - len(part.lstrip())
            match = _NAME_PAGE.fullmatch(part.strip())
            if match and NOT_AN_AUTHOR.fullmatch(match["name"]):
                match = None  # "(January 1005)"
            if match and not re.search(r"(?:1[5-9]|20)\d\d", part):
                yield Citation(start + lead, start + len(part), match["name"], False, split_names(match["name"]), "")
            start += len(part) + 1


def without_citations(manuscript: Manuscript, sentence: Sentence) -> str:
    """Return the simple text of a sentence, its citations blanked, so that their years and pages are no figures of it."""
    references = find_references(manuscript)
    text = manuscript.bare_text(sentence)
    if not references.within(sentence.start, sentence.end):
        return text
    spans = [each.span() for each in (*_INLINE_NOTE.finditer(text), *ANY_BRACKET.finditer(text))]
    spans = [(start, end) for start, end in spans if references.within(sentence.start + start, sentence.start + end)]
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def matches(citation: Citation, entry: Entry) -> bool:
    """Tell whether an entry is the one that an author-year citation asks for: first author's name and year."""
    asked = {citation.year, *re.findall(r"\d{4}[a-z]?", citation.year)}
    # "1963 [1938]" is cited by the year of the edition, of the first one, or by both
    held = {*entry.years, *re.findall(r"\d{4}[a-z]?", " ".join(entry.years))}
    if citation.year and asked.isdisjoint(held):
        letters = {year[:-1] for year in held}
        if asked.isdisjoint(letters):
            return False
    authors = fold(entry.authors)
    first = PARTICLE.sub("", fold(citation.names[0]))
    # An institution is cited by its acronym as often as by its name.
    initials = _initials(entry.authors)
    if entry.authors.split(" ")[0].strip(" .,(") == _initials(citation.names[0]) and " " in citation.names[0]:
        return True  # "(United Nations 2001)", "UN (2001)"
    return re.search(rf"(?<!\w){re.escape(first)}(?!\w)", authors) is not None or first.upper() in (
        initials,
        initials[: len(first)],
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[A-Za-z]\w*", name) if word[0].isupper())


def _entries(manuscript: Manuscript) -> Iterator[Entry]:
    blocks = manuscript.document.blocks
    listed = list(range(manuscript.list_block + 1, manuscript.list_end))
    items = [manuscript.block_text(blocks[index]) for index in listed if blocks[index].kind == "list_item"]
    by_number = 2 * sum(_author_style(text) for text in items) < len(items) and _counts_notes(manuscript)
    place = 0
    for index in sorted({*listed, *manuscript.notes}):
        block = blocks[index]
        text = manuscript.block_text(block)
        if (block.kind == "heading" and not ENTRY_YEAR.search(text)) or manuscript.parts.is_prose(index, notes=True):
            continue
        breaks = [
            *_INLINE_ENTRY.finditer(text),
            *(_RUN_TOGETHER.finditer(text) if index in listed and not _ENTRY_NUMBER.match(text) else ()),
        ]
        cuts = [0]
        for cut in sorted({match.end() for match in breaks}):
            if ENTRY_YEAR.search(text[cuts[-1] : cut]) or text[cut] == "[":
                cuts.append(cut)  # what has no year yet goes on ("B. Danielsson and M.-T. Danielsson")
        cuts.append(len(text))
        for start, end in itertools.pairwise(cuts):
            piece = text[start:end].rstrip()
            labelled = _ENTRY_LABEL.match(piece)
            if len(piece) < MIN_ENTRY and not piece.startswith("[^"):
                continue
            place += 1
            if labelled:
                yield Entry(block.start + start, block.start + start + len(piece), 0, piece[labelled.end() :], (), labelled[1])
                continue
            numbered = _ENTRY_NUMBER.match(piece)
            number = int(next(group for group in numbered.groups() if group).translate(_LOWERED)) if numbered else 0
            if not number and block.kind == "list_item" and by_number:
                number = place  # the list's own numbers, which its format keeps apart from the words
            words = piece[numbered.end() :] if numbered else piece
            years = list(ENTRY_YEAR.finditer(words))
            yield Entry(
                block.start + start,
                block.start + start + len(piece),
                number,
                words[: years[0].start()] if years else words[:80],
                tuple(dict.fromkeys(match[1] for match in years)),
            )


def _counts_notes(manuscript: Manuscript) -> bool:
    """Tell whether a number anywhere in the text may cite."""
    texts = (manuscript.block_text(manuscript.document.blocks[index]) for index in manuscript.body)
    return any(_NUMERIC.search(text) or _ROUND.search(text) or _RAISED.search(text) for text in texts)


def _author_style(entry: str) -> bool:
    year = ENTRY_YEAR.search(entry)
    return (
        year is not None
        and year.start() < 90
        and re.match(r"[^\d(]{3,80}[(,.]\s?\(?$", entry[: year.start()] + " ") is not None
    )


def _numeric(text: str, offset: int) -> Iterator[Citation]:
    for match in _NUMERIC.finditer(text):
        if match[2]:
            figures = match[2].translate(_LOWERED)
            if _RAISES.search(text[: match.start()]):
                continue  # a square kilometre, a power of ten
            numbers = [int(figures)]
        else:
            numbers = _expand(match[1])
        for number in numbers:
            if 0 < number <= MAX_NUMBER:
                yield Citation(offset + match.start(), offset + match.end(), str(number), True)


def _expand(text: str) -> list[int]:
    numbers: list[int] = []
    for part in re.split(r"\s?[,;]\s?", text):
        first, _, last = re.sub(r"\s", "", part).replace("–", "-").partition("-")
        end = int(last or first)
        numbers += range(int(first), end + 1) if 0 <= end - int(first) <= MAX_RANGE else [int(first)]
    return numbers


def _author_year(manuscript: Manuscript, text: str, offset: int, entries: tuple[Entry, ...]) -> Iterator[Citation]:
    for bracket in _BRACKET.finditer(text):
        inner = 1 if bracket[1] else 2
        yield from _bracket(manuscript, bracket[inner], offset + bracket.start(inner), entries)
    words = manuscript.words
    verbs = alternatives((*words.lists["reporting-verbs"], *words.lists["citing-verbs"]))
    says = re.compile(_CITES_AFTER.format(verbs=verbs) + r"\b", re.IGNORECASE)
    told = re.compile(rf"\b{words.alternatives('citing')}\s$", re.IGNORECASE)
    one = re.compile(rf"\b{words.alternatives('citing-one')}\s$", re.IGNORECASE)
    work = re.compile(rf"\b{words.alternatives('works')}(?:\s\w+)?\s(?:by|of|in)\s(?:[\w.]+\s){{0,2}}$", re.IGNORECASE)
    work_of = re.compile(rf"\s(?:[\w-]+\s){{0,2}}{words.alternatives('works')}\b", re.IGNORECASE)
    other = re.compile(rf"\b{words.alternatives('no-authors')}(?:\s[A-Z]\w+)?\s$", re.IGNORECASE)
    surnames = surnames_of(entries)
    yield from _said(manuscript, text, offset, entries, verbs)
    shown = -1  # where the last work that is cited in prose ends
    for match in IN_PROSE.finditer(text):
        names = of_works(split_names(match["names"]), text[: match.start()], surnames)
        before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 40]
        others = len(names) > 1 or OTHERS.search(match["names"]) is not None
        # with a list the style is known: a page, or a work by this name, cites
        owned = "'s" in match[0] and work_of.match(after)
        styled = bool(entries) and (re.search(r"\d", match["pages"]) or work.search(before) or others or owned)
        if other.search(before) or (match["names"].endswith(".") and not match["names"].endswith("al.")):
            continue
        joined = shown >= 0 and not re.search(r"[.!?]\s", text[shown : match.start()])
        styled = styled or (bool(entries) and (joined or one.search(before)) and is_no_place(manuscript, names))
        cites = says.match(after) or (names[:1] and names[0] in surnames) or (others and told.search(before)) or styled
        if cites and is_author(manuscript, names, entries):
            start, end = offset + match.start(), offset + match.end()
            shown = match.end()
            written = match["names"] if names == split_names(match["names"]) else names[-1]
            for year in split_years(match["years"]):
                yield Citation(start, end, f"{written} {year}", False, names, year)


def _said(manuscript: Manuscript, text: str, offset: int, entries: tuple[Entry, ...], verbs: str) -> Iterator[Citation]:
    """Yield what is cited by a year behind the verb: "Lundestad shows (2003, 44)", where a list tells the style."""
    behind = re.compile(
        rf"(?P<names>{NAME}(?:\s{cited('joins')}\s{NAME}|\s{cited('others')})?)\s(?:(?:\w+ly|{cited('helpers')})\s){{0,2}}"
        rf"{verbs}\s\((?P<years>{YEARS}{MORE_YEARS})(?P<pages>{PAGES})\)"
    )
    for match in behind.finditer(text) if entries else ():
        names = split_names(match["names"])
        if is_author(manuscript, names, entries):
            yield from _cited(match, names, offset + match.start(), offset + match.end())


def _bracket(manuscript: Manuscript, inside: str, offset: int, entries: tuple[Entry, ...]) -> Iterator[Citation]:
    """Yield the citations of a bracket: of all its parts, or of those that cite where the rest leads to other sources."""
    parts: list[tuple[str, int, re.Match[str] | None]] = []
    at = 0
    for part in inside.split(";"):
        start = offset + at + len(part) - len(part.lstrip())
        match = GROUP.fullmatch(part.strip())
        if match is not None and not is_author(manuscript, split_names(match["names"]), entries):
            match = None
        parts.append((part.strip(), start, match))
        at += len(part) + 1
    whole = all(match is not None for _, _, match in parts)
    if not whole and not entries:
        return
    surnames = surnames_of(entries)
    located = any(
        pattern.regex.search(part) for part, _, match in parts if match is None for pattern in manuscript.words.sources
    )
    known = False
    for part, start, match in parts:
        if match is not None:
            names = split_names(match["names"])
            if whole or located or names[0] in surnames or re.search(r"\d\s*$", part[match.end("years") :]):
                yield from _cited(match, names, start, start + len(part))
            continue
        for found in INSIDE.finditer(part):
            names = split_names(found["names"])
            lead = part[: found.start()]
            sure = re.search(r"\d", found["pages"]) and (LEADS_IN.search(lead) or known)
            if names and (names[0] in surnames or sure) and is_author(manuscript, names, entries):
                known = True
                yield from _cited(found, names, start + found.start(), start + found.end())


def _cited(match: re.Match[str], names: tuple[str, ...], start: int, end: int) -> Iterator[Citation]:
    for year in split_years(match["years"]):
        yield Citation(start, end, f"{match['names']} {year}", False, names, year)
