"""Looks closer at a treaty that a sentence names: who made it, on which day, and where.

That the list has the treaty in the year bears out neither the day nor the city nor a party that the sentence gives it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from verbale.review.claims.cities import is_known, is_one
from verbale.review.claims.framing import is_other_act, is_spoken_of, without_settings
from verbale.review.claims.moments import Moment
from verbale.review.claims.parties import parties_of
from verbale.review.claims.signatures import OWN
from verbale.review.claims.statement import Holdings, Judgement
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.chains import TABLE, Chain, after, before, chains, matches
from verbale.review.claims.told.parts import Part, together
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary
from verbale.vocab.instruments import Instrument, InstrumentMention

BY_NAME: Final = "by the treaty's name, and what is said of it"
# A date or a place farther from the word for the signing is that of something else.
CLOSE: Final = 60
# The two calendars lie eleven to thirteen days apart until the last states changed over.
CALENDARS: Final = datetime.timedelta(days=13)
NEW_STYLE: Final = 1924
# Clocks differ, and a treaty may be signed past midnight.
DAY: Final = datetime.timedelta(days=1)
_MONTH, _FULL = 7, 10
# States that one code follows or splits into: which of them is meant, a list and a text may tell otherwise.
_MONARCHY, _MONARCHY_ENDS = frozenset({"AUT", "AUH", "HUN"}), 1918
_KIN: Final = (
    *(_MONARCHY, {"DEU", "DDR"}, {"SRB", "YUG", "MNE"}, {"CZE", "CSK", "SVK"}, {"CHN", "TWN"}),
    *({"KOR", "PRK"}, {"VNM", "VDR", "RVN"}, {"YEM", "YMD"}, {"RUS", "UKR", "BLR"}, {"TUR", "EGY"}, {"IND", "PAK", "GBR"}),
)


def judge_named_treaty(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the list has of parties, day and place of the one treaty that a sentence names; None where it tells none.

    A war that it names as well has times of its own, which do not date the treaty that ended it.
    """
    mentions = vocabulary.instruments.find(telling.text)
    wars = [one for one in mentions if _is_war(telling, one, vocabulary)]
    treaties = [one for one in mentions if one not in wars]
    if not holdings.own or len(treaties) != 1:
        return None
    (mention,) = treaties
    if load_patterns("claim_find.csv")["no-treaty-yet"].search(telling.text[: mention.start]):
        return None
    telling = replace(telling, moments=tuple(one for one in telling.moments if not _of_war(telling.text, one, wars)))
    row = _row(telling, mention, vocabulary)
    if row is None or row.kind != "treaty":
        return None
    parts = list(_parties(telling, mention, row, vocabulary))
    if not is_spoken_of(telling.text, mention.start):
        parts += [*_day(telling, mention, row), *_place(telling, mention, row)]
    return together(list(dict.fromkeys(parts)), holdings, BY_NAME)


def _is_war(telling: Telling, mention: InstrumentMention, vocabulary: Vocabulary) -> bool:
    years = (mention.year, *(one.first.year for one in telling.moments), None)
    row = next((row for year in years if (row := vocabulary.instruments.resolve(mention, year)) is not None), None)
    return row is not None and row.kind == "war"


def _of_war(text: str, moment: Moment, wars: Sequence[InstrumentMention]) -> bool:
    """Tell whether a time stands in the name of a war or straight behind it."""
    beside = load_patterns(TABLE)["war-beside"]
    return any(
        (one.start <= moment.start < one.end) or (beside.fullmatch(text, one.end, moment.start) is not None) for one in wars
    )


def _row(telling: Telling, mention: InstrumentMention, vocabulary: Vocabulary) -> Instrument | None:
    """Return the treaty that is meant: by the years of the sentence, the nearest to the name first."""
    moments = sorted(telling.moments, key=lambda one: abs(one.start - mention.end))
    years = [mention.year, *(one.first.year for one in moments if one.exact != "span"), None]
    found = (vocabulary.instruments.resolve(mention, year) for year in years)
    return next((row for row in found if row is not None), None)


def in_words(row: Instrument) -> str:
    """Return a treaty in words: name, day, parties and place."""
    place = f", {row.place}" if row.place else ""
    return f"{row.name}, {row.start}: {', '.join(parties_of(row)) or 'many parties'}{place}"


def _of_parties(row: Instrument) -> str:
    return f"parties: {', '.join(parties_of(row))}"


def _parties(telling: Telling, mention: InstrumentMention, row: Instrument, vocabulary: Vocabulary) -> Iterator[Part]:
    """Yield whether those who are said to have made the treaty, or not to have, are its parties."""
    members = parties_of(row)
    if not members:
        return
    found = chains(telling, vocabulary)
    for code in _said_out(telling.text, mention, found):
        yield Part(code not in members, in_words(row), OWN, firm=True, what=_of_parties(row))
    codes = list(dict.fromkeys(_said_in(telling.text, mention, found)))
    strangers = [code for code in codes if code not in members and may_deny(code, row, vocabulary)]
    if strangers:
        yield Part(False, in_words(row), OWN, firm=True, what=_of_parties(row))
    elif codes and all(code in members for code in codes):
        yield Part(True, in_words(row), OWN, firm=True, what=_of_parties(row))


def may_deny(code: str, row: Instrument, vocabulary: Vocabulary) -> bool:
    """Tell whether a treaty that lacks a state denies it: not one that was none then, nor one of those that share a name."""
    year, members = row.years[0], set(parties_of(row))
    kin = any(code in group and group & members for group in _KIN if not (group == _MONARCHY and year > _MONARCHY_ENDS))
    return not kin and vocabulary.states.existed(code, year, tolerance=1)


def _to_name(text: str, at: int, mention: InstrumentMention) -> bool:
    """Tell whether a treaty's name follows straight."""
    return load_patterns(TABLE)["treaty-lead"].fullmatch(text, at, mention.start) is not None


def _said_out(text: str, mention: InstrumentMention, found: Sequence[Chain]) -> Iterator[str]:
    for match in load_patterns(TABLE)["not-signed"].finditer(text):
        chain = before(found, text, match.start())
        if chain is not None and _to_name(text, match.end(), mention):
            yield from chain.codes


def _said_in(text: str, mention: InstrumentMention, found: Sequence[Chain]) -> Iterator[str]:
    """Yield who is said to be a party: signed it, is named between or by, bound itself by it, made peace by it."""
    patterns = load_patterns(TABLE)
    for chain in found:
        made = patterns["signs"].match(text, chain.end)
        if made and _to_name(text, made.end(), mention):
            yield from chain.codes
    between = patterns["to-between"].match(text, mention.end)
    made_by = next((one for one in patterns["by"].finditer(text, mention.end) if one.start() - mention.end <= CLOSE), None)
    for match in (between, made_by):
        chain_after = after(found, text, match.end()) if match else None
        if chain_after is not None:
            yield from chain_after.codes
    partner = patterns["sign-with"].match(text, mention.end + 1)
    chain_with = after(found, text, partner.end()) if partner else None
    if chain_with is not None:
        yield from chain_with.codes
    if patterns["by-name"].search(text[: mention.start]):
        yield from _bound(text, found)


def _bound(text: str, found: Sequence[Chain]) -> Iterator[str]:
    """Yield who bound itself to whom, or made peace with whom, by the treaty with whose name a sentence begins."""
    for start, end in matches("binds", text):
        subject, object_ = before(found, text, start), after(found, text, end)
        if subject is not None and object_ is not None:
            yield from (*subject.codes, *object_.codes)
    for chain in found:
        if len(chain.codes) > 1 and load_patterns(TABLE)["makes-up"].match(text, chain.end):
            yield from chain.codes


def _day(telling: Telling, mention: InstrumentMention, row: Instrument) -> Iterator[Part]:
    """Yield whether the treaty was made on the day, in the month or in the year that a sentence gives for it."""
    patterns, text = load_patterns(TABLE), telling.text
    its_own = [
        one
        for one in telling.moments
        if one.start >= mention.end and patterns["beside"].fullmatch(text, mention.end, one.start)
    ]
    dated = [one for one in telling.moments if one.exact in ("day", "month", "year")]
    if len(dated) != 1 or patterns["in-force"].search(without_settings(text)) or any(one.exact == "span" for one in its_own):
        return
    (moment,) = dated
    if is_other_act(text, moment.start) or (
        moment not in its_own and patterns["of-another"].search(text[mention.end : moment.start])
    ):
        return
    behind = moment.start >= mention.end
    beside = behind and (
        patterns["beside"].fullmatch(text, mention.end, moment.start)
        or patterns["came"].fullmatch(text, mention.end, moment.start)
    )
    near = any(
        abs(one.start() - moment.start) <= CLOSE or abs(one.end() - mention.start) <= CLOSE
        for one in patterns["made"].finditer(text)
        if not mention.start <= one.start() < mention.end
    )
    if not (beside or near):
        return
    fits = fits_day(moment, row)
    if not fits and not moment.told and _fits_but_for_year(moment, row):
        return  # the year is that of a sentence before, and may be another by now
    yield Part(fits, in_words(row), OWN, firm=True, what=f"date: {row.start}")


def _fits_but_for_year(moment: Moment, row: Instrument) -> bool:
    """Tell whether a time fits in another year: of a day and month whose year only the sentences before tell."""
    try:
        first, last = (one.replace(year=int(row.start[:4])) for one in (moment.first, moment.last))
    except ValueError:  # 29 February
        return False
    return fits_day(replace(moment, first=first, last=last), row)


def fits_day(moment: Moment, row: Instrument) -> bool:
    """Tell whether a treaty was made in a time, as precisely as both go; before all used one calendar, by either."""
    year = int(row.start[:4])
    if moment.exact == "year" or len(row.start) < _MONTH:
        return moment.years[0] <= year <= moment.years[1]
    slack, month = CALENDARS if year < NEW_STYLE else DAY, int(row.start[5:7])
    if len(row.start) < _FULL:
        return moment.touches(datetime.date(year, month, 1) - slack, datetime.date(year, month, 28) + slack)
    day = datetime.date.fromisoformat(row.start)
    if moment.exact == "month":
        return moment.touches(day - slack, day + slack)
    off = abs(moment.first - day)
    return off <= DAY or (year < NEW_STYLE and CALENDARS - 2 * DAY <= off <= CALENDARS)


def _place(telling: Telling, mention: InstrumentMention, row: Instrument) -> Iterator[Part]:
    """Yield whether the treaty was signed in the city that a sentence gives for it."""
    if row.place:
        for place in places_told(telling.text, (mention.start, mention.end))[:1]:
            yield Part(is_place_of(place, row), in_words(row), OWN, firm=True, what=f"place: {row.place}")


def places_told(text: str, name: tuple[int, int] = (0, 0)) -> list[str]:
    """Return the cities in which something is said to have been signed, but for those within the `name` of a treaty."""
    patterns = load_patterns(TABLE)
    found = []
    for match in patterns["where"].finditer(text):
        place = match["place"]
        if name[0] <= match.start("place") < name[1] or not is_known(place):
            continue
        near = any(
            abs(match.start() - one.end()) <= CLOSE or abs(one.start() - match.end()) <= CLOSE
            for one in patterns["signed"].finditer(text)
        )
        if near:
            found.append(place)
    return found


def is_place_of(place: str, row: Instrument) -> bool:
    """Tell whether a treaty was signed in a city, by the list or by its name."""
    capital = load_patterns(TABLE)["capital"]
    named = any(is_one(place, word) for name in (row.name, *row.aliases) for word in capital.findall(name))
    return named or (bool(row.place) and is_one(place, row.place))
