"""Which language a text is written in: only English is coded."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

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
# Fewer different words are a name or a line said again and again, which the classifier takes for any language.
_MIN_WORDS = 8
# What the classifier calls figures, letters without words and the like.
_NO_LANGUAGE = "zxx"
# A text in another script needs no 200 letters to be told.
_MIN_LETTERS_OF_SCRIPT = 20
# The languages that the classifier knows, as a person calls them.
_NAMES: Final = {
    "af": "Afrikaans", "am": "Amharic", "an": "Aragonese", "ar": "Arabic", "as": "Assamese", "az": "Azerbaijani",
    "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "br": "Breton", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "dz": "Dzongkha", "el": "Greek", "eo": "Esperanto", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fo": "Faroese", "fr": "French", "ga": "Irish",
    "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "ht": "Haitian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "jv": "Javanese",
    "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "kn": "Kannada", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz",
    "la": "Latin", "lb": "Luxembourgish", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian", "mg": "Malagasy",
    "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay", "mt": "Maltese",
    "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "oc": "Occitan", "or": "Odia",
    "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "qu": "Quechua", "ro": "Romanian", "ru": "Russian",
    "rw": "Kinyarwanda", "se": "Northern Sami", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Tagalog",
    "tr": "Turkish", "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "vo": "Volapük", "wa": "Walloon",
    "xh": "Xhosa", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def foreign_language(text: str) -> str | None:
    """Return what language a text is in where it is not English ("French", or "one in another script"), else None.

    A text of fewer than 200 letters in Latin script, or of a few words that it repeats, is taken for English: too little to
    tell.
    """
    sample = _sample(text)
    letters = [character for character in sample if character.isalpha()]
    latin = sum(1 for character in letters if character < "\u0250" or "LATIN" in unicodedata.name(character, ""))
    if len(letters) >= _MIN_LETTERS_OF_SCRIPT and latin < len(letters) / 2:
        code = str(py3langid.classify(sample)[0]) if len(letters) >= MIN_LETTERS else ""
        return _NAMES.get(code, "one in another script")
    words = _WORD.findall(sample.lower())
    if len(letters) < MIN_LETTERS or len(set(words)) < _MIN_WORDS:
        return None
    language = str(py3langid.classify(sample)[0])
    if language in ("en", _NO_LANGUAGE):
        return None
    share = sum(word in _GRAMMAR_WORDS for word in words) / len(words)
    return None if share >= _MIN_GRAMMAR_SHARE else _NAMES.get(language, language)


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE_CHARACTERS:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_SAMPLE_CHARACTERS], text[middle : middle + _SAMPLE_CHARACTERS], text[-_SAMPLE_CHARACTERS:]))
