"""Reads who stands where in a sentence: states that are named in one breath, and to whom a verb or a preposition belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from verbale.review.claims.telling import Telling
from verbale.review.patterns import load_patterns
from verbale.review.references import Named
from verbale.vocab import Vocabulary

TABLE: Final = "claim_chains.csv"
_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Chain:
    """States that a sentence names in one breath ("Serbia, Greece and Romania"): where, end exclusive, and their codes."""

    start: int
    end: int
    codes: tuple[str, ...]


def chains(telling: Telling, vocabulary: Vocabulary) -> tuple[Chain, ...]:
    """Return the chains of a sentence in order, without states inside the name of a war or treaty and capitals as places."""
    text, patterns = telling.text, load_patterns(TABLE)
    names = [(one.start, one.end) for one in vocabulary.instruments.find(text)]
    of_list = list(names)
    for match in patterns["war-name"].finditer(text):  # "the War of the Pacific Peru lost": the name that is known is whole
        if not any(match.start() < end and start < match.end() for start, end in of_list):
            names.append(match.span())
    single = [
        one
        for one in telling.parties
        if one.code in telling.states and one.kind != "leader" and not _is_place(one, text) and not _inside(one, names)
    ]
    found: list[Chain] = []
    spans: dict[int, list[tuple[int, int, str]]] = {}
    for one in sorted(single, key=lambda one: (one.start, -one.end)):
        if found and one.start < found[-1].end:
            continue
        if patterns["of-rebels"].match(text, one.end):
            found.append(Chain(one.start, one.end, ()))  # those who rise against a state are not that state
            continue
        # "the United States, their ally": what refers back is no further name of a list
        apposed = bool(found) and one.kind == "reference" and patterns["bare-comma"].fullmatch(text, found[-1].end, one.start)
        if found and not apposed and patterns["joint"].fullmatch(text, found[-1].end, one.start):
            codes = dict.fromkeys((*found[-1].codes, one.code))
            found[-1] = Chain(found[-1].start, one.end, tuple(codes))
        else:
            found.append(Chain(one.start, one.end, (one.code,)))
        spans.setdefault(found[-1].start, []).append((one.start, one.end, one.code))
    return tuple(part for chain in found for part in _parted(chain, spans.get(chain.start, []), text))


def _parted(chain: Chain, single: Sequence[tuple[int, int, str]], text: str) -> Iterator[Chain]:
    """Yield a chain; two that a bare comma parts are no list but the end of one clause and the subject of the next."""
    patterns = load_patterns(TABLE)
    apart = len(single) == _PAIR and patterns["bare-comma"].fullmatch(text, single[0][1], single[1][0]) is not None
    if apart and patterns["clause-before"].search(text[: single[0][0]]):
        yield from (Chain(start, end, (code,)) for start, end, code in single)
    else:
        yield chain


def _is_place(one: Named, text: str) -> bool:
    return one.kind == "capital" and load_patterns(TABLE)["place-before"].search(text[: one.start]) is not None


def _inside(one: Named, names: Sequence[tuple[int, int]]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in names)


def after(found: Sequence[Chain], text: str, at: int) -> Chain | None:
    """Return the chain that begins straight behind a place, with an article or a word for its people between."""
    chain = next((one for one in found if one.start >= at), None)
    return chain if chain and load_patterns(TABLE)["lead-in"].fullmatch(text, at, chain.start) else None


def before(found: Sequence[Chain], text: str, at: int, taken: Sequence[Chain] = ()) -> Chain | None:
    """Return the nearest chain before a place and in its clause, without those that are `taken` by another word."""
    for one in reversed(found):
        if one.end <= at and one not in taken:
            return one if not load_patterns(TABLE)["clause"].search(text, one.end, at) else None
    return None


def matches(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of a pattern of the table stand, but those that are denied or only wished for."""
    patterns = load_patterns(TABLE)
    for match in patterns[name].finditer(text):
        if not patterns["denied"].search(text[: match.start()]):
            yield match.span()
