"""Finds the words of an answer in the passage that it is about: exactly, else with other quotation marks, dashes and spaces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

# Marks that models replace by their plain forms; each stands for one character or, for what cannot be seen, for none.
_PLAIN: Final[dict[str, str]] = {
    **dict.fromkeys("‘’‚‛ʼ′`´", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
    "ﬁ": "fi",
    "ﬂ": "fl",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}
_AROUND: Final = " \t\r\n\"'“”‘’«»"


class Words:
    """A passage's text in which words are looked up; offsets that come back refer to the text as it was given."""

    def __init__(self, text: str) -> None:
        """Keep the text and its plain form with the way back."""
        self.text = text
        self._plain, self._offsets = _plain(text)

    def find(self, words: str) -> Iterator[tuple[int, int]]:
        """Yield where the words stand, as offsets with the end exclusive: exact places first, then those that differ in marks.

        Only whole words count: `US` does not stand in `USSR`.
        """
        wanted = words.strip(_AROUND)
        if not wanted:
            return
        yield from self._places(self.text, wanted)
        plain, _ = _plain(wanted)
        plain = plain.strip(_AROUND)
        if plain:
            for start, end in self._places(self._plain, plain):
                yield self._offsets[start], self._offsets[end - 1] + 1

    def first(self, words: str) -> str:
        """Return the words as the text has them at their first place; empty where they do not stand there."""
        place = next(self.find(words), None)
        return self.text[place[0] : place[1]] if place else ""

    @staticmethod
    def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
        start = text.find(words)
        while start >= 0:
            end = start + len(words)
            opens = not (start and text[start - 1].isalnum() and words[0].isalnum())
            closes = not (text[end : end + 1].isalnum() and words[-1].isalnum())
            if opens and closes:
                yield start, end
            start = text.find(words, start + 1)


def _plain(text: str) -> tuple[str, list[int]]:
    """Return text with plain marks and single spaces, and for each of its characters the offset that it comes from."""
    characters: list[str] = []
    offsets: list[int] = []
    for at, character in enumerate(text):
        if character.isspace():
            if characters and characters[-1] == " ":
                continue
            replacement = " "
        else:
            replacement = _PLAIN.get(character, character)
        characters.extend(replacement)
        offsets.extend([at] * len(replacement))
    return "".join(characters), offsets
