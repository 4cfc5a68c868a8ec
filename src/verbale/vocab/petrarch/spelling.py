"""Names of dictionaries, which stand in capitals with underscores, as texts write them: MARIA_DE_LA_PAZ_ is Maria de la Paz."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final

from verbale.vocab.matching import key_word

# Words that English writes small inside a name.
_SMALL: Final = frozenset({"of", "the", "and", "for", "in", "on", "at", "to", "with", "against", "by", "from"})
# Words of names that one text writes with a capital and another without.
_EITHER: Final = frozenset(
    {
        *(
            "ad",
            "al",
            "an",
            "as",
            "at",
            "az",
            "bin",
            "ibn",
            "bint",
            "da",
            "das",
            "de",
            "del",
            "della",
            "der",
            "di",
            "dos",
            "du",
        ),
        *("e", "el", "i", "la", "le", "les", "los", "o", "of", "the", "ul", "van", "von", "y", "ye"),
    }
)
_ROMAN: Final = re.compile(r"[IVX]+")
_VOWELS: Final = re.compile(r"[AEIOUY]")
_BRACKET: Final = re.compile(r"\s*\(([^()]*)\)\s*")
_INITIALS: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# Short forms without a vowel that are no abbreviations to keep in capitals.
_TITLES: Final = frozenset({"DR", "LT", "MR", "MRS", "MS", "SGT", "ST"})
# Names of up to so many letters keep their capitals: UN, EU, PKK. In small letters they would be words (us, it, ira).
_SHORT: Final = 3
# Up to so many letters in brackets are taken for an abbreviation (FARC, ETA), more (COLOMBIA) for what tells two names apart.
_LONGEST_ABBREVIATION: Final = 4


def written_names(text: str, abbreviations: Collection[str] = (), countries: Collection[str] = ()) -> list[str]:
    """Return how a dictionary's name may stand in a text, the likeliest way first; none for a name without any letter.

    A name that holds small letters is taken as it is. An abbreviation in brackets is a name by itself. `abbreviations` are
    words that keep their capitals, `countries` words in capitals that are no abbreviation.
    """
    name = " ".join(text.replace("_", " ").split())
    found: list[str] = []
    bracket = _BRACKET.search(name)
    if bracket and bracket[1] not in countries and _abbreviates(bracket[1], name[: bracket.start()]):
        name = f"{name[: bracket.start()]} {name[bracket.end() :]}".strip()
        found.append(bracket[1])
    if not any(character.isalpha() for character in name):
        return []
    if name != name.upper():
        return [form for form in (name, *found) if key_word(form)[0]]
    words = name.split(" ")
    if len(words) == 1 and len(name) <= _SHORT:
        return [name, *found]
    # Most names have one way of writing, and dictionaries hold tens of thousands of them.
    either = any(word.split("-")[0].lower() in _EITHER for word in words)
    forms = [
        " ".join(_word(word, at, small, hyphen, abbreviations) for at, word in enumerate(words))
        for small in ((False, True) if either else (False,))
        for hyphen in ((str.capitalize, str.lower) if "-" in name else (str.capitalize,))
    ]
    return [form for form in dict.fromkeys([*forms, *found]) if key_word(form)[0]]


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether letters in brackets abbreviate the name before them: few, or first letters of its words in order."""
    if len(short) < len("UN") or not short.isalpha() or not short.isupper() or not long.strip():
        return False
    letters = iter(word[0] for word in _INITIALS.findall(long))
    return len(short) <= _LONGEST_ABBREVIATION or all(letter in letters for letter in short)


def _word(word: str, at: int, small: bool, after_hyphen: Callable[[str], str], abbreviations: Collection[str]) -> str:
    """Return a word of a name in the letters of a text; `small` writes small what may be written either way."""
    bare = word.strip("().,")
    if bare not in _TITLES and (bare in abbreviations or _ROMAN.fullmatch(bare) or "." in bare or not _VOWELS.search(bare)):
        return word
    if word.lower() in _SMALL and (at or small):
        return word.lower()
    parts = word.split("-")
    first = parts[0].lower() if small and parts[0].lower() in _EITHER else _capital(parts[0])
    return "-".join([first, *(_capital(part) if after_hyphen is str.capitalize else part.lower() for part in parts[1:])])


def _capital(part: str) -> str:
    """Return a part of a name with its capitals: O'Neill, McNamara, People's."""
    return _LETTERS.sub(lambda found: _capital_word(found[0]), part)


def _capital_word(word: str) -> str:
    if word.startswith("MC") and len(word) > len("MCA"):
        return f"Mc{word[2:].capitalize()}"
    head, quote, tail = word.partition("'")
    return head.capitalize() + quote + (tail.capitalize() if len(tail) > 1 and len(head) < len("MAC") else tail.lower())
