"""Wholes and their parts: "of eleven meetings, five in Cairo and seven in Khartoum", votes, sums, shares, products."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_totals import cuts_across
from verbale.review.counting import either, same_number, show, slip_in
from verbale.review.marking import AMOUNT, COUNT, DATE, DURATION, FRACTION, PERCENT, Marked
from verbale.review.quantities import like_a_year

_TOTAL: Final = either("totals behind")
# "A and B, N in all"; "..., making N in all"; "a total of N"; "N altogether": the sum after its parts
_SUM_AFTER: Final = re.compile(
    rf"(?:[,–—:;(]|\band|\bor)\s?(?:(?:{either('to a sum')}|{either('roughly')}),?\s)*"
    rf"(?P<sum>{AMOUNT})(?:\s[^\s.,;:]+){{0,5}}?\s(?:{_TOTAL}\b|(?:between|among)\s(?:all\s)?the\s{COUNT}(?:\sof\sthem)?(?=[.,;:)]|$))"
    rf"|(?:\b{either('adding up')}|[,;]\s{either('together')})\s(?:of\s)?"
    rf"(?:{either('roughly')}\s)?(?P<sum2>{AMOUNT})(?!\sof\sthe)",
    re.IGNORECASE,
)
# "Of the 15 members, 12 ..., 2 ... and 3 ...": the whole comes first
_OF_WHOLE: Final = re.compile(
    rf"\b(?:of|among|out\sof|from)\s(?:the\s|its\s|all\s|every\s|these\s|those\s|their\s|his\s|her\s)?(?:\w+\s)?(?P<whole>{COUNT})\s(?P<noun>[a-z][^,;:.()]{{1,70}}?)(?:,\s|\s(?={COUNT}))(?P<rest>[^.:]*)",
    re.IGNORECASE,
)
# "ten members, four from X and six from Y"; "fifteen states: nine in Europe, ..."; "the twelve judges (five ..., six ...)"
_WHOLE_THEN: Final = re.compile(
    rf"(?P<whole>{COUNT})\s(?P<noun>(?:[\w'-]+\s){{0,3}}?(?:[a-z][\w-]*s|people|men|women|aircraft|crew))\b(?P<far>[^.;:,()]{{0,60}})"
    rf"(?P<join>,\s(?:of\s(?:which|whom|them)\s|with\s|namely\s)?|:\s|\s?[–—]\s?|\s\((?:of\s(?:which|whom)\s)?)(?P<rest>(?:[a-z]+\s){{0,3}}?{COUNT}\s[^.;)]*)",
    re.IGNORECASE,
)
_OF_THESE: Final = re.compile(
    rf"^(?:(?:Of|Among)\s(?:these|those|them|the\s(?:latter|total|number|whole)|their\snumber),?\s)(?P<rest>{COUNT}\s(?:[^.;]|;\s(?=(?:and\s)?the\s(?:other|rest|remaining|last)\b))*)",
    re.IGNORECASE,
)
_WHERE: Final = either("parts of")
_PART: Final = re.compile(
    rf"(?:^|[,;]\s(?:and\s|but\s|while\s|with\s|the\sother\s|the\sremaining\s|another\s)*|\s(?:and|but|while|the\sother|the\sremaining|a\sfurther|another)\s"
    rf"(?:the\sother\s|the\sremaining\s|the\slast\s|the\sfirst\s|a\sfurther\s|another\s|only\s)*)({COUNT})(?=\s(?:of\s(?:them|these|those)|[a-z(]|[A-Z]|{DURATION})|[,.;]|$)",
    re.IGNORECASE,
)
# "; 18 did not concede": a part that a semicolon divides from the others
_GOES_ON: Final = re.compile(
    rf";\s(?:and\s|but\s|while\s|the\s(?:other|remaining|last)\s)*(?P<part>{COUNT})(?P<after>\s[^.;)]*)", re.IGNORECASE
)
_FEW: Final = re.compile(rf"{either('not the whole')}\s$", re.IGNORECASE)
_EXHAUSTS: Final = re.compile(rf"\b{either('exhausting')}\b", re.IGNORECASE)
_OTHERS: Final = re.compile(
    rf"({COUNT})\s(?:of\s(?:them|these|those|whom|which)|of\sthe\s[a-z]+)\b[^.;]{{0,80}}?\bthe\s(?:other|remaining)\s({COUNT})",
    re.IGNORECASE,
)
# "gave three of them to A and two to B": nothing can be given twice
_DEALT: Final = re.compile(
    rf"({COUNT})\sof\s(?:them|these|those)\s[^.;]{{0,60}}?(?:,\sand\s|\sand\s|,\s)({COUNT})\sto\b", re.IGNORECASE
)
_OUT_OF: Final = re.compile(
    rf"(?P<part>{COUNT})\s(?:[a-z]+\s)?(?:out\sof|of)\s(?:the\s|its\s|a\spossible\s)?(?P<whole>{COUNT})(?:\s[a-z'-]+){{0,3}}?(?:,?\s(?:or|{either('namely')}|which\sis|exactly|just|{either('roughly')})\s|\s\(|,\s(?:or\s)?)"
    # "15 of its 60 ships, a third of them to storms": of the fifteen
    rf"(?:or\s|exactly\s|just\s|{either('roughly')}\s)*(?P<share>{PERCENT}|{FRACTION})(?![^\w\s]*\sof\s(?:them|these|those|whom|which)\b)",
    re.IGNORECASE,
)
_SHARE_FIRST: Final = re.compile(
    rf"(?P<share>{PERCENT}|{FRACTION})(?:\s(?:of|per)\s[^,;.()]{{2,50}})?(?:,\s|\s\(|\s?[–—]\s?|:\s)(?:(?:or|{either('namely')}),?\s)?(?P<part>{COUNT})\s(?:[a-z]+\s)?(?:out\sof|of)\s(?:the\s|its\s)?(?P<whole>{COUNT})",
    re.IGNORECASE,
)
# "1.8 million people, and 600,000 of them, half of the total, ..."
_OF_THEM: Final = re.compile(
    rf"(?P<share2>{PERCENT}|{FRACTION})\sof\s(?:them|these|those|whom|which),\s(?:(?:or|{either('namely')}|{either('roughly')}),?\s)*(?P<part2>{AMOUNT})(?=[\s,.;)])"
    rf"|(?P<part>{AMOUNT})(?:\s[a-z]+)?\s(?:of\s(?:it|them|these|those|whom|which)|[a-z]+ed|were\s[a-z]+)(?:,\s(?:(?:or|{either('namely')}),?\s)?|\s\(|\s[–—]\s)(?:exactly\s|{either('roughly')}\s)?(?P<share>{PERCENT}|{FRACTION})(?=[\s,.;)])",
    re.IGNORECASE,
)
_SHARE_OF: Final = re.compile(
    rf"(?P<share>{PERCENT}|{FRACTION})\sof\s(?:the\s|its\s|these\s|his\s|all\s)?(?P<whole>{AMOUNT})\s[^,;.()]{{1,50}}?(?:,\s(?:(?:or|{either('namely')}),?\s)?|\s\(|\s?[–—]\s?|:\s)(?P<part>{AMOUNT})(?=[\s,.;)])",
    re.IGNORECASE,
)
_EACH: Final = re.compile(
    rf"(?P<times>{COUNT})\s(?P<thing>[a-z][\w\s-]{{2,40}}?)\s(?:of|at|with|carrying|for|worth|costing|holding|bringing)\s(?P<per>{AMOUNT})(?P<unit>(?:\s[a-z-]+){{0,3}}?)(?:\s(?:each|apiece|a\s(?:piece|year|head|ship)))?,\s"
    rf"(?:{either('to a sum')},?\s)+(?P<sum>{AMOUNT})",
    re.IGNORECASE,
)
# What the writer rounds: a third of three and a half is still a third; half against two thirds is not.
_FRACTION_SLACK: Final = 0.06
_PERCENT_SLACK: Final = 0.011
# Of a small whole a share in words is exact to one of its members.
_SMALL_WHOLE, _SMALL_SLACK = 200, 0.025
_MIDDLE_WHOLE, _MIDDLE_SLACK = 5_000, 0.03


def find_parts(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Yield a slip for each whole that its parts contradict; `before` is the sentence before in the paragraph."""
    for kind in (_sums, _wholes, _others, _shares_of, _of_them, _products):
        yield from kind(sentence, marked, before)


def counts_of(marked: Marked, start: int, end: int) -> list[float]:
    """Return the plain numbers between two offsets; those that look like years are none."""
    inside = [each for each in marked.quantities if start <= each.start < end and each.kind in ("count", "money")]
    return [each.value for each in inside if not _year(marked, each.start, each.end) and not _one_side(marked, each.start)]


def _year(marked: Marked, start: int, end: int) -> bool:
    return like_a_year(marked.text[start:end])


def _one_side(marked: Marked, at: int) -> bool:
    """Tell whether "one" tells where, and counts nothing: "on one side", "at one time"."""
    return re.search(r"\b(?:on|at|in)\sone$", marked.text[: at + 3], re.IGNORECASE) is not None


def _rough(marked: Marked, at: int) -> bool:
    """Tell whether a word before an offset says that the number there is rough."""
    return re.search(rf"\b{either('roughly')}\s$", marked.text[:at], re.IGNORECASE) is not None


def _told(sentence: Sentence, start: int, end: int, total: float, whole: float) -> Slip:
    return slip_in(sentence, start, end, f"The parts add up to {show(total)}, not {show(whole)}.")


# What a list names without a number is one: "a frigate, two brigs".
_SINGLE: Final = re.compile(
    r"(?:,|\b(?:of|with|and|included|comprised))\san?\s(?!week\b|day\b|month\b|year\b)[a-z]", re.IGNORECASE
)


def _sums(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    del before
    for match in _SUM_AFTER.finditer(marked.marks):
        name = "sum" if match["sum"] else "sum2"
        total = marked.value(match.start(name))
        opening = max(marked.marks.rfind(stop, 0, match.start()) for stop in (". ", "; ", ": "))
        parts = counts_of(marked, opening + 1, match.start())
        scale = next((each for each in (10**9, 10**6) if total >= each), 1)
        if scale > 1 and max(parts, default=0) >= scale:
            parts = [part * scale if part < 1000 else part for part in parts]  # "55.5 and 18.5 billion"
        if not parts and marked.marks[match.start()] in ";:":
            opening = max(marked.marks.rfind(stop, 0, match.start()) for stop in (". ", ": "))
            parts = counts_of(marked, opening + 1, match.start())[-2:]  # "55.5 and 18.5; together seventy-six"
        if not 2 <= len(parts) <= 8 or total <= max(parts):
            continue
        if match["sum"] and re.search(
            rf"\s(?:{either('more')}|{either('fewer')})\sthan\b", marked.text[match.start(name) : match.end()]
        ):
            continue  # "36 billion less than they had promised between them"
        if re.match(r"\s(?:in|during|over|within)\s(?:its|the|his|her|their)\sfirst\b", marked.text[match.end() :]):
            continue  # "24 abroad in its first season, and 90 in all in its first two"
        singles = len(_SINGLE.findall(marked.text[opening + 1 : match.start()]))
        if 0 < total - sum(parts) <= singles or re.match(r"\stimes\b", marked.text[marked.quantity(match.start(name)).end :]):
            continue  # "a frigate, two brigs and four transports, seven sail in all"
        if re.search(r"\b(?:each|apiece)\b", marked.text[opening + 1 : match.start()]):
            continue  # "twelve states paid 3 million each": what is multiplied is not added
        # "some 102,000 in all" is meant as closely as its figures allow
        if _FEW.search(marked.text[: match.start(name)]) and not 0.05 * total < abs(sum(parts) - total) < 0.4 * total:
            continue
        # a part that is the whole of the following ones, or the product, is counted once
        if _of_one_noun(marked, opening + 1, match.start(), total):
            continue  # "34 articles in six chapters, and four annexes, which have 60 articles more, 94 in all"
        if any(same_number(total, sum(parts[at:])) for at in range(len(parts) - 1)) or same_number(total, parts[0] * parts[1]):
            continue
        if sum(parts) < 0.4 * total or sum(parts) > 2.5 * total:
            continue
        yield _told(sentence, 0, match.end(), sum(parts), total)


def _of_one_noun(marked: Marked, start: int, end: int, total: float) -> bool:
    """Tell whether the numbers of one and the same noun in a stretch make a sum."""
    inside = [each for each in marked.quantities if start <= each.start < end and each.kind in ("count", "money")]
    nouns = {noun_behind(marked, each.end) for each in inside} - {""}
    return any(
        len(same) > 1 and same_number(total, sum(same))
        for same in ([each.value for each in inside if noun_behind(marked, each.end) == noun] for noun in nouns)
    )


def _wholes(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    for match, partition in _whole_matches(marked):
        whole, at = marked.value(match.start("whole")), match.start("rest")
        colon = match.re is _WHOLE_THEN and match["join"].startswith(":")
        if match.re is _WHOLE_THEN and _casts(match["far"], match["rest"]):
            continue
        end = _end_of_parts(marked, whole, match.end("rest"))
        first = re.search(COUNT, match["rest"]) if match.re is _WHOLE_THEN else None
        if first is not None and not _FEW.search(match["rest"][: first.start()]):
            at += first.start()  # "21 million, made up of 6 million for the opium, 3 million for ...": the first is one of them
        found = _split(sentence, marked, whole, at, end, match.start(), partition=partition or colon)
        if found is not None:
            yield found
            return
    these = _OF_THESE.match(marked.marks)
    if these is not None and before is not None:
        rest = counts_of(marked, these.start("rest"), these.end("rest"))
        figures = [each for each in counts_of(before, 0, len(before.text)) if each > max(1, *rest)]
        if len(figures) == 1:
            # names in brackets are no parts
            found = _split(
                sentence, _unbracketed(marked), figures[0], these.start("rest"), these.end("rest"), 0, partition=False
            )
            if found is not None:
                yield found


def _casts(far: str, rest: str) -> bool:
    """Tell whether a number is that of one side in a vote: "seven members were for it, four against, and four abstained"."""
    return _CAST.search(rest) is not None and re.search(rf"\b{either('stances')}\b", far, re.IGNORECASE) is not None


def _end_of_parts(marked: Marked, whole: float, end: int) -> int:
    """Return where the parts of a whole end if the clause after their semicolon goes on with another one."""
    more = _GOES_ON.match(marked.marks, end)
    if more is None or marked.value(more.start("part")) >= whole:
        return end
    # a noun of its own counts something else: "; 18 ships were burnt"
    noun = re.match(r"\s(?:[a-z-]+\s)?(?:[a-z][\w-]*s|[a-z]*men|people)\b", more["after"])
    return end if noun else more.end()


def _unbracketed(marked: Marked) -> Marked:
    """Return marked text with what stands in brackets blotted out."""
    blank = re.sub(r"\([^()]*\)", lambda match: " " * len(match[0]), marked.marks)
    return Marked(marked.text, blank, marked.dates, marked.durations, marked.quantities)


def _whole_matches(marked: Marked) -> Iterator[tuple[re.Match[str], bool]]:
    for match in _OF_WHOLE.finditer(marked.marks):
        # "Of these 120 were given land": the number is a part
        if not re.match(rf"(?:{either('acted')})\b", match["noun"]):
            yield match, False
    at = 0
    while (then := _WHOLE_THEN.search(marked.marks, at)) is not None:
        own = re.search(
            r":\s$|\binto\s$|(?:^|\s)[Oo]f\s(?:these|those|them|this|it|which|whom),?\s$", marked.text[: then.start("whole")]
        )
        if own or _parallel(marked, then) or re.match(rf"{either('no nouns')}\b", then["noun"]) or _grown(then):
            at = then.end("whole")  # the first of some parts is no whole, nor is what a body had before
            continue
        # parts that follow their whole at once are all of it, unless "of which" names only some
        bare = not re.search(r"of\s(?:which|whom|them)|with", then["join"]) and not re.sub(r"^\sof\s[a-z]+$", "", then["far"])
        yield then, bare
        at = then.end("whole")


def _parallel(marked: Marked, then: re.Match[str]) -> bool:
    """Tell whether a number is the first of a row: "1,200 in the first year, 800 in the second and 500 in the third"."""
    own = marked.text[then.end("whole") : then.start("join")]
    rest = marked.text[then.start("rest") : then.end("rest")]
    verbs = [re.match(rf"\s({either('acted')}|[a-z]+ed)\b", words) for words in (own, rest[rest.find(" ") :])]
    if re.match(rf"\s[a-z]+\s(?:in|by|at)\s{DATE}", marked.marks[then.end("whole") :]) and re.search(
        rf"{COUNT}\s(?:in|by|at)\s{DATE}", marked.marks[then.start("rest") : then.end("rest")]
    ):
        return True  # "300 tons in 1913, 200 in 1914 and 150 in 1915"
    first = re.search(r"\bthe\sfirst\b", own) is not None and re.search(r"\bthe\ssecond\b", rest) is not None
    return first or (verbs[0] is not None and verbs[1] is not None and verbs[0][1] == verbs[1][1])


def _grown(then: re.Match[str]) -> bool:
    """Tell whether another number stands nearer to the parts: "eleven members until 1965 and has had fifteen since: five"."""
    return re.search(rf"\b{either('has now')}\s(?:[a-z]+\s){{0,2}}?{COUNT}", then["far"]) is not None


def _split(sentence: Sentence, marked: Marked, whole: float, at: int, end: int, start: int, *, partition: bool) -> Slip | None:
    """Return the slip of a whole whose parts are too many, or not all where they exhaust it."""
    rest = marked.marks[at:end]
    matches = [part for part in _PART.finditer(rest) if not _FEW.search(rest[: part.start(1)])]
    if len(matches) > 2 and re.search(rf"\b{either('totals')}\s$", rest[: matches[-1].start(1)], re.IGNORECASE):
        matches.pop()  # "Egypt was to have 55 and Sudan 18, together 73": a sum is no part
    own = [re.match(r"\sof\s(?:them|these|those)\b", rest[part.end(1) :]) is not None for part in matches]
    apart = len(matches) == 2 and re.search(r",\s$", rest[: matches[-1].start(1)]) is not None
    if (len(matches) > 2 or apart) and own[-1] and not any(own[:-1]):
        matches.pop()  # "three for the city, one of them a woman": some of a part are no part
    if len(own) == len(matches) == 2 and re.match(r"\sof\sthose\b", rest[matches[1].end(1) :]) and not own[0]:
        return None  # "20 agreed, and five of those gave no answer": of the twenty
    if len(own) > 2 and any(own[1:-1]) and not own[0]:
        return None  # "120 lived in London; 90 of them were elected early and 30 late": divided once more
    if not matches or matches[0].start(1) > 40 or re.search(r"\bof\s(?:which|whom)\b", rest):
        return None
    spans = [(at + part.start(1), at + part.end(1)) for part in matches]
    parts = [marked.value(first) for first, last in spans if not _year(marked, first, last)]
    if len(parts) < 2 or len(parts) != len(matches) or any(part >= whole for part in parts) or whole < 2:
        return None
    # "of which 39 stood east of it and 14 west": the second part shares the verb of the first; what lacks much may be elsewhere
    near = len(parts) == 2 and whole - sum(parts) <= max(1.0, _ABSENT * whole)
    partition = partition or (near and _elliptic(marked.marks[max(0, at - 12) : at], rest[matches[1].end(1) :]))
    if len(parts) == 2 and not partition and not _alternatives(marked, rest, matches):
        return None
    if re.match(rf"[^.;:,]*,?\sand\s{FRACTION}\s", rest[matches[-1].end(1) :]):
        return None  # "one from the weavers, one from the brewers, and a third from the widows"
    total, exhausts = sum(parts), _EXHAUSTS.search(rest) is not None
    led = [marked.value(first) for first, _ in spans if marked.text[:first].endswith(" with ")]
    if led and total - sum(led) == whole:
        return None  # "one to the north, with two towers": no part, but what one has
    apposed = [re.match(r"\sof\s(?:them|these|those)\s([a-z]+)", rest[part.end(1) :]) for part in matches]
    if total > whole and len(matches) == 2 and all(apposed) and len({each[1] for each in apposed if each}) == 2:
        return None  # "four of them judges and three of them from the Hague": some may be both
    if total > whole and cuts_across([rest[part.end(1) :] for part in matches]):
        return None
    if total < whole and same_number(sum(counts_of(marked, spans[0][0], end)), whole):
        return None  # "of 80, 20 were signed; 36 more followed, so that 24 remain": all that is told makes it
    if total < whole and len(re.findall(r"\bof\sthem\b", rest)) > 1:
        return None  # "two of them jurists, one of them a general"
    if total < whole and re.search(rf"\bthe\s(?:others|rest|remainder)\b(?![^.;]{{0,20}}?{COUNT})", rest):
        return None  # "ten deal with trade and six with rivers; the others are formal"
    singles = len(re.findall(r"\sand\san?\s(?=[a-zA-Z])", rest[matches[0].end(1) :]))
    if total < whole <= total + singles:
        return None  # "two British, two American and a Russian president"
    total += singles if total < whole else 0
    if total < whole and re.search(r",\s(?:and\s)?(?:an?|the|its|his|one)\s", rest[matches[-1].end(1) :]):
        return None  # "two for each side, and a Russian in the chair"
    missing = whole - total
    if missing > 0 and _CAST.search(rest) and ((whole > _SMALL_BODY and not partition) or missing > max(1.0, _ABSENT * whole)):
        return None  # in a large body some do not vote
    if total > whole or ((partition or exhausts) and total != whole and total >= 0.6 * whole and not _loose(rest)):
        last = at + matches[-1].end(1) + _tail(rest, matches[-1].end(1))
        # "; these three groups take in the whole of the sample": what says so is as wrong as the numbers
        closed = re.match(rf"[;,]\s[^.;]*?\b{either('all of it')}\b[^.;]*", marked.text[last:], re.IGNORECASE)
        return _told(sentence, start, last + (closed.end() if closed else 0), total, whole)
    return None


_CAST: Final = re.compile(r"\babst|\bagainst\b", re.IGNORECASE)
_SMALL_BODY: Final = 40
# In a small body some may be absent too; a slip is seldom as large as this part of the whole.
_ABSENT: Final = 0.1


def _elliptic(before: str, after: str) -> bool:
    """Tell whether "of which" leads to two parts of which the second has no verb of its own."""
    where = r"\s(?:in|from|at|to|for|against|with|on|by|under|east|west|north|south)\b"
    return (
        re.search(r"of\s(?:which|whom|these|those|them),?\s$", before, re.IGNORECASE) is not None
        and re.match(where, after) is not None
    )


def _alternatives(marked: Marked, rest: str, parts: list[re.Match[str]]) -> bool:
    """Tell whether two parts exclude each other: the second takes up the first's verb or is told to be another."""
    del marked
    between = rest[parts[0].end(1) : parts[1].end(1)]
    after = rest[parts[1].end(1) :]
    return bool(
        re.search(r"\b(?:other|others|remaining|another|further|but|while|the\slast)\b", between)
        or re.match(rf"\s(?:of\sthem\s)?{_WHERE}\b", after, re.IGNORECASE)
        or re.fullmatch(r"[.,;]?", after.strip())
    )


def _loose(rest: str) -> bool:
    return re.search(rf"\b{either('loosely')}\b", rest, re.IGNORECASE) is not None


def _tail(rest: str, at: int) -> int:
    match = re.match(r"[^,;.:()]*", rest[at:])
    return match.end() if match else 0


def _others(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    for pattern in (_OTHERS, _DEALT):
        for match in pattern.finditer(marked.marks):
            wholes = counts_of(marked, 0, match.start()) or (counts_of(before, 0, len(before.text)) if before else [])
            wholes = [whole for whole in wholes if whole > 1]
            total = marked.value(match.start(1)) + marked.value(match.start(2))
            if (
                pattern is _OTHERS
                and len(wholes) == 1
                and same_number(sum(counts_of(marked, match.start(), match.end())), wholes[0])
            ):
                continue  # "five of them use the franc, four of them the dollar, and the other five the pound"
            if len(wholes) == 1 and (total > wholes[0] or (pattern is _OTHERS and total != wholes[0])):
                yield _told(sentence, match.start(), match.end(), total, wholes[0])


def _shares_of(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    del before
    for pattern in (_OUT_OF, _SHARE_FIRST, _SHARE_OF):
        for match in pattern.finditer(marked.marks):
            part, whole = marked.value(match.start("part")), marked.value(match.start("whole"))
            share = marked.quantity(match.start("share"))
            told = share.value / 100 if share.kind == "percent" else share.value
            slack = _PERCENT_SLACK if share.kind == "percent" else _FRACTION_SLACK
            if not whole or part > whole or _year(marked, match.start("part"), match.end("part")):
                continue
            hedged = _rough(marked, share.start)
            if share.kind == "fraction":
                slack = (
                    max(_SMALL_SLACK, 1 / whole)
                    if whole <= _SMALL_WHOLE
                    else _MIDDLE_SLACK
                    if whole <= _MIDDLE_WHOLE
                    else slack
                )
            # "two thirds of the 96 senators, that is 64": what has no rest is told exactly
            exact = (
                share.kind == "fraction"
                and whole <= _SMALL_WHOLE
                and same_number(whole * told, round(whole * told))
                and not hedged
            )
            between = marked.text[max(match.start("whole"), match.start("share")) : match.start("part")]
            apposed = (
                pattern is _SHARE_OF
                and re.fullmatch(r"[\w-]+\s[a-z]+,\s", between)
                and match["part"]
                and marked.text[match.end() :][:1] in ",)."
            )
            again = exact and (bool(apposed) or re.search(r"that\sis,?\s$", marked.text[: match.start("part")]) is not None)
            if abs(part / whole - told) > (0.07 if hedged else 1e-6 if again else slack):
                message = f"{show(part)} of {show(whole)} is {part / whole * 100:.0f} per cent."
                yield slip_in(sentence, match.start(), match.end(), message)


def _of_them(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    """Check a part and its share against the one number before them: "1.8 million, 600,000 of them, half of the total"."""
    for match in _OF_THEM.finditer(marked.marks):
        part_at, share_at = (
            (match.start("part"), match.start("share")) if match["part"] else (match.start("part2"), match.start("share2"))
        )
        part = marked.value(part_at)
        wholes = [each for each in counts_of(marked, 0, match.start()) if each > part]
        wholes = wholes or ([each for each in counts_of(before, 0, len(before.text)) if each > part] if before else [])
        share = marked.quantity(share_at)
        told = share.value / 100 if share.kind == "percent" else share.value
        if (
            len(wholes) == 1
            and wholes[0] > part
            and abs(part / wholes[0] - told) > (0.06 if share.kind == "fraction" else 0.02)
        ):
            message = f"{show(part)} of {show(wholes[0])} is {part / wholes[0] * 100:.0f} per cent."
            yield slip_in(sentence, match.start(), match.end(), message)


def noun_behind(marked: Marked, at: int) -> str:
    """Return the word behind a number, empty where none follows at once."""
    match = re.match(r"\s([a-z][\w-]*)", marked.text[at:])
    return match[1] if match else ""


def _products(sentence: Sentence, marked: Marked, before: Marked | None) -> Iterator[Slip]:
    del before
    for match in _EACH.finditer(marked.marks):
        times, per, total = (marked.value(match.start(group)) for group in ("times", "per", "sum"))
        hedged = _rough(marked, match.start("sum"))
        if times > 1 and not same_number(times * per, total) and not same_number(times + per, total):
            if hedged and abs(times * per - total) <= 0.1 * total:
                continue
            message = f"{show(times)} times {show(per)} is {show(times * per)}, not {show(total)}."
            yield slip_in(sentence, match.start(), match.end(), message)
