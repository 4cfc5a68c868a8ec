"""The numbers of a stretch of text, each read once: "1,200", "three hundred and twenty-eight", "2.5 million", "half a dozen".

A number that is a date, part of a name (Resolution 1737, Article 5, S-300) or a time of day is no quantity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from verbale.review.numbered import is_own_number
from verbale.review.numbers import ORDINALS
from verbale.vocab.numbers import TENS, UNITS

_SMALL: Final[dict[str, int]] = {word: number for number, word in enumerate(UNITS)}
_SMALL.update({word: 10 * number for number, word in enumerate(TENS) if number > 1})
_SCALES: Final[dict[str, int]] = {
    "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "lakh": 10**5, "crore": 10**7,
    "dozen": 12, "bn": 10**9,
}  # fmt: skip
_FRACTIONS: Final[dict[str, int]] = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
_UNIT: Final = "|".join(sorted(_SMALL, key=len, reverse=True))
_TEN: Final = "|".join(TENS[2:])
_BIG: Final = "thousand|million|billion|trillion|lakh|crore"
_SCALE: Final = f"hundred|dozen|{_BIG}"
# "and" joins only within one number: "three hundred and five", but not "two and three"
_BELOW: Final = rf"(?:(?:{_TEN})[\s-](?:{'|'.join(UNITS[1:10])})(?!\w)|(?:{_UNIT})(?!\w))"
_HUNDREDS: Final = rf"(?:(?:an?|{_BELOW})[\s-](?:hundred|dozen)(?!\w)(?:\s(?:and\s)?{_BELOW})?)"
_WORDS: Final = (
    rf"(?:half\sa\s(?:{_SCALE})(?!\w)|{_BELOW}\sand\s(?:a\s(?:half|quarter)|three\squarters)(?:\s(?:{_BIG})(?!\w))?"
    rf"|(?:(?:{_HUNDREDS}|an?|{_BELOW})[\s-](?:{_BIG})(?!\w)(?:\s(?:and\s)?(?:{_HUNDREDS}|{_BELOW})(?:\sthousand(?!\w))?)?)"
    rf"|{_HUNDREDS}|{_BELOW}|(?:(?<=the\s)|(?<=every\s))(?:hundred|dozen|thousand)(?!\w|\s(?:and|years?)))"
)
_FIGURES: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER: Final = rf"(?:(?:{_FIGURES})(?:\s?(?:hundred|thousand|million|billion|trillion|lakh|crore|bn)(?!\w))?|{_WORDS})"
_PARTS: Final = "half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
_FRACTION: Final = rf"(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|the\sother)[\s-](?:{_PARTS})|half)(?!\w)"
_QUANTITY: Final = re.compile(
    rf"(?<![\w.,/:#&-])(?P<money>(?:US|A|C|HK)?[$€£¥]\s?)?"
    rf"(?:(?P<fraction>{_FRACTION}(?!\sa\s(?:dozen|hundred|thousand|million|billion)))|(?P<number>{NUMBER}))"
    rf"(?P<percent>\s?%|[\s-]per[\s-]?cents?\b|\spercentage\spoints?\b)?(?!\w|[-.,:/]\d|[.]\w|-(?:{'|'.join(ORDINALS[:9])})\b)"
    # "the Four-Power Treaty", "the Two-Thirds Rule": what goes on with a capital is a name
    r"(?!-(?-i:[A-Z]))",
    re.IGNORECASE,
)
# What makes a following number part of a name.
_NAMED: Final = re.compile(
    r"(?:\b(?:resolutions?|unscr?|res\.|nos?\.|(?<!now\s)numbers?|articles?|arts?\.|pages?|pp?\.|flight|docket|file|box|chapters?|ch\.|sections?|"
    r"paragraphs?|para\.|volumes?|vol\.|tables?|figures?|fig\.|annex|part|clause|item|line|room|route|phase|stage|zone|sector|"
    r"world\swar|group\sof|big|category|class|type|mark|apollo|basket|camp|channel|world|top|article|"
    r"decree|law|directive|protocol|point|doc\.|document|case|folder|reel)\s(?:nos?\.\s)?"
    r"(?:\d+(?:\s?[–-]\s?\d+)?(?:,\s?|,?\s(?:and|or|to)\s)){0,12}(?:\d+\s?[–-]\s?)?|§§?\s?|\[)$",
    re.IGNORECASE,
)
# "Of its nine chapters three deal with": what is counted itself gives no name to the next number.
_COUNTED: Final = re.compile(rf"(?<![\w.,])(?:{_FIGURES}|{_WORDS})\s[a-z]+s\s$", re.IGNORECASE)
# "the old one had seven": a pronoun, and no number.
_PRONOUN: Final = re.compile(
    r"\b(?:the|an?|its|their|his|her|this|that|another|every)\s(?:old|new|first|second|third|last|next|other|former|latter|same|only|big|small|great|"
    r"long|short|good|bad|final|previous|[a-z]+er|[a-z]+est)\s$",
    re.IGNORECASE,
)
# "(5.19)": book and chapter.
_CHAPTER: Final = re.compile(r"\d{1,2}\.\d{1,3}")
# "55, 35 and 10 per cent": what closes a row of figures belongs to each of them.
_ROW_OF_SHARES: Final = re.compile(
    r"(?<![\w.,/:#&$€£-])(?P<row>\d{1,2}(?:\.\d+)?(?:,\s\d{1,2}(?:\.\d+)?)*),?\sand\s\d{1,2}(?:\.\d+)?(?:\s?%|[\s-]per[\s-]?cents?\b)",
    re.IGNORECASE,
)
# "from some 780 to some 1,270 million", "between 3 and 4 billion": the scale of the second number is that of the first.
_ROUGH: Final = r"(?:(?:some|about|around|nearly|almost|over|roughly|only|just)\s)?"
_SHARED_SCALE: Final = re.compile(
    rf"\b(?:from|between)\s{_ROUGH}(?P<first>{_FIGURES})\s(?:to|and)\s{_ROUGH}(?P<last>{_FIGURES})\s(?P<scale>million|billion|trillion|lakh|crore|bn)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: offsets, its value, and its kind: count, percent, fraction or money."""

    start: int
    end: int
    value: float
    kind: str


def read_number(text: str) -> float:
    """Return the number that figures or words stand for. Raises ValueError for other words.

    >>> read_number("three hundred and twenty-eight"), read_number("2.5 million"), read_number("half a dozen")
    (328.0, 2500000.0, 6.0)
    """
    words = re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", text.lower())
    total, group = 0.0, 0.0
    before = ""
    for at, word in enumerate(words):
        if word[0].isdigit():
            group += float(word.replace(",", ""))
        elif word in _SMALL:
            group += _SMALL[word]
        elif word == "half" and at == 0:
            group = 0.5
        elif word in ("half", "quarter") and before == "a":
            group += 0.5 if word == "half" else 0.25
        elif word == "quarters" and before == "three":
            group += 0.75 - 3
        elif word in _SCALES:
            scale = _SCALES[word]
            if scale <= 100:
                group = (group or 1) * scale
            else:
                total, group = total + (group or 1) * scale, 0.0
        elif word not in ("a", "an", "and"):
            raise ValueError(text)
        before = word
    return total + group


def like_a_year(text: str) -> bool:
    """Tell whether a number is written as years are: "1848", and not "1,848"."""
    return text.isdecimal() and len(text) == 4 and 1000 <= int(text) <= 2100


def read_fraction(text: str) -> float:
    """Return the share that words stand for: "two thirds", "a quarter", "half". Raises ValueError for other words."""
    words = re.findall(r"[a-z]+", text.lower())
    part = words[-1]
    below = _FRACTIONS.get(part) or _FRACTIONS.get(part.removesuffix("s"))
    if below is None:
        raise ValueError(text)
    above = _SMALL.get(words[0], 1) if len(words) > 1 else 1
    return above / below


@lru_cache(maxsize=20_000)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of a text in order; years and days of the month are among them, since a number alone does not tell."""
    found: list[Quantity] = []
    scaled = {match.start("first"): match["scale"] for match in _SHARED_SCALE.finditer(text) if _one_scale(match)}
    shares = [match.span("row") for match in _ROW_OF_SHARES.finditer(text)]
    for match in _QUANTITY.finditer(text):
        lead = text[max(0, match.start() - 90) : match.start()]
        # "beyond a line one hundred leagues west": no name has so long a number in words
        long = re.fullmatch(r"[a-z]+(?:[\s-][a-z]+)+", match[0], re.IGNORECASE) is not None and "hundred" in match[0].lower()
        if not (match["percent"] or match["money"] or long) and _NAMED.search(lead) and not _COUNTED.search(lead):
            continue
        start, end = match.span()
        if like_a_year(match[0]) and is_own_number(text, start, end):
            continue
        if _CHAPTER.fullmatch(match[0]) and text[start - 1 : start] == "(" and text[end : end + 1] in ("", ")", ",", ";", "."):
            continue
        if match[0].lower() == "one" and _PRONOUN.search(text[max(0, start - 30) : start]):
            continue
        if match["fraction"]:
            found.append(Quantity(start, end, read_fraction(match["fraction"]), "fraction"))
            continue
        percent = match["percent"] or any(first <= start < last for first, last in shares)
        kind = "percent" if percent else "money" if match["money"] else "count"
        value = read_number(f"{match['number']} {scaled[start]}" if start in scaled else match["number"])
        found.append(Quantity(start, end, value, kind))
    return tuple(found)


def _one_scale(match: re.Match[str]) -> bool:
    """Tell whether both ends of a range are of one scale: the first is no number of thousands beside single millions."""
    first, last = (float(match[name].replace(",", "")) for name in ("first", "last"))
    return first < 1_000 <= last or max(first, last) < 1_000
