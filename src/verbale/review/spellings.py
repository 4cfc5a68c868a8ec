"""How two spellings of one name differ: what an ear hears alike, what transcriptions exchange, what makes another word."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

# Shorter names in -s and -es may be two (Wales, Walls).
LONG: Final = 8
# What a hand drops as a whole: Tchiani, Tiani.
_DIGRAPHS: Final = ("ch", "sh", "th", "kh", "gh", "ph", "zh", "cz", "sz", "ck", "dj", "ts")
# Consonants that Pinyin and Wade and Giles write differently, in the order in which they are replaced: written=heard.
_ROMANISED: Final = (
    ("ng", "4"), ("tz", "3"), ("ts", "3"), ("ss", "s"), ("zh", "1"), ("ch", "1"), ("sh", "2"), ("hs", "2"), ("q", "1"),
    ("j", "1"), ("x", "2"), ("z", "3"), ("c", "3"), ("b", "p"), ("d", "t"), ("g", "k"),
)  # fmt: skip
# How many spellings keep their sounds: more than the names of a long manuscript, which are compared each with each.
SPELLINGS_KEPT: Final = 10_000
# How letters of transcriptions sound, in the order in which they are replaced: written=heard.
_SOUNDS: Final = (
    ("mac", "mc"), ("qu", "kv"), ("qv", "kv"), ("chr", "kr"), ("sch", "š"), ("tsh", "č"), ("tch", "č"), ("tj", "č"),
    ("ch", "č"), ("sh", "š"), ("zh", "ž"), ("dj", "ž"), ("dzh", "ž"), ("j", "ž"), ("gh", "g"), ("q", "g"),
    ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("c", "k"), ("w", "v"), ("x", "ks"),
)  # fmt: skip
# Letters that spellings of one name exchange and that sound alike, vowels kept.
_SPELLINGS: Final = (
    ("ph", "f"), ("ck", "k"), ("tch", "č"), ("ch", "č"), ("qu", "k"), ("q", "k"), ("kh", "k"), ("c", "k"), ("z", "s"),
    ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("ij", "i"), ("iy", "i"), ("yi", "i"), ("y", "i"), ("j", "i"), ("w", "v"), ("x", "ks"),
    ("th", "t"), ("dh", "d"), ("gh", "g"),
)  # fmt: skip
_UNVOICED: Final = str.maketrans({"b": "p", "f": "p", "v": "p", "d": "t", "g": "k", "z": "s", "ž": "š", "č": "š"})
# What may follow the stem of a name in another of its forms.
_ENDINGS: Final = frozenset(
    ["s", "n", "an", "ian", "ans", "ians", "ese", "ish", "i", "is", "ic", "ist", "ists", "ism", "isms", "er", "ers",
     "ite", "ites",
     "a", "ia", "e", "es", "in", "y", "ine", "d", "ed", "ly", "al", "as", "os"]
)  # fmt: skip
# Endings that make another form or another word of a name; a last letter y or i alone is a matter of spelling.
_INFLECTIONS: Final = (
    "s", "n", "ns", "an", "ans", "ia", "ian", "ians", "ese", "ish", "ism", "ist", "ists", "ic", "er", "ers", "os", "as",
    "ed", "ing",
)  # fmt: skip


@functools.lru_cache(maxsize=SPELLINGS_KEPT)
def fold_name(word: str) -> str:
    """Return a name in small letters without accents, apostrophes and hyphens."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(letter))
    return re.sub(r"['’-]", "", plain)


@functools.lru_cache(maxsize=SPELLINGS_KEPT)
def heard_consonants(word: str, *, kh: str = "h") -> str:
    """Return how a name sounds to an ear that forgets vowels: Turkmenchay and Turkmanchai are one; `kh` is heard as h or k."""
    sound = fold_name(word).replace("kh", kh)
    sound = re.sub(r"(?<=[aeo])w(?=$|[^aeiouy])", "", sound)  # Khosrow, Khusro
    for written, heard in _SOUNDS:
        sound = sound.replace(written, heard)
    sound = re.sub(r"(?:ff|ef|of)$", "v", sound)
    first = sound[:1] if sound[:1] in "aeiouy" else ""
    return ("a" if first else "") + re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyh]", "", sound))


def count_syllables(word: str) -> int:
    """Return how many runs of vowels a folded name has."""
    return len(re.findall(r"[aeiouy]+", word))


@functools.lru_cache(maxsize=SPELLINGS_KEPT)
def as_voiced(word: str) -> str:
    """Return how a name sounds to an ear that hears neither voice nor breath: Banomyong and Phanomyong are one."""
    return re.sub(r"(.)\1+", r"\1", heard_consonants(word).translate(_UNVOICED))


@functools.lru_cache(maxsize=SPELLINGS_KEPT)
def as_written(word: str) -> str:
    """Return a name as one of its spellings: Cuzco and Cusco, Gromyko and Gromiko, Mustafa and Mustapha are one."""
    spelled = fold_name(word)
    for written, heard in _SPELLINGS:
        spelled = spelled.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", spelled)


def is_one_edit(one: str, other: str) -> bool:
    """Tell whether one letter more, less, other or swapped makes one word of the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, others = one[start:], other[start:]
    if len(rest) == len(others):
        return rest[1:] == others[1:] or (rest[:2] == others[:2][::-1] and rest[2:] == others[2:])
    return rest[1:] == others or rest == others[1:]


def are_exchanged(one: str, other: str) -> bool:
    """Tell whether two vowels have changed places across one consonant or more: Komura, Kumora."""
    places = [at for at, (letter, against) in enumerate(zip(one, other, strict=False)) if letter != against]
    if len(one) != len(other) or len(places) != len("ab"):
        return False
    first, second = places
    return one[first] == other[second] and one[second] == other[first] and {one[first], one[second]} <= set("aeiouy")


def are_inflected(one: str, other: str) -> bool:
    """Tell whether two words are forms of one: Austria and Austrian, Germans and Germany, Communism and Communist."""
    short, long = sorted((one, other), key=len)
    doubled = len(long) == len(short) + 1 and long[-1] == short[-1] and short[-1] != "e"  # Edelman, Edelmann
    if long.startswith(short) and long[len(short) :] in _ENDINGS and not doubled:
        return True
    if re.sub(r"(.)\1", r"\1", one[:-1]) == re.sub(r"(.)\1", r"\1", other[:-1]) and one[-1] == other[-1]:
        return False  # a letter doubled inside: Salah, Salaah
    if len(short) >= LONG and long == f"{short[:-1]}es" and short.endswith("s"):
        return False  # neither is the plural of the other: Dardanells, Dardanelles
    for word, against in ((one, other), (other, one)):
        for ending in _INFLECTIONS:
            stem = word[: -len(ending)]
            if word.endswith(ending) and len(stem) >= 4 and against.startswith(stem) and against[len(stem) :] in _ENDINGS:
                return True
    return False


def differ_doubled(one: str, other: str) -> bool:
    """Tell whether two spellings differ in doubled letters alone."""
    return re.sub(r"(.)\1+", r"\1", one) == re.sub(r"(.)\1+", r"\1", other)


def tripled(word: str) -> bool:
    """Tell whether a letter stands three times in a row, as it does in no name."""
    return re.search(r"([^\W\d_])\1\1", word, re.IGNORECASE) is not None


def is_digraph_dropped(one: str, other: str) -> bool:
    """Tell whether one spelling lacks two letters of the other that stand for one sound: Tchiani, Tiani."""
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 2 and any(
        long[at : at + 2] in _DIGRAPHS and long[:at] + long[at + 2 :] == short for at in range(1, len(short))
    )


def as_romanised(word: str) -> str:
    """Return the consonants of a Chinese name as both romanisations have them: Zedong and Tse-tung are one."""
    sound = fold_name(word)
    for written, heard in _ROMANISED:
        sound = sound.replace(written, heard)
    return re.sub(r"[aeiouhyw]", "", sound)
