"""Tells before any parse whether a sentence can hold an event: it needs an action word and someone who could be a party."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from verbale.core import Sentence
from verbale.vocab.words import word_list

if TYPE_CHECKING:
    from verbale.vocab import Vocabulary

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# A name inside the sentence: a capital that does not open it, nor a quotation in it.
_NAME: Final = re.compile(r"(?<=[^\W_.?!:\"“‘'][ ,(])[^\W\d_a-z][^\W\d_]+")
REFERENCES: Final = word_list("references")


def screen(sentence: Sentence, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence is worth a parse.

    It is where it holds an action word and either a name, a word that takes one up, or an act that two sides share and that
    a story tells without naming them again ("the treaty was signed").
    """
    words = {word.lower() for word in _WORD.findall(sentence.text)}
    if words.isdisjoint(vocabulary.actions.trigger_forms):
        return False
    if not words.isdisjoint(REFERENCES) or not words.isdisjoint(vocabulary.actions.shared_forms):
        return True
    return bool(_NAME.search(sentence.text) or vocabulary.actors.find(sentence.text))
