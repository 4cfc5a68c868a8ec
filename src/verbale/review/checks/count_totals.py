"""Sums, shares and products told in a sentence: "of which one ... and eleven ...", "so that it came to 17 million"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.counting import CHANGES, count_words, either, same_number, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, DATE, DURATION, PERCENT, Marked
from verbale.review.quantities import Quantity, like_a_year

# A part may be rounded to the half of its last figure; a share by a point and a half, a hedged one by seven.
_SHARE: Final = 1.5
_HEDGED: Final = 7.0
# "In all some 9,400" may be rounded by a twentieth, and is none of 8,300.
_ROUNDED: Final = 0.05
# "nearly all" is more than this, in per cent.
_NEARLY_ALL: Final = 75.0


def find_totals(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Yield a slip for each whole, sum, share and product that the numbers of its sentence contradict."""
    for kind in (_of_which, _of_the, _come_to, _share_told, _share_of_named, _nearly_all, _unanimous, _each, _doubled):
        yield from kind(sentence, marked)
    if before is not None:
        yield from _carried(sentence, marked, before)


def figures_between(marked: Marked, start: int, end: int) -> list[Quantity]:
    """Return the numbers between two offsets that count something: no years, units of time or ordinal-like figures."""
    found = []
    for each in marked.quantities:
        if not start <= each.start < end or each.kind not in ("count", "money"):
            continue
        text = marked.text[each.start : each.end]
        if like_a_year(text):
            continue
        if re.match(rf"\s(?:[a-z]+\s)?{either('units')}\b", marked.text[each.end : each.end + 30]) and "illion" not in text:
            continue
        if re.search(
            r"\b(?:than|least|article|the\slast\sof|no\sone|any)\s$",
            marked.text[max(0, each.start - 14) : each.start],
            re.IGNORECASE,
        ):
            continue
        found.append(each)
    return found


_OF_WHICH: Final = re.compile(
    rf"(?P<whole>{AMOUNT})\s(?P<noun>(?:(?!{AMOUNT})[^.;:]){{1,60}}?),\s(?:and\s)?of\s(?:which|whom|these)\s(?P<rest>[^.;]*)"
)


def _of_which(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    for match in _OF_WHICH.finditer(marked.marks):
        yield from _divide(sentence, marked, match)


_OF_THE: Final = re.compile(
    rf"(?:^|[.;]\s)Of\s(?:the\s|these\s|its\s|their\s|all\s)?(?P<whole>{AMOUNT})(?P<noun>[^.;:,]{{0,60}}?),\s(?P<rest>[^.;:]*)"
)


def _of_the(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    for match in _OF_THE.finditer(marked.marks):
        yield from _divide(sentence, marked, match)


def _divide(sentence: Sentence, marked: Marked, match: re.Match[str]) -> Iterator[Slip]:
    whole = marked.value(match.start("whole"))
    rest = marked.text[match.start("rest") : match.end("rest")]
    parts = figures_between(marked, match.start("rest"), match.end("rest"))
    if len(parts) > 2 and re.search(rf"\b{either('totals')}\s$", marked.text[: parts[-1].start], re.IGNORECASE):
        parts.pop()  # "Egypt was to have 55 and Sudan 18, together 73": a sum is no part
    marks = marked.marks[match.start("rest") : match.end("rest")]
    first = re.match(rf"\s(?:[a-z-]+\s){{1,4}}(?P<part>{COUNT})\s", marked.marks[match.start("noun") : match.start("rest")])
    if first is not None:
        parts.insert(
            0, marked.quantity(match.start("noun") + first.start("part"))
        )  # "of the five survivors one was a child, two"
        rest = marked.text[parts[0].start : match.end("rest")]
    if (
        len(parts) < 2
        or any(part.value > whole for part in parts)
        or re.search(rf"{PERCENT}|\b(?:of\sthem|of\sthese|some|including|again|later|first)\b", marks)
    ):
        return
    if len({_illions(marked, part) for part in parts} | {_illions(marked, marked.quantity(match.start("whole")))}) > 1:
        return
    parts = _independent(marked, parts, whole)
    total = sum(part.value for part in parts)
    if total < whole and len(parts) == 2 and _absent(rest, total, whole):
        return
    if total > whole and cuts_across([marked.text[part.end :] for part in parts]):
        return
    left = re.search(r"\bthe\s(?:rest|others)\b", marked.text[parts[-1].end : match.end("rest")])
    if total < whole and left:
        return  # "and the others sent the rest": how many these were is not told
    everything = _opposed(rest) or re.search(r"\b(?:the\s(?:rest|others?|remaining)|remaining|remained|left)\b", rest)
    if total > whole or (everything and total < whole):
        message = f"The parts add up to {show(total)}, not {show(whole)}."
        yield slip_in(sentence, match.start(), match.end(), message)


def _independent(marked: Marked, parts: list[Quantity], whole: float) -> list[Quantity]:
    """Return the parts without those that a preposition makes part of another, if the others make the whole."""
    free = [
        part
        for part in parts
        if not re.search(rf"\b{either('relates')}\s(?:[a-z]+\s)?$", marked.text[: part.start], re.IGNORECASE)
    ]
    return free if len(free) > 1 and same_number(sum(part.value for part in free), whole) else parts


# In a vote so large a part of a body may be absent without a word.
_ABSENT: Final = 0.1


def _absent(rest: str, total: float, whole: float) -> bool:
    """Tell whether those missing from the two sides of a vote may have stayed away: "of 27, 19 for it and three against"."""
    return whole - total > max(1.0, _ABSENT * whole) and re.search(rf"\b{either('stances')}\b", rest, re.IGNORECASE) is not None


def cuts_across(told: list[str]) -> bool:
    """Tell whether what is said of some parts, and not of all, may be said of the others as well: "20 of them women"."""
    own = [
        re.match(rf"\s(?:of\s(?:them|these|those|whom)\s)?(?:[a-z]+\s)?{either('cuts across')}\b", text, re.IGNORECASE)
        is not None
        for text in told
    ]
    if len(told) > 2:
        # of three parts only the last may be of the others, if it is not told like them: "nine were players, three were wives"
        alike = all(re.match(r"\s(?:were|are)\s", text) for text in told)
        return own[-1] and not all(own) and not alike
    acts = [re.match(rf"\s(?:of\s(?:them|these|those|whom)\s)?({either('acted')}|[a-z]+ed)\s[a-zA-Z]", text) for text in told]
    # "six were Dutch, and five carried grain": the same ships may do both
    stative = (
        all(acts) and len({each[1] for each in acts if each}) > 1 and any(each and each[1] in ("were", "are") for each in acts)
    )
    return (any(own) and not all(own)) or (
        stative and not any(re.match(rf"\s[^.,;]*\b(?:{either('denied')}|{either('remained')})\b", text) for text in told)
    )


def _illions(marked: Marked, quantity: Quantity) -> str:
    found = re.search(r"[a-z]*illion", marked.text[quantity.start : quantity.end])
    return found[0] if found else ""


def _opposed(text: str) -> bool:
    """Tell whether two parts leave nothing between them: east and west, for and against."""
    return any(
        all(re.search(rf"\b{word}\b", text, re.IGNORECASE) for word in pair.split("/")) for pair in count_words()["opposites"]
    )


def _come_to(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check a sum at the end of its clause against the numbers before it: "..., so that the price came to 17.25 million"."""
    pattern = re.compile(
        rf"(?:,|;|\band|\()\s?(?:{either('yields')})\b(?P<said>[^.;:]{{0,40}}?)\s?(?P<sum>{AMOUNT})(?=[^.;:]{{0,80}}(?:[.;:)]|$))"
        rf"|;\s(?:these|those|all)\s{COUNT}\s(?P<said2>[^.;:]{{3,40}}?)\s(?P<sum2>{AMOUNT})(?=[.;]|$)"
    )
    for match in pattern.finditer(marked.marks):
        name = "sum" if match["sum"] else "sum2"
        if re.search(rf"{DATE}|{DURATION}|{PERCENT}", match[0]):
            continue
        if re.search(rf"\b{either('each one')}\b", marked.text[: match.start()], re.IGNORECASE):
            continue  # "A and B each sent five and the League three": what is multiplied is not added
        if re.search(rf"\b{either('beside')}\b", marked.text[match.start() : match.start(name)], re.IGNORECASE):
            continue  # "so that with the hosts there were twenty": more than what was counted
        total = marked.quantity(match.start(name))
        figures = figures_between(marked, 0, match.start())
        run = _run(marked, figures)
        parts = run if len(run) >= 3 else figures
        if not 2 <= len(parts) <= 8 or _illions(marked, total) != _illions(marked, parts[-1]):
            continue
        values = [part.value for part in parts]
        every = [each.value for each in figures]
        if total.value <= max(values) or any(same_number(total.value, sum(every[at:])) for at in range(len(every))):
            continue
        if len(every) > 1 and any(same_number(total.value, one * other) for one in every for other in every):
            continue
        hedged = re.search(rf"\b{either('roughly')}\s$", marked.text[: match.start(name)], re.IGNORECASE)
        if hedged and (len(parts) < 3 or abs(sum(values) / total.value - 1) < _ROUNDED):
            continue
        if same_number(total.value, sum(values)) or not 0.6 <= sum(values) / total.value <= 1.6 or not _led(match[0]):
            continue
        message = f"The numbers before add up to {show(sum(values))}, not {show(total.value)}."
        yield slip_in(sentence, parts[0].start, total.end, message)


def _led(words_of: str) -> bool:
    """Tell whether more than "or" leads to the sum; "or" alone gives another name as often."""
    return (
        re.search(
            rf"\b{either('sum led')}\b",
            words_of,
        )
        is not None
    )


def _run(marked: Marked, figures: list[Quantity]) -> list[Quantity]:
    """Return the last numbers that only commas and "and" divide: "70, 31, 21, 10 and 6 guns"."""
    run: list[Quantity] = []
    for one in reversed(figures):
        if run and not re.fullmatch(r",?\s(?:and\s)?", marked.text[one.end : run[0].start]):
            break
        run.insert(0, one)
    return run


_TOLD_SHARE: Final = re.compile(
    rf"(?P<first>{COUNT})(?P<gap>[^.;:]{{3,80}}?),\s(?P<second>{COUNT})(?P<gap2>[^.;:]{{3,80}}?),\s(?:which\sis|that\sis,?|or|which\swas|i\.e\.)\s(?P<hedge>(?:about|some|nearly|almost|roughly)\s)?(?P<share>{PERCENT})",
)


def _share_told(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "of 52 nations that took part, 44 built a pavilion, which is about 65 per cent"."""
    for match in _TOLD_SHARE.finditer(marked.marks):
        whole, part = marked.value(match.start("first")), marked.value(match.start("second"))
        if re.search(rf"{COUNT}", match["gap"] + match["gap2"]) or not 0 < part < whole:
            continue
        yield from _compare(sentence, marked, match, part, whole, hedged=bool(match["hedge"]))


_NAMED_SHARE: Final = re.compile(
    rf"(?P<whole>{COUNT})(?:\sin\sall|\saltogether|\sin\stotal|\stogether)?,\sof\swhich\s(?P<name>[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?)\s(?:had|took|got|won|received|held|gave|paid|bought)\s(?P<hedge>(?:about|some|nearly|almost|roughly)\s)?(?P<share>{PERCENT})"
)


def _share_of_named(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "331,312 in all, of which Cameroon had about 61 per cent" against the number told of Cameroon before."""
    for match in _NAMED_SHARE.finditer(marked.marks):
        at = marked.text.find(match["name"], 0, match.start())
        part = [each for each in figures_between(marked, 0, max(at, 0)) if each.start < at]
        whole = marked.value(match.start("whole"))
        if part and 0 < part[-1].value < whole:
            yield from _compare(sentence, marked, match, part[-1].value, whole, hedged=bool(match["hedge"]))


def _compare(
    sentence: Sentence, marked: Marked, match: re.Match[str], part: float, whole: float, *, hedged: bool
) -> Iterator[Slip]:
    told, real = marked.value(match.start("share")), part / whole * 100
    if abs(told - real) > (_HEDGED if hedged else _SHARE):
        yield slip_in(sentence, match.start(), match.end(), f"{show(part)} of {show(whole)} is {real:.0f} per cent.")


def _nearly_all(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "nearly all of the 120,000, about 60 per cent of them"."""
    for name, least in (("wholly", _NEARLY_ALL), ("mostly", 50.0)):
        pattern = re.compile(
            rf"\b{either(name)}\b[^.;:]{{0,50}}?(?:,\s|\s\()(?:or\s|about\s|some\s|that\sis,?\s)*(?P<share>{PERCENT})",
            re.IGNORECASE,
        )
        for match in pattern.finditer(marked.marks):
            told = marked.value(match.start("share"))
            if told < least:
                yield slip_in(
                    sentence, match.start(), match.end(), f"{told:g} per cent is not “{match[0].split(',')[0][:40]}”."
                )


def _unanimous(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "unanimously, by twelve votes to two"."""
    agreed = re.search(rf"\b{either('agreed')}\b", marked.text, re.IGNORECASE)
    vote = re.search(rf"\bby\s(?:a\svote\sof\s)?({COUNT})\s(?:votes?\s)?(?:to|against)\s({COUNT})", marked.marks)
    if agreed is None or vote is None or re.search(r"\b(?:not|nearly|almost|never|but|earlier|before)\b", marked.text):
        return
    if marked.value(vote.start(2)) > 0:
        start, end = min(agreed.start(), vote.start()), max(agreed.end(), vote.end())
        if ";" in marked.text[start:end]:
            return  # "by 207 votes to 161; the Senate was unanimous"
        yield slip_in(sentence, start, end, "A vote with votes against is not unanimous.")


def _each(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "each of the twelve states sent two delegates, so that there were twenty men at the table"."""
    pattern = re.compile(
        rf"\b(?:{either('each')})\s(?P<times>{COUNT})\s[^.;:]{{3,60}}?\s(?P<per>{COUNT})\s(?P<gap>[^.;:]{{3,90}}?)(?:,|\band)\s(?:{either('yields')})\b[^.;:]{{0,30}}?(?P<sum>{COUNT})",
        re.IGNORECASE,
    )
    for match in pattern.finditer(marked.marks):
        times, per, total = (marked.value(match.start(name)) for name in ("times", "per", "sum"))
        one = re.search(r"\san?\s[a-z-]+(?:\s[a-z-]+)?(?:,|\sand)\s$", marked.text[: match.start("per")])
        per += 1 if one else 0  # "each sent a governor and two elders"
        if re.search(COUNT, match["gap"]) or same_number(times * per, total):
            continue
        yield slip_in(
            sentence,
            match.start("times"),
            match.end(),
            f"{show(times)} times {show(per)} is {show(times * per)}, not {show(total)}.",
        )


# "Doubled" is said of anything from one and two thirds to two and a half times.
_ROUND: Final = 0.25


def _doubled(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "460 talents at first and 600 on the eve of the war, that is, it doubled": two numbers and their change."""
    pattern = re.compile(rf"(?:that\sis|so\sthat|thus|hence|which\smeans)[^.;:]{{0,20}}?\b(?P<times>{'|'.join(CHANGES)})\b")
    match = pattern.search(marked.marks)
    figures = figures_between(marked, 0, match.start()) if match is not None else []
    if match is None or len(figures) != 2 or not figures[0].value or figures[0].kind != figures[1].kind:
        return
    factor, told = figures[1].value / figures[0].value, CHANGES[match["times"]]
    if not 1 - _ROUND / 1.5 <= factor / told <= 1 + _ROUND:
        message = f"From {show(figures[0].value)} to {show(figures[1].value)} is {factor:.1f} times as much."
        yield slip_in(sentence, figures[0].start, match.end(), message)


_THESE: Final = re.compile(rf"^(?:These|Those|All\sthe|The)\s(?P<number>{COUNT})\s(?P<noun>[a-z][\w-]*s)\b")


def _carried(sentence: Sentence, marked: Marked, before: Marked) -> Iterator[Slip]:
    """Check "these three medals" against "two gold medals" in the sentence before."""
    match = _THESE.match(marked.marks)
    if match is None or re.match(rf"(?:{either('units')})\b", match["noun"]):
        return
    told = list(re.finditer(rf"({COUNT})\s(?:[a-z-]+\s){{1,2}}?{re.escape(match['noun'])}\b", before.marks))
    every = list(re.finditer(rf"\b{re.escape(match['noun'])}\b", before.text))
    if len(told) != 1 or len(every) != 1:
        return
    first, now = before.value(told[0].start(1)), marked.value(match.start("number"))
    if first != now and first > 1 and now > 1 and not re.search(r"\b(?:other|another|also|more|some)\b", before.text):
        yield slip_in(
            sentence,
            match.start(),
            match.end(),
            f"The text says “{match['noun']}” {show(now)}, but spoke of {show(first)} before.",
        )
