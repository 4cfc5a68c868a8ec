"""Holds what a sentence tells of the sides of a war against the record: who stood with whom, who against whom, who won."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from verbale.review.claims.telling import Telling
from verbale.review.claims.told.chains import TABLE, Chain, after, before, chains, matches
from verbale.review.claims.told.parts import Part
from verbale.review.claims.told.war_record import COW, War
from verbale.review.patterns import load_patterns
from verbale.vocab import Vocabulary

# How a war ended for a state, by the record's own numbers; what was a compromise, a stalemate or went on neither won nor lost.
WON, LOST = 1, 2
# Of a war of many the record leaves out those who did little.
MANY: Final = 5
# So many letters may stand before the first who fought ("in the summer of the same year"): no clause with a verb of its own.
LEAD: Final = 45
_PAIR: Final = 2
YEAR: Final = datetime.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a sentence says of two chains: on one side, or not; `loose` where it may be said of another time than the war's."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    together: bool
    loose: bool = False


def sides_told(telling: Telling, war: War, vocabulary: Vocabulary) -> Iterator[Part]:
    """Yield for each relation of a sentence whether the states stood so in a war; nothing of those of whom it does not tell."""
    if not leads(telling, vocabulary):
        return
    found = chains(telling, vocabulary)
    sides = _sides(war, vocabulary)
    listed = " against ".join(
        ", ".join(sorted(code for code, of in sides.items() if side in of)) for side in sorted({*_of_all(sides)})
    )
    astray = _has_other_times(telling, war)
    for relation in _relations(telling.text, found):
        fits = [_fits(relation, first, second, sides) for first in relation.one for second in relation.other]
        known = [one for one in fits if one is not None]
        strangers = [code for code in (*relation.one, *relation.other) if code not in sides]
        told = f"{war.name}: {listed}"
        if (relation.loose or astray) and not (known and all(known)):
            continue
        if known:
            yield Part(all(known), told, COW, war.line, firm=True)
        inside = any(code in sides for code in (*relation.one, *relation.other))
        if strangers and inside and len(sides) < MANY and _were_states(strangers, war, vocabulary):
            yield Part(False, told, COW, war.line, firm=not known)


def leads(telling: Telling, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence begins with those who fought, and does not only name their war on its way to something else."""
    found = chains(telling, vocabulary)
    if not found:
        return True
    names = [one.end for one in vocabulary.instruments.find(telling.text) if one.end <= found[0].start]
    return found[0].start - max([0, *names]) <= LEAD


def relations_told(telling: Telling, vocabulary: Vocabulary) -> list[Relation]:
    """Return who stands with and against whom by a sentence."""
    return list(_relations(telling.text, chains(telling, vocabulary)))


def foes(telling: Telling, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Return the pairs of whom a sentence says that they fought each other."""
    pairs = (
        tuple(sorted((first, second)))
        for relation in relations_told(telling, vocabulary)
        if not relation.together
        for first in relation.one
        for second in relation.other
    )
    return [(first, second) for first, second in dict.fromkeys(pairs)]


def outcome_told(telling: Telling, war: War, vocabulary: Vocabulary) -> Iterator[Part]:
    """Yield whether those who are said to have won or lost a war did."""
    if load_patterns(TABLE)["battle"].search(telling.text):
        return
    if _has_other_times(telling, war):
        return  # what was won or lost is told of one of several times, which may be another war's
    found = chains(telling, vocabulary)
    for chain, outcome in dict.fromkeys(_outcomes(telling, found)):
        for code in chain:
            fighter = war.of(code)
            if fighter is None or fighter.outcome is None:
                continue
            how = {WON: "won", LOST: "lost"}.get(fighter.outcome, "neither won nor lost")
            yield Part(fighter.outcome == outcome, f"{war.name}: {how} by {code}", COW, fighter.line, firm=True)


def is_won(telling: Telling, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence says of one state that it won over another, and not in a battle."""
    if load_patterns(TABLE)["battle"].search(telling.text):
        return False
    return any(True for _ in _outcomes(telling, chains(telling, vocabulary)))


def _has_other_times(telling: Telling, war: War) -> bool:
    """Tell whether a sentence tells of several times, one of which is not the war's."""
    told = [one for one in telling.moments if one.told]
    return len(telling.moments) > 1 and not all(one.touches(war.first - YEAR, war.last + YEAR) for one in told)


def _were_states(codes: Sequence[str], war: War, vocabulary: Vocabulary) -> bool:
    return all(vocabulary.states.existed(code, war.first.year, tolerance=0) for code in codes)


def _of_all(sides: Mapping[str, frozenset[int]]) -> frozenset[int]:
    return frozenset(side for of in sides.values() for side in of)


def _sides(war: War, vocabulary: Vocabulary) -> Mapping[str, frozenset[int]]:
    """Return on which sides each state stood: by the record, and those that only the program's list has."""
    found: dict[str, set[int]] = {}
    for one in war.fighters:
        found.setdefault(one.code, set()).add(one.side)
    for row in vocabulary.instruments.all:
        if row.kind != "war" or len(row.sides) != _PAIR or row.start[:4] != str(war.first.year):
            continue
        if len(set(row.parties) & war.codes) < _PAIR:
            continue
        for side in row.sides:
            of_side = {number for code in side for number in found.get(code, ())}
            if len(of_side) == 1:
                for code in side:
                    found.setdefault(code, set(of_side))
    return {code: frozenset(of) for code, of in found.items()}


def _fits(relation: Relation, first: str, second: str, sides: Mapping[str, frozenset[int]]) -> bool | None:
    """Tell whether two stood as told; None where the record lacks one of them, or they are one."""
    if first == second or first not in sides or second not in sides:
        return None
    same = sides[first] & sides[second]
    return bool(same) if relation.together else bool(len(sides[first] | sides[second]) > 1)


def _relations(text: str, found: Sequence[Chain]) -> Iterator[Relation]:
    patterns = load_patterns(TABLE)
    taken: list[Chain] = []
    # where the word stands, its object, whether it says "with", and whether it only says in passing whose ally somebody is
    spoken: list[tuple[int, Chain, bool, bool]] = []
    for together, name in ((True, "with"), (False, "against")):
        for start, end in matches(name, text):
            chain = after(found, text, end)
            if chain is not None and (not patterns["fought-with"].match(text, start) or patterns["against"].search(text)):
                spoken.append((start, chain, together, patterns["ally-aside"].search(text[:end]) is not None))
    for chain in found:
        on_side = patterns["own-side"].match(text, chain.end) and patterns["on"].search(text[: chain.start])
        if on_side or patterns["with-behind"].match(text, chain.end):
            spoken.append((chain.start, chain, True, not on_side and text[: chain.start].rstrip().endswith(",")))
        elif patterns["against-behind"].match(text, chain.end):
            spoken.append((chain.start, chain, False, False))
    taken = [chain for _, chain, _, _ in spoken]
    for at, chain, together, loose in sorted(spoken, key=lambda one: one[0]):
        subject = before(found, text, at, taken)
        if (
            subject is not None
            and patterns["goes-on"].fullmatch(text, subject.end, at)
            and patterns["object-of"].search(text[: subject.start])
        ):
            subject = next((one for one in found if one not in taken), None)  # "X was friendly to Y and had fought Z"
        if subject is not None and subject.start < at:
            yield Relation(subject.codes, chain.codes, together, loose)
    for chain in found:
        mutual = patterns["mutual"].match(text, chain.end) or patterns["between"].search(text[: chain.start])
        if mutual and len(chain.codes) == _PAIR and chain not in taken:
            yield Relation(chain.codes[:1], chain.codes[1:], together=False)


def _outcomes(telling: Telling, found: Sequence[Chain]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield who is said to have won (1) or lost (2)."""
    text, patterns = telling.text, load_patterns(TABLE)
    for behind, ahead, outcome in (("won", "won-by", WON), ("lost", "lost-by", LOST)):
        for start, _ in matches(behind, text):
            chain = _subject(telling, found, start)
            if chain:
                yield chain, outcome
        for _, end in matches(ahead, text):
            chain_after = after(found, text, end)
            if chain_after is not None:
                yield chain_after.codes, outcome
        of = f"{behind}-of"
        for chain_of in found:
            if patterns[of].match(text, chain_of.end) and not patterns["denied"].search(text[: chain_of.start]):
                yield chain_of.codes, outcome
    for start, end in matches("over", text):
        loser = after(found, text, end)
        winner = _subject(telling, found, start)
        near = before(found, text, start)
        if near and text.startswith("victory", start) and not patterns["nominal-winner"].fullmatch(text, near.end, start):
            winner = ()  # "war on Japan after a victory over Germany": whose victory it is, is not told
        if winner:
            yield winner, WON
        if loser is not None:
            yield loser.codes, LOST


def _subject(telling: Telling, found: Sequence[Chain], at: int) -> tuple[str, ...]:
    """Return who stands before a verb as its subject: of "Uganda attacked Tanzania and lost" the first, of "it" the text's."""
    head = telling.text[:at]
    patterns = load_patterns(TABLE)
    if patterns["same-subject"].search(head):
        first = next((one for one in found if one.end <= at), None)
        return first.codes if first is not None else ()
    if patterns["it-before"].search(head):
        first = next((one for one in found if one.end <= at), None)
        return (telling.home,) if telling.home else first.codes if first is not None else ()
    chain = before(found, telling.text, at)
    return chain.codes if chain is not None else ()
