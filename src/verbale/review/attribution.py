"""The classes of words by which English lays a statement to nobody in particular, loaded and checked once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.vocab.inflection import noun_forms, verb_forms
from verbale.vocab.tables import Once, Row, read_rows

DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class AttributionWords:
    """The classes of attribution_words.csv, nouns and verbs as lemmas; what each is for stands in the file."""

    holder: frozenset[str]
    holder_endings: frozenset[str]
    role: frozenset[str]
    unspecific: frozenset[str]
    addressing: frozenset[str]
    circle: frozenset[str]
    work: frozenset[str]
    opinion: frozenset[str]
    prevailing: frozenset[str]
    some: frozenset[str]
    quantity: frozenset[str]
    anybody: frozenset[str]
    saying: frozenset[str]
    saying_with_clause: frozenset[str]
    with_object: frozenset[str]
    convinced: frozenset[str]
    attitude: frozenset[str]
    whole: frozenset[str]
    rumour: frozenset[str]
    spreads: frozenset[str]
    voiced: frozenset[str]
    impersonal: frozenset[str]
    raised: frozenset[str]
    regarded: frozenset[str]
    wide: frozenset[str]
    hedge: frozenset[str]
    idiom: frozenset[str]
    before_many: frozenset[str]
    text: frozenset[str]
    described: frozenset[str]
    idle: frozenset[str]
    close: frozenset[str]
    wondering: frozenset[str]
    turning: frozenset[str]
    posted: frozenset[str]
    citing: frozenset[str]
    degree: frozenset[str]
    supposing: frozenset[str]
    creed: frozenset[str]
    floating: frozenset[str]
    aside: frozenset[str]
    knowing: frozenset[str]
    denials: frozenset[str]
    audience: frozenset[str]
    reading: frozenset[str]
    led: frozenset[str]
    staying: frozenset[str]
    dissenting: frozenset[str]
    minding: frozenset[str]
    measuring: frozenset[str]
    modal: frozenset[str]
    definite: frozenset[str]
    telling: frozenset[str]
    indefinite: frozenset[str]
    writer: frozenset[str]
    examples: frozenset[str]
    opinion_cases: frozenset[str]
    object_cases: frozenset[str]


# Nouns are asked for by lemma and by form, so that a lemma that the parser missed loses none.
_FORMS: Final[dict[str, Callable[[str], tuple[str, ...]]]] = {
    "holder": noun_forms, "role": noun_forms, "circle": noun_forms, "work": noun_forms, "opinion": noun_forms,
    "saying": verb_forms, "saying_with_clause": verb_forms, "with_object": verb_forms, "impersonal": verb_forms,
    "raised": verb_forms, "regarded": verb_forms, "spreads": verb_forms, "addressing": verb_forms, "attitude": verb_forms,
    "rumour": noun_forms, "text": noun_forms, "creed": verb_forms, "wondering": verb_forms,
    "turning": verb_forms, "citing": verb_forms,
    "knowing": verb_forms, "minding": verb_forms, "audience": noun_forms,
}  # fmt: skip


@functools.cache
def load_attribution_words(path: Path = DATA / "attribution_words.csv") -> AttributionWords:
    """Return the classes. Raises a `vocabulary-...` error that names file, line and field, also for a class without words."""
    names = tuple(AttributionWords.__dataclass_fields__)
    classes: dict[str, set[str]] = {name: set() for name in names}
    once = Once()
    for row in read_rows(path, ("class", "words")):
        name = row.one_of("class", [each.replace("_", "-") for each in names]).replace("-", "_")
        row.required("words")
        for word in row.parts("words"):
            once.check(row, "words", (name, word))
            classes[name].update(_FORMS[name](word) if name in _FORMS else (word,))
    empty = sorted(name for name, words in classes.items() if not words)
    if empty:
        raise Row(path.name, 0, {"class": ""}).fail("class", f"at least one row for {', '.join(empty)}")
    return AttributionWords(**{name: frozenset(words) for name, words in classes.items()})
