"""Loads what the checks know of happenings, of nouns for one thing, and of lives, and checks every row on load."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.review.trees import Tree
from verbale.review.words import DATA, read_lists
from verbale.vocab.tables import Once, Row, read_rows

# The lists of chronicle.csv that the code asks for.
LISTS: Final = frozenset(
    {
        "times",
        "turning",
        "unreal",
        "negations",
        "lasting",
        "anaphors",
        "another time",
        "another treaty",
        "approving",
        "assenting",
        "assents",
        "giving assent",
        "parliaments",
        "afterlife",
        "weak",
        "ordinals-first",
        "ordinals-last",
        "offices",
        "passing",
        "dignities",
        "receivers",
        "addressed",
        "addressing",
        "dead copulas",
        "distinguishing",
        "generic",
        "titles",
        "tenures",
        "witnessing",
        "writing",
        "forcing",
        "another",
        "at the time",
        "definite",
        "indefinite",
        "living",
        "once more",
        "own",
        "places",
        "resuming",
        "deeds",
        "sending",
        "posthumous",
        "presiding",
        "taking office",
        "put in office",
        "oaths",
        "high offices",
        "in office again",
        "independence",
        "statehood",
        "span joints",
        "states",
        "when",
        "servants",
        "mutual",
        "undergoing",
        "moving",
        "messages",
        "women",
        "saying",
        "writings",
        "handing over",
        "thenceforth",
        "dispositions",
        "taking place",
        "going back",
        "pro-verbs",
        "naming",
        "repeating",
        "wishes",
        "existing",
        "responses",
        "lasting a while",
        "reviving",
        "gone",
        "at that time",
        "once and more",
        "general bodies",
        "appearing",
        "in force",
        "independent",
        "dealing with",
        "side by side",
    }
)
# Below this a shared beginning of a noun and a verb is chance: "crossing" and "cross", but not "treaty" and "trial".
_STEM: Final = 4
# Of so many words is a noun with what hangs on it: "entry into force".
_PHRASE: Final = 3
# How a noun ends that tells who does something.
_DOERS: Final = ("er", "or", "r")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of happening: its course and its stage there, whether it happens once, whom it happens to, and its words."""

    name: str
    course: str
    stage: int
    once: str
    of: str
    verbs: tuple[tuple[str, ...], ...]
    nouns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """From when to when somebody lived or something existed; None where that is not checked."""

    name: str
    kind: str
    start: int | None
    end: int | None
    end_month: int | None = None


@dataclass(frozen=True, slots=True)
class HappeningWords:
    """The data files of the chronicle."""

    kinds: tuple[Kind, ...]
    by_verb: dict[str, tuple[tuple[Kind, tuple[str, ...]], ...]]
    by_noun: dict[str, Kind]
    by_phrase: dict[str, tuple[tuple[Kind, str, str], ...]]
    group_of: dict[str, str]
    lists: dict[str, frozenset[str]]
    lives: dict[str, Life]
    lives_pattern: re.Pattern[str]

    def verb_kind(self, tree: Tree, at: int) -> Kind | None:
        """Return what a verb with the words on it tells, the fullest form first ("break out" before "break")."""
        found = self.by_verb.get(tree.lemma(at), ())
        if not found:
            return None
        # "the agreement came into force" is no coming to an agreement
        below = [each for each in tree.below[at] if tree.label(each) != "nsubj"]
        beside = {tree.lemma(each) for each in below} | {tree.word(each) for each in below}
        subject = tree.subject(at)
        if subject is not None:
            beside.add(f"@{self.group(tree.lemma(subject))}")
        return next((kind for kind, more in found if beside.issuperset(more)), None)

    def noun_kind(self, tree: Tree, at: int) -> Kind | None:
        """Return what a noun with the words on it tells: "declaration of independence" before "declaration"."""
        lemma = tree.lemma(at)
        for kind, case, inner in self.by_phrase.get(lemma, ()):
            if any(tree.case(each) == case and tree.lemma(each) == inner for each in tree.children(at, "nmod")):
                return kind
        return self.by_noun.get(lemma)

    def office(self, tree: Tree, at: int) -> str:
        """Return the office that a word names or ends, "secretary-general", or nothing."""
        hyphened = at > 1 and tree.word(at - 1) == "-" and f"{tree.word(at - 2)}-{tree.word(at)}"
        if hyphened and hyphened in self.lists["offices"]:
            return hyphened
        return tree.lemma(at) if tree.lemma(at) in self.lists["offices"] else ""

    def group(self, noun: str) -> str:
        """Return the group of a noun, or the noun itself where it names only itself."""
        return self.group_of.get(noun, noun)


@functools.cache
def load_happening_words(*, folder: Path = DATA) -> HappeningWords:
    """Return the words, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    kinds = tuple(_kinds(folder / "happenings.csv"))
    by_verb: dict[str, list[tuple[Kind, tuple[str, ...]]]] = {}
    by_noun: dict[str, Kind] = {}
    by_phrase: dict[str, list[tuple[Kind, str, str]]] = {}
    for kind in kinds:
        for verb in kind.verbs:
            by_verb.setdefault(verb[0], []).append((kind, verb[1:]))
        for noun in kind.nouns:
            by_noun.setdefault(noun, kind)
            if len(parts := noun.split()) == _PHRASE:
                by_phrase.setdefault(parts[0], []).append((kind, parts[1], parts[2]))
    lists = {name: frozenset(words) for name, words in read_lists(folder / "chronicle.csv", LISTS).items()}
    lives = {life.name: life for life in _lives(folder / "lives.csv")}
    names = "|".join(re.escape(name) for name in sorted(lives, key=len, reverse=True))
    return HappeningWords(
        kinds,
        {verb: tuple(sorted(found, key=lambda each: -len(each[1]))) for verb, found in by_verb.items()},
        by_noun,
        {noun: tuple(found) for noun, found in by_phrase.items()},
        dict(_groups(folder / "referents.csv")),
        lists,
        lives,
        re.compile(rf"(?<![\w'-])(?:{names})(?![\w-])"),
    )


def _kinds(path: Path) -> Iterable[Kind]:
    once = Once()
    for row in read_rows(path, ("kind", "course", "stage", "once", "of", "verbs", "nouns")):
        once.check(row, "kind", (row.required("kind"), row.text("of")))
        stage = row.required("stage")
        if not stage.isdecimal():
            raise row.fail("stage", "a number")
        row.required("verbs")
        yield Kind(
            row.required("kind"),
            row.required("course"),
            int(stage),
            row.one_of("once", ("yes", "told", "no")),
            row.one_of("of", ("object", "subject")),
            tuple(tuple(verb.split("+")) for verb in row.parts("verbs")),
            row.parts("nouns"),
        )


def _groups(path: Path) -> Iterable[tuple[str, str]]:
    seen: set[str] = set()
    for row in read_rows(path, ("group", "nouns")):
        group = row.required("group")
        row.required("nouns")
        for noun in row.parts("nouns"):
            if noun not in seen:  # the first group of a noun counts: "convention" is a treaty before it is a meeting
                seen.add(noun)
                yield noun, group


def _lives(path: Path) -> Iterable[Life]:
    once = Once()
    for row in read_rows(path, ("names", "kind", "start", "end")):
        kind = row.one_of("kind", ("person", "actor"))
        (start, _), (end, month) = _year(row, "start"), _year(row, "end")
        row.required("names")
        for name in row.parts("names"):
            once.check(row, "names", name)
            yield Life(name, kind, start, end, month)


def _year(row: Row, field: str) -> tuple[int | None, int | None]:
    """Return a year, and the month where the field names it."""
    text = row.text(field)
    match = re.fullmatch(r"(-?\d{1,4})(?:-(0[1-9]|1[0-2]))?", text)
    if text and match is None:
        raise row.fail(field, "a year (1953) or a month (1953-03), negative before our era, or nothing")
    return (int(match[1]), int(match[2]) if match[2] else None) if match else (None, None)


# The words of a manuscript are compared each with each.
@functools.lru_cache(maxsize=100_000)
def related(noun: str, verb: str) -> bool:
    """Tell whether a noun is made from a verb, by their common beginning: "crossing" and "cross", "invasion" and "invade"."""
    if any(verb + ending == noun or noun + ending == verb for ending in _DOERS):
        return False  # the founder of a bank is not its founding
    shared = 0
    for one, other in zip(noun, verb, strict=False):
        if one != other:
            break
        shared += 1
    return shared >= _STEM and shared >= min(len(verb), len(noun)) - 2 and shared >= 0.6 * len(verb)
