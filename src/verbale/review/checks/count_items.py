"""How many members a list has that a text writes out: one number where it is clear, several or none where it is not."""

from __future__ import annotations

import re
from typing import Final

from verbale.review.counting import either
from verbale.review.dates import MONTH_PATTERN
from verbale.review.happening_words import load_happening_words
from verbale.review.manuscript import Manuscript
from verbale.review.numbers import NUMBER_PATTERN, is_number, read_count

VERBS: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|did|does|do|can|could|may|might|must|shall|should)\b", re.IGNORECASE
)
_APPOSED: Final = re.compile(
    r"^(?:the|an?|who|which|whose|where|when|its|his|her|their|then|now|later|both|all|each|formerly|also|as)\s", re.IGNORECASE
)
# A name as a member of a list: "Britain", "the Soviet Union", "Trinidad and Tobago" (its "and" is bound before).
NAME: Final = (
    r"(?:the\s|Mr\.?\s|Sir\s)?[A-ZÀ-Þ][\w'’.-]+(?:[\s_](?:of\s|the\s|and_|de\s|van\s|von\s)*[A-ZÀ-Þ0-9][\w'’.-]*){0,3}"
)
NAMES: Final = rf"{NAME}(?:,\s{NAME})*,?\s(?:and|or|&)\s{NAME}"


# With what a clause begins that says more of a member: "who", "which", "one of whom", "in which".
RELATIVE: Final = (
    r"(?:(?:\w+\s)?(?:of|in|to|for|by|from|with|on|at|under|over|against)\s)?(?:who|which|whom|whose|where|when)\b"
)


def goes_on(listed: str, number: int) -> bool:
    """Tell whether a list may have no more than `number` members: a clause in it has a list of its own, or explanations follow.

    "The clerk, who had kept the minutes, the lists and the seals, and the widow" may be two.
    """
    parts = [part for part in re.split(r",\s", listed) if part.strip(" .")]
    clauses = [at for at, part in enumerate(parts) if re.match(RELATIVE, part)]
    loose = [at for at, part in enumerate(parts) if at not in clauses and any(each < at for each in clauses)]
    led = [at for at in loose if re.match(r"(?:and|or)\s", parts[at])]
    own = [at for at in loose if at not in led and at + 1 not in clauses]
    sure = len(parts) - len(clauses) - len(own)
    return ";" not in listed and bool(clauses) and bool(own) and sure <= number


def bind(manuscript: Manuscript, text: str) -> str:
    """Return text in which names with "and" are one word, at the same offsets: Bosnia_and_Herzegovina."""
    for compound in manuscript.words.lists["compounds"]:
        if compound in text:
            text = text.replace(compound, compound.replace(" ", "_"))
    return text


def undotted(text: str) -> str:
    """Return a sentence in which the full stops of initials and short titles are no full stops: "S_ Rajaratnam", "St_ Cyr".

    A dash that joins two names ("St Kitts–Nevis") is a hyphen there, and ends no list.
    """
    text = re.sub(r"(?<=[a-zà-þ])–(?=[A-ZÀ-Þ])", "-", text)
    return re.sub(r"(?<![\w'’.-])([A-ZÀ-Þ][a-z]{0,3})\.(?=\s[A-ZÀ-Þ])", r"\1_", text)


def unbracketed(listed: str) -> str:
    """Return a list without what is put in between: "the USSR (before 1922, Soviet Russia) and, for a time, Iran" are two."""
    return re.sub(r"\b(and|or),\s[^,;]{3,40},(?=\s)", r"\1", re.sub(r"(?<=\w)\s\([^()]*\)", "", listed))


def split_names(listed: str) -> list[str]:
    """Return the members of a plain list of names, without the offices that follow some of them."""
    parts = [part.strip() for part in re.split(r",\s(?:and\s|or\s)?|\s(?:and|or|&)\s", listed) if part.strip(" .")]
    return [part for at, part in enumerate(parts) if at == 0 or not is_office(part)]


def is_office(part: str) -> bool:
    """Tell whether a part of a list is the office of the name before it: "Secretary of State", "Foreign Minister"."""
    found = re.fullmatch(r"(?:[a-z-]+\s){0,2}?(?P<office>[a-z-]+)(?:\s(?:of|at|for|to|in)\s.+)?", part.lower())
    return found is not None and found["office"] in load_happening_words().lists["offices"]


def count_items(manuscript: Manuscript, listed: str, *, bracket: bool, clauses: bool) -> set[int]:
    """Return how many items a list may have: one number if it is clear, several if not, none if it is no list."""
    listed = _without_clause(unbracketed(bind(manuscript, listed)))
    some = rf"{NUMBER_PATTERN}\s[^;]*\b{either('each one')}\b|[^;]*;\s(?:and\s)?{NUMBER_PATTERN}\sof\s(?:them|these|those)\b"
    if ";" in listed and re.match(some, listed, re.IGNORECASE):
        return set()  # "two from each side and a chairman; ...", "...; three of them sit for life"
    if ";" in listed:
        semis = [part for part in listed.split(";") if part.strip(" .")]
        # "Germans, Czechs and Poles; Ruthenes came later": the list may end at its first semicolon
        own = len(split_names(semis[0])) if re.search(r"\w,\s.*\s(?:and|or)\s", semis[0]) else 0
        return {len(semis), own} - {0}
    parts = [part.strip() for part in re.split(r",\s", listed) if part.strip(" .,")]
    oxford = len(parts) > 1 and re.match(r"(?:and|or)\s", parts[-1]) is not None
    parts = [re.sub(r"^(?:and|or)\s", "", part) for part in parts]
    # "12 March, 1921" and "Geneva, May 2003" are one item each
    merged = [part for at, part in enumerate(parts) if not (at and _completes(parts[at - 1], part))]
    if not merged or any(re.match(r"(?:with|including|without|each)\s", part) for part in merged[1:]):
        return set()  # "one on the frontier, with three annexes, and one on the prisoners"
    last = merged[-1]
    ands = len(re.findall(r"\s(?:and|or|&)\s", last))
    total = len(merged) + (0 if oxford else ands)
    if total < 2 or (clauses and VERBS.search(listed)) or max(len(part.split()) for part in merged) > 14:
        return set()
    if bracket and not _alike(merged):
        return set()
    if all(is_number(part.split()[0]) for part in merged):
        return set()  # "eight natives and nine foreigners": parts of a whole, no items
    # what "and" leads to is no apposition
    middle = merged[1:-1] if oxford else merged[1:]
    doubtful = any(_APPOSED.match(part) for part in middle) and not all(_APPOSED.match(part) for part in merged)
    inner = any(re.search(r"\s(?:and|&)\s", part) for part in merged[:-1])
    if doubtful or ands > 1 or (inner and not oxford):
        return set()
    singly = merged if oxford else [*merged[:-1], *re.split(r"\s(?:and|or|&)\s", last)]
    numbers = [read_count(_DETERMINER.sub("", part).split()[0]) for part in singly if _DETERMINER.sub("", part).split()]
    if any(number > 1 for number in numbers):  # "a codex, two sheets and a print", "the five permanent members and Germany"
        beside = sum(len(re.findall(r"\s(?:and|&)\s", part)) for part in merged[:-1]) if oxford else 0
        total_of_all = sum(number or 1 for number in numbers)
        return {total, total_of_all, total_of_all + beside}
    if inner:  # "A, B and C in the west, and D in the east"
        return {total, total + sum(len(re.findall(r"\s(?:and|&)\s", part)) for part in merged[:-1])}
    return {total}


_DETERMINER: Final = re.compile(r"^(?:the|its|their|his|her|all)\s", re.IGNORECASE)
_CLAUSE: Final = re.compile(
    r",\s(?:and|but|so|yet|nor)\s(?:the|it|this|that|these|those|they|he|she|we|none|all|each|both|only)\s(?P<said>[^,;]*)$"
)


def _without_clause(listed: str) -> str:
    """Return a list without the clause that goes on behind its last member: "a map, and a bell, and none of them is new"."""
    clause = _CLAUSE.search(listed)
    if clause is None or VERBS.search(clause["said"]) is None or VERBS.search(listed[: clause.start()]):
        return listed
    return listed[: clause.start()] if re.search(r"\s(?:and|or)\s", listed[: clause.start()]) else listed


def _completes(before: str, part: str) -> bool:
    if re.fullmatch(r"(?:1\d{3}|20\d{2})", part):
        return re.search(rf"\b(?:{MONTH_PATTERN})\b", before, re.IGNORECASE) is not None
    return re.match(rf"(?:(?:early|late|mid)\s)?(?:\d{{1,2}}\s)?(?:{MONTH_PATTERN})\b", part) is not None and not re.search(
        r"\d", before
    )


def _alike(parts: list[str]) -> bool:
    """Tell whether the parts of a bracket are of one kind: all figures, or all names."""
    bare = [
        re.sub(r"^(?:(?:UN\s)?(?:Resolutions?|UNSCR?|Nos?\.)|[Tt]he(?=\s[A-ZÀ-Þ]))\s", "", part).strip(" .") for part in parts
    ]
    if all(re.fullmatch(r"[\dA-Z()/-]*\d[\d()/–-]*(?:\s(?:and|or)\s[\d/–-]+)?", part) for part in bare):
        return True
    return all(part[:1].isupper() for part in bare) or all(part[:1].islower() for part in bare)


def explains(said: str, listed: str, number: int) -> bool:
    """Tell whether what follows a colon says how things stand to each other, and is no list of them.

    `said` is what the text says of the things before the colon: "two empires that needed each other: Peking against ...".
    Of a row in which each member has the same preposition, "and" without it divides what the preposition takes.
    """
    if re.search(rf"\b{either('reciprocal')}\b", said, re.IGNORECASE) and not re.fullmatch(NAMES, listed.strip(" .")):
        return True
    if re.search(rf",?\s(?:and|or)\s(?:their|its|his|her)\s(?!{NUMBER_PATTERN}\b)(?:[a-z-]+\s)?[a-z-]+(?<!s)s[\s.]*$", listed):
        return True  # "the Orsini, the Colonna and their clients": the last are several
    if re.search(rf"\b{either('several in one')}\b", listed, re.IGNORECASE):
        return True  # "the mayor, the priest, and a couple from the mill"
    if len(re.findall(rf"\s{either('opposing')}\s", listed)) == number - 1 > 0:
        return True  # "two coalitions: France and Spain against Austria, Britain and the Dutch": as many sides
    if _led_alike(listed) == number:
        return True  # "the treaty of 1901, between A and B, and the treaty of 1903, between A and C": as many as have two sides
    parts = re.split(r",\s", listed)
    shared = [set(re.findall(rf"(?<=\s){either('relates')}(?=\s)", part)) for part in parts]
    return any(
        sum(len(re.findall(rf"\s{word}\s", part)) for part in parts) == number == len(parts)
        for word in (set.intersection(*shared) if len(parts) > 1 else ())
    )


def _led_alike(listed: str) -> int:
    """Return how many things of a list are told with whom or what each lies between, which have commas of their own."""
    found = re.findall(rf"(?<=\S,)\s({either('relates')})\s", listed)
    return max((found.count(word) for word in found if not listed.startswith(word)), default=0)


def counted_again(after: str) -> bool:
    """Tell whether the words after a list give it a count of its own: "Britain, France and Israel being the three"."""
    return re.match(rf",?\s(?:being|were|are|was|is)\s(?:the|those|all)\s(?:{NUMBER_PATTERN})\b", after) is not None


def is_named_list(listed: str, close: str) -> bool:
    """Tell whether words after a comma are only names: "three powers, Britain, France and Italy"."""
    parts = re.split(r",\s(?:and\s)?|\sand\s", listed)
    names = all(re.fullmatch(r"(?:the\s)?[A-Z][\w'.-]+(?:\s(?:of\s|the\s)?[A-Z][\w'.-]+){0,3}", part.strip()) for part in parts)
    return len(parts) > 1 and names and close.strip() in (".", "–", "—")
