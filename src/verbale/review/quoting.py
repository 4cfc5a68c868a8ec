"""By which words English says whose words a quotation is, loaded and checked once."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.review.words import DATA, alternatives, read_lists
from verbale.vocab.inflection import noun_forms, third_person, verb_forms

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
        "anybody",
        "anybody-there",
        "habits",
        "nowadays",
        "plural",
        "prints",
        "hearers",
        "joints",
        "conjunctions",
        "ones",
        "single",
        "lead-ins",
        "namings",
        "writing",
        "turned",
        "fame",
        "replies",
        "loose",
        "persons",
        "selves",
        "beings",
        "clause-words",
        "objects",
        "subjects",
        "places",
        "things",
        "given",
        "somewhere",
        "offices",
        "nobodies",
        "voicing",
        "rounds",
        "goes",
        "tellers",
        "addressed",
        "aloud",
        "echoes",
        "recalling",
        "surfaces",
        "bearing",
        "grounds",
        "no-owners",
        "writers",
        "no-persons",
    }
)
# A speaker without a name is described in so many words at most ("a note left with one of the bottles").
DESCRIBED: Final = 12
# A verb that says something only beside a quotation is this near to it, in words ("obliges the parties “to refrain”").
BESIDE: Final = 5
# Between what a saying did and the saying stand so few letters ("that went round the camp that winter, ...").
NEAR: Final = 40


@dataclass(frozen=True, slots=True)
class Quoting:
    """The patterns of quoting.csv: what says, what hides who says it, what is said, documents, titles, speakers, comments,
    speakers without a name, what they write, anybody who speaks, what the writer heard, and verbs of saying in the present."""

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
    single: tuple[str, ...]
    started: re.Pattern[str]
    behind: re.Pattern[str]
    heard: re.Pattern[str]
    naming: re.Pattern[str]
    written: re.Pattern[str]
    prints: re.Pattern[str]
    anybody: re.Pattern[str]
    nowadays: re.Pattern[str]
    stray: re.Pattern[str]
    owned: re.Pattern[str]
    loose: re.Pattern[str]
    person: re.Pattern[str]
    myself: re.Pattern[str]
    passive: re.Pattern[str]
    told: re.Pattern[str]
    object: re.Pattern[str]
    subject: re.Pattern[str]
    predicate: re.Pattern[str]
    office: re.Pattern[str]
    voicing: re.Pattern[str]
    idiom: re.Pattern[str]
    bearing: re.Pattern[str]
    anonymous: re.Pattern[str]
    speaking: re.Pattern[str]
    had_said: re.Pattern[str]
    addressed: re.Pattern[str]
    paper: re.Pattern[str]
    aloud: re.Pattern[str]
    aside: re.Pattern[str]
    ground: re.Pattern[str]
    no_place: str
    present: frozenset[str]


def _speaking(verbs: str, acts: str) -> str:
    """Return the pattern of somebody's speaking beside a quotation: "I had no answer" and "on state television" are none."""
    return (
        rf"(?<!\bno )(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bany )(?<!\bon )(?<!\bof )(?<!\bin )\b{verbs}\b"
        rf"|\b{acts}(?:\s[\w'-]+){{0,{BESIDE}}}[\s,:(]*\0"
        rf"|\0[\s,]*(?:[\w'-]+\s){{0,{BESIDE}}}{acts}\b"
    )


def _all_verbs(lists: Mapping[str, tuple[str, ...]], name: str) -> str:
    return alternatives(tuple(dict.fromkeys(form for word in lists[name] for form in verb_forms(word))))


def _all_nouns(lists: Mapping[str, tuple[str, ...]], name: str) -> str:
    return alternatives(tuple(dict.fromkeys(form for word in lists[name] for form in noun_forms(word))))


@functools.cache
def load_quoting(path: Path = DATA / "quoting.csv") -> Quoting:
    """Return the patterns. Raises a `vocabulary-...` error that names file, line and field, also for a list without words."""
    lists = read_lists(path, LISTS)
    nouns, verbs = functools.partial(_all_nouns, lists), functools.partial(_all_verbs, lists)
    any_case = re.IGNORECASE
    acts = f"(?:{verbs('acts')}|{alternatives(lists['recalling'])})"
    said = f"(?:{verbs('verbs')}|{acts})"
    passive, runs = _of_nobody(lists, said)
    started, behind = _unnamed_speakers(lists, said)
    stray, owned = _stray(lists)
    return Quoting(
        says=re.compile(rf"\b(?:{said}|{alternatives(lists['idioms'])}|{nouns('nouns')})\b", any_case),
        leads=re.compile(rf"\b(?:{verbs('verbs')}|{alternatives(lists['idioms'])}|{nouns('nouns')})\b", any_case),
        verb=re.compile(rf"\b{said}\b", any_case),
        speaks=re.compile(_speaking(verbs("verbs"), acts), any_case),
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
        no_persons=frozenset(lists["no-persons"]),
        single=lists["single"],
        started=re.compile(started, any_case),
        behind=re.compile(behind, any_case),
        heard=re.compile(rf"\b{said}\s{alternatives(lists['hearers'])}\b", any_case),
        naming=re.compile(
            rf"\s*{alternatives(lists['namings'])}\s(?:is|was|were)\b(?!\s{alternatives(lists['joints'])}\b)", any_case
        ),
        written=re.compile(rf"\b(?:{verbs('writing')}|{nouns('prints')}|{nouns('writers')})\b", any_case),
        prints=re.compile(rf"\b{nouns('prints')}\b", any_case),
        anybody=re.compile(_anybody(lists, said), any_case),
        anonymous=re.compile(rf"\b{alternatives(lists['single'])}\s(?:\w+\s)?{nouns('prints')}\s$", any_case),
        speaking=re.compile(rf"\s*(?:the\s)?(?:[\w'-]+\s){{1,3}}?(?-i:{said})\b", any_case),
        had_said=re.compile(
            rf"^\s*(?-i:[A-ZÀ-Þ])[\w'-]+(?:\s[\w'-]+){{0,3}}\s{said}\s{alternatives(lists['echoes'])}\b(?!\s(?:was|were|is|had)\b)",
            any_case,
        ),
        idiom=re.compile(rf"\b{alternatives(lists['idioms'])}\b", any_case),
        bearing=re.compile(rf"\b{nouns('surfaces')}\b[^.;\0]{{0,{NEAR}}}\b{verbs('bearing')}\b[^.;\0]{{0,{NEAR}}}\0", any_case),
        **_offices_and_papers(lists),
        **_small_words(lists),
        no_place="".join(rf"(?<!\b{word} )" for word in lists["places"]),
        stray=re.compile(stray, any_case),
        owned=re.compile(owned, any_case),
        present=frozenset(form for name in ("verbs", "acts") for word in lists[name] for form in (word, third_person(word))),
    )


def _of_nobody(lists: Mapping[str, tuple[str, ...]], said: str) -> tuple[str, str]:
    """Return the patterns of words that are said by nobody who is named, and of sayings that run."""
    passive = (
        r"\b(?:was|were|been|being|is|are|be)\s(?:\w+ly\s|also\s|often\s|then\s|once\s|soon\s)?"
        rf"(?:{said}|{_all_verbs(lists, 'hiding')})\b(?![^.]{{0,80}}\bby\b)"
    )
    runs = (
        rf"(?:\b{_all_verbs(lists, 'runs')}|\0[\s,]*(?:was|were))\s(?:the|a|an|one|this|that)\s(?:\w+\s){{0,2}}?"
        rf"{_all_nouns(lists, 'sayings')}\b"
        r"(?:\s\w+ed\b)?(?!\s(?:of|from|by)\s(?:the\s)?(?:(?-i:[A-ZÀ-Þ])|his|her|its|their)|\sin\s(?:his|her|its|their)\b)"
    )
    return passive, runs


def _offices_and_papers(lists: Mapping[str, tuple[str, ...]]) -> dict[str, re.Pattern[str]]:
    """Return the patterns of those who speak for others, of nouns that tell of a speech, and of papers that speak."""
    any_case = re.IGNORECASE

    nouns, verbs = functools.partial(_all_nouns, lists), functools.partial(_all_verbs, lists)
    return {
        "office": re.compile(rf"\b(?:{nouns('offices')}|{alternatives(lists['nobodies'])})\b", any_case),
        "voicing": re.compile(rf"\b{verbs('voicing')}\s(?:[\w'-]+\s){{1,3}}{nouns('nouns')}\b", any_case),
        "aside": re.compile(rf",\s{alternatives((*lists['joints'], *lists['lead-ins']))}\s[^,]*$", any_case),
        "paper": re.compile(
            rf"(?:\b(?:his|her|its|their)|\w's|s')\s(?:\w+\s){{0,2}}(?:{nouns('messages')}|{nouns('documents')})\b"
            rf"|\b{nouns('messages')}\s(?:of|from|by|to)\s",
            any_case,
        ),
        "aloud": re.compile(
            rf"\b(?:{nouns('nouns')}|{nouns('documents')})\b[^.;,]{{0,{NEAR}}}\b(?:was|were)\s(?:then\s)?{alternatives(lists['aloud'])}\b",
            any_case,
        ),
        "ground": re.compile(
            rf"\b{alternatives(lists['grounds'])}\s{alternatives(lists['determiners'])}\s(?:[\w'-]+\s){{0,3}}?{nouns('documents')}\b",
            any_case,
        ),
    }


def _small_words(lists: Mapping[str, tuple[str, ...]]) -> dict[str, re.Pattern[str]]:
    """Return the patterns of pronouns and other small words around a quotation."""
    any_case = re.IGNORECASE
    return {
        "speaker": re.compile(
            rf"(?:\b[A-ZÀ-Þ][\w'’.-]+|\b(?:{alternatives(lists['pronouns'])})\b"
            rf"|\b{alternatives(lists['determiners'])}\s(?:\w+\s){{0,3}}\w+)",
            any_case,
        ),
        "loose": re.compile(rf"\b{alternatives(lists['loose'])}\s\0", any_case),
        "nowadays": re.compile(rf"\b{alternatives(lists['nowadays'])}\b", any_case),
        "anaphor": re.compile(rf"\s*{alternatives(lists['anaphors'])}\b", any_case),
        "person": re.compile(rf"\b{alternatives(lists['persons'])}\b", any_case),
        "myself": re.compile(rf"\b{alternatives(lists['selves'])}\b"),
        "passive": re.compile(rf"\b{alternatives(lists['beings'])}\s(?:\w+ly\s)?$"),
        "told": re.compile(rf"\b{alternatives(lists['clause-words'])}\b"),
        "object": re.compile(rf"\s{alternatives(lists['objects'])}\s"),
        "addressed": re.compile(
            rf"\s{alternatives(lists['addressed'])}\s(?:{alternatives(lists['determiners'])}\s)?[\w'-]+(?:\s[A-ZÀ-Þ][\w'-]+)*"
        ),
        "subject": re.compile(rf"\b{alternatives(lists['subjects'])}\b", any_case),
        "predicate": re.compile(
            rf"\b{alternatives(lists['things'])}\s{alternatives(lists['beings'])},?\s\0,?\s(?:and|but)\b", any_case
        ),
    }


def _stray(lists: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """Return the patterns of words that are told to be about, and of words that are told to be somebody's.

    About are those that became a saying ("\\0 became a common verdict"), were read somewhere ("\\0, I once read"), are famous
    ("in a much quoted phrase, \\0") or were handed to many ("had been given a slogan: \\0"); somebody's is "the slogan of the
    party was \\0".
    """
    sayings = alternatives(tuple(dict.fromkeys(form for word in lists["sayings"] for form in noun_forms(word))))
    turned = alternatives(tuple(dict.fromkeys(form for word in lists["turned"] for form in verb_forms(word))))
    handed = alternatives(tuple(dict.fromkeys(form for word in lists["given"] for form in verb_forms(word))))
    going = [word.partition(" ") for word in lists["goes"]]
    goes = alternatives(
        tuple(dict.fromkeys(f"{form}{space}{rest}" for verb, space, rest in going for form in verb_forms(verb)))
    )
    times = alternatives(lists["no-owners"])
    replies = alternatives(lists["replies"])
    owner = rf"\s(?:of|from|by)\s(?!(?:the|that|those|a|this)\s(?:\w+\s)?{times}\b)"
    stray = (
        rf"\0[\s,]*(?:soon\s|then\s|quickly\s)?{turned}\s(?:the|a|an|one)\s(?:\w+\s){{0,2}}?(?!{replies}\b){sayings}\b(?!{owner})(?!\sthat\s)"
        rf"|\b(?:a|an|one|the|that)\s(?:\w+\s)?{sayings}\s(?:that\s|which\s)?{alternatives(lists['rounds'])}\b[^.;\0]{{0,{NEAR}}}\0"
        rf"|\b(?:as|so)\s(?:the|an?|one)\s(?-i:[a-z]+\s)?{sayings}\s(?:[\w'-]+\s){{0,4}}?{goes}\b[^.;\0]{{0,{NEAR}}}\0"
        rf"|\0,?\s(?:as|so)\s(?:the|an?|one)\s(?-i:[a-z]+\s)?{sayings}\s(?:[\w'-]+\s){{0,4}}?{goes}\b"
        rf"|\0,?\s{alternatives(lists['tellers'])}\s(?:{alternatives(lists['habits'])}\s)?(?:say|said)\s(?:in|on|at|along)\s"
        rf"|\b{alternatives(lists['somewhere'])}\b[\s,:]*(?:\0|$|[.,;]|and\b|but\b)"
        rf"|\bin\s(?:a|an|the|one|that)\s(?:\w+\s)?{alternatives(lists['fame'])}\s{sayings}\b,?\s\0"
        rf"|\b(?:was|were|been)\s{handed}\s(?:a|an|one|the)\s(?:\w+\s)?{sayings}\b(?!{owner})[^.;\0]{{0,40}}\0"
    )
    owned = (
        rf"\b{sayings}\sof\s(?!(?:the|that|those)\s(?:\w+\s)?{times}\b)(?:\w+\s){{1,5}}(?:was|is|were|ran|runs|read|remained)"
        r"[\s,:]*\0"
        rf"|\0[\s,]*{turned}\s(?:the|a|an|one)\s(?:\w+\s){{0,2}}?{sayings}{owner}"
    )
    return stray, owned


def _anybody(lists: Mapping[str, tuple[str, ...]], said: str) -> str:
    """Return the pattern of everybody and nobody who says something: "everybody in the port said", "there they used to say"."""
    habits = alternatives(lists["habits"])
    return (
        rf"(?:(?:^\W*|[,;]\s|\b{alternatives(lists['determiners'])}?\s[\w'-]+\s)"
        rf"(?P<who>{alternatives(lists['anybody'])}(?:\s(?:in|on|at|of|from|along)\s(?:[\w'-]+\s){{0,3}}[\w'-]+)?)"
        rf"|(?P<there>\b{alternatives(lists['anybody-there'])}(?=\s{habits})))"
        rf"\s(?:{habits}\s)?{said}\b[^.;\0]{{0,60}}\0"
    )


def _unnamed_speakers(lists: Mapping[str, tuple[str, ...]], said: str) -> tuple[str, str]:
    """Return the patterns of a speaker without a name: where a sentence or clause starts with one, and behind a quotation."""
    indefinite = alternatives((*lists["single"], *lists["plural"]))
    # "in the winter of 1648 an envoy at Münster joked", but not "at the end of a day the king said"
    plain_word = rf"(?!{alternatives(lists['determiners'])}\b)[\w'’-]+"
    of_him = rf"(?:\s{alternatives(lists['joints'])}\s[\w'’-]+(?:\s{plain_word})?){{0,2}}"
    noun_phrase = rf"{alternatives(lists['single'])}(?:\s{plain_word}){{1,3}}{of_him}"
    led_in = rf"(?:^|[.;:]\s){alternatives(lists['lead-ins'])}\s(?:[\w'’-]+\s){{1,{DESCRIBED}}}"
    started = (
        rf"(?:^\W*|[.;:,(–—\0]\s|\b{alternatives(lists['conjunctions'])}\s)(?P<who>{indefinite})\s"
        rf"|{led_in}(?P<one>{alternatives(lists['ones'])})\s"
        rf"|{led_in}(?P<single>{noun_phrase})\s(?:\w+ly\s)?(?={said}\b)"
    )
    who = rf"{indefinite}\b(?:\s[\w'’-]+){{0,{DESCRIBED}}}?"
    behind = (
        rf"\0,?\s(?:{said}\s(?P<after>{who})(?=[.,;:]|$)|(?P<before>{who})\s(?:\w+ly\s)?{said}\b)"
        rf"|\b(?:by|according\sto|words\sof)\s(?P<agent>{who})(?=\s?[.,;:(]|\s(?:as|in|who)\b|$|\s\0)"
    )
    return started, behind
