"""By which words English says whose words a quotation is, loaded and checked once."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.review.words import DATA, alternatives, read_lists
from verbale.vocab.inflection import noun_forms, verb_forms

LISTS: Final = frozenset(
    {"verbs", "acts", "idioms", "passive", "nouns", "documents", "terms", "anaphors", "determiners", "pronouns", "no-persons"}
)


@dataclass(frozen=True, slots=True)
class Quoting:
    """The patterns of quoting.csv: what says, a passive that hides who, what is said, documents, titles, speakers, comments."""

    says: re.Pattern[str]
    leads: re.Pattern[str]
    verb: re.Pattern[str]
    passive: re.Pattern[str]
    noun: re.Pattern[str]
    document: re.Pattern[str]
    term: re.Pattern[str]
    speaker: re.Pattern[str]
    anaphor: re.Pattern[str]
    no_persons: frozenset[str]


@functools.cache
def load_quoting(path: Path = DATA / "quoting.csv") -> Quoting:
    """Return the patterns. Raises a `vocabulary-...` error that names file, line and field, also for a list without words."""
    lists = read_lists(path, LISTS)

    def verbs(name: str) -> str:
        return alternatives(tuple(dict.fromkeys(form for word in lists[name] for form in verb_forms(word))))

    def nouns(name: str) -> str:
        return alternatives(tuple(dict.fromkeys(form for word in lists[name] for form in noun_forms(word))))

    any_case = re.IGNORECASE
    return Quoting(
        says=re.compile(
            rf"\b(?:{verbs('verbs')}|{verbs('acts')}|{alternatives(lists['idioms'])}|{nouns('nouns')})\b", any_case
        ),
        leads=re.compile(rf"\b(?:{verbs('verbs')}|{alternatives(lists['idioms'])}|{nouns('nouns')})\b", any_case),
        verb=re.compile(rf"\b(?:{verbs('verbs')}|{verbs('acts')})\b", any_case),
        passive=re.compile(
            rf"\b(?:was|were|been|being|is|are|be)\s(?:\w+ly\s|also\s|often\s|then\s|once\s)?{verbs('passive')}\b(?![^.]{{0,80}}\bby\b)",
            any_case,
        ),
        noun=re.compile(rf"\b{nouns('nouns')}\b", any_case),
        document=re.compile(rf"\b{nouns('documents')}\b", any_case),
        term=re.compile(rf"\b{nouns('terms')}(?:,|\s(?:of|that|as|was|is|reads?|with|on|like))?\s*$", any_case),
        speaker=re.compile(
            rf"(?:\b[A-ZÀ-Þ][\w'’.-]+|\b(?:{alternatives(lists['pronouns'])})\b"
            rf"|\b{alternatives(lists['determiners'])}\s(?:\w+\s){{0,3}}\w+)",
            any_case,
        ),
        anaphor=re.compile(rf"\s*{alternatives(lists['anaphors'])}\b", any_case),
        no_persons=frozenset(lists["no-persons"]),
    )
