"""Tells before any parse whether a sentence can hold an event: it needs an action word and someone who could be a party."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from verbale.core import Sentence
from verbale.vocab.words import word_list

if TYPE_CHECKING:
    from verbale.vocab import Vocabulary

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
REFERENCES: Final = word_list("references")


def screen(sentence: Sentence, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence is worth a parse."""
    words = {word.lower() for word in _WORD.findall(sentence.text)}
    if words.isdisjoint(vocabulary.actions.trigger_forms):
        return False
    return bool(vocabulary.actors.find(sentence.text)) or not words.isdisjoint(REFERENCES)
