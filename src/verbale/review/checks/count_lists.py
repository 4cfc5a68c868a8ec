"""Counts against what is listed: "three powers: Britain and France", "both A, B and C", "A, B and C, the four signatories"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.count_items import (
    NAME,
    NAMES,
    VERBS,
    bind,
    count_items,
    counted_again,
    explains,
    is_named_list,
    split_names,
)
from verbale.review.counting import count_words, either
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import NUMBER_PATTERN, read_count, words
from verbale.review.reckoning import listed as listed_word

# A list of more than this is never checked by eye either, and large numbers before a colon count things, not items.
MAX_ITEMS: Final = 20
_NOUN: Final = r"(?:[\w'-]+\s){0,4}?(?:[a-z][\w-]*s|[a-z]*men|[a-z]*people|criteria|phenomena|media|data)"
_COUNTED: Final = re.compile(
    rf"\b(?P<number>{NUMBER_PATTERN})\s(?P<noun>{_NOUN})(?P<tail>\s(?:of|in|for|against|between|with|on|to|from|by|under)\s(?:[\w'-]+\s){{0,5}}?[\w'-]+)?"
    r"(?P<lead>:\s|\s\((?:namely\s|i\.e\.,?\s)?|,?\snamely,?:?\s|\s?[–—]\s?|\s--?\s|,\s(?=[A-Z]))(?P<list>[^;:()–—]{3,400}?(?:;[^:()–—]{3,400}?)?)(?P<close>\)|\s?[–—]|\s--?\s|[.!?:]|$)",
    re.IGNORECASE,
)

# "Four considerations moved the cabinet: A, B, and C"; "the four delegates who were present: A, B and C"
_PREDICATED: Final = re.compile(
    rf"(?P<number>(?<![\w.,$-])(?:{NUMBER_PATTERN}))\s(?P<noun>(?:[a-z'-]+\s){{0,3}}?(?:[a-z][\w-]*s|[a-z]*men|[a-z]*people))\b(?P<said>[^.:;]{{0,70}}?):\s(?P<list>[^.:;?!]{{5,300}})(?=[.;]|$)",
    re.IGNORECASE,
)
_DETERMINED: Final = re.compile(r"^(?:the|an?|its|his|their|her|to|that|no)\s", re.IGNORECASE)
_GROUPS: Final = {
    word: number
    for number, name in enumerate(("two together", "three together", "four together", "five together"), 2)
    for word in count_words()[name]
}
_NUM: Final = rf"(?P<number>(?i:{NUMBER_PATTERN}|{'|'.join(_GROUPS)}))"
_PEOPLE: Final = r"(?:[a-z][\w-]*s|[a-z]*men|[a-z]*people)"
# no number in between: "one state of three entities, ..." counts the entities
_WITHIN: Final = rf"(?:(?!{NUMBER_PATTERN}\s)[A-Za-z'’-]+\s){{0,3}}?"
# Names first: "A, B and C, the four signatories," and "A, B and C were the four signatories"
_NAMES_FIRST: Final = re.compile(
    rf"(?:^|[\s(])(?P<list>{NAMES})(?:,\s(?:all\s)?(?:the|its|his|their|these|our)\s|,\sall\s(?=(?i:{NUMBER_PATTERN})\sof\s)|\s?[–—]\s?(?:the\s|all\s)?|\s(?:were|are|was|is|became|remain|remained|made\sup)\s(?:the|its|his|their|these)\s)(?:other\s|only\s|last\s|first\s)?"
    rf"{_NUM}\s{_WITHIN}(?:{_PEOPLE}|of\s(?:them|which|whom))\b"
)
# "the four signatories were A, B and C"; "its five members, A, B and C, ..."; "consisted of three states, A and B"
_COPULA: Final = re.compile(
    rf"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Tt]heir|[Hh]er|[Aa]ll|[Oo]ur)\s(?:other\s|only\s|remaining\s|first\s|last\s)?{_NUM}\s{_WITHIN}{_PEOPLE}(?:\s(?:of|in|to|at|from|for|on)\s(?:the\s)?[\w'-]+(?:\s[A-Z][\w'-]+)*)?"
    rf"(?:\s(?:were|are|was|is|had\sbeen|then\swere|being|included\sonly)\s|,\s(?:namely\s|that\sis,?\s)?|\s?[–—]\s?|\s\()(?P<list>{NAMES})(?=[.;,)–—]|\s[–—]|\s[a-z])"
)
_MADE_OF: Final = re.compile(
    rf"(?<![\w-]){_NUM}(?:\s|-)(?P<noun>{_WITHIN}{_PEOPLE})(?:\s(?:of|in|from|at|on|for|between|with)\s(?:[\w'-]+\s?){{1,4}}?)?(?:\s(?:(?:were|are|was)\s)?[a-z]+ed)?,\s(?:namely\s|(?P<places>at\s|those\s(?:of|at)\s))?(?P<list>{NAMES})(?=[.;,])"
)
# "the three powers that had most to gain, the Emperor, Poland and Venice, joined"
_RELATIVE: Final = re.compile(
    rf"\b(?:[Tt]he|[Tt]hose|[Aa]ll)\s{_NUM}\s{_WITHIN}{_PEOPLE}\s(?:that|who|which)\s[^,.;:()]{{3,70}}?(?<!s)(?<!\sof),\s(?:namely\s)?(?P<list>{NAME}(?:,\s{NAME})+,?\sand\s{NAME})(?=,\s[a-z]|[.;])"
)
# "both" and "neither" take two
_BOTH: Final = re.compile(rf"\b(?P<word>[Bb]oth|[Nn]either)\s(?P<list>{NAMES})(?=[\s.,;:)])")
_BETWEEN_TWO: Final = re.compile(
    rf"\b(?:(?:the\stwo|[Bb]oth(?:\sof)?(?:\s(?:the|these|its|his))?)\s{_WITHIN}{_PEOPLE})(?:,|\s?[–—])\s(?P<list>{NAMES})(?=[.;,–—]|\s[–—])"
)
# "Three signed: A and B"; "all three – A and B –"; "a committee of five: A, B and C"
_BARE: Final = re.compile(
    rf"\b(?:(?P<all>[Aa]ll|[Tt]he|[Oo]nly|[Oo]f)\s)?{_NUM}(?P<noun>(?:\s(?:members|men|delegates|people|judges|states))?(?:\s(?:were|was|had|have|are)\s|\s)?(?:[a-z]+(?:ed|t|n|d))?(?:\s[a-z]+){{0,3}}?)(?P<lead>:\s|,\snamely\s|\s[–—]\s)(?P<list>(?:{NAMES}|(?:an?|the)\s[\w'-]+(?:\s[\w'-]+)?(?:,\s(?:an?|the)\s[\w'-]+(?:\s[\w'-]+)?)*,?\sand\s(?:an?|the)\s[\w'-]+(?:\s[\w'-]+)?))(?=[.;]|\s[–—]|$)"
)
# "Three of them (A, B and C) stayed"
_OF_THEM: Final = re.compile(
    rf"\b{_NUM}\sof\s(?:them|these|those|the\s(?:(?P<whole>{NUMBER_PATTERN})\s)?{_WITHIN}{_PEOPLE})(?P<lead>\s\(|,\s(?:namely\s)?)(?P<list>{NAMES})(?=[),.;])"
)
# "signed two treaties each, namely A, B and C": the list is of those who did
_EACH: Final = re.compile(r"\b(?:each|apiece)\b")
# A list of at least three plain members in one sentence, taken up by a count at the head of the next.
_MEMBER: Final = r"(?:(?:a|an|the|in)\s)?[\w'’-]+(?:\s(?:of\s)?[A-Za-z][\w'’-]+)?"
_LIST: Final = re.compile(rf"(?<![\w'’-])({_MEMBER}(?:,\s{_MEMBER})+,?\sand\s{_MEMBER})")
_BACK: Final = re.compile(
    rf"^(?:(?:After|Before|With|For|In|Of|From|To|By|On)\s)?(?:[Tt]hese|[Tt]hose|[Tt]he|[Aa]ll(?:\sthe|\sof\sthe)?|[Tt]he\ssame|[Nn]one\sof\sthe|[Ee]ach\sof\sthe)\s"
    rf"({NUMBER_PATTERN})\s(?!years?\b|months?\b|days?\b|weeks?\b|decades?\b|per\b|of\b)((?:[a-z][\w-]*s|[a-z]*men|[a-z]*people))\b"
)


def find_lists(manuscript: Manuscript, sentence: Sentence, text: str, before: str) -> Iterator[Slip]:
    """Yield a slip for each count that the list beside it contradicts; `before` is the sentence before in the paragraph."""
    yield from _lists(manuscript, sentence, text)
    yield from _bullets(manuscript, sentence, text)
    yield from _named(manuscript, sentence, text)
    yield from _predicated(manuscript, sentence, text)
    yield from _back(sentence, text, before)
    yield from _again(sentence, text, before)


def _again(sentence: Sentence, text: str, before: str) -> Iterator[Slip]:
    """Check "the four petitions" against the one count of the same things before it ("three petitions")."""
    whole = f"{before} {text}" if before else text
    offset = len(whole) - len(text)
    for match in _DEFINITE.finditer(text):
        number, noun = read_count(match["number"]), match["noun"].lower()
        told = [each for each in _COUNT_OF.finditer(whole, 0, offset + match.start()) if each["noun"].lower() == noun]
        if (
            _TIME.match(noun)
            or len(told) != 1
            or not 2 <= number <= MAX_ITEMS
            or re.search(r"\b(?:other|more|another|further|of)\b", told[0][0])
            or re.fullmatch(either("no nouns"), noun)
        ):
            continue
        if re.match(rf"\s(?:[a-z]+\s){{0,2}}?{either('each one')}\b", whole[told[0].end() :]):
            continue  # "by two envoys each": so many of each
        lead = re.split(r"[.;]\s", whole[: told[0].start()])[-1]
        if re.search(rf"\b{either('each one')}\s", lead, re.IGNORECASE):
            continue  # "the six cantons each sent two envoys. The twelve envoys"
        first = read_count(told[0]["number"])
        if _added_up(whole[told[0].start() : offset + match.start()]) == number or _narrowed(text, match.end(), number < first):
            continue
        adds = re.search(
            rf"\b{either('alters')}\b",
            whole[told[0].start() : offset + match.start()],
        )
        if first > 1 and first != number and not adds:
            message = f"The text says “{match[0].strip()}”, but spoke of {words(first)} before."
            yield Slip(sentence.start + match.start(), sentence.start + match.end(), message)


def _added_up(told: str) -> int:
    """Return the sum of the numbers of a row without their noun: "nine ships, the English seven and the French four"."""
    bare = re.findall(rf"(?<!\w)({NUMBER_PATTERN})(?=[.,;]|\sand\b)", told, re.IGNORECASE)
    first = re.search(rf"\b{NUMBER_PATTERN}\b", told, re.IGNORECASE)
    return read_count(first[0]) + sum(read_count(each) for each in bare) if first and bare else 0


def _narrowed(text: str, at: int, fewer: bool) -> bool:
    """Tell whether a participle picks out fewer things: "the two treaties named after Westminster are told apart"."""
    said = rf"\s(?:[a-z]+ed|{either('picked out')})\s{either('no nouns')}\s(?P<rest>[^.,;:]*)"
    match = re.match(said, text[at:])
    return fewer and match is not None and VERBS.search(match["rest"]) is not None


_DEFINITE: Final = re.compile(
    rf"\b(?:[Tt]he|[Tt]hese|[Tt]hose|[Aa]ll(?:\sthe)?)\s(?P<number>{NUMBER_PATTERN})\s(?P<noun>(?:[a-z][\w-]*s|[a-z]*men|[a-z]*people))\b(?!(?:\s\([^()]*\))?\s(?:of|from|that|which|who|in|with|to)\b)"
)
_COUNT_OF: Final = re.compile(
    rf"(?:\b\w+\s)?\b(?P<number>{NUMBER_PATTERN})\s(?P<noun>(?:[a-z][\w-]*s|[a-z]*men|[a-z]*people))\b", re.IGNORECASE
)


def _named(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    bound = bind(manuscript, text)
    for pattern in (_NAMES_FIRST, _COPULA, _MADE_OF, _RELATIVE, _BETWEEN_TWO, _BOTH, _BARE, _OF_THEM):
        for match in pattern.finditer(bound):
            groups = match.groupdict()
            number = _size(groups["number"]) if groups.get("number") else 2
            members = split_names(match["list"])
            if pattern in (_COPULA, _MADE_OF) and number == len(members) + 1 and _led_by_name(bound, match.start("list")):
                continue
            if pattern is _MADE_OF and VERBS.search(match["noun"]):
                continue  # "two towns were famous for their saints, Cosmas, Damian and Florian"
            if any(re.search(r"\s\d+$", each) for each in members):
                continue  # "15 ships, America 15 and Japan 9": each name has a number of its own
            # two places may have seen more than one thing each
            least = 3 if pattern is _BOTH or groups.get("places") else 2
            if not 2 <= number <= MAX_ITEMS or len(members) < least or len(members) == number:
                continue
            if groups.get("whole") and len(members) == read_count(groups["whole"]):
                continue  # "three of the eight signatories, Austria, ...": the list is of all eight
            if _EACH.search(bound[match.start() : match.start("list")]) or counted_again(bound[match.end("list") :]):
                continue
            told = bound[match.end("number") : match.start("list")] if pattern is _BARE else ""
            if re.search(rf"\b{NUMBER_PATTERN}\b", told, re.IGNORECASE):
                continue  # "sixteen and sixteen: the old half and the new"
            if _opens(manuscript, bound, match) or (pattern is _BOTH and _pairs(match["list"])):
                continue
            start, end = match.span("list")
            said = bound[match.start("number") : match.end()] if groups.get("number") else "both"
            said = said.split(":")[0] if len(said) < 60 else groups.get("number") or "both"
            message = f"The text says “{groups.get('number') or groups.get('word') or 'two'}”, but names {words(len(members))}."
            yield Slip(
                sentence.start + match.start(),
                sentence.start + match.end(),
                message,
                ((sentence.start + start, sentence.start + end),),
            )


def _led_by_name(text: str, at: int) -> bool:
    """Tell whether a row of names begins before a comma already: "five members from Britain, France and Italy"."""
    return re.search(rf"\s(?:from|of|for|in|at)\s{NAME},\s$", text[:at]) is not None


def _predicated(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check a count whose list follows at the end of its sentence, after whatever is said of it."""
    bound = bind(manuscript, text)
    yield from _divided(manuscript, sentence, bound)
    for match, led in _nearest(bound):
        number = read_count(match["number"])
        before = bound[max(0, match.start() - 14) : match.start()]
        if not 2 <= number <= MAX_ITEMS or re.search(rf"\b{either('of a part')}\s(?:the\s)?$", before, re.IGNORECASE):
            continue
        years = _YEARS.fullmatch(match["list"].strip())
        if years is not None:
            count = len(re.findall(r"\d{4}", match["list"]))
            if count != number and not _TIME.match(match["noun"]):
                message = f"The text says “{match['number']} {match['noun']}”, but lists {words(count)}."
                yield Slip(sentence.start + match.start(), sentence.start + match.end(), message)
            continue
        said = re.sub(rf"\b{either('next to')}\s(?:the\s|its\s|their\s)?{NUMBER_PATTERN}\b", "", match["said"])
        if re.search(rf"\b{NUMBER_PATTERN}\b", said + match["list"], re.IGNORECASE) or _TIME.match(match["noun"]):
            continue
        if explains(match["said"], match["list"], number):
            continue
        # "Savoy, Genoa and Venice, each under its own seal": what is said of all is no member
        listed = re.sub(rf",\s(?:each|all)\s(?:of\sthem\s)?{either('relates')}\s.*$", "", match["list"].rstrip())
        parts = [
            part
            for part in re.split(
                r",\s(?:and\s|or\s)?|\s(?:and|or)\s(?=(?:the|an?|its|his|their|her|to|that|no)\s|[A-Z])", listed
            )
            if part.strip()
        ]
        # only what is built alike is a list: each member with an article, or each a name
        alike = _determined(parts) or all(part[:1].isupper() for part in [parts[0].removeprefix("the "), *parts[1:]])
        if any(re.search(rf"\s(?:{either('acted')}|[a-z]+ed)\s(?:the\s)?[A-Z]", part) for part in parts):
            continue  # "two sides: England and Wales played Scotland and Ireland"
        if (
            len(parts) > 1
            and alike
            and len(parts) not in (number, *led)
            and not _open(manuscript, match["list"])
            and max(len(part.split()) for part in parts) < 16
        ):
            message = f"The text says “{match['number']} {match['noun']}”, but lists {words(len(parts))}."
            end = match.end() if said == match["said"] else match.end("noun")
            yield Slip(sentence.start + match.start(), sentence.start + end, message)


def _nearest(bound: str) -> Iterator[tuple[re.Match[str], set[int]]]:
    """Yield each count with the list behind its colon, and the counts that led to it, which are not judged.

    "Two neighbours fought three times: in 1941, in 1981 and in 1995": the list is of what was counted last.
    """
    at, led = 0, set[int]()
    while (match := _PREDICATED.search(bound, at)) is not None:
        # "five guarantors signed beside the two parties: A, B, ...": those who stand by are not listed
        by = rf"\b{either('next to')}\s(?:the\s|its\s|their\s)?{NUMBER_PATTERN}\b"
        later = re.search(rf"\b{NUMBER_PATTERN}\s(?!of\b)", re.sub(by, "", match["said"]), re.IGNORECASE)
        at = match.start("said") if later else match.end()
        if later is None:
            yield match, led
        led = {*led, read_count(match["number"])} if later else set()


def _divided(manuscript: Manuscript, sentence: Sentence, bound: str) -> Iterator[Slip]:
    """Check "Two acts failed: the ...; the ...; and the ...": a count at the head, and members that semicolons divide."""
    match = _DIVIDED.match(re.sub(r"^There\s(?:are|were|had\sbeen)\s", lambda lead: " " * len(lead[0]), bound))
    if match is None or _TIME.match(match["noun"]) or _open(manuscript, match["list"]):
        return
    parts = [re.sub(r"^(?:and|or)\s", "", part.strip()) for part in match["list"].split(";")]
    number = read_count(match["number"])
    alike = _determined(parts) or all(part[:1].isupper() for part in parts)
    if 2 <= number <= MAX_ITEMS and len(parts) != number and alike:
        message = f"The text says “{match['number']} {match['noun']}”, but lists {words(len(parts))}."
        yield Slip(sentence.start + match.start("number"), sentence.start + match.end("noun"), message)


_DIVIDED: Final = re.compile(
    rf"\s*(?:The\s|These\s|All\s)?(?P<number>{NUMBER_PATTERN})\s(?P<noun>(?:[a-z'-]+\s){{0,3}}?(?:[a-z][\w-]*s|[a-z]*men|[a-z]*people))\b"
    r"(?P<said>[^.:;]{0,70}?):\s(?P<list>[^:;?!]{5,200}(?:;\s[^:;?!]{5,200})*;\s(?:and|or)\s[^:;?!]{5,200})$",
    re.IGNORECASE,
)


def _determined(parts: list[str]) -> bool:
    """Tell whether all parts begin with a determiner, or all with "to"."""
    found = [_DETERMINED.match(part) for part in parts]
    return all(found) and len({each is not None and each[0].lower() == "to " for each in found}) == 1


_YEARS: Final = re.compile(r"(?:in\s)?[12]\d{3}(?:,\s(?:in\s)?[12]\d{3})*,?\s(?:and|or)\s(?:in\s)?[12]\d{3}")
_TIME: Final = re.compile(rf"{either('measured')}\b", re.IGNORECASE)


def _open(manuscript: Manuscript, listed: str) -> bool:
    return re.search(rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)", listed, re.IGNORECASE) is not None


def _size(text: str) -> int:
    return _GROUPS.get(text.lower()) or read_count(text)


def _opens(manuscript: Manuscript, text: str, match: re.Match[str]) -> bool:
    """Tell whether a list says that it is not complete, or the count says so: "three of the powers", "at least two"."""
    around = text[max(0, match.start() - 14) : match.end() + 14]
    before = text[: match.start()]
    if re.search(rf"\b{NUMBER_PATTERN},?\sand\s$", before, re.IGNORECASE):
        return True  # "sixteen and sixteen: the old half and the new": the list is of both
    whole = re.search(rf"\b(?:{'|'.join(count_words()['made of'])})\s(?:[\w-]+\s){{0,3}}?of\s$", before, re.IGNORECASE)
    if whole is None and re.search(
        r"\b(?:one|two|three|some|any|many|most|several|each) of\b|\b(?:at least|more than|other than|besides|"
        r"except|over|nearly|some|of)\s$",
        text[max(0, match.start() - 14) : match.start()],
        re.IGNORECASE,
    ):
        return True
    return (
        re.search(
            rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)",
            around.replace("both", "").replace("Both", ""),
            re.IGNORECASE,
        )
        is not None
    )


def _pairs(listed: str) -> bool:
    """Tell whether a list after "both" may be two groups: "both Britain and the Dutch, French and Swedes"."""
    return len(re.findall(r"\sand\s", listed)) > 1


def _back(sentence: Sentence, text: str, before: str) -> Iterator[Slip]:
    """Check "these three gifts" against the one list in the sentence before."""
    match = _BACK.match(text)
    if match is None:
        return
    if re.match(r",\s(?:[A-Z]|the\s[A-Z])", text[match.end() :]):
        return  # "the four neighbours, Argentina, Brazil, Chile and Peru": their own list
    if match[0].lower().startswith("the ") and re.match(r"\s(?:of|from|in|that|which|who|whose)\b", text[match.end() :]):
        return  # "the four powers of the east" are told apart by their own words
    lists = _LIST.findall(before)
    infinitives = re.findall(r"(?:,\s(?:and\s)?|\sand\s|\s)((?:not\s)?to\s[a-z]+)\b", before)
    if not lists and re.search(r"\bto\s[a-z]+[^.;]*,\s(?:not\s)?to\s[a-z]+[^.;]*\band\sto\s[a-z]+", before):
        lists = [", ".join(infinitives[:-1]) + " and " + infinitives[-1]]
    figures = [
        each
        for each in re.findall(rf"\b{NUMBER_PATTERN}\b", before, re.IGNORECASE)
        if not re.fullmatch(r"1\d{3}|20\d\d|one", each)
    ]
    if len(lists) != 1 or figures or listed_word("as well", before):
        return
    count = len([part for part in re.split(r",\sand\s|,\s|\sand\s", lists[0]) if part.strip()])
    number = read_count(match[1])
    members = [re.sub(r"^(?:the|in|a|an)\s", "", part.strip()) for part in re.split(r",\sand\s|,\s|\sand\s", lists[0])]
    if match[0].lower().startswith("the ") and (number == 2 or not all(part[:1].isupper() for part in members)):
        return  # "the two governments" take up more than a list of things
    # further apart, the words take up something else
    if number != count and abs(number - count) <= 2:
        message = f"The text says “{match[1]} {match[2]}”, but the sentence before lists {words(count)}."
        yield Slip(sentence.start + match.start(), sentence.start + match.end(), message)


def _lists(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    open_list = re.compile(rf"\b{manuscript.words.alternatives('open-lists')}(?!\w)", re.IGNORECASE)
    for match in _COUNTED.finditer(text):
        number = read_count(match["number"])
        lead = match["lead"].strip()
        # "are of two kinds", "consists of three parts": all of it
        before = re.sub(
            rf"\b(?:is|are|was|were|be|{either('made of')})\s(?:up\s)?of\s$",
            "",
            text[max(0, match.start() - 30) : match.start()],
        )
        if not 2 <= number <= MAX_ITEMS or re.search(
            rf"\b{either('of some')}\s(?:of\s)?(?:the\s)?$|[\d.$€£-]$",
            before,
            re.IGNORECASE,
        ):
            continue
        if re.match(
            rf"(?:{either('measured')}|thousand|hundred|dozen|of)\b",
            match["noun"],
            re.IGNORECASE,
        ):
            continue
        listed = match["list"].strip()
        if open_list.search(listed) or open_list.search(match["noun"]) or VERBS.search(match["noun"] + (match["tail"] or "")):
            continue
        if lead == "," and not is_named_list(listed, match["close"]):
            continue
        if lead == ":" and explains(match["noun"] + (match["tail"] or ""), listed, number):
            continue
        if lead == "," and re.search(r"(?:^|[:,]\s|\s)(?:the\s)?[A-ZÀ-Þ][\w'’-]+,\s(?:and\s)?the\s$", text[: match.start()]):
            continue  # "Germany, the four Western Powers, Poland and Czechoslovakia": a member of the list itself
        if lead == "," and re.search(r"\s(?:the\s)?[A-Z][\w'-]+$", match["tail"] or ""):
            continue  # "three battalions from Fiji, Colombia and the United States"
        if lead.startswith(("–", "—", "-")) and not match["close"].strip().startswith(("–", "—", "-", ".")):
            continue
        if re.search(rf"\b(?:{NUMBER_PATTERN})\b", match["noun"], re.IGNORECASE):
            continue  # "20 October 1921 by ten states": a day, and a count of its own
        items = count_items(manuscript, listed, bracket=lead.startswith("("), clauses=lead == ":")
        # "Solebay in 1672 and two at Schooneveld": three at most
        if items and number not in items and (len(items) == 1 or number > max(items)):
            found = max(items)
            start, end = (
                sentence.start + match.start("list"),
                sentence.start + match.start("list") + len(match["list"].rstrip()),
            )
            message = f"The text says “{match['number']} {match['noun']}”, but lists {words(found)}."
            yield Slip(sentence.start + match.start("number"), sentence.start + match.end("noun"), message, ((start, end),))


def _bullets(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Check a count at the end of a paragraph that introduces a list of points, with a colon or with a word for points."""
    points = rf"\b{NUMBER_PATTERN}\s(?:[a-z-]+\s){{0,2}}?(?:{'|'.join(count_words()['points'])})\b[^.:;]*\.$"
    if not text.endswith(":") and not re.search(points, text.strip(), re.IGNORECASE):
        return
    matches = list(re.finditer(rf"\b({NUMBER_PATTERN})\s(?:[\w'-]+\s){{0,3}}?[a-z][\w-]*s\b", text, re.IGNORECASE))
    if not matches:
        return
    blocks = manuscript.document.blocks
    end = sentence.block + 1
    while end < len(blocks) and blocks[end].kind == "list_item":
        end += 1
    head = matches[-1]
    for one in reversed(matches[:-1]):
        # "seven coups in four countries:" counts coups
        if not re.fullmatch(rf"\s(?:[\w'’-]+\s){{0,2}}?{either('relates')}\s(?:the\s)?", text[one.end() : head.start()]):
            break
        head = one
    count, number = end - sentence.block - 1, read_count(head[1])
    if count > 1 and 2 <= number <= MAX_ITEMS and count != number:
        start, stop = blocks[sentence.block + 1].start, blocks[end - 1].end
        message = f"The text says “{head[0]}”, but the list has {words(count)} points."
        yield Slip(sentence.start + head.start(), sentence.start + head.end(), message, ((start, stop),))
