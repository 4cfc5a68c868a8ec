"""Checks counts against what is listed, percentages against the whole, and changes against their two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip
from verbale.review.checks.count_parts import find_parts
from verbale.review.citations import without_citations
from verbale.review.dates import MONTH_PATTERN
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import NUMBER_PATTERN, ORDINAL_PATTERN, is_number, ordinal, value, words

# A list of more than this is never checked by eye either, and large numbers before a colon count things, not items.
MAX_ITEMS: Final = 20
_NOUN: Final = r"(?:[\w'-]+\s){0,4}?[a-z][\w-]*(?:s|men|people|criteria|phenomena|media|data)"
_COUNTED: Final = re.compile(
    rf"\b(?P<number>{NUMBER_PATTERN})\s(?P<noun>{_NOUN})(?P<tail>\s(?:of|in|for|against|between|with|on|to|from|by|under)\s(?:[\w'-]+\s){{0,5}}?[\w'-]+)?"
    r"(?P<lead>:\s|\s\((?:namely\s|i\.e\.,?\s)?|,?\snamely,?:?\s|\s?[–—]\s?|\s--?\s|,\s(?=[A-Z]))(?P<list>[^;:()–—]{3,400}?(?:;[^:()–—]{3,400}?)?)(?P<close>\)|\s?[–—]|\s--?\s|[.!?:]|$)",
    re.IGNORECASE,
)
_VERBS: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|did|does|do|can|could|may|might|must|shall|should)\b", re.IGNORECASE
)
_APPOSED: Final = re.compile(
    r"^(?:the|an?|who|which|whose|where|when|its|his|her|their|then|now|later|both|all|each|formerly|also|as)\s", re.IGNORECASE
)
_SHARE: Final = re.compile(r"(?<![\d.,-])(\d{1,3}(?:\.\d+)?)\s?(?:%|per\scent|percent)", re.IGNORECASE)
_REMAINING: Final = re.compile(r"\b(?:remaining|remainder|the rest|the other|balance of)\b", re.IGNORECASE)
_CHANGE: Final = re.compile(
    r"\bfrom\s(?:about\s)?[$€£]?(?P<first>\d[\d,]*(?:\.\d+)?)(?P<unit1>\s?(?:%|per\scent|percent|million|billion|thousand))?(?P<thing>\s[a-z]+(?:\s[a-z]+)?)?(?:\sin\s\d{4})?\sto\s(?:about\s)?[$€£]?"
    r"(?P<last>\d[\d,]*(?:\.\d+)?)(?P<unit2>\s?(?:%|per\scent|percent|million|billion|thousand))?[^.;]{0,60}?,?\s(?:an?|the)\s(?:[a-z]+\s)?"
    r"(?P<how>increase|rise|growth|gain|drop|fall|decline|decrease|reduction|cut|"
    r"loss)\sof\s(?P<about>about\s|some\s|nearly\s|almost\s|over\s|more than\s|"
    r"roughly\s)?[$€£]?(?P<by>\d[\d,]*(?:\.\d+)?)(?P<unit>\s?(?:%|per\scent|percent|million|billion|"
    r"thousand))?",
    re.IGNORECASE,
)
_TIMES: Final = re.compile(
    r"\b(?P<times>doubl|tripl|trebl|quadrupl|halv)(?:ed|ing|es?)\b[^.;]{0,60}?\bfrom\s(?:about\s)?[$€£]?(?P<first>\d[\d,]*(?:\.\d+)?)[^.;]{0,30}?\sto\s(?:about\s)?[$€£]?(?P<last>\d[\d,]*(?:\.\d+)?)",
    re.IGNORECASE,
)
_FACTORS: Final = {"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0, "halv": 0.5}
_PARTS: Final = re.compile(
    rf"\b(?:of|among) (?:the|its|these|all|those) "
    rf"(?P<number>{NUMBER_PATTERN})\s(?P<noun>[a-z][\w\s-]{{2,40}}?),\s(?P<rest>[^.;]*)",
    re.IGNORECASE,
)
_PART: Final = re.compile(rf"\b({NUMBER_PATTERN})\s(?!years?\b|months?\b|days?\b|per\b)(?:of them\s)?[a-z]", re.IGNORECASE)
_POINTS: Final = (
    r"(?:reasons|causes|factors|points|arguments|phases|stages|steps|conditions|aims|goals|questions|"
    r"consequences|lessons|features|problems|results|effects|elements|ways|grounds|objections|"
    r"conclusions|obstacles|issues|developments|events|considerations|principles|tasks|measures|"
    r"trends|periods|waves|rounds)"
)
_ANNOUNCED: Final = re.compile(rf"\b(?P<number>{NUMBER_PATTERN})\s(?:[a-z-]+\s){{0,2}}?{_POINTS}\b", re.IGNORECASE)
_OPENER: Final = re.compile(
    rf"^(?P<word>{ORDINAL_PATTERN}(?:ly)?|Finally|Lastly)(?:,|\s(?:is|was|were|of all|came|concerns|"
    rf"reason|factor|point|cause|phase|stage|step|the)\b)",
    re.IGNORECASE,
)


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each count, share or change that its own numbers contradict."""
    before, block = "", -1
    for sentence in manuscript.prose:
        text = without_citations(manuscript, sentence)
        yield from find_parts(sentence, text, before if sentence.block == block else "")
        before, block = text, sentence.block
        yield from _lists(manuscript, sentence, text)
        yield from _bullets(manuscript, sentence, text)
        yield from _shares(manuscript, sentence, text)
        yield from _changes(sentence, text)
        yield from _divided(sentence, text)
    yield from _announced(manuscript)


def _lists(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    open_list = re.compile(rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)", re.IGNORECASE)
    for match in _COUNTED.finditer(text):
        number = _number(match["number"])
        lead = match["lead"].strip()
        before = text[max(0, match.start() - 30) : match.start()]
        if not 2 <= number <= MAX_ITEMS or re.search(
            r"\b(?:one|some|any|other|another|most|than|least|over|about|nearly|the first|the last|the next|"
            r"top|by|no|chapter|section|article|year|of)\s(?:of\s)?(?:the\s)?$|[\d.$€£-]$",
            before,
            re.IGNORECASE,
        ):
            continue
        if re.match(
            r"(?:years?|months?|days?|weeks?|hours?|decades?|centuries|times|per|percent|million|billion|thousand|hundred|dozen|of)\b",
            match["noun"],
            re.IGNORECASE,
        ):
            continue
        listed = match["list"].strip()
        if open_list.search(listed) or open_list.search(match["noun"]) or _VERBS.search(match["noun"] + (match["tail"] or "")):
            continue
        if lead == "," and not _named_list(listed, match["close"]):
            continue
        if lead.startswith(("–", "—", "-")) and not match["close"].strip().startswith(("–", "—", "-", ".")):
            continue
        items = _items(manuscript, listed, bracket=lead.startswith("("), clauses=lead == ":")
        if items and number not in items and len(items) == 1:
            found = min(items)
            start, end = (
                sentence.start + match.start("list"),
                sentence.start + match.start("list") + len(match["list"].rstrip()),
            )
            message = f"The text says “{match['number']} {match['noun']}”, but lists {words(found)}."
            yield Slip(sentence.start + match.start("number"), sentence.start + match.end("noun"), message, ((start, end),))


def _items(manuscript: Manuscript, listed: str, *, bracket: bool, clauses: bool) -> set[int]:
    """Return how many items a list may have: one number if it is clear, several if not, none if it is no list."""
    for compound in manuscript.words.lists["compounds"]:
        listed = re.sub(re.escape(compound), compound.replace(" and ", "_and_"), listed, flags=re.IGNORECASE)
    if ";" in listed:
        return {len([part for part in listed.split(";") if part.strip(" .")])}
    parts = [part.strip() for part in re.split(r",\s", listed) if part.strip(" .,")]
    oxford = len(parts) > 1 and re.match(r"(?:and|or)\s", parts[-1]) is not None
    parts = [re.sub(r"^(?:and|or)\s", "", part) for part in parts]
    # "12 March, 1921" and "Geneva, May 2003" are one item each
    merged = [part for at, part in enumerate(parts) if not (at and _completes(parts[at - 1], part))]
    last = merged[-1]
    ands = len(re.findall(r"\s(?:and|or|&)\s", last))
    total = len(merged) + (0 if oxford else ands)
    if total < 2 or (clauses and _VERBS.search(listed)) or max(len(part.split()) for part in merged) > 14:
        return set()
    if bracket and not _alike(merged):
        return set()
    if all(is_number(part.split()[0]) for part in merged):
        return set()  # "eight natives and nine foreigners": parts of a whole, no items
    doubtful = any(_APPOSED.match(part) for part in merged[1:]) and not all(_APPOSED.match(part) for part in merged)
    inner = any(re.search(r"\s(?:and|&)\s", part) for part in merged[:-1])
    if doubtful or ands > 1 or (inner and not oxford):
        return set()
    if inner:  # "A, B and C in the west, and D in the east"
        return {total, total + sum(len(re.findall(r"\s(?:and|&)\s", part)) for part in merged[:-1])}
    return {total}


def _completes(before: str, part: str) -> bool:
    if re.fullmatch(r"(?:1\d{3}|20\d{2})", part):
        return re.search(rf"\b(?:{MONTH_PATTERN})\b", before, re.IGNORECASE) is not None
    return re.match(rf"(?:(?:early|late|mid)\s)?(?:\d{{1,2}}\s)?(?:{MONTH_PATTERN})\b", part) is not None and not re.search(
        r"\d", before
    )


def _alike(parts: list[str]) -> bool:
    """Tell whether the parts of a bracket are of one kind: all figures, or all names."""
    bare = [re.sub(r"^(?:UN\s)?(?:Resolutions?|UNSCR?|Nos?\.)\s", "", part).strip(" .") for part in parts]
    if all(re.fullmatch(r"[\dA-Z()/-]*\d[\d()/–-]*(?:\s(?:and|or)\s[\d/–-]+)?", part) for part in bare):
        return True
    return all(part[:1].isupper() for part in bare) or all(part[:1].islower() for part in bare)


def _named_list(listed: str, close: str) -> bool:
    """Tell whether words after a comma are only names: "three powers, Britain, France and Italy"."""
    parts = re.split(r",\s(?:and\s)?|\sand\s", listed)
    names = all(re.fullmatch(r"(?:the\s)?[A-Z][\w'.-]+(?:\s(?:of\s|the\s)?[A-Z][\w'.-]+){0,3}", part.strip()) for part in parts)
    return len(parts) > 1 and names and close.strip() in (".", "–", "—")


def _bullets(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check a count at the end of a paragraph that introduces a list of points."""
    if not text.endswith(":"):
        return
    matches = list(re.finditer(rf"\b({NUMBER_PATTERN})\s(?:[\w'-]+\s){{0,3}}?[a-z][\w-]*s\b", text, re.IGNORECASE))
    if not matches:
        return
    blocks = manuscript.document.blocks
    end = sentence.block + 1
    while end < len(blocks) and blocks[end].kind == "list_item":
        end += 1
    count, number = end - sentence.block - 1, _number(matches[-1][1])
    if count > 1 and 2 <= number <= MAX_ITEMS and count != number:
        start, stop = blocks[sentence.block + 1].start, blocks[end - 1].end
        message = f"The text says “{matches[-1][0]}”, but the list has {words(count)} points."
        yield Slip(sentence.start + matches[-1].start(), sentence.start + matches[-1].end(), message, ((start, stop),))


def _shares(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    shares = list(_SHARE.finditer(text))
    at = sentence.start
    whole = manuscript.words.alternatives("shares")
    for share in shares:
        after = text[share.end() : share.end() + 40]
        if float(share[1]) > 100 and re.match(
            rf"\sof\s(?:the\s|all\s|its\s|their\s)?(?:[\w']+\s)?{whole}\b", after, re.IGNORECASE
        ):
            yield Slip(at + share.start(), at + share.end(), "More than 100 per cent of a whole cannot be.")
    if (
        len(shares) < 2
        or not _REMAINING.search(text)
        or re.search(r"\b(?:half|thirds?|quarters?|fifths?|most|majority)\b", text, re.IGNORECASE)
    ):
        return
    total = sum(float(share[1]) for share in shares)
    # each share may be rounded by half a point
    if abs(total - 100) > 0.5 * len(shares):
        start, end = shares[0].start(), shares[-1].end()
        yield Slip(at + start, at + end, f"The shares add up to {total:g} per cent, not 100.",
                   tuple((at + share.start(), at + share.end()) for share in shares))  # fmt: skip


def _changes(sentence: Sentence, text: str) -> Iterator[Slip]:
    for match in _CHANGE.finditer(text):
        first, last, by = (float(match[name].replace(",", "")) for name in ("first", "last", "by"))
        unit1, unit2, unit = ((match[name] or "").strip() for name in ("unit1", "unit2", "unit"))
        if not first:
            continue
        percent = unit in ("%", "percent", "per cent", "per\u00a0cent")
        if (unit1 or unit2) != unit2 or (not percent and unit != unit2) or max(first, last) in range(1500, 2101):
            continue
        expected = abs(last - first) / first * 100 if percent else abs(last - first)
        points = abs(last - first) if percent and unit2 in ("%", "percent", "per cent") else expected
        slack = max(1.0 if percent else 0.05 * expected if match["about"] else 1e-6, 0.12 * expected if match["about"] else 0)
        if min(abs(expected - by), abs(points - by)) > slack:
            shown = f"{expected:,.0f} per cent" if percent else f"{expected:,g}{' ' + unit if unit else ''}"
            message = f"From {match['first']} to {match['last']} it is {shown}, not {match['by']}{match['unit'] or ''}."
            start = sentence.start + match.start()
            yield Slip(start, sentence.start + match.end(), message)
    for match in _TIMES.finditer(text):
        first, last, factor = (
            float(match["first"].replace(",", "")),
            float(match["last"].replace(",", "")),
            _FACTORS[match["times"].lower()],
        )
        # in prose, a number has doubled when it is within a seventh of the double
        if first and abs(last / first - factor) > factor / 7:
            message = f"From {match['first']} to {match['last']} is {last / first:.1f} times as much."
            yield Slip(sentence.start + match.start(), sentence.start + match.end(), message)


def _divided(sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check "of the 15 members, 12 voted for, 2 against and 3 abstained": the parts cannot be more than the whole."""
    for match in _PARTS.finditer(text):
        number = _number(match["number"])
        parts = [_number(part[1]) for part in _PART.finditer(match["rest"])]
        disjoint = re.search(r"\b(?:against|abstain(?:ed|ing)?|remaining|rest|others?|while)\b", match["rest"])
        if len(parts) < 2 or not disjoint or any(part > number for part in parts) or "of which" in match["rest"]:
            continue
        if sum(parts) > number:
            start, end = sentence.start + match.start("number"), sentence.start + match.end()
            yield Slip(start, end, f"The parts add up to {words(sum(parts))}, more than {match['number']}.")


def _announced(manuscript: Manuscript) -> Iterator[Slip]:
    """Check "three reasons" against the sentences that begin with First, Second, and so on."""
    blocks = manuscript.document.blocks
    prose = manuscript.prose
    for at, sentence in enumerate(prose):
        text = manuscript.sentence_text(sentence)
        matches = [each for each in _ANNOUNCED.finditer(text) if 2 <= _number(each[1]) <= 10]
        if not matches:
            continue
        places: dict[int, Sentence] = {}
        final: Sentence | None = None
        for following in prose[at + 1 :]:
            if any(blocks[index].kind == "heading" for index in range(sentence.block, following.block)):
                break
            words_of = manuscript.sentence_text(following)
            opener = _OPENER.match(re.sub(r"^The\s", "", words_of))
            if opener and opener["word"].lower() in ("finally", "lastly"):
                final = following
                break
            if opener:
                place = ordinal(opener["word"])
                if place in places:
                    break  # another count begins
                places[place] = following
            elif places and _ANNOUNCED.search(words_of) and any(True for _ in _OPENER.finditer(words_of)):
                break
        number = _number(matches[-1][1])
        count = max(places, default=0) + (1 if final else 0)
        if {1, 2} <= places.keys() and len(places) == max(places) and count != number:
            found = [*places.values(), *([final] if final else [])]
            message = f"The text says “{matches[-1][0]}”, but counts {words(count)}."
            start = sentence.start + matches[-1].start()
            yield Slip(start, sentence.start + matches[-1].end(), message, tuple((each.start, each.end) for each in found))


def _number(text: str) -> int:
    return value(text) if is_number(text) and len(text) < 12 else 0


CHECK = Check(
    CheckInfo(
        "count-arithmetic",
        "error",
        "Counts and sums that do not add up",
        "If a text says three and names two, one was lost or the number is wrong; readers notice.",
    ),
    find,
)
