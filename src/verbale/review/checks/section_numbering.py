"""Checks that numbered headings count without a gap, a repetition or a step back."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from verbale.core import Block, CheckInfo
from verbale.core.wording import listed
from verbale.review.check import Check, Slip
from verbale.review.dates import MONTH_PATTERN
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import ORDINALS, WORD_PATTERN, is_number, value, words
from verbale.review.words import load_words

# A "section" number beyond this is a year or a quantity at the start of a heading.
MAX_NUMBER: Final = 60
_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50}
_LISTS: Final = load_words()
_NUMBERED: Final = re.compile(
    rf"^\s*(?:#{{1,6}}\s+)?(?P<word>{_LISTS.alternatives('section-words')}\s|§\s?)?\(?"
    rf"(?P<number>\d{{1,2}}(?:\.\d{{1,2}})*|[IVXL]{{1,7}}|[A-H]|(?:{'|'.join(ORDINALS)})(?=:)|(?:{WORD_PATTERN})(?=\W|$))"
    r"(?P<mark>[.):]|\s?[–—-](?=\s)|(?=\s|$))\s*(?P<title>\S.*)?$",
    re.IGNORECASE | re.DOTALL,
)
# "First part: the war", "The second year", "Third, the peace": a part by its ordinal, alone or before one noun
_ORDERED: Final = re.compile(
    rf"^\s*(?:the\s)?(?P<number>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})(?:,|\s(?P<noun>[a-z]+)(?=\s?[:.,–—]|$))",
    re.IGNORECASE,
)
# Fewer parts with ordinals are names (the Third Republic).
MIN_ORDERED: Final = 3
# Articles of a law or a treaty are headed by their own numbers; so many gaps are a choice.
MAX_GAPS: Final = 1
# Beyond these the numbers that are missing are told as a span.
MANY_MISSING: Final = 2
# Fewer numbered sections are no plan that a text could speak of.
MIN_SECTIONS: Final = 3
# "section 6" of this text: in small letters, and of no law or book
_POINTS: Final = re.compile(
    rf"(?<!\bits )(?<!\bunder )(?<!\bpart )\b{_LISTS.alternatives('own-sections')}\s(\d{{1,2}}|[IVX]{{1,5}})\b(?!\.\d)"
    rf"(?!,?\s{_LISTS.alternatives('of-other-texts')}\s)(?!\s?\()(?!\s[A-Z][\w-]*\s{_LISTS.alternatives('laws')}\b)"
)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A numbered heading: its block and index, the style of its number, the numbers above it, and its own."""

    index: int
    block: Block
    style: str
    above: tuple[int, ...]
    number: int
    written: str


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip at each heading whose number does not follow the one before it on its level."""
    headings = _without_contents(manuscript, list(_headings(manuscript)))
    for at, slip in _turned(headings):
        yield slip
        headings[at] = replace(headings[at], above=headings[at - 1].above)
    for at, slip in _strays(headings):
        yield slip
        headings[at] = replace(headings[at], above=headings[at - 1].above)
    yield from _pointing(manuscript, headings)
    bare_at = {index for index, _ in manuscript.headings()} - {each.index for each in headings}
    for group in _groups(headings, bare_at):
        bare = "bare" in group[0].style
        if group[0].style.startswith("ordinal ") and (len(group) < MIN_ORDERED or group[0].number != 1):
            continue
        if _chosen(group):
            continue
        if len(group) > 1 and not (bare and (group[0].number != 1 or group[1].number > 3)):
            yield from _check(group)


def _chosen(group: list[_Heading]) -> bool:
    """Tell whether headings are articles that a text picks from a law or a treaty (4, 7, 12)."""
    gaps = sum(after.number != before.number + 1 for before, after in itertools.pairwise(group))
    articles = group[0].style.startswith("word") and group[0].style.split()[1] in _LISTS.lists["laws-headed"]
    return articles and (group[0].number > 1 or gaps > MAX_GAPS)


def _groups(headings: list[_Heading], bare: set[int]) -> list[list[_Heading]]:
    """Return the headings that count together; `bare` are those without a number.

    A count may begin anew where a heading of another style stands between ("I.", "a)", "b)", "II.", "a)"), and may as well
    go on there ("Part II", "3."). Below a heading without a number it begins anew where it counts on from there.
    """
    groups: list[list[_Heading]] = []
    current: dict[tuple[str, tuple[int, ...]], list[_Heading]] = {}
    for at, heading in enumerate(headings):
        key = (heading.style, heading.above)
        group = current.get(key)
        before = headings[at - 1] if at else heading
        parted = before.style != heading.style or _below_another(headings, at, bare)
        if group is None or (parted and heading.number == 1):
            group = []
            groups.append(group)
            current[key] = group
        group.append(heading)
    return groups


def _below_another(headings: list[_Heading], at: int, bare: set[int]) -> bool:
    """Tell whether a list of its own begins below a heading without a number: "Demands", 1, 2, 3, "Answers", 1, 2."""
    before, heading, after = headings[at - 1], headings[at], headings[at + 1] if at + 1 < len(headings) else None
    counts_on = after is not None and (after.style, after.above, after.number) == (heading.style, heading.above, 2)
    return at > 0 and before.number > 1 and counts_on and any(before.index < each < heading.index for each in bare)


def _turned(headings: list[_Heading]) -> Iterator[tuple[int, Slip]]:
    """Yield each heading with another chapter's number between two that count on around it: 3.2, 4.3, 3.4."""
    for at in range(1, len(headings) - 1):
        before, heading, after = headings[at - 1 : at + 2]
        around = before.above == after.above and len(heading.above) == len(before.above) > 0
        if (
            around
            and heading.above != before.above
            and (heading.number, after.number) == (before.number + 1, before.number + 2)
        ):
            message = f"The number {heading.written} stands between {before.written} and {after.written}."
            rests = tuple((each.block.start, each.block.end) for each in (before, after))
            yield at, Slip(heading.block.start, heading.block.end, message, rests)


def _strays(headings: list[_Heading]) -> Iterator[tuple[int, Slip]]:
    """Yield each heading with the number of another section than the one in which it stands: 3, 3.1, 2.2."""
    top: _Heading | None = None
    for at, heading in enumerate(headings):
        if not heading.above and heading.style.startswith("figure"):
            top = heading
        before = headings[at - 1] if at else heading
        inside = top is not None and before.above == (top.number,)
        # a lower number is one of a section that is over; a higher one may be of a section whose heading was lost
        if top is not None and inside and len(heading.above) == 1 and heading.above[0] < top.number:
            message = f"The number {heading.written} stands in section {top.written}."
            yield at, Slip(heading.block.start, heading.block.end, message, ((top.block.start, top.block.end),))


def _pointing(manuscript: Manuscript, headings: list[_Heading]) -> Iterator[Slip]:
    """Yield a slip where the text sends its reader to a section beyond its last ("recommendations follow in section 6")."""
    own = [each for each in headings if not each.above and each.style in ("figure", "roman", "word section figure")]
    if len(own) < MIN_SECTIONS or len({each.style for each in own}) > 1:
        return
    last = max(each.number for each in own)
    for sentence in manuscript.prose:
        text = manuscript.sentence_text(sentence)
        for match in _POINTS.finditer(text):
            number = int(match[1]) if match[1].isdigit() else _from_roman(match[1])
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if last < number <= MAX_NUMBER and not manuscript.quoted(start, end):
                rests = ((own[-1].block.start, own[-1].block.end),)
                yield Slip(start, end, f"There is no {match[0]}: the last is {own[-1].written}.", rests)


def _check(group: list[_Heading]) -> Iterator[Slip]:
    first = group[0]
    if first.number > 1:
        yield Slip(first.block.start, first.block.end, f"The numbering starts with {first.written}; {_missing(first, 1)}")
    seen = {first.number: first}
    last, odd = first, 0  # the last right number, and how many wrong ones stand in place of those after it: 1, 2, 2, 4
    for at, heading in enumerate(group[1:], start=1):
        block, before, number = heading.block, group[at - 1], heading.number
        rests = ((before.block.start, before.block.end),)
        following = group[at + 1].number if at + 1 < len(group) else 0
        lost = [each for each in range(last.number + 1, number) if each not in seen]
        if number in seen:
            other = seen[number].block
            message = f"The number {heading.written} is used twice."
            odd += 1
            yield Slip(block.start, block.end, message, ((other.start, other.end),))
        elif number < last.number:
            yield Slip(block.start, block.end, f"The number {heading.written} comes after {before.written}.", rests)
        elif len(lost) > odd:
            message = f"After {before.written} comes {heading.written}: {_missing(heading, last.number + 1)}"
            yield Slip(block.start, block.end, message, rests)
            if last.number < following < number:
                odd += 1  # the text counts on from before it
            else:
                last, odd = heading, 0
        else:
            last, odd = heading, 0
        seen.setdefault(number, heading)


def _missing(heading: _Heading, first: int) -> str:
    numbers = [_write(heading, number) for number in range(first, heading.number)]
    names = listed(numbers) if len(numbers) <= MANY_MISSING else f"{numbers[0]} to {numbers[-1]}"
    return f"{names} {'is' if len(numbers) == 1 else 'are'} missing. Either a section was lost, or the numbers are wrong."


def _write(heading: _Heading, number: int) -> str:
    if "letter" in heading.style:
        return chr(ord("a" if heading.written.islower() else "A") + number - 1)
    if "spelled" in heading.style:
        return words(number).capitalize()
    if "ordinal" in heading.style:
        return ORDINALS[min(number, len(ORDINALS)) - 1].capitalize()
    if "roman" in heading.style:
        return _to_roman(number)
    return ".".join(str(part) for part in (*heading.above, number))


def _headings(manuscript: Manuscript) -> Iterator[_Heading]:
    letters: list[_Heading] = []
    found: list[_Heading] = []
    for index, block in manuscript.headings():
        match = _NUMBERED.match(manuscript.block_text(block))
        ordered = _ORDERED.match(manuscript.block_text(block))
        if ordered is not None and (match is None or ordered["noun"]):
            number = ORDINALS.index(ordered["number"].lower()) + 1
            style = f"ordinal {(ordered['noun'] or '').lower()}".strip() + ("" if ordered["noun"] else " listed")
            found.append(_Heading(index, block, style, (), number, ordered["number"].capitalize()))
            continue
        if not match:
            continue
        heading = _read(index, block, match)
        if heading is not None:
            (letters if heading.style == "letter" else found).append(heading)
    # "I." begins a count in Roman numbers or stands between H and J: with A among the headings, letters count.
    lettered = any(each.number == 1 for each in letters)
    found += letters if lettered else []
    yield from sorted(found, key=lambda each: each.index)


def _read(index: int, block: Block, match: re.Match[str]) -> _Heading | None:
    written, word, mark = match["number"], (match["word"] or "").strip().lower(), match["mark"]
    title = match["title"] or ""
    prefix = f"word {word} " if word else ""
    if written[0].isdigit():
        parts = [int(part) for part in written.split(".")]
        # "5 lessons of Suez" or "7 December 1941" begins with a number that counts no section.
        dated = re.match(rf"(?:{MONTH_PATTERN})\b", title, re.IGNORECASE) is not None
        if max(parts) > MAX_NUMBER or dated or (not title and not word):
            return None
        bare = " bare" if not mark and not word and len(parts) == 1 else ""
        if bare and not title[:1].isupper():
            return None
        return _Heading(index, block, f"{prefix}figure{bare}", tuple(parts[:-1]), parts[-1], written)
    if is_number(written) and word:
        return _Heading(index, block, f"{prefix}spelled", (), value(written), written)
    if written.lower() in ORDINALS:
        return _Heading(index, block, "ordinal", (), ORDINALS.index(written.lower()) + 1, written)
    if len(written) == 1 and written.islower() and mark == ")":
        return _Heading(index, block, "letter small", (), ord(written) - ord("a") + 1, written)
    if not written.isupper() or (not (mark or word) and not title[:1].isupper()):
        return None
    if re.fullmatch(r"[IVXL]+", written) and _to_roman(_from_roman(written)) == written:
        bare = "" if mark or word else " bare"  # "IV Satsuma": counted only among others of its kind that begin with I
        return _Heading(index, block, f"{prefix}roman{bare}", (), _from_roman(written), written)
    if not (mark or word):
        return None
    return _Heading(index, block, "letter", (), ord(written) - ord("A") + 1, written) if len(written) == 1 else None


def _without_contents(manuscript: Manuscript, headings: list[_Heading]) -> list[_Heading]:
    """Leave out a table of contents: three or more numbered headings in a row with no text between them."""
    kinds = [block.kind for block in manuscript.document.blocks]
    runs: list[list[_Heading]] = []
    for heading in headings:
        follows = runs and all(kind == "heading" for kind in kinds[runs[-1][-1].index : heading.index])
        if follows and len(runs[-1][-1].above) == len(heading.above):
            runs[-1].append(heading)
        else:
            runs.append([heading])
    return [heading for run in runs for heading in run if len(run) < 3]


def _from_roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))


def _to_roman(number: int) -> str:
    parts = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for worth, letters in parts:
        text += letters * (number // worth)
        number %= worth
    return text


CHECK = Check(
    CheckInfo(
        "section-numbering",
        "error",
        "Numbers of sections",
        "A missing, repeated or misplaced number means that a section was lost or moved, or that the numbers are wrong.",
    ),
    find,
)
