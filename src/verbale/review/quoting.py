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
    {
        "verbs",
        "acts",
        "deeming",
        "hiding",
        "idioms",
        "runs",
        "sayings",
        "nouns",
        "documents",
        "messages",
        "terms",
        "anaphors",
        "determiners",
        "pronouns",
        "no-persons",
    }
)
# A verb that says something only beside a quotation is this near to it, in words ("obliges the parties “to refrain”").
BESIDE: Final = 5


@dataclass(frozen=True, slots=True)
class Quoting:
    """The patterns of quoting.csv: what says, what hides who says it, what is said, documents, titles, speakers, comments."""

    says: re.Pattern[str]
    leads: re.Pattern[str]
    verb: re.Pattern[str]
    speaks: re.Pattern[str]
    nobody: re.Pattern[str]
    described: re.Pattern[str]
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
    said = f"(?:{verbs('verbs')}|{verbs('acts')})"
    passive = (
        r"\b(?:was|were|been|being|is|are|be)\s(?:\w+ly\s|also\s|often\s|then\s|once\s|soon\s)?"
        rf"(?:{said}|{verbs('hiding')})\b(?![^.]{{0,80}}\bby\b)"
    )
    runs = (
        rf"\b{verbs('runs')}\s(?:the|a|an|one|this|that)\s(?:\w+\s){{0,2}}?{nouns('sayings')}\b"
        r"(?:\s\w+ed\b)?(?!\s(?:of|from|by|in)\s(?:the\s)?(?:(?-i:[A-ZÀ-Þ])|his|her|its|their))"
    )
    return Quoting(
        says=re.compile(
            rf"\b(?:{verbs('verbs')}|{verbs('acts')}|{alternatives(lists['idioms'])}|{nouns('nouns')})\b", any_case
        ),
        leads=re.compile(rf"\b(?:{verbs('verbs')}|{alternatives(lists['idioms'])}|{nouns('nouns')})\b", any_case),
        verb=re.compile(rf"\b{said}\b", any_case),
        speaks=re.compile(
            rf"(?<!\bno )(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bany )\b{verbs('verbs')}\b"  # "I had no answer" says nothing
            rf"|\b{verbs('acts')}(?:\s[\w'-]+){{0,{BESIDE}}}[\s,:(]*\0"
            rf"|\0[\s,]*(?:[\w'-]+\s){{0,{BESIDE}}}{verbs('acts')}\b",
            any_case,
        ),
        nobody=re.compile(rf"{passive}|{runs}", any_case),
        described=re.compile(
            rf"\0\s(?:is|was)\s(?:how|what)\b[^.;]{{0,80}}?"
            rf"(?:{passive}|\b(?:was|were|been|is|are)\s(?:\w+ly\s)?{verbs('deeming')}\b)",
            any_case,
        ),
        noun=re.compile(rf"\b{nouns('nouns')}\b", any_case),
        document=re.compile(
            rf"(?<!\bto )\b{nouns('documents')}\b"
            rf"|(?:\b(?:his|her|its|their|our|my|this|that|these|those)|\w's|s')\s(?:\w+\s){{0,2}}{nouns('messages')}\b"
            rf"|\b{nouns('messages')}\s(?:of|from|by|to)\s",
            any_case,
        ),
        term=re.compile(rf"\b{nouns('terms')}(?:\s\d{{1,2}}|,|\s(?:of|that|as|was|is|reads?|with|on|like))?\s*$", any_case),
        speaker=re.compile(
            rf"(?:\b[A-ZÀ-Þ][\w'’.-]+|\b(?:{alternatives(lists['pronouns'])})\b"
            rf"|\b{alternatives(lists['determiners'])}\s(?:\w+\s){{0,3}}\w+)",
            any_case,
        ),
        anaphor=re.compile(rf"\s*{alternatives(lists['anaphors'])}\b", any_case),
        no_persons=frozenset(lists["no-persons"]),
    )
