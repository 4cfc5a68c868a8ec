"""Which language a text is written in: only English is coded."""

from __future__ import annotations

import re
import unicodedata

import py3langid

# Below 200 letters the classifier takes one in some hundred English news sentences for a creole; above, none of 11 narratives,
# 156 essays and the longest single sentences that it was tried on.
MIN_LETTERS = 200
# Beginning, middle and end decide as the whole would, in a fraction of the time.
_SAMPLE_CHARACTERS = 4_000
# Words that grammar, not the subject, puts into a sentence. They are 28 to 55 of 100 words in English diplomatic prose however
# many foreign names it holds, and at most 15 in German, Dutch, French or Spanish, which share some of the forms.
_GRAMMAR_WORDS = frozenset(
    (
        "the", "of", "and", "to", "in", "a", "that", "was", "for", "by", "on", "with", "as", "at", "from", "is", "were", "had",
        "be", "it", "which", "his", "their", "not", "its", "this", "he", "they", "an", "or",
    )
)  # fmt: skip
_MIN_GRAMMAR_SHARE = 0.20
# A text in another script needs no 200 letters to be told.
_MIN_LETTERS_OF_SCRIPT = 20
_WORD = re.compile(r"[^\W\d_]+")


def foreign_language(text: str) -> str | None:
    """Return what language a text is in where it is not English (a code such as `fr`, or `another script`), else None.

    A text of fewer than 200 letters in Latin script is taken for English: too little to tell.
    """
    sample = _sample(text)
    letters = [character for character in sample if character.isalpha()]
    latin = sum(1 for character in letters if character < "\u0250" or "LATIN" in unicodedata.name(character, ""))
    if len(letters) >= _MIN_LETTERS_OF_SCRIPT and latin < len(letters) / 2:
        return str(py3langid.classify(sample)[0]) if len(letters) >= MIN_LETTERS else "another script"
    if len(letters) < MIN_LETTERS:
        return None
    language = str(py3langid.classify(sample)[0])
    if language == "en":
        return None
    words = _WORD.findall(sample.lower())
    share = sum(word in _GRAMMAR_WORDS for word in words) / len(words)
    return None if share >= _MIN_GRAMMAR_SHARE else language


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE_CHARACTERS:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_SAMPLE_CHARACTERS], text[middle : middle + _SAMPLE_CHARACTERS], text[-_SAMPLE_CHARACTERS:]))
