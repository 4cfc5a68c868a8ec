"""The words of a mention, told apart into names, numbers and other words, without those of its parties and of grammar."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.vocab import DATA
from verbale.vocab.actors import NAME_COLUMNS
from verbale.vocab.instruments import COLUMNS as INSTRUMENT_COLUMNS
from verbale.vocab.numbers import TENS, UNITS
from verbale.vocab.tables import read_rows

LISTS: Final = Path(__file__).parent / "data" / "words.csv"
_TOKEN: Final = re.compile(r"\d+(?:[.,]\d{3})+|\w+(?:-\w+)*")
_POSSESSIVE: Final = re.compile(r"['’]s?\b")
# "Signed" meets "signing" and "refugees" "refuge" by their first letters: five part few words of one field that six would keep.
_STEM: Final = 5
# Smaller numbers are said of anything (two armies, three points); of diplomats, dead and ships there are more.
MEETINGS: Final = frozenset(("conference", "conferences", "congress", "summit"))
_PREFIXES: Final = frozenset(("anti", "co", "counter", "de", "inter", "non", "post", "pre", "re"))
_LEAST: Final = 10
_YEARS: Final = range(1000, 2100)
INSTRUMENTS: Final = frozenset(
    ("accord", "accords", "agreement", "agreements", "armistice", "charter", "communique", "convention", "declaration", "pact",
     "peace", "protocol", "treaty", "truce")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What a mention's words tell, as numbers of words; the names of its object and its place also apart."""

    words: frozenset[int]
    names: frozenset[int]
    numbers: frozenset[int]
    object_names: frozenset[int]
    place_names: frozenset[int]
    instrument_names: frozenset[int]
    known_instruments: frozenset[int]
    meeting_names: frozenset[int]
    instrument: bool


class TextReader:
    """Reads the texts of mentions and numbers their words in the order in which they come."""

    def __init__(self) -> None:
        """Start without words."""
        self._numbers: dict[str, int] = {}
        nothing = frozenset[int]()
        self._empty = Told(nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing, instrument=False)
        # Objects and places come back often, quotations seldom: a hundred thousand take some tens of megabytes.
        self._sorted = functools.lru_cache(maxsize=100_000)(sort_words)
        self._named = functools.lru_cache(maxsize=100_000)(_with_parts)

    def read(self, quote: str, told: str, place: str, source: str, target: str, *parties: str) -> Told:
        """Return the words of a quotation, an object (`told`) and a place; `source` and `target` are codes, `parties` names."""
        if not (quote or told or place):
            return self._empty
        own = own_words(source) | own_words(target)
        known = own | {part for name in parties for part in self._named(name)}
        of_quote = sort_words(quote, heading=False)
        # Event data write "Kunduz, Kunduz, Afghanistan": what follows the first comma says only where the place lies.
        of_object, of_place = self._sorted(told, heading=True), self._sorted(place.partition(",")[0], heading=True)
        names = (of_quote.names | of_object.names | of_place.names | canonical(told)) - known
        words = of_quote.words | of_object.words
        states = own_words(source, capitals=False) | own_words(target, capitals=False)
        # "Relations" or "troops" is an object that many acts share; "Good Friday Agreement", "barley" and "S-300" are not.
        plain = {word[:_STEM] for word in of_object.words - word_lists()["general"]}
        specific = (of_object.names | plain | canonical(told)) - known
        stems = {word[:_STEM] for word in words - known}
        listed, is_instrument = canonical(told), bool(INSTRUMENTS & of_object.words)
        return Told(
            self._coded(stems),
            self._coded(names),
            self._coded(of_quote.numbers | of_object.numbers),
            self._coded(specific),
            # A capital stands for its state in a sentence, but as a place it tells where.
            self._coded((of_place.names | of_place.words) - states),
            self._coded(own_names(told, INSTRUMENTS) - own),
            self._coded(listed),
            self._coded(own_names(told, MEETINGS) - states),
            instrument=bool(listed) or bool(of_object.names and is_instrument),
        )

    def _coded(self, words: Iterable[str]) -> frozenset[int]:
        return frozenset(self._numbers.setdefault(word, len(self._numbers)) for word in sorted(words))


@dataclass(frozen=True, slots=True)
class Sorted:
    """The words of one text by kind, in small letters without accents."""

    names: frozenset[str]
    words: frozenset[str]
    numbers: frozenset[str]


def sort_words(text: str, *, heading: bool) -> Sorted:
    """Tell names, numbers and other words of a text apart; the first word of a sentence is no name for its capital.

    >>> found = sort_words("The cruiser Moskva sank with 27 men in 2022", heading=False)
    >>> sorted(found.names), sorted(found.words), sorted(found.numbers)
    (['moskva'], ['cruiser', 'men', 'sank'], ['27'])
    """
    lists = word_lists()
    names, words, numbers = set[str](), set[str](), set[str]()
    for place, token in enumerate(_tokens(text)):
        word = _folded(token)
        if (number := _number(word)) is not None:
            if number >= _LEAST and not (number in _YEARS and word.isdigit()):
                numbers.add(str(number))
        elif word in lists["grammar"] or len(word) < 2:
            continue
        elif any(letter.isdigit() for letter in word):
            names.add(word.replace("-", ""))
        elif token[0].isupper() and (place or heading) and word not in lists["general"]:
            names.update(_parts(word))
        else:
            words.update(part for part in word.split("-") if part not in lists["grammar"])
    return Sorted(frozenset(names), frozenset(words), frozenset(numbers))


@functools.cache
def own_words(code: str, *, capitals: bool = True) -> frozenset[str]:
    """Return the words by which the vocabulary names an actor, with adjectives, demonyms and, if asked, capitals."""
    return _names_by_code(capitals).get(code, frozenset())


@functools.lru_cache(maxsize=100_000)
def canonical(name: str) -> frozenset[str]:
    """Return a word for each treaty or war that the vocabulary knows by a name, so that its other names meet it."""
    return _instruments().get(" ".join(map(_folded, _tokens(name))), frozenset()) if name else frozenset()


@functools.cache
def word_lists() -> dict[str, frozenset[str]]:
    """Return the lists of words.csv by name; raises the `vocabulary-...` errors for a row that is not allowed."""
    found: dict[str, frozenset[str]] = {name: frozenset() for name in ("grammar", "general")}
    for row in read_rows(LISTS, ("list", "words", "note")):
        row.required("note")
        name = row.one_of("list", set(found))
        found[name] |= frozenset(_folded(word) for word in row.parts("words"))
    return found


@functools.cache
def _names_by_code(capitals: bool) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_rows(DATA / "names.csv", NAME_COLUMNS):
        if not capitals and row.text("kind") in {"capital", "seat"}:
            continue
        found.setdefault(row.required("code"), set()).update(map(_folded, _tokens(row.required("name"))))
    for row in read_rows(DATA / "states.csv", ("code", "entity", "start", "end", "names")):
        for name in (row.text("entity"), *row.parts("names")):
            found.setdefault(row.required("code"), set()).update(map(_folded, _tokens(name)))
    return {code: _with_parts(" ".join(words)) for code, words in found.items()}


@functools.cache
def _instruments() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_rows(DATA / "instruments.csv", INSTRUMENT_COLUMNS):
        for name in (row.required("name"), *row.parts("aliases")):
            told = f"{row.required('name')} {row.required('start')}"
            found.setdefault(" ".join(map(_folded, _tokens(name))), set()).add(told)
    return {name: frozenset(told) for name, told in found.items()}


@functools.lru_cache(maxsize=100_000)
def own_names(text: str, words: frozenset[str]) -> frozenset[str]:
    """Return what names a treaty (or the like, one of some `words`) in its own name: capitals before the word, or after "of".

    A number may be all that tells two treaties apart.

    >>> sorted(own_names("the Five-Power Treaty of 1922", INSTRUMENTS)), own_names("first accord of the Cold War", INSTRUMENTS)
    (['five', 'power'], frozenset())
    """
    tokens = _tokens(text)
    found: set[str] = set()
    for place, token in enumerate(tokens):
        if _folded(token) not in words:
            continue
        before = list(itertools.takewhile(_is_capital, reversed(tokens[:place])))
        after = tokens[place + 1 : place + 2] == ["of"]
        found.update(*map(_parts, [*before, *(itertools.takewhile(_is_capital, tokens[place + 2 :]) if after else ())]))
    return frozenset(found - word_lists()["general"] - word_lists()["grammar"])


def _with_parts(name: str) -> frozenset[str]:
    """Return the words of a name, and those words as they are compared."""
    words = {_folded(word) for word in _tokens(name)}
    return frozenset(words.union(*map(_parts, words)))


def _is_capital(token: str) -> bool:
    return token[0].isupper()


def _parts(token: str) -> list[str]:
    """Return the parts of a compound, each without a final s, so that the Five Powers meet the Five-Power Treaty.

    "Non-Proliferation" is one word, as others write it.
    """
    first, *rest = _folded(token).split("-")
    whole = [first + rest[0], *rest[1:]] if rest and first in _PREFIXES else [first, *rest]
    return [part.removesuffix("s") if len(part) > _STEM else part for part in whole]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(_POSSESSIVE.sub("", text))


@functools.lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    """Return a word in small letters without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(letter))


@functools.cache
def _number_words() -> dict[str, int]:
    found = {word: number for number, word in enumerate(UNITS)} | {
        word: 10 * number for number, word in enumerate(TENS) if number
    }
    compound = {f"{ten}-{unit}": found[ten] + found[unit] for ten in TENS[2:] for unit in UNITS[1:10]}
    return found | compound


def _number(word: str) -> int | None:
    plain = word.replace(",", "").replace(".", "")
    # A text may hold digits without end, which no number of diplomats has.
    if plain.isascii() and plain.isdigit():
        return int(plain[:18])
    return _number_words().get(word)
