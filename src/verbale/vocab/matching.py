"""Finds names in running text: longest first, left to right, at word boundaries, by looking up capitalised words.

A name holds a word with a capital letter or a digit, so only such words are looked up, and the rest of a name is compared in
place. In Python that is faster than walking a trie of tokens, because most words of a sentence cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from verbale.vocab.names import ActorName, Mention

# Every replacement is one character for one character, so offsets stay what they are.
_SAME_LENGTH: Final = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "–": "-", "‑": "-", "‐": "-", "\u00a0": " ", "\u202f": " ", "\n": " ", "\r": " ", "\t": " "}
)
_NEEDS_MAPPING: Final = re.compile(r"[^\x20-\x7e\u00c0-\u024f]|\x20\x20")
_SPACES: Final = re.compile(r"\x20{2,}")
_WORD: Final = re.compile(r"(?<![^\W_])[^\Wa-z_][^\W_]*")
_NEXT: Final = re.compile(r"[\W_]*[^\W_]+")
_LETTERS: Final = re.compile(r"[^\W_]*")
_CLITICS: Final = frozenset({"s", "S", "d", "ll", "ve", "re"})
_DOTTED: Final = re.compile(r"(?:[A-Z]\.){2,}")
# A headline in capitals writes names in capitals; shorter ones would collide with abbreviations and ordinary short words.
_SHORTEST_CAPITALISED: Final = 4
_NOT_CAPITALISED: Final = frozenset({"abbreviation", "prefix"})
# In a line of capitals, US after these words is the pronoun.
_BEFORE_PRONOUN: Final = ("LET ", "GIVE ", "TELL ", "SHOW ", "BRING ")
_GUARDED: Final = frozenset({"capital", "seat", "leader"})
# The guard words before a name are shorter than this ("Governor of ").
_LONGEST_BEFORE: Final = 40
# The other names of an instrument called by several: Webster-Ashburton Treaty.
_CHAIN: Final = re.compile(r"(?:-[^\Wa-z_][\w']*)+")
# A parliament or a ministry belongs to the state named straight before it: the Mexican Congress is not Washington's.
_OWNER: Final = frozenset({"adjective", "name", "abbreviation"})
_OWNED: Final = frozenset({" ", "'s ", "' "})

_Names = tuple[ActorName, ...]
_Forms = Sequence[tuple[str, int, _Names]]
_NO_FORMS: Final[_Forms] = ()


class Matcher:
    """Names by their first word, with the guards that keep some words from being taken for an actor."""

    def __init__(
        self, names: Iterable[ActorName], *, phrases: Iterable[str] = (), before: Iterable[str] = (), after: Iterable[str] = ()
    ) -> None:
        """Index names; `phrases` name no actor, and a capital names none after a `before` word or ahead of an `after` word."""
        held: dict[str, list[ActorName]] = {}
        for name in names:
            for form in written_forms(name.name, name.kind):
                candidates = held.setdefault(form, [])
                if name not in candidates:
                    candidates.append(name)
        for phrase in phrases:
            held.setdefault(phrase, [])
            held.setdefault(phrase.upper(), [])
        self._before = tuple(f"{word} " for text in before for word in (text, text.upper()))
        self._after = frozenset(f" {word}" for text in after for word in (text, text.upper()))
        # First word, then what follows it up to the end of the next word, then the names that begin so, longest first.
        self._index: dict[str, dict[str, list[tuple[str, int, _Names]]]] = {}
        for form, candidates in held.items():
            word, lead = key_word(form)
            forms = self._index.setdefault(word, {}).setdefault(_following(form, lead + len(word)), [])
            forms.append((form, lead, tuple(candidates)))
            forms.sort(key=lambda entry: (-len(entry[0]), entry[0]))

    def find(self, text: str) -> list[Mention]:
        """Return the names in a text in order, none overlapping another; a possessive ending is not part of a name."""
        if _NEEDS_MAPPING.search(text) is None:
            return [Mention(start, end, text[start:end], names) for start, end, names in self._matches(text)]
        plain, original = _plain(text)
        return [
            Mention(original(start), original(end - 1) + 1, text[original(start) : original(end - 1) + 1], names)
            for start, end, names in self._matches(plain)
        ]

    def _matches(self, text: str) -> Iterator[tuple[int, int, _Names]]:
        at = 0
        last: _Names = ()
        for word in _WORD.finditer(text):
            if word.start() < at or word[0] not in self._index:
                continue
            match = self._longest(text, word, at)
            if match is None:
                continue
            start, end, names = match
            if " " in text[start:end] and names and names[0].kind == "leader":
                # President Kim Il Sung is Kim Il Sung, not another President Kim.
                inner = _WORD.match(text, text.rindex(" ", start, end) + 1)
                longer = self._longest(text, inner, start) if inner else None
                if longer is not None and longer[1] > end:
                    start, end, names = longer
            usable = self._usable(text, start, end, names)
            if usable and not (last and _owned(last, text[at:start], usable)):
                yield start, end, usable
            at, last = end, usable

    def _longest(self, text: str, word: re.Match[str], at: int) -> tuple[int, int, _Names] | None:
        """Return the longest name whose key word stands here and that begins no earlier than `at`."""
        group = self._index.get(word[0])
        if group is None:
            return None
        forms = group.get("", _NO_FORMS)
        if len(group) > 1 or not forms:
            forms = (*group.get(_following(text, word.end()), _NO_FORMS), *forms)
        for form, lead, names in forms:
            start = word.start() - lead
            if start >= at and text.startswith(form, start) and _bounded(text, start, start + len(form)):
                return start, start + len(form), names
        return None

    def _usable(self, text: str, start: int, end: int, names: _Names) -> _Names:
        """Return those candidates that the words around leave possible."""
        if len(names) > 1 or (names and names[0].kind == "prefix"):
            # Anglo-Egyptian, Anglo- and Russo-; not Euro-zone.
            hyphen = text.startswith("-", end) and not text[end + 1 : end + 2].islower()
            prefixes = tuple(name for name in names if name.kind == "prefix")
            names = prefixes if hyphen and prefixes else tuple(name for name in names if name.kind != "prefix")
        if names and all(name.kind in _GUARDED for name in names):
            if names[0].kind != "leader" and text.endswith(self._before, max(0, start - _LONGEST_BEFORE), start):
                return ()
            chain = _CHAIN.match(text, end)
            if _following(text, chain.end() if chain else end) in self._after:
                return ()
        return () if _pronoun(text, start, end) else names


def key_word(form: str) -> tuple[str, int]:
    """Return the first capitalised word of a name, by which it is looked up, and how many characters stand before it.

    A name without any gives an empty word.
    """
    found = _WORD.search(form)
    return (found[0], found.start()) if found else ("", 0)


def written_forms(name: str, kind: str) -> list[str]:
    """Return how a name may stand in a text: as given, dotted letters with spaces, and long names in capitals."""
    forms = [name]
    if _DOTTED.fullmatch(name):
        forms += [name.replace(".", ". ").rstrip(), name[:-1]]
    letters = sum(character.isalpha() for character in name)
    if kind not in _NOT_CAPITALISED and letters >= _SHORTEST_CAPITALISED and name != name.upper():
        forms.append(name.upper())
    return forms


def _following(text: str, at: int) -> str:
    """Return what stands from here to the end of the next word; empty where no word follows."""
    found = _NEXT.match(text, at)
    return found[0] if found else ""


def _bounded(text: str, start: int, end: int) -> bool:
    """Tell whether words begin and end here: no letter goes on, nor an apostrophe with more of a name (Sana'a, N'Djamena)."""
    if start and text[start - 1].isalnum():
        return False
    following = text[end : end + 1]
    if following == "." and text[end - 2] == ".":  # U.S within U.S.S.
        return not text[end + 1 : end + 2].isalnum()
    if following == "'":
        rest = _LETTERS.match(text, end + 1)
        return rest is None or not rest[0] or rest[0] in _CLITICS
    return not following.isalnum()


def _pronoun(text: str, start: int, end: int) -> bool:
    """Tell whether US or WHO is the pronoun, as it can be in a line of capitals."""
    word = text[start:end]
    if word == "US":
        return text.endswith(_BEFORE_PRONOUN, 0, start)
    following = _following(text, end).strip() if word == "WHO" else ""
    return len(following) > 1 and following.isupper()


def _owned(owner: _Names, between: str, names: _Names) -> bool:
    """Tell whether a seat of government belongs to another state, whose name stands straight before it."""
    if between not in _OWNED or names[0].kind != "seat" or owner[0].kind not in _OWNER:
        return False
    return {name.code for name in names}.isdisjoint(name.code for name in owner)


def _plain(text: str) -> tuple[str, Callable[[int], int]]:
    """Return the text with plain quotes, hyphens and single spaces, and the way from its offsets back to the given text's."""
    mapped = text.translate(_SAME_LENGTH)
    if "  " not in mapped:
        return mapped, lambda offset: offset
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for gap in _SPACES.finditer(mapped):
        pieces.append(mapped[at : gap.start() + 1])
        offsets.extend(range(at, gap.start() + 1))
        at = gap.end()
    pieces.append(mapped[at:])
    offsets.extend(range(at, len(mapped)))
    return "".join(pieces), offsets.__getitem__
