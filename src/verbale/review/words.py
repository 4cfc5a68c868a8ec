"""Loads the review's word lists and patterns from its data files, and checks every row as the coder's vocabulary is checked."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.vocab.tables import Once, Row, read_rows

DATA: Final = Path(__file__).parent / "data"
# Every list that a check asks for; a row of lists.csv with another name is a slip of the row.
LISTS: Final = frozenset(
    {
        "adverbs",
        "after-verbs",
        "author-verbs",
        "agents",
        "before-verbs",
        "book-parts",
        "both-ends",
        "citing",
        "cited-as",
        "citing-one",
        "proportions",
        "reckoned",
        "citing-verbs",
        "closed-headings",
        "closing-openings",
        "coined-names",
        "compounds",
        "conditions",
        "distinct-names",
        "duration-nouns",
        "edited",
        "event-words",
        "former",
        "future",
        "in-press",
        "invented",
        "for-short",
        "given-names",
        "gloss-leads",
        "gloss-nouns",
        "gloss-verbs",
        "instruments",
        "listed",
        "loose-names",
        "divided",
        "naming-adjectives",
        "refuting",
        "shifting",
        "examples",
        "many-named",
        "modals",
        "no-authors",
        "note-headings",
        "numbered-things",
        "titled-by-year",
        "before-years",
        "note-leads",
        "of-argument",
        "of-itself",
        "of-other-texts",
        "of-text",
        "openings-to-user",
        "offered",
        "open-lists",
        "openers",
        "own-sections",
        "opinions",
        "past-verbs",
        "phases",
        "pieces",
        "parts",
        "planned-nouns",
        "pronouns",
        "quantifiers",
        "reading-headings",
        "reference-headings",
        "reporting-verbs",
        "labels",
        "languages",
        "laws",
        "laws-headed",
        "lessons",
        "letter-words",
        "name-heads",
        "scholarly",
        "section-words",
        "shares",
        "small-words",
        "suppositions",
        "terms-ahead",
        "time-parts",
        "titles",
        "to-user",
        "told-apart",
        "particles",
        "works",
        "written-on",
    }
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression of a data file, with what it stands for."""

    regex: re.Pattern[str]
    meaning: str


@dataclass(frozen=True, slots=True)
class LoadedWord:
    """A judging word: its forms, the kind of judgement, whether it judges only conduct (of actors and acts, judged.csv), and
    phrases in which it is a plain term (war criminal).
    """

    forms: tuple[str, ...]
    kind: str
    conduct: bool
    plain_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """All data files of the review."""

    lists: dict[str, tuple[str, ...]]
    assistant: tuple[Pattern, ...]
    attributions: tuple[Pattern, ...]
    loaded: tuple[LoadedWord, ...]
    sources: tuple[Pattern, ...]
    known_acronyms: frozenset[str]

    @property
    def openings(self) -> tuple[str, ...]:
        """The words with which a paragraph says that it sums up, in small letters."""
        return tuple(opening.lower() for opening in self.lists["closing-openings"])

    def alternatives(self, name: str) -> str:
        """Return a list as a group of a regular expression: longest first, so that a shorter word never hides a longer one."""
        return alternatives(self.lists[name])


@functools.lru_cache(maxsize=256)
def alternatives(words: tuple[str, ...]) -> str:
    """Return words as a group of a regular expression: longest first, so that a shorter word never hides a longer one."""
    ranked = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ranked) + ")"


@functools.cache
def load_words(*, folder: Path = DATA) -> Words:
    """Return the review's words, loaded once. Raises a `vocabulary-...` error that names file, line and field."""
    lists = read_lists(folder / "lists.csv", LISTS)
    return Words(
        lists=lists,
        attributions=tuple(_attribution(row, lists) for row in read_rows(folder / "attributions.csv", ("pattern", "meaning"))),
        assistant=tuple(_pattern(row, lists=lists) for row in read_rows(folder / "assistant.csv", ("pattern", "meaning"))),
        loaded=tuple(_loaded(folder / "loaded.csv")),
        sources=tuple(_pattern(row, flags=re.NOFLAG) for row in read_rows(folder / "sources.csv", ("pattern", "meaning"))),
        known_acronyms=frozenset(row.required("acronym") for row in read_rows(folder / "acronyms.csv", ("acronym", "note"))),
    )


def read_lists(path: Path, names: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the word lists of a file, each of the names with at least one word. Raises a `vocabulary-...` error."""
    lists: dict[str, list[str]] = {name: [] for name in names}
    once = Once()
    for row in read_rows(path, ("list", "words")):
        name = row.one_of("list", names)
        row.required("words")
        for word in row.parts("words"):
            once.check(row, "words", (name, word.lower()))
            lists[name].append(word)
    empty = sorted(name for name, words in lists.items() if not words)
    if empty:
        raise Row(path.name, 0, {"list": ""}).fail("list", f"at least one row for {', '.join(empty)}")
    return {name: tuple(words) for name, words in lists.items()}


# The lists that a pattern of attributions.csv may name.
_NAMED: Final = {
    "agents": "agents",
    "quantifiers": "quantifiers",
    "adverbs": "adverbs",
    "opinions": "opinions",
    "verbs": "reporting-verbs",
}


# The lists that a pattern of assistant.csv may name.
_TEXT_WORDS: Final = ("edited", "offered", "parts", "pieces")


def _attribution(row: Row, lists: dict[str, tuple[str, ...]]) -> Pattern:
    source = row.required("pattern")
    for name, of in _NAMED.items():
        source = source.replace("{" + name + "}", alternatives(lists[of]))
    try:
        return Pattern(re.compile(rf"(?<![\w-])(?P<phrase>{source})", re.IGNORECASE), row.required("meaning"))
    except re.error as error:
        raise row.fail("pattern", f"a regular expression ({error})") from error


def _pattern(row: Row, *, flags: re.RegexFlag = re.IGNORECASE, lists: Mapping[str, tuple[str, ...]] | None = None) -> Pattern:
    source = row.required("pattern")
    for name in _TEXT_WORDS if lists else ():
        source = source.replace("{" + name + "}", alternatives((lists or {})[name]))
    try:
        return Pattern(re.compile(source, flags), row.required("meaning"))
    except re.error as error:
        raise row.fail("pattern", f"a regular expression ({error})") from error


def _loaded(path: Path) -> list[LoadedWord]:
    once, words = Once(), []
    for row in read_rows(path, ("forms", "kind", "of", "plain_in")):
        row.required("forms")
        for form in row.parts("forms"):
            once.check(row, "forms", form)
        kind = row.one_of("kind", ("praise", "blame", "contempt", "drama"))
        conduct = row.one_of("of", ("", "conduct")) == "conduct"
        words.append(LoadedWord(row.parts("forms"), kind, conduct, row.parts("plain_in")))
    return words
