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
from verbale.review.checks.count_items import NAMES, VERBS, bind, explains, is_office, split_names, unbracketed, undotted
from verbale.review.counting import either, measures, slip_in
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import NUMBER_PATTERN, is_number, read_count, words
from verbale.review.reckoning import listed as listed_word
from verbale.review.trees import Tree

_MOST: Final = 20
# A list longer than so many words is told in clauses, and its commas mean other things.
_MOST_WORDS: Final = 70
# A member is named in so many words at most.
_MEMBER_WORDS: Final = 9
_NOUN: Final = (
    rf"(?-i:(?:(?!(?:{NUMBER_PATTERN})\s)[a-z'-]+\s){{0,3}}?(?:[a-z][\w-]*s|[a-z]*men|[a-z]*people)"
    r"|[A-Z][a-z]+s(?:-[A-Z][a-z]+)?)"
)
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


def find_spelt(manuscript: Manuscript, sentence: Sentence, text: str, before: Sentence | None) -> Iterator[Slip]:
    """Yield a slip for each count that the members spelt out for it contradict.

    `text` is the sentence without its citations, `before` the sentence before it.
    """
    text = bind(manuscript, text)
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
    yield from _too_few(manuscript, sentence, text)
    yield from _with_offices(manuscript, sentence, text)
    yield from _by_stance(sentence, text)
    yield from _the_others(sentence, text)
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
    rest = re.sub(r"\b(?:both|first|(?<=\s)one(?=\sof\s[A-Z]))\b", "", text[match.start("number") :], flags=re.IGNORECASE)
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


# Between a count and the colon of its list so many letters may stand.
_REACH: Final = 110
_COLON: Final = re.compile(
    rf"{_NUMBER}(?P<far>[^:;()?!]{{0,{_REACH}}}?)(?::\s|\s[–—]\s)(?P<list>[^:?!()–—]{{5,400}})(?=[.:?!–—]|$)", re.IGNORECASE
)
_MEMBER_HEAD: Final = r"(?:(?:the|an?|that|those|its|his|her|their|our|this|one)\s|(?-i:[A-ZÀ-Þ]))"
_BOUNDARY: Final = re.compile(
    rf"(?:,\s(?:and|or)\s|;\s(?:and\s|or\s)?|,\s|\s(?:and|or)\s)(?:of\s|in\s|at\s)?(?={_MEMBER_HEAD})", re.IGNORECASE
)
# "the deckhands": a member that is several
_SEVERAL: Final = re.compile(
    r"(?:^|[,;]\s(?:and\s|or\s)?|\s(?:and|or)\s)(?:the|its|his|her|their|those|these|our)\s(?:[a-z-]+\s){0,2}?[a-z-]+(?<!s)s"
    r"(?=\s(?:of|in|from|at|on|to|with|for|under|and|or)\b|[,;.]|$)"
)


def _too_few(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "in four copies: an inscription at Karnak, a second and damaged one, and the version on clay": three at most."""
    for match in _COLON.finditer(text):
        number = read_count(match["number"])
        listed = unbracketed(
            re.sub(rf",\swith\s[^,;]{{3,60}}\s{either('presiding')}(?=[.,;]|$)", "", match["list"]).strip(" .")
        )
        # a row of clauses explains, and a count of its own belongs to what it counts
        plain = re.sub(r",?\s(?:who|which|that)\s[^,;]*", "", re.sub(r"\b[12]\d{3}\b", "", listed))
        if (
            not _counts(manuscript, text, match)
            or re.search(
                rf"\b{NUMBER_PATTERN}\b",
                re.sub(r"\b(?:second|one)\b|\b[12]\d{3}\b|\b\d{1,2}(?=\s[A-Z])", "", match["far"] + listed),
                re.IGNORECASE,
            )
            or VERBS.search(plain)
            or _SEVERAL.search(plain)
            or re.search(r'"|\bboth\b', listed)
            or listed_word("rest", listed)
            or not re.match(_MEMBER_HEAD, listed, re.IGNORECASE)
            or explains(match["far"], listed, number)
        ):
            continue
        most = _most(listed)
        if 1 < most < number and _is_nominal(sentence, match.start("list"), match.end("list")):
            message = f"The text says “{match['number']} {match['noun']}”, but names {words(most)}."
            yield slip_in(sentence, match.start("number"), match.start("list") + len(match["list"].rstrip(" .")), message)


def _most(listed: str) -> int:
    """Return how many members a list may have at most: one more than what divides them."""
    bounds = list(_BOUNDARY.finditer(listed))
    closing = [at for at, each in enumerate(bounds) if re.match(r",?\s(?:and|or)\s", each[0])]
    if len(closing) == 1 and bounds[closing[0]][0].startswith(","):
        return closing[0] + 2  # "and the version on clay from the capital, Hattusa": what follows the last explains it
    last = listed[bounds[-1].end() :] if bounds else listed
    # "the debt, the border, pride and fear": the last ones may stand without an article
    inner = 0 if closing else len(re.findall(r",\s(?:and\s|or\s)?|\s(?:and|or)\s", last))
    return len(bounds) + 1 + inner


def _is_nominal(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether what stands between two offsets hangs on a noun, where the sentence is parsed."""
    if not sentence.tokens:
        return True
    tree = Tree(sentence)
    top = tree.top(tree.within(sentence.start + start, sentence.start + end))
    return top is None or tree.tokens[top].pos in ("NOUN", "PROPN", "ADJ", "PRON", "DET", "X", "NUM")


_OFFICER: Final = (
    r"[A-ZÀ-Þ][\w'’-]+(?:\s(?:de\s|von\s|van\s|al\s)?[A-ZÀ-Þ][\w'’-]*){0,3}\s(?:for|of|from|as|in|at)\s"
    r"(?:the\s|its\s)?[\w'’-]+(?:\s(?:of\s(?:the\s)?)?[A-ZÀ-Þ][\w'’-]*){0,3}"
)
_WITH_OFFICES: Final = re.compile(
    rf"{_NUMBER},\s(?P<list>(?-i:{_OFFICER}(?:,\s{_OFFICER})*,?\sand\s{_OFFICER}))(?=[.;)]|,\s(?!and\b|with\b)[a-z]|$)",
    re.IGNORECASE,
)


def _with_offices(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "three mediators, Fabio Chigi for the Pope and Alvise Contarini for Venice, but"."""
    for match in _WITH_OFFICES.finditer(text):
        if not _counts(manuscript, text, match) or re.search(r"[,;]\s(?:and|with)\s", text[match.end() : match.end() + 60]):
            continue
        count, number = len(re.findall(rf"(?-i:{_OFFICER})", match["list"])), read_count(match["number"])
        if count != number:
            message = f"The text says “{match['number']} {match['noun']}”, but names {words(count)}."
            yield slip_in(sentence, match.start("number"), match.end("list"), message)


@cache
def _stances() -> re.Pattern[str]:
    side = rf"(?:{either('stances')}|{either('stayed away')})"
    return re.compile(
        rf"(?<![\w.,$-])(?P<number>{NUMBER_PATTERN})\s(?:more\s|votes?\s|voted\s|were\s|was\s)?{side},\s{either('namely')},?\s(?P<list>(?-i:{NAMES}))(?=[.;)]|,\s(?!and\b)[a-z])",
        re.IGNORECASE,
    )


def _by_stance(sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "Sixty-four voted in favour and five against, namely Australia, Britain, France and Israel"."""
    for match in _stances().finditer(text):
        count, number = len(split_names(match["list"])), read_count(match["number"])
        if count != number and 1 < number <= _MOST:
            message = f"The text says “{match['number']}”, but names {words(count)}."
            yield slip_in(sentence, match.start("number"), match.end("list"), message)


_THE_OTHERS: Final = re.compile(
    rf"\bone\sof\s(?:the\s|its\s|their\s)?{_NUMBER},\sthe\sothers?\s(?:being|were|was)\s(?P<list>(?-i:{NAMES}))(?=[.;)]|,\s(?!and\b)[a-z])",
    re.IGNORECASE,
)


def _the_others(sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "She was one of three envoys, the others being Brandt and Solms"."""
    for match in _THE_OTHERS.finditer(text):
        count, number = len(split_names(match["list"])) + 1, read_count(match["number"])
        if count != number:
            message = f"The text says “{match['number']} {match['noun']}”, but tells of {words(count)}."
            yield slip_in(sentence, match.start("number"), match.end("list"), message)
