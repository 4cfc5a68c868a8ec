"""Counts against members that a text spells out behind a word for it, or in its next sentence: "three heirs, namely A and B".

A member may carry an office or a few words of its own between commas, and "and" may stand inside of one. So a list is read as
the least and the most members that it may have, and only a count outside of both is told as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import VERBS, bind, explains, is_office, unbracketed, undotted
from verbale.review.counting import either, measures, slip_in
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import NUMBER_PATTERN, is_number, read_count, words

_MOST: Final = 20
# A list longer than so many words is told in clauses, and its commas mean other things.
_MOST_WORDS: Final = 70
# A member is named in so many words at most.
_MEMBER_WORDS: Final = 9
_NOUN: Final = rf"(?-i:(?:(?!(?:{NUMBER_PATTERN})\s)[a-z'-]+\s){{0,3}}?[a-z][\w-]*(?:s|men|people))"
_NUMBER: Final = rf"(?<![\w.,$-])(?P<number>{NUMBER_PATTERN})\s(?P<noun>{_NOUN})\b"
_ARTICLE: Final = re.compile(r"(?:the|an?|its|his|her|their|our)\s", re.IGNORECASE)


@cache
def _spelt() -> re.Pattern[str]:
    those = rf"(?:,|:|\s[–—])\s{either('the ones')}\s(?P<of>of|in|at|from|for|with|between)\s"
    lead = rf"(?P<lead>,?\s{either('namely')},?:?\s|{those})"
    lead = rf"(?:{lead}|(?P<colon>:\s))"
    return re.compile(rf"{_NUMBER}(?P<far>[^.:;,()]{{0,60}}?){lead}(?P<list>[^.:;?!()]{{5,500}})", re.IGNORECASE)


@cache
def _were() -> re.Pattern[str]:
    """Return "They were A, B and C.", where nothing but the list follows."""
    return re.compile(rf"(?:{either('they')})\s(?:were|are)\s(?P<list>[^.:;?!()]{{5,500}})\.?", re.IGNORECASE)


def find_spelt(manuscript: Manuscript, sentence: Sentence, before: Sentence | None) -> Iterator[Slip]:
    """Yield a slip for each count that the members spelt out for it contradict; `before` is the sentence before it."""
    text = bind(manuscript, undotted(manuscript.sentence_text(sentence)))
    for match in _spelt().finditer(text):
        # "those of" may take up another count between
        if not _counts(manuscript, text, match) or re.search(rf"\b{NUMBER_PATTERN}\b", match["far"], re.IGNORECASE):
            continue
        if match["colon"] and (
            not _all_named(match["list"]) or explains(match["far"], match["list"], read_count(match["number"]))
        ):
            continue  # what follows a colon alone may explain
        found = members(match["list"], of=match["of"] or "")
        number = read_count(match["number"])
        if found is not None and number not in found:
            end = match.start("list") + len(match["list"].rstrip())
            yield slip_in(sentence, match.start("number"), end, _message(match, found))
    if before is not None:
        yield from _next(manuscript, sentence, before, text)


def _message(match: re.Match[str], found: range) -> str:
    return f"The text says “{match['number']} {match['noun']}”, but names {words(found[0])}."


def _counts(manuscript: Manuscript, text: str, match: re.Match[str]) -> bool:
    """Tell whether a number counts all of what its list names."""
    before = text[max(0, match.start("number") - 24) : match.start("number")]
    noun = match["noun"].lower()
    if not 2 <= read_count(match["number"]) <= _MOST or measures(noun.split()[-1]) or measures(noun.split()[0]):
        return False
    if re.search(rf"\b(?:{either('roughly')}|at\sleast|other|no)\s$|[\d.$€£-]$", before, re.IGNORECASE):
        return False
    part = (
        rf"\b(?:{NUMBER_PATTERN}|{either('some of')}|{either('each one')})\sof\s(?:(?:the|its|his|her|their|these|those)\s)?$"
    )
    if re.search(part, before, re.IGNORECASE) or re.search(rf"\b{either('each one')}\b", match[0], re.IGNORECASE):
        return False
    opens = rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)"
    # "the Estates of both realms", "marched first, that is ..." open nothing
    rest = re.sub(r"\b(?:both|first)\b", "", text[match.start("number") :], flags=re.IGNORECASE)
    return re.search(opens, rest, re.IGNORECASE) is None


def members(listed: str, *, of: str = "") -> range | None:
    """Return how many members a list may have, from the least to the most; None where it is no plain list.

    `of` is the preposition behind "those", which may stand before each member again.
    """
    if len(listed.split()) > _MOST_WORDS or '"' in listed:
        return None
    # "that of July 1900, that of May 1902 and that of 1908": what is taken up again is no clause
    listed = re.sub(rf"\b{either('the ones')}\s{of or 'of'}\s", "", unbracketed(listed))
    parts = [part.strip(" .") for part in re.split(r",\s", listed) if part.strip(" .")]
    led = [at for at, part in enumerate(parts) if re.match(r"(?:and|or)\s", part)][:1]
    joined = [at for at, part in enumerate(parts) if re.search(r"\s(?:and|or)\s", part)]
    bare = [re.sub(rf"^(?:(?:and|or)\s)?(?:{of or 'of'}\s)?", "", part) for part in parts]
    found = []
    # where no "and" begins a part, each that has one inside may be the last
    for closing in led or [at for at in joined if at == 0 or _plain(bare[:at])]:
        heads, tail = bare[: closing + 1], bare[closing + 1 :]
        if any(VERBS.search(part) or len(part.split()) > _MEMBER_WORDS for part in heads[:-1]):
            return None
        # "those of Austria and the four powers": a member that is several
        if any(is_number(word) and not re.fullmatch(r"\d{4}", word) for part in heads for word in part.lower().split()):
            return None
        found.append(_between(heads, tail, oxford=bool(led)))
    least, most = min((low for low, _ in found), default=0), max((high for _, high in found), default=0)
    return range(least, most + 1) if least > 1 else None


def _between(heads: list[str], tail: list[str], *, oxford: bool) -> tuple[int, int]:
    """Return how few and how many members the parts of a list up to its last may be; what follows it may be more."""
    own = [at for at, part in enumerate(heads) if at == 0 or not _explains(part, heads[at - 1], last=at == len(heads) - 1)]
    inner = sum(len(re.findall(r"\s(?:and|or)\s", part)) for part in heads[:-1])
    last = len(re.findall(r"\s(?:and|or)\s", _clause(heads[-1])))
    least = len(own) + (0 if oxford else min(last, 1))
    return least, len(heads) + inner + last + sum(_may_be_member(part) for part in tail)


def _plain(parts: list[str]) -> bool:
    """Tell whether parts are a row of names, of things with an article, or of single words."""
    return all(part[:1].isupper() or _ARTICLE.match(part) or len(part.split()) < 3 for part in parts)


def _clause(part: str) -> str:
    """Return a last member without what a preposition or a verb says of all of them."""
    return re.split(r"\s(?:who|which|that|when|where|while|but|as|were|was|had|have|are|is)\s", part)[0]


def _explains(part: str, before: str, *, last: bool) -> bool:
    """Tell whether a part of a list may say who the one before it is: an office, or a thing with its article."""
    if last or (not before[:1].isupper() and not _ARTICLE.match(before)):
        return False
    head = part.split(maxsplit=1)[0].lower()
    named = before[:1].isupper()
    return named and (bool(_ARTICLE.match(part)) or is_office(part) or head in ("then", "now", "later", "formerly", "himself"))


def _may_be_member(part: str) -> bool:
    return part[:1].isupper() or _ARTICLE.match(part) is not None


# "the margrave Georg Friedrich", "Duke Wilhelm of Jülich", "the Count of Hanau"
_NAMED: Final = re.compile(
    r"(?:(?:the|an?|its|his|her|their)\s)?(?:[a-z-]+\s){0,2}?[A-ZÀ-Þ][\w'’.-]*(?:\s(?:(?:of|the|de|la|van|von|der|al|zu|and|in|for)\s){0,2}[A-ZÀ-Þ\d][\w'’.-]*){0,5}"
)


def _all_named(listed: str) -> bool:
    """Tell whether all of a list are names, each perhaps with its rank."""
    parts = re.split(r",\s(?:and\s|or\s)?|\s(?:and|or)\s", listed.strip(" ."))
    return len(parts) > 1 and all(_NAMED.fullmatch(part.strip()) for part in parts)


def _next(manuscript: Manuscript, sentence: Sentence, before: Sentence, text: str) -> Iterator[Slip]:
    """Check "Nine cities sent a speaker. They were A, B and C": the only count of the sentence before is of them."""
    match = _were().fullmatch(text.strip())
    if match is None:
        return
    told = bind(manuscript, undotted(manuscript.sentence_text(before)))
    counts = list(re.finditer(_NUMBER, told, re.IGNORECASE))
    subject = re.match(rf"(?:The\s|All\s|Only\s|In\sall\s)?{_NUMBER}", told, re.IGNORECASE)
    chosen = subject or (counts[0] if len(counts) == 1 else None)
    if chosen is None or not _counts(manuscript, told, chosen) or not _named(sentence, match["list"]):
        return
    found = members(match["list"])
    number = read_count(chosen["number"])
    # further apart, the list is of some of them, or of something else
    if found is not None and number not in found and 0.5 <= found[0] / number <= 2:
        start = before.start + chosen.start("number")
        span = ((sentence.start + match.start("list"), sentence.start + match.end("list")),)
        yield Slip(start, before.start + chosen.end("noun"), _message(chosen, found), span)


def _named(sentence: Sentence, listed: str) -> bool:
    """Tell whether each member is a name or has its article, and none is an adjective ("They were French and German")."""
    parts = re.split(r",\s(?:and\s|or\s)?|\s(?:and|or)\s", listed.strip(" ."))
    if not all(part[:1].isupper() or _ARTICLE.match(part) for part in parts):
        return False
    heads = {part.split()[0] for part in parts if part.split()}
    return not any(token.pos == "ADJ" and token.text in heads and len(parts) < 4 for token in sentence.tokens)
