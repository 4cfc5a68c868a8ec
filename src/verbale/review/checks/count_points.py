"""Announced points against those that follow ("three reasons" and First, Second ...), and counts of points with a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import count_words
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import NUMBER_PATTERN, ORDINAL_PATTERN, ordinal, read_count, words

_POINTS: Final = "(?:" + "|".join(count_words()["points"]) + ")"
_ANNOUNCED: Final = re.compile(rf"\b(?P<number>{NUMBER_PATTERN})\s(?:[a-z-]+\s){{0,2}}?{_POINTS}\b", re.IGNORECASE)
_OPENER: Final = re.compile(
    rf"^(?P<word>{ORDINAL_PATTERN}(?:ly)?|Finally|Lastly)(?:,|\s(?:is|was|were|of all|came|concerns|"
    rf"reason|factor|point|cause|phase|stage|step|the)\b)",
    re.IGNORECASE,
)


# "It asked, first, for the release": the place in the count stands behind the verb.
_INSIDE: Final = re.compile(rf"^[A-Z][a-z]+(?:\s[a-z]+){{0,3}},\s(?P<word>{ORDINAL_PATTERN}(?:ly)?),\s")


# So many sentences after the announcement the first point is told.
_SOON: Final = 3
# So many sentences at most are given to one point.
_APART: Final = 12
# "first ..., second ... and fourth": what a text counts must not leave a number out.
_STEP: Final = re.compile(
    rf"(?:^|[;,:.]\s(?:and\s|but\s)?|\band\s)(?:the\s)?(?P<word>{ORDINAL_PATTERN}(?:ly)?)(?=,|\s(?:is|was|were|came|that|to|they|he|it|its|the|because|by)\b)",
    re.IGNORECASE,
)
# A count whose points stand behind it in its own sentence announces none.
_LISTED: Final = re.compile(rf"[^.;:]{{0,60}}:\s(?!{ORDINAL_PATTERN})[^.:,;]+[,;]\s[^.:,;]+(?:[,;]|\sand\s)", re.IGNORECASE)
_MARKS: Final = re.compile(r"(?<!\w)\((?P<mark>[a-h]|\d|i{1,3}|iv|v|vi{0,3})\)\s(?=[a-zA-Z])")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}


def find_points(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each announced number of points that does not follow, and for each number that a count leaves out."""
    yield from _announced(manuscript)
    yield from _steps(manuscript)


def _steps(manuscript: Manuscript) -> Iterator[Slip]:
    for sentences in manuscript.by_block.values():
        start = sentences[0].start
        text = manuscript.plain[start : sentences[-1].end]
        steps = [(ordinal(match["word"]), match) for match in _STEP.finditer(text)]
        marks = list(_MARKS.finditer(text))
        lettered = [(ord(match["mark"]) - 96, match) for match in marks if re.fullmatch("[a-h]", match["mark"])]
        figured = [(int(match["mark"]), match) for match in marks if match["mark"].isdigit()]
        roman = [(_ROMAN[match["mark"]], match) for match in marks if match["mark"] in _ROMAN]
        for counted in (steps, lettered, figured, roman if not lettered or lettered[0][0] != 1 else []):
            numbers = [number for number, _ in counted]
            if numbers[:2] != [1, 2] or sorted(set(numbers)) != numbers:
                continue
            gap = next((at for at, number in enumerate(numbers) if number != at + 1), None)
            if gap is not None and numbers[gap] - gap <= 3:
                match = counted[gap][1]
                group = "word" if "word" in match.groupdict() else "mark"
                message = f"The count goes from {words(gap)} to {words(numbers[gap])}; {words(gap + 1)} is missing."
                yield Slip(start + match.start(group), start + match.end(group), message)


def _announced(manuscript: Manuscript) -> Iterator[Slip]:
    """Check "three reasons" against the sentences that begin with First, Second, and so on."""
    blocks = manuscript.document.blocks
    prose = manuscript.prose
    for at, sentence in enumerate(prose):
        text = manuscript.sentence_text(sentence)
        matches = [each for each in _ANNOUNCED.finditer(text) if 2 <= read_count(each[1]) <= 10]
        matches = [each for each in matches if not _LISTED.match(text, each.end())]
        if not matches:
            continue
        places: dict[int, Sentence] = {}
        final: Sentence | None = None
        for following in prose[at + 1 :]:
            if any(blocks[index].kind == "heading" for index in range(sentence.block, following.block)):
                break
            words_of = manuscript.sentence_text(following)
            opener = _OPENER.match(re.sub(r"^The\s", "", words_of)) or _INSIDE.match(words_of)
            if opener and opener["word"].lower() in ("finally", "lastly"):
                final = following
                break
            if not places and (following.index - sentence.index > _SOON or (opener and ordinal(opener["word"]) != 1)):
                break  # what is counted much later is something else
            if places and following.index - max(each.index for each in places.values()) > _APART:
                break
            if opener:
                place = ordinal(opener["word"])
                if place in places:
                    break  # another count begins
                places[place] = following
            elif places and _ANNOUNCED.search(words_of) and any(True for _ in _OPENER.finditer(words_of)):
                break
        number = read_count(matches[-1][1])
        count = max(places, default=0) + (1 if final else 0)
        if {1, 2} <= places.keys() and len(places) == max(places) and count != number:
            found = [*places.values(), *([final] if final else [])]
            message = f"The text says “{matches[-1][0]}”, but counts {words(count)}."
            start = sentence.start + matches[-1].start()
            yield Slip(start, sentence.start + matches[-1].end(), message, tuple((each.start, each.end) for each in found))
