"""Holds what a sentence tells of an alliance of two states against the list of alliances: of which kind, from when to when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from verbale.review.claims.framing import is_of_its_fame, is_wished
from verbale.review.claims.signatures import ALLIANCES, kinds_told
from verbale.review.claims.statement import Holdings, Judgement, TableRow
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.leagues import load_leagues
from verbale.review.claims.told.parts import Part, best_pair, together
from verbale.review.claims.told.spells import TABLE, Edge, Spell, edges, lasted, parts
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary

_WORDS: Final = load_patterns("claim_told_more.csv")

# What is signed in one year is in force in the next, and texts give either.
YEARS_OFF: Final = 1
# A pact so long before or after the one that is told is another one, which the record may not know.
SLIP: Final = 30
_FLAGS: Final = {"defence": "defense", "non-aggression": "nonaggression", "neutrality": "neutrality"}


def judge_alliances(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the list of alliances has of the two states of a sentence; None where it does not tell."""
    del vocabulary
    rows = holdings.tables.get(ALLIANCES, ())
    text = telling.text
    if not rows or not load_patterns(TABLE)["pact"].search(text) or any(one.words.search(text) for one in load_leagues()):
        return None
    if len(telling.codes) > 2 or is_wished(text):
        return None
    telling = replace(telling, moments=tuple(one for one in telling.moments if not _of_other(text, one.start)))
    found = best_pair(telling, lambda pair: list(_alliance(telling, rows, pair)))
    return together(found, holdings, "by the two states, the kind of the alliance and the time")


def _of_other(text: str, at: int) -> bool:
    """Tell whether the time at a place is of something else: told in a relative clause, or when the alliance became known."""
    pact = load_patterns(TABLE)["pact"]
    asides = (one for one in load_patterns("claim_questions.csv")["aside"].finditer(text) if one.start() <= at < one.end())
    return any(not pact.search(one[0]) for one in asides) or is_of_its_fame(text, at)


def _alliance(telling: Telling, rows: Sequence[TableRow], pair: tuple[str, str]) -> Iterator[Part]:
    whole, text = _spells(rows, pair, frozenset()), telling.text
    kinds = kinds_told(text) & set(_FLAGS)
    of_kind = _spells(rows, pair, kinds)
    told = f"alliance of {pair[0]} and {pair[1]}"
    times = edges(telling, "pact-begins", "pact-ends")
    if load_patterns(TABLE)["pact-none"].search(telling.text) and not any(one.negated for one in times):
        if set(pair) <= set(telling.codes):  # that a guessed two had none, no record denies
            plain = kinds and _WORDS["alliance-kind"].search(text) is None
            yield from _none(telling, whole if plain or not kinds else of_kind, told)
        return
    spells = of_kind or whole
    if not spells:
        return
    # a pact of the kind in the year told: the month may be that of a ratification
    sure = len(telling.codes) == 2 and (bool(of_kind) or not kinds)
    near = [one for one in times if _near(one, spells)]
    yield from parts(near, spells, told, firm=sure, years_off=YEARS_OFF)
    yield from lasted(telling, spells, told)


def _near(edge: Edge, spells: Sequence[Spell]) -> bool:
    days = [day for one in spells for day in (one.first, one.last) if day is not None]
    return any(abs(day.year - edge.moment.first.year) <= SLIP for day in days)


def _none(telling: Telling, spells: Sequence[Spell], told: str) -> Iterator[Part]:
    """Yield whether there was no alliance of two, ever, in a time or since."""
    moment = next(iter(telling.moments), None)
    since = _WORDS["since"].search(telling.text) is not None
    if moment is None and since:
        moment = next((each for one in telling.before[:3] for each in one.moments), None)
    if moment is None and (since or _WORDS["had-been"].search(telling.text)):
        return  # "none had ever been signed": until a time that the sentence does not tell
    if moment is not None and not since and moment.exact != "span":
        return
    first = moment.first if moment else datetime.date.min
    last = datetime.date.max if moment is None or since else moment.last
    # "none since 1955" is said after the one of 1955
    on = [
        one for one in spells if (one.first.year > first.year if since else (one.last or last) >= first) and one.first <= last
    ]
    held = f"{told}: {on[0].told}" if on else f"no {told}"
    yield Part(not on, held, ALLIANCES, on[0].line if on else None, firm=True)


def _spells(rows: Sequence[TableRow], pair: tuple[str, str], kinds: frozenset[str] | set[str]) -> list[Spell]:
    mine: dict[object, list[TableRow]] = {}
    for row in rows:
        if row["code"] in pair and row["start"] and all(row.get(_FLAGS[kind]) for kind in kinds):
            mine.setdefault(row["version4id"], []).append(row)
    found = []
    for of in mine.values():
        for one in of:
            for other in of:
                if (one["code"], other["code"]) != pair:
                    continue
                first = max(one["start"], other["start"])
                ends = [row["end"] for row in (one, other) if row["end"]]
                last = min(ends) if ends else None
                if last is None or last >= first:
                    found.append(Spell(first, last, one["line"], ALLIANCES, open_start=bool(one.get("left_censor"))))
    return sorted(found, key=lambda one: one.first)
