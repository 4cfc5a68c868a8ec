"""Names of states, their people, capitals and leaders from our own vocabulary, in the bracket notation of `trees.py`."""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from inflection import words

VOCABULARY: Final = Path(__file__).parent.parent / "src" / "verbale" / "vocab" / "data"

# Names whose last word is a common noun: it is the head, and the name takes an article.
_COMMON: Final = words(
    "Union Empire Republic Kingdom States Federation Confederation Confederacy Emirates Islands Provinces Reich "
    "Commonwealth Netherlands "
    "Philippines Bahamas Gambia Maldives Comoros Vatican Porte Sultanate Khanate Emirate League Nations Sudan Yemen"
)
_NO_ARTICLE: Final = frozenset({"Sudan", "Yemen"})
_PLURAL: Final = words("States Emirates Islands Provinces Netherlands Philippines Bahamas Maldives Comoros Nations")
_DIRECTIONS: Final = words("North South East West Upper Lower Nationalist Red Free")
_MODIFIERS: Final = frozenset({"Great", "Saudi"})
_TITLE_PARTS: Final = words(
    "King Queen Sultan Shah Tsar Emperor Empress Prince Princess Pope Emir Sheikh Secretary President Khan"
)


@dataclass
class StateNames:
    """What one state, its people and its leaders are called; every list holds bracketed phrases."""

    code: str
    names: list[str] = field(default_factory=list)
    adjectives: list[str] = field(default_factory=list)
    demonyms: list[str] = field(default_factory=list)
    capitals: list[str] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    surnames: list[str] = field(default_factory=list)


def rows(name: str) -> list[dict[str, str]]:
    """Read a vocabulary table without its comment lines."""
    with (VOCABULARY / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


# Names of one word: "Mandatory Iraq" and "Tokugawa Japan" are such names with a word before them.
_PLAIN_NAMES: Final = frozenset(
    name
    for row in rows("states.csv")
    for name in row["names"].split("|")
    if name.isalpha() and name not in ("Congo", "Zealand")
)


def load_states(seed: int = 11) -> list[StateNames]:
    """Return all states of the vocabulary with an adjective, in a seeded order."""
    states: dict[str, StateNames] = {}
    for row in rows("states.csv"):
        state = states.setdefault(row["code"], StateNames(row["code"]))
        for name in row["names"].split("|"):
            if len(name.split()) <= 4:
                state.names.append(phrase(name))
    for row in rows("names.csv"):
        known = states.get(row["code"])
        if known is None or len(row["name"].split()) > 3:
            continue
        name = row["name"]
        if row["kind"] == "adjective":
            known.adjectives.append(adjective(name))
        elif row["kind"] == "demonym" and name.endswith("s"):
            known.demonyms.append(name.replace(" ", "_") + ".NNPS" if " " not in name else phrase(name, plural=True))
        elif row["kind"] == "capital":
            known.capitals.append(phrase(name))
        elif row["kind"] == "prefix":
            known.prefixes.append(name)
    for row in rows("leaders.csv"):
        known = states.get(row["code"])
        if known is None:
            continue
        if person := full_name(row["name"]):
            known.persons.append(person)
        known.surnames += [f"[= {alias}.NNP ]" for alias in row["aliases"].split("|") if re.fullmatch(r"[^\W\d_]{3,}", alias)]
    chosen = [state for state in states.values() if state.names and state.adjectives]
    random.Random(seed).shuffle(chosen)  # noqa: S311
    return chosen


def phrase(name: str, *, plural: bool = False) -> str:
    """Write a name as a phrase whose head follows the treebanks: `Union` in a union, the first word of an opaque name."""
    if " of " in name:
        left, right = name.split(" of ", 1)
        inner = phrase(right)
        article = "the " if right.startswith("the ") and not inner.startswith("[= the ") else ""
        return f"[= the {_last_headed(left.split())} [nmod of {article}{inner} ] ]~"
    if " and " in name:
        left, right = name.split(" and ", 1)
        return f"[= {phrase(left)} [conj and {phrase(right)} ] ]~"
    words = name.removeprefix("the ").removeprefix("The ").split()
    last = words[-1]
    if plural:
        return f"[= {_last_headed(words)} ]"
    if last in _COMMON:
        article = "" if last in _NO_ARTICLE else "the "
        return f"[= {article}{_last_headed(words)} ]~"
    if (len(words) > 1 and words[0] in _DIRECTIONS | _MODIFIERS) or (len(words) == 2 and last in _PLAIN_NAMES):
        return f"[= {_last_headed(words)} ]"
    return ("[= the " if len(words) == 1 and last.isupper() else "[= ") + flat(words).removeprefix("[= ")


def flat(words: list[str]) -> str:
    """Write words as an opaque name: the first is the head; hyphens are words of their own, as the tokenizer has them."""
    pieces: list[str] = []
    for word in words:
        parts = re.split(r"(?<=[^\W\d_])-(?=[^\W\d_])", word)
        for at, part in enumerate(parts):
            kind = "CD" if re.fullmatch(r"[IVX]+", part) and pieces else "NNP"
            if at:
                # The hyphen hangs on the word after it, as in the treebanks.
                pieces.append(f"[flat - {part}.{kind} ]")
            else:
                pieces.append(f"{part}.{kind}" + (":flat" if pieces else ""))
    return f"[= {' '.join(pieces)} ]"


def adjective(name: str) -> str:
    """Write a nationality adjective; only its last word agrees with nothing and heads the rest."""
    words = name.split()
    if len(words) == 1:
        return f"[= {name}.JJ ]" if "-" not in name else flat([name]).replace(".NNP", ".JJ")
    if words[0] in _DIRECTIONS:
        return f"[= {' '.join(f'{word}.JJ' for word in words)} ]"
    return f"[= {words[0]}.NNP* {' '.join(f'{word}.JJ:flat' for word in words[1:])} ]"


def full_name(name: str) -> str | None:
    """Write a person's name; names with `of`, digits or more than four words are left out."""
    words = name.split()
    if len(words) > 4 or " of " in name or re.search(r"[\d(),'’.]", name):
        return None
    if words[0] in _TITLE_PARTS and len(words) > 1:
        return f"[= {words[0]}.NNP:nmod:desc {flat(words[1:])}* ]"
    return flat(words)


def _last_headed(words: list[str]) -> str:
    """Write words whose last one is the head: adjectives before it as `amod`, nouns as `compound`."""
    *before, last = words
    tag = "NNPS" if last in _PLURAL or last.endswith("s") else "NNP"
    pieces = [f"{word}.NNP:compound" if _is_noun(word) else f"{word}.JJ:amod" for word in before]
    return " ".join([*pieces, f"{last}.{tag}*"])


def _is_noun(word: str) -> bool:
    if word in ("United", "Great", "Saudi", "Holy", "Free", "Fifth", "Fourth", "Third", "Second", "First", "Mandatory"):
        return False
    return word == "Soviet" or not re.search(r"(?:an|ese|ish|ic|ch|al|ed|ist|ary)$", word)
