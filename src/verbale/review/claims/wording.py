"""What a verdict says to its reader: names in place of codes, days as people write them, and what agrees in whole phrases.

The grounds keep their codes and days as rows have them, for programs; what stands in `shown` and in the reason is for people.
"""

from __future__ import annotations

import calendar
import functools
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from verbale.core import Ground
from verbale.core.wording import TYPE_WORDS, count, listed, with_article
from verbale.review.claims.statement import Holdings, Judgement, Years
from verbale.review.words import DATA
from verbale.vocab import Vocabulary
from verbale.vocab.tables import read_rows

# Datasets whose years have no end are given one far ahead.
OPEN_END: Final = 2030
# A sentence names so many states; the grounds have all.
MOST_NAMES: Final = 12
_CODE: Final = "[A-Z]{3,4}"
_CODES: Final = re.compile(rf"(?<![\w/-]){_CODE}(?:(?:, |[|-]){_CODE})*(?![\w/-])")
_WHOLE_YEARS: Final = re.compile(r"\b(\d{4})-01-01 to (\d{4})-12-31\b")
_DAY: Final = re.compile(r"(?<![\w-])(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?(?![\w-])")
_SAME: Final = re.compile(r"\b((?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4}) to \1(?!\d)")
_YEARS: Final = re.compile(r"(?<![\w-])(\d{4}|[01])-(\d{4})(?![\w-])")
# What lists know by numbers alone.
_NUMBERED: Final = re.compile(r"\b(alliance|dispute|armed conflict|war) (?=\d{1,5}\b)")
_TYPES: Final = re.compile(rf"\b(?:{'|'.join(TYPE_WORDS)})\b")
# Names of the register and of travels stand without their article.
_BARE: Final = re.compile(
    r"\b(from|to|by|in|of) (?=(?:United (?:States|Kingdom|Arab Emirates)|Soviet Union|Netherlands|Philippines|Bahamas|Maldives"
    r"|(?:Czech|Dominican|Central African) Republic)\b)"
)
_BEGINS: Final = re.compile(r"(?:^|(?<=[a-z)\d]\. ))the ")
# A row of the register is told in the register's own words, where three capitals may be a weapon.
_OWN_WORDS: Final = frozenset({"sipri-transfers"})


def worded(found: Judgement, years: Years | None, vocabulary: Vocabulary, holdings: Holdings) -> Judgement:
    """Return a judgement whose reason a person can read, its grounds with the words in which a page shows them."""
    say = _speaker(years, vocabulary, holdings, MOST_NAMES)
    whole = _speaker(years, vocabulary, holdings, len(vocabulary.states.codes))
    return replace(
        found,
        reason=_capital(say(found.reason)),
        matched=say(found.matched),
        grounds=tuple(replace(ground, shown=_shown(ground, whole)) for ground in found.grounds),
    )


def _shown(ground: Ground, say: Callable[[str], str]) -> str:
    own = ground.passage is not None or ground.dataset in _OWN_WORDS
    told = [(ground.text if own else say(ground.text)).rstrip(".")]
    for label, parts in (("Agrees", ground.agrees), ("Differs", ground.differs)):
        more = [say(phrase(part)) for part in parts if part not in ground.text and not _stands_in(part, ground.text)]
        if parts:
            told.append(f"{label}: {'; '.join(more)}" if more else f"{label} with the text" if label == "Agrees" else "Differs")
    return ". ".join(told) + "."


def _stands_in(part: str, text: str) -> bool:
    """Tell whether a part only says which row it is: "number: 1929" of Resolution 1929, "name: Treaty of Kars"."""
    key, _, value = part.partition(": ")
    return key in ("number", "name") and text.startswith((f"Resolution {value}", f"A/RES/{value}", value))


def _speaker(years: Years | None, vocabulary: Vocabulary, holdings: Holdings, most: int) -> Callable[[str], str]:
    """Return what turns a text with codes, ids and days into one for people; names are those of the claim's years."""
    called = _called()
    titles: dict[str, str] = {name: called.get(name, known.title) for name, known in holdings.known.items()}
    titles.update(called)
    types: Mapping[str, str] = dict(TYPE_WORDS.items())
    datasets = re.compile(rf"(?<![\w(`-])(?:{'|'.join(sorted(titles, key=len, reverse=True))})(?![\w`-])", re.IGNORECASE)

    def name(code: str) -> str:
        return _name(code, years, vocabulary)

    def states(match: re.Match[str]) -> str:
        codes = re.split(r", |[|-]", match[0])
        if not all(map(name, codes)):
            return match[0]
        return some([name(code) for code in codes], most)

    def say(text: str) -> str:
        text = datasets.sub(lambda match: titles[match[0].lower()], text)
        text = _CODES.sub(states, text)
        text = _TYPES.sub(lambda match: types[match[0]], text)
        text = _BARE.sub(r"\1 the ", text)
        return dated(_NUMBERED.sub(r"\1 no. ", text))

    return say


def dated(text: str) -> str:
    """Return a text whose days and years are written as people do.

    >>> dated("1945-11-18 to 1946-05-09"), dated("1816-01-01 to 1828-12-31"), dated("covers 1950-2030")
    ('18 November 1945 to 9 May 1946', '1816 to 1828', 'covers the years since 1950')
    """
    text = _WHOLE_YEARS.sub(r"\1 to \2", text)
    text = _DAY.sub(lambda match: day(match[0]), text)
    text = _SAME.sub(r"\1", text)
    text = _YEARS.sub(lambda match: years_told((int(match[1]), int(match[2]))), text)
    return (
        text.replace("covers since", "covers the years since").replace(" in since ", " since ").replace(" in until ", " until ")
    )


def not_told(searched: Sequence[str], others: Sequence[str]) -> str:
    """Say that no record tells, where it was looked for, and which datasets that are not installed could.

    >>> not_told(["cow-wars"], ["icb-actors", "icb-dyads"])
    'No record tells this. Nothing fits in cow-wars, which could tell. Not installed, but could tell: icb-actors and icb-dyads.'
    """
    if not searched and not others:
        return "No record tells this, and no dataset of the catalogue covers it."
    told = ["No record tells this."]
    if searched:
        told.append(f"Nothing fits in {_either(searched)}, which could tell.")
    if others:
        told.append(f"Not installed, but could tell: {listed(others)}.")
    return " ".join(told)


def _either(names: Sequence[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def day(text: str) -> str:
    """Return an ISO day or month in words.

    >>> day("1828-02-22"), day("1828-02"), day("1828")
    ('22 February 1828', 'February 1828', '1828')
    """
    year, month, number = [*text.split("-"), "", ""][:3]
    if not month:
        return year
    return " ".join(filter(None, (number.lstrip("0"), calendar.month_name[int(month)], year)))


def years_told(years: Years) -> str:
    """Return years in words: a span, or since when for one that goes on."""
    first, last = years
    if last >= OPEN_END:
        return f"since {first}"
    if first <= 1:
        return f"until {last}"
    return str(first) if first == last else f"{first}–{last}"


def runs(years: Iterable[int]) -> str:
    """Return years with those in a row as spans.

    >>> runs([1990, 1991, 1992, 1995]), runs([2016]), runs([2009, 2010, 2013])
    ('1990–1992 and 1995', '2016', '2009, 2010 and 2013')
    """
    found: list[str] = []
    for _, group in itertools.groupby(enumerate(sorted(set(years))), lambda each: each[1] - each[0]):
        row = [year for _, year in group]
        found += [f"{row[0]}–{row[-1]}"] if len(row) > 2 else list(map(str, row))
    return listed(found)


def some(names: Sequence[str], most: int) -> str:
    """Join names, the first ones of too many."""
    if len(names) <= most:
        return listed(names)
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} others"


def phrases(parts: Iterable[str]) -> str:
    """Return what agrees or differs as phrases, each once."""
    return "; ".join(dict.fromkeys(filter(None, map(phrase, parts))))


def phrase(part: str) -> str:
    """Return a part of a ground ("date: 1813-10-24") as a phrase; one of another form as it is.

    >>> phrase("order: 2007, S-300"), phrase("for, against, abstained: 14-0-1"), phrase("begun by RUS")
    ('S-300 ordered in 2007', '14 votes for, none against and 1 abstention', 'begun by RUS')
    """
    key, parted, value = part.partition(": ")
    if not parted:
        return part
    if key.startswith("vote of "):
        return f"{key.removeprefix('vote of ')} {VOTED.get(value, value)}"
    if key.endswith(" in all"):
        return f"all who {_ALL.get(key.removesuffix(' in all'), key)}: {value}"
    made = _PHRASES.get(key)
    return part if made is None else made(value)


# How a state voted, as its row tells it.
VOTED: Final[Mapping[str, str]] = {
    "for": "voted for it",
    "against": "voted against it",
    "abstained": "abstained",
    "did not vote": "did not vote",
    "neither against nor abstained": "neither voted against it nor abstained",
}
_ALL: Final = {way: said for way, said in VOTED.items() if " nor " not in way}
# What a resolution does, by the word of the list.
DOES: Final = {
    "impose": "imposes",
    "tighten": "tightens",
    "extend": "extends",
    "ease": "eases",
    "suspend": "suspends",
    "end": "ends",
}


def _no(number: int, noun: str) -> str:
    return count(number, noun) if number else f"no {noun}s"


def _tally(value: str) -> str:
    yes, no, abstained = map(int, value.split("-"))
    return f"{count(yes, 'vote')} for, {no or 'none'} against and {_no(abstained, 'abstention')}"


def _act(done: str) -> Callable[[str], str]:
    """Return how an act of the register is told: "2009, 2010, F-22" is what was delivered when."""

    def told(value: str) -> str:
        *years, model = value.split(", ")
        when = runs(int(year.rstrip("?")) for year in years if year.rstrip("?").isdigit())
        about = " (the year is not certain)" if any(year.endswith("?") for year in years) else ""
        return f"{model} {done} in {when}{about}" if when else f"no {model} {done}"

    return told


def _delivered(value: str) -> str:
    years = [int(year) for year in value.split(", ") if year.isdigit()]
    return f"delivered in {runs(years)}" if years else "nothing delivered" if value == "none" else f"delivered: {value}"


_PHRASES: Final[Mapping[str, Callable[[str], str]]] = {
    "date": "dated {}".format,
    "year": "in {}".format,
    "years": "in {}".format,
    "place": "signed at {}".format,
    "parties": "between {}".format,
    "number": lambda value: "number not known" if value == "None" else f"the number is {value}",
    "length": "{} long".format,
    "for": "{} votes for".format,
    "against": "{} votes against".format,
    "abstained": "{} abstentions".format,
    "against or abstained": "{} members voted against or abstained".format,
    "target": "aimed at {}".format,
    "measures": "its measures are on {}".format,
    "what it does": lambda value: f"it {DOES.get(value, value)} sanctions",
    "votes for": lambda value: f"{_no(int(value), 'vote')} for",
    "votes against": lambda value: f"{_no(int(value), 'vote')} against",
    "votes abstained": lambda value: _no(int(value), "abstention"),
    "for, against, abstained": _tally,
    "order": _act("ordered"),
    "deliver": _act("delivered"),
    "cancel": _act("cancelled"),
    "cancelled by": "cancelled by {}".format,
    "supplier": "supplied by {}".format,
    "delivered": _delivered,
}


@functools.cache
def _called() -> Mapping[str, str]:
    rows = read_rows(DATA / "claim_called.csv", ("dataset", "called"))
    return {row.required("dataset"): row.required("called") for row in rows}


@functools.cache
def _names() -> Mapping[str, tuple[tuple[int, int, str], ...]]:
    """Return what codes are called, with the years of each name; those with years first."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for row in read_rows(DATA / "claim_names.csv", ("code", "first", "last", "called")):
        years = int(row.text("first") or 0), int(row.text("last") or 9999)
        found.setdefault(row.required("code"), []).append((*years, row.required("called")))
    return {code: tuple(sorted(names, key=lambda one: one[1] - one[0])) for code, names in found.items()}


def _name(code: str, years: Years | None, vocabulary: Vocabulary) -> str:
    """Return what a code is called in the years of a claim; empty for what is no code of an actor."""
    first, last = years or (9999, 9999)
    for begin, end, called in _names().get(code, ()):
        if begin <= first and last <= end:
            return called
    name = vocabulary.actors.entity(code, None) if code in vocabulary.states.codes else ""
    return with_article(name) if name else ""


def _capital(text: str) -> str:
    return _BEGINS.sub("The ", f"{text[:1].upper()}{text[1:]}")


# Votes that a reason tells one by one, and resolutions whose counts it gives.
_FEW_VOTES: Final = 5
_FEW_RESOLUTIONS: Final = 4
_ON: Final[Mapping[str, str]] = {
    "for": "voted for",
    "against": "voted against",
    "abstained": "abstained on",
    "did not vote": "did not vote on",
    "neither against nor abstained": "neither voted against nor abstained on",
}


def cast_words(voters: Sequence[str], grounds: Sequence[Ground], fitting: int, counts: Mapping[int, Sequence[int]]) -> str:
    """Say how voters voted: each vote where they are few, else in how many votes they did as the text says; then the counts."""
    told: dict[tuple[str, str], list[str]] = {}  # who voted in one way on one resolution
    for ground in grounds:
        number = re.search(r"Resolution (\d+)", ground.text)
        vote = next((text for text in (*ground.agrees, *ground.differs) if text.startswith("vote of ")), "")
        voter, _, way = vote.removeprefix("vote of ").partition(": ")
        told.setdefault((way, number[1] if number else ""), []).append(voter)
    if len(grounds) <= _FEW_VOTES:
        alike: dict[tuple[str, str], list[str]] = {}  # on which resolutions the same voted in the same way
        for (way, resolution), who in told.items():
            alike.setdefault((", ".join(who), way), []).append(resolution)
        parts = [
            f"{voted} {_ON.get(way, way)} {'Resolution' if len(numbers) == 1 else 'Resolutions'} {listed(numbers)}"
            for (voted, way), numbers in alike.items()
        ]
        reason = f"{'; '.join(parts)}."
    else:
        how = "in all" if fitting == len(grounds) else "in none" if not fitting else f"in {fitting}"
        reason = f"{', '.join(voters)} voted as the text says {how} of {count(len(grounds), 'vote')}."
    shown = [f"{number} had {_tally('-'.join(map(str, votes)))}" for number, votes in list(counts.items())[:_FEW_RESOLUTIONS]]
    more = f"; and {len(counts) - _FEW_RESOLUTIONS} more" if len(counts) > _FEW_RESOLUTIONS else ""
    return reason + (f" Resolution {'; '.join(shown)}{more}." if shown else "")


def resolution_words(grounds: Sequence[Ground], whole: int) -> str:
    """Say of each resolution what the list tells of it, the first ones of many."""
    told = []
    for ground in grounds[:_FEW_RESOLUTIONS]:
        number = re.match(r"Resolution \d+", ground.text)
        parts = [part for part in (ground.differs or ground.agrees) if not part.startswith("number: ")]
        name = number[0] if number else "The resolution"
        told.append(f"{name}: {phrases(parts)}" if parts else f"{name} is on the list")
    more = f"; and {len(grounds) - _FEW_RESOLUTIONS} more" if len(grounds) > _FEW_RESOLUTIONS else ""
    of = f"Of {whole} resolutions: " if whole > 1 else ""
    return f"{of}{'. '.join(told)}{more}."
