"""What a commitment is about: goods by their designation (S-300PMU-1 is an S-300), treaties by name, sites by proper name.

A designation is written in many ways: S-300, S300, S-300PMU-1, "S-300PMU2 Favorit", "S-300 air defense system". Its *family*
is the first run of letters and the first run of digits after it, in capitals and without hyphens or spaces (S300, SU35,
MIG29, T72), or, where digits come first, all up to the last digit (64N6, 9M338, 2S9). What follows names a version; versions
meet in one family, and are kept as written. The rule is that of indexes of military equipment: NATO and Soviet designations
number the design and letter the version.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from verbale.measures.commitments.names import find_name
from verbale.measures.commitments.words import CommitmentWords
from verbale.vocab import Vocabulary
from verbale.vocab.instruments import TOLERANCE

_LETTERS_FIRST: Final = re.compile(
    r"(?<![\w-])([A-Z][A-Za-z]{0,7})[-\u2010-\u2013 ]?(\d{1,4})([A-Za-z][\w/-]*|-[\w/]+|)(?![\w-])"
)
_DIGITS_FIRST: Final = re.compile(r"(?<![\w-])(\d{1,3}[A-Z]{1,3}\d{1,4})([A-Za-z-][\w/-]*)?(?![\w-])")
# "In 2007", "May 9", "Resolution 1929", "Article 5": a word and a number apart are a designation only for one to three
# capitals, as in "Su 35" or "MiG 29"; joined by a hyphen, any short name is.
_APART: Final = re.compile(r"[A-Z][A-Za-z]?[A-Z]?|MiG")
_YEAR: Final = re.compile(r"1[5-9]\d\d|20\d\d")
_CAPITAL: Final = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]*")
_PLURAL: Final = re.compile(r"\b(Treat|treat)ies\b")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a commitment is about: `kind` (good, treaty, site), the key that spellings share, and the spelling that was read.

    `date` is the date of signing of a treaty that the vocabulary knows; empty for a treaty by any other name.
    """

    kind: str
    key: str
    text: str
    date: str = ""


def designations(text: str) -> list[Identity]:
    """Return the designations of goods in a text in order, each family once.

    >>> [(one.key, one.text) for one in designations("S-300PMU-1 (SA-20A) for the MiG 29, in May 1990")]
    [('S300', 'S-300PMU-1'), ('SA20', 'SA-20A'), ('MIG29', 'MiG 29')]
    """
    found: dict[str, tuple[int, Identity]] = {}
    for match in _DIGITS_FIRST.finditer(text):
        found.setdefault(match[1].upper(), (match.start(), Identity("good", match[1].upper(), match[0])))
    for match in _LETTERS_FIRST.finditer(text):
        apart = match[0][len(match[1])] == " "
        if (apart and not _APART.fullmatch(match[1])) or _YEAR.fullmatch(match[2]) or _is_short_for(match, text):
            continue
        key = f"{match[1]}{match[2]}".upper()
        found.setdefault(key, (match.start(), Identity("good", key, match[0].rstrip("-/"))))
    return [identity for _, identity in sorted(found.values(), key=lambda one: one[0])]


def _is_short_for(match: re.Match[str], text: str) -> bool:
    """Tell whether a designation in brackets is short for the words before it: "the Group of Ten (G-10)" is no weapon."""
    if not match.start() or text[match.start() - 1] != "(":
        return False
    initials = "".join(word[0][0] for word in _CAPITAL.finditer(text[: match.start() - 1]))
    # The last capital before the bracket spells the number.
    return len(initials) > len(match[1]) and initials[:-1].endswith(match[1].upper())


def good(designation: str) -> Identity:
    """Return the identity of a register's weapon: its first designation, else its first word.

    >>> good("S-300PMU2 Favorit").key, good("Konkurs").key, good("vehicle engine").key
    ('S300', 'KONKURS', 'VEHICLE ENGINE')
    """
    numbered = designations(designation)
    if numbered:
        return Identity("good", numbered[0].key, designation)
    named = _CAPITAL.match(designation)
    return Identity("good", (named[0] if named else designation).upper(), designation)


def identify(
    text: str, year: int | None, vocabulary: Vocabulary, words: CommitmentWords, *, begins: bool = False
) -> Identity | None:
    """Return what an act's object names: a treaty of the vocabulary, a designation, or a proper name; None for none of these.

    Names of actors and words such as contract or system name nothing. `year` is the year of the act, which decides between
    treaties of one name. `begins` says that a sentence may begin with the text, so that its first capital tells nothing.
    """
    treaty = _treaty(text, year, vocabulary)
    if treaty:
        return treaty
    numbered = designations(text)
    if numbered:
        return numbered[0]
    actors = [(mention.start, mention.end) for mention in vocabulary.actors.find(text)]
    name = find_name(text, actors, words, begins=begins)
    if name is None:
        return None
    return Identity("treaty" if name.instrument else "site", name.telling.upper(), name.text)


def _treaty(text: str, year: int | None, vocabulary: Vocabulary) -> Identity | None:
    for mention in vocabulary.instruments.find(_PLURAL.sub(r"\1y", text)):
        found = vocabulary.instruments.resolve(mention, year)
        if found is not None and found.kind == "treaty":
            return Identity("treaty", f"{found.name.upper()} {found.start[:4]}", found.name, found.start)
    return None


def near(date: str, year: int) -> bool:
    """Tell whether a year can be that of the signing of a treaty of this date; texts date by ratification as well.

    Any year can, where the date is not known.
    """
    return not date or abs(int(date[:4]) - year) <= TOLERANCE
