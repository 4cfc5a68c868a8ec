"""The action half of the vocabulary: which verbs and nouns, in which grammatical frame, are which act, and who acts on whom.

All knowledge stands in tables under `data/`: `actions.csv` (the lexicon), `classes.csv` (sets of nouns that frames name),
`complements.csv` (what a verb does to the act in its complement), `light_verbs.csv` (verbs that lend their subject to an act
named by a noun). This module reads and checks them, and indexes them by every inflected form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

from verbale.core import EVENT_TYPES, EventType
from verbale.vocab.codes import Codes, load_codes
from verbale.vocab.inflection import DATA, noun_forms, phrase_head, spellings, verb_forms
from verbale.vocab.tables import Once, Row, read_rows

ACTION_COLUMNS: Final = (
    "kind", "lemma", "particle", "object", "preposition", "complement", "type", "mode", "source", "target", "mutual",
    "strength", "note",
)  # fmt: skip
# How surely an entry denotes its type: a coder's confidence starts here. Sure entries need no context; a weak one is right
# about as often as not and counts only where everything else fits. `never` marks a frame that names no act although a more
# general row of its verb would take it for one ("meet a need", "recognise that"); both of its roles are `none`.
STRENGTHS: Final[dict[str, float]] = {"sure": 0.9, "likely": 0.7, "weak": 0.45, "never": 0.0}
COMPLEMENTS: Final = frozenset({"infinitive", "that", "gerund"})
PREPOSITIONS: Final = frozenset(
    re.split(
        r"\W+",
        "about above across after against along alongside among around as at before behind beside between beyond by concerning"
        " down during for from in inside into near of off on onto out over past regarding round since through throughout to"
        " toward towards under until up upon with within without",
    )
) | {"in favour of", "on behalf of", "in support of", "out of", "because of", "back to", "away from"}
ROLES: Final = (
    frozenset({"subject", "object", "indirect", "possessor", "object.possessor", "complement", "place", "rival", "none"})
    | PREPOSITIONS
)
EFFECTS: Final[dict[str, str]] = {
    "end": "the complement's act went on before and is ended",
    "carry": "the complement's act happened",
    "intend": "the complement's act is wanted or planned",
    "fail": "the complement's act was due and did not happen",
    "omit": "the complement's act was left undone by choice",
    "hypothetical": "the complement's act is only talked about",
    "say": "the speaker asserts the complement's act",
    "claim": "the speaker's own version, not to be taken as fact",
    "deny": "the speaker denies the complement's act",
    "cause": "the object does the complement's act because the subject makes it",
}
LIGHT_EFFECTS: Final[dict[str, str]] = {
    "light": "the subject does what the noun names",
    "start": "the subject begins what the noun names",
    "end": "the subject ends what the noun names; its type is the noun's `ended` type in types.csv",
    "undergo": "what the noun names is done to the subject",
}


# No name of an act reaches further than this many words from its head.
NAME_REACH: Final = 5
SKIPPED_IN_NAMES: Final = frozenset({"-", "–", "the", "a", "an"})


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """One row of the lexicon: a verb or noun in a grammatical frame, the act that it denotes, and which role is which party.

    `objects` holds the lemmas of the allowed objects, classes expanded; empty allows any. `source` and `target` are roles in
    order of preference; they describe the active verb. `origin` says where a row of the user's
    project stands (file and line).
    """

    entry_id: str
    kind: str
    lemma: str
    particle: str
    objects: frozenset[str]
    no_object: bool
    prepositions: frozenset[str]
    complements: frozenset[str]
    type: EventType
    mode: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    mutual: bool
    strength: float
    note: str = ""
    origin: str = field(default="", compare=False)

    @property
    def own(self) -> bool:
        """Tell whether the row comes from the user's project."""
        return bool(self.origin)

    @property
    def specificity(self) -> int:
        """How many conditions the frame sets: among the entries that fit, the coder takes the one with the most."""
        named = bool(self.particle) + bool(self.objects) + self.no_object + bool(self.prepositions) + bool(self.complements)
        return named + self.lemma.count(" ")

    def accepts_object(self, head: str, phrase: str = "") -> bool:
        """Tell whether a noun may stand as object: `head` its lemma, `phrase` all lemmas of its noun phrase with spaces."""
        if not self.objects or head in self.objects:
            return True
        padded = f" {phrase} "
        return bool(phrase) and any(" " in name and f" {name} " in padded for name in self.objects)


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that lends its subject to an act named by its object; `nouns` limits the objects (empty: any action noun)."""

    lemma: str
    particle: str
    nouns: frozenset[str]
    effect: str


@dataclass(frozen=True, slots=True)
class Actions:
    """The checked and indexed action vocabulary; mappings are keyed by lemma in every spelling (recognise, recognize).

    `verbs` maps a verb's lemma to its entries, most specific first; `nouns` maps the head word of a noun phrase to its entries.
    `trigger_forms` are all inflected forms of both, for screening raw text before it is parsed; `shared_forms` those of acts
    that two sides share, which a story may tell without naming them ("the treaty was signed").
    """

    verbs: Mapping[str, tuple[ActionEntry, ...]]
    nouns: Mapping[str, tuple[ActionEntry, ...]]
    classes: Mapping[str, frozenset[str]]
    complements: Mapping[str, str]
    light_verbs: Mapping[str, tuple[LightVerb, ...]]
    codes: Codes
    trigger_forms: frozenset[str]
    shared_forms: frozenset[str]
    verb_lemmas: Mapping[str, str]
    noun_lemmas: Mapping[str, str]

    def is_trigger_word(self, form_lower: str) -> bool:
        """Tell whether a word in lower case is a form of an action verb, or of the head of an action noun."""
        return form_lower in self.trigger_forms

    def verb_lemma(self, form_lower: str) -> str | None:
        """Return the lexicon's lemma of a verb form in lower case, or None for a verb that no table names."""
        return self.verb_lemmas.get(form_lower)

    def noun_lemma(self, form_lower: str) -> str | None:
        """Return the lexicon's lemma of a noun form in lower case, or None for a noun that no table names."""
        return self.noun_lemmas.get(form_lower)

    def ended(self, event_type: EventType) -> EventType:
        """Return the type of an act that ends an act of this type: an occupation ended is RETREAT, talks suspended REJECT."""
        return self.codes.types[event_type].ended

    def noun_entries(self, lemmas: Sequence[str], at: int) -> tuple[ActionEntry, ...]:
        """Return the entries of the noun at a position of a list of lemmas in lower case, those of the longest name only.

        A name may reach to both sides of its head ("air strike", "note of protest"); a hyphen counts as a space.
        """
        entries = self.nouns.get(lemmas[at], ())
        if all(" " not in entry.lemma for entry in entries):
            return entries
        near = (word for word in lemmas[max(0, at - NAME_REACH) : at + NAME_REACH + 1] if word not in SKIPPED_IN_NAMES)
        window = f" {' '.join(self.noun_lemmas.get(word, word) for word in near)} "
        fitting = [entry for entry in entries if " " not in entry.lemma or self._stands_in(entry.lemma, window)]
        longest = max((entry.lemma.count(" ") for entry in fitting), default=0)
        return tuple(entry for entry in fitting if entry.lemma.count(" ") == longest)

    def _stands_in(self, name: str, window: str) -> bool:
        """Tell whether a name of several words stands in lemmas joined by spaces, each of its words taken as its lemma."""
        return f" {' '.join(self.noun_lemmas.get(word, word) for word in name.split())} " in window


@cache
def load_actions(folder: Path = DATA) -> Actions:
    """Return the action vocabulary of a folder, checked whole; the result is kept, so a second call costs nothing.

    Raises VerbaleError `vocabulary-file`, `-columns`, `-row`, `-field` or `-duplicate`, naming file, line and field.
    """
    classes = _classes(folder)
    codes = load_codes(folder)
    return index_actions(
        _entries(folder, classes, codes),
        classes=classes,
        codes=codes,
        complements=_complements(folder),
        light=_light_verbs(folder, classes),
    )


def index_actions(
    entries: Sequence[ActionEntry],
    *,
    classes: Mapping[str, frozenset[str]],
    codes: Codes,
    complements: Mapping[str, str],
    light: Mapping[str, tuple[LightVerb, ...]],
) -> Actions:
    """Return the action vocabulary of checked tables, indexed."""
    verbs = [entry for entry in entries if entry.kind == "verb"]
    nouns = [entry for entry in entries if entry.kind == "noun"]
    verb_names = [entry.lemma for entry in verbs]
    noun_heads = [phrase_head(entry.lemma) for entry in nouns]
    members = [*classes.values(), *(entry.objects for entry in verbs)]
    object_words = sorted({phrase_head(name) for names in members for name in names})
    return Actions(
        verbs=_index((entry.lemma, entry) for entry in verbs),
        nouns=_index((phrase_head(entry.lemma), entry) for entry in nouns),
        classes=MappingProxyType(dict(classes)),
        complements=MappingProxyType(dict(complements)),
        light_verbs=MappingProxyType(dict(light)),
        codes=codes,
        trigger_forms=_trigger_forms(verbs, nouns),
        shared_forms=_trigger_forms([entry for entry in verbs if entry.mutual], [entry for entry in nouns if entry.mutual]),
        verb_lemmas=MappingProxyType(_lemma_of_form([*verb_names, *complements, *light], verb_forms)),
        noun_lemmas=MappingProxyType(_lemma_of_form([*noun_heads, *object_words], noun_forms)),
    )


# Verbs that stand in most sentences of any text and name an act only with certain objects: a screen that let them through would
# keep everything, so the forms of those objects stand for them. Sets of more than 60 nouns (territories, persons, forces) are
# as common as the verbs and bring nothing that another word of such a sentence does not.
LARGEST_SCREENED_SET: Final = 60
EVERYDAY_VERBS: Final = frozenset(
    {
        "be",
        "bring",
        "come",
        "do",
        "find",
        "get",
        "give",
        "go",
        "have",
        "hold",
        "keep",
        "make",
        "put",
        "run",
        "see",
        "set",
        "take",
    }
)


def _trigger_forms(verbs: Iterable[ActionEntry], action_nouns: Iterable[ActionEntry]) -> frozenset[str]:
    """Return the forms that a text must hold one of if it is to hold an act."""
    names: list[str] = []
    nouns = [phrase_head(entry.lemma) for entry in action_nouns if entry.strength]
    for entry in verbs:
        if not entry.strength:
            continue
        if entry.lemma not in EVERYDAY_VERBS:
            names.append(entry.lemma)
        elif not entry.particle and len(entry.objects) <= LARGEST_SCREENED_SET:
            nouns += [phrase_head(name) for name in entry.objects]
    return frozenset(_lemma_of_form(names, verb_forms)) | frozenset(_lemma_of_form(nouns, noun_forms))


# Past forms that are far more frequent in texts about states than the verb that looks the same in its base form.
PAST_FORMS_FIRST: Final = frozenset({"found", "saw", "fell", "lay"})


def _lemma_of_form(lemmas: Iterable[str], inflect: Callable[[str], tuple[str, ...]]) -> dict[str, str]:
    """Map every form to its lemma; a form that is itself a lemma is its own, unless it is mostly another verb's past."""
    forms: dict[str, str] = {}
    listed = list(dict.fromkeys(lemmas))
    for lemma in listed:
        for form in inflect(lemma):
            forms.setdefault(form, lemma)
    for lemma in listed:
        if lemma not in PAST_FORMS_FIRST and forms[lemma] not in spellings(lemma):
            forms[lemma] = lemma
    return forms


def _index(pairs: Iterable[tuple[str, ActionEntry]]) -> Mapping[str, tuple[ActionEntry, ...]]:
    """Group entries by a word in all its spellings: the most specific frame first, then the user's, then fewer objects."""
    found: dict[str, list[ActionEntry]] = {}
    for word, entry in pairs:
        for spelling in spellings(word):
            found.setdefault(spelling, []).append(entry)
    return MappingProxyType({word: tuple(sorted(group, key=_rank)) for word, group in found.items()})


def _rank(entry: ActionEntry) -> tuple[int, bool, int, float, str]:
    return -entry.specificity, not entry.own, len(entry.objects), -entry.strength, entry.entry_id


def _classes(folder: Path) -> dict[str, frozenset[str]]:
    """Read the noun classes; a class may name classes above it with @."""
    classes: dict[str, frozenset[str]] = {}
    once = Once()
    for row in read_rows(folder / "classes.csv", ("class", "lemmas")):
        name = row.required("class")
        once.check(row, "class", name)
        row.required("lemmas")
        classes[name] = _expand(row, "lemmas", classes)
    return classes


def _expand(row: Row, field: str, classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the lemmas of a field in every spelling, classes expanded."""
    lemmas: set[str] = set()
    for part in row.parts(field):
        if not part.startswith("@"):
            lemmas.update(spellings(_lower(row, field, part)))
        elif part[1:] in classes:
            lemmas |= classes[part[1:]]
        else:
            raise row.fail(field, "a class of classes.csv: " + ", ".join(f"@{name}" for name in sorted(classes)))
    return frozenset(lemmas)


def _lower(row: Row, field: str, text: str) -> str:
    if text != text.lower() or "  " in text:
        raise row.fail(field, "words in lower case with single spaces")
    return text


def _among(row: Row, field: str, allowed: Collection[str], parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of a field if each is one of the allowed values."""
    if not set(parts) <= set(allowed):
        raise row.fail(field, "one or more of " + ", ".join(sorted(allowed)))
    return parts


def _entries(folder: Path, classes: Mapping[str, frozenset[str]], codes: Codes) -> list[ActionEntry]:
    """Read the lexicon; no frame may stand in it twice."""
    entries: list[ActionEntry] = []
    once = Once()
    for row in read_rows(folder / "actions.csv", ACTION_COLUMNS):
        entry = read_entry(row, classes, codes)
        once.check(row, "lemma", entry.entry_id)
        entries.append(entry)
    return entries


def entry_id(row: Row) -> str:
    """Return the name of a row's entry: its word and the frame as the row writes it."""
    frame = [row.text(field) for field in ("kind", "lemma", "particle", "object", "preposition", "complement")]
    return ":".join(frame).rstrip(":")


def read_entry(row: Row, classes: Mapping[str, frozenset[str]], codes: Codes) -> ActionEntry:
    """Return the entry of a row with the columns `ACTION_COLUMNS`, checked."""
    kind = row.one_of("kind", ("verb", "noun"))
    lemma = _lower(row, "lemma", row.required("lemma"))
    event_type = cast(EventType, row.one_of("type", EVENT_TYPES))
    no_object = row.text("object") == "-"
    if kind == "verb" and " " in lemma:
        raise row.fail("lemma", "one word; a particle has its own column")
    for column in ("particle", "object"):
        if kind == "noun" and row.text(column):
            raise row.fail(column, "nothing for a noun")
    return ActionEntry(
        entry_id=entry_id(row),
        kind=kind,
        lemma=lemma,
        particle=row.text("particle"),
        objects=frozenset() if no_object else _expand(row, "object", classes),
        no_object=no_object,
        prepositions=frozenset(_among(row, "preposition", PREPOSITIONS, row.parts("preposition"))),
        complements=frozenset(_among(row, "complement", COMPLEMENTS, row.parts("complement"))),
        type=event_type,
        mode=row.one_of("mode", ("", *codes.modes_of(event_type))),
        source=_roles(row, "source"),
        target=_roles(row, "target"),
        mutual=row.one_of("mutual", ("yes", "no")) == "yes",
        strength=STRENGTHS[row.one_of("strength", STRENGTHS)],
        note=row.text("note"),
    )


def _roles(row: Row, field: str) -> tuple[str, ...]:
    return _among(row, field, ROLES, tuple(role.strip() for role in row.required(field).split(">")))


def _complements(folder: Path) -> dict[str, str]:
    """Read what each complement-taking word does to the act in its complement."""
    effects: dict[str, str] = {}
    once = Once()
    for row in read_rows(folder / "complements.csv", ("lemma", "effect", "note")):
        once.check(row, "lemma", row.required("lemma"))
        for spelling in spellings(row.text("lemma")):
            effects[spelling] = row.one_of("effect", EFFECTS)
    return effects


def _light_verbs(folder: Path, classes: Mapping[str, frozenset[str]]) -> dict[str, tuple[LightVerb, ...]]:
    """Read the verbs that lend their subject to an action noun; with a particle or named nouns first."""
    found: dict[str, list[LightVerb]] = {}
    once = Once()
    for row in read_rows(folder / "light_verbs.csv", ("lemma", "particle", "nouns", "effect", "note")):
        once.check(row, "lemma", (row.required("lemma"), row.text("particle"), row.text("nouns")))
        nouns = _expand(row, "nouns", classes)
        verb = LightVerb(row.text("lemma"), row.text("particle"), nouns, row.one_of("effect", LIGHT_EFFECTS))
        for spelling in spellings(verb.lemma):
            found.setdefault(spelling, []).append(verb)
    return {lemma: tuple(sorted(group, key=lambda verb: (not verb.particle, not verb.nouns))) for lemma, group in found.items()}
