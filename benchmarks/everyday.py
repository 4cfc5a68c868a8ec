"""Sentences in which nobody acts toward anybody: the part of a news corpus that says nothing of states, made up from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

# What a newspaper prints beside politics: weather, markets, culture, gardens. Two of them make a sentence of the usual length.
PATTERNS = (
    "the {thing} was {quality} for most of the {time}",
    "{number} {people} came to the {place} in spite of the {weather}",
    "a {quality} {thing} stood beside the {place} and nobody looked that way",
    "by the end of the {time} the {place} smelled of {thing}s and rain",
    "most of the {people} had gone home before the {weather} began",
    "prices of {thing}s rose by {number} per cent in the {time}",
    "the old {place} has a {quality} roof and {number} windows",
    "some {people} prefer a {quality} {thing}, others none at all",
    "there were {number} {thing}s on the table and a {quality} lamp above the door",
    "in the {time} the {weather} turned the road to the {place} into mud",
)
JOINTS = (", and ", ", while ", ", but ", "; ")
WORDS = {
    "thing": (
        "soup",
        "violin",
        "bicycle",
        "coat",
        "apple",
        "clock",
        "carpet",
        "novel",
        "kettle",
        "ticket",
        "piano",
        "mushroom",
    ),
    "quality": ("cold", "pleasant", "blue", "expensive", "quiet", "wooden", "slow", "famous", "narrow", "bright"),
    "time": ("week", "season", "afternoon", "winter", "morning", "holiday", "evening"),
    "people": ("visitors", "children", "readers", "musicians", "gardeners", "pensioners", "swimmers", "students"),
    "place": ("museum", "theatre", "market", "lake", "library", "stadium", "bakery", "station"),
    "weather": ("fog", "drizzle", "heat", "snow", "wind", "frost"),
    "number": ("three", "seven", "forty", "twelve", "ninety", "fifteen"),
}


def everyday_sentences(seed: int) -> Iterator[str]:
    """Yield such sentences without end, the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    while True:
        said = chance.choice(JOINTS).join(_clause(chance) for _ in range(2))
        yield f"{said[0].upper()}{said[1:]}."


def _clause(chance: random.Random) -> str:
    chosen = {name: chance.choice(words) for name, words in WORDS.items()}
    return chance.choice(PATTERNS).format(**chosen)


def mixed(sentences: list[str], *, share: float, everyday: Iterator[str], chance: random.Random) -> list[str]:
    """Return the sentences with so many everyday ones among them that these are the given share of all, in random places."""
    count = round(len(sentences) * share / (1 - share))
    places = sorted(chance.randrange(len(sentences) + 1) for _ in range(count))
    found: list[str] = []
    for at, sentence in enumerate([*sentences, ""]):
        while places and places[0] == at:
            places.pop(0)
            found.append(next(everyday))
        found.append(sentence)
    return found[:-1]
