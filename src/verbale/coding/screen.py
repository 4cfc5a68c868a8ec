"""Tells before any parse whether a sentence can hold an event: it needs a possible party, and mostly an action word."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from verbale.coding.document_coder import CODED_BLOCKS
from verbale.core import Sentence
from verbale.vocab.inflection import noun_forms, phrase_head
from verbale.vocab.words import word_list

if TYPE_CHECKING:
    from verbale.vocab import Vocabulary
    from verbale.vocab.actions import ActionEntry, Actions

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# A name inside the sentence: a capital that does not open it, nor a quotation in it.
_NAME: Final = re.compile(r"(?<=[^\W_.?!:\"“‘'][ ,(])[^\W\d_a-z][^\W\d_]+")
# Words that take up states named before: the list, and the nouns for groups of them ("sides", "powers") that the memory reads.
GROUPS: Final = frozenset(form for noun in word_list("group_nouns") for form in noun_forms(noun))
REFERENCES: Final = word_list("references") | GROUPS


def screen(sentence: Sentence, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence is worth a parse; headings and tables, in which no event is coded, are not.

    It is where it names an actor, since the model sees acts that no entry names, or holds an action word and some other name.
    Without any name it must hold all words that an entry asks for, and a word that takes a name up, or the act must be one that
    two sides share and that a story tells without naming them again ("the treaty was signed").
    """
    if sentence.kind not in CODED_BLOCKS:
        return False
    text, actions = sentence.text, vocabulary.actions
    words = {word.lower() for word in _WORD.findall(text)}
    if words.isdisjoint(actions.trigger_forms):
        return bool(vocabulary.actors.find(text))
    refers = not words.isdisjoint(REFERENCES)
    if (refers or not words.isdisjoint(actions.shared_forms)) and _holds_act(words, actions, shared=not refers):
        return True
    return bool(_NAME.search(text) or vocabulary.actors.find(text))


def _holds_act(words: set[str], actions: Actions, *, shared: bool) -> bool:
    """Tell whether the words are enough for some entry, or with `shared` for one of an act that two sides share.

    "Looked" is an action word, but only with "into"; "began" only with what was begun.
    """
    lemmas = words | {lemma for word in words if (lemma := actions.noun_lemma(word))}
    for word in words & (actions.shared_forms if shared else actions.trigger_forms):
        nouns = actions.nouns.get(actions.noun_lemma(word) or word, ())
        if any(entry.strength and (entry.mutual or not shared) and _has_words(entry, words, lemmas) for entry in nouns):
            return True
        verb = actions.verb_lemma(word) or word
        # A shared act may be told of things that no entry lists ("notes were exchanged"), but not by a verb that names none.
        alone = shared and verb not in actions.light_verbs and verb not in actions.complements
        for entry in actions.verbs.get(verb, ()):
            if entry.strength and (entry.mutual or not shared) and (alone or _has_words(entry, words, lemmas)):
                return True
    return False


def _has_words(entry: ActionEntry, words: set[str], lemmas: set[str]) -> bool:
    """Tell whether a sentence holds the words of a noun's name, or a particle, preposition and object that a verb asks for."""
    if entry.kind == "noun" and not lemmas.issuperset(_WORD.findall(entry.lemma)):
        return False
    if entry.particle and entry.particle not in words:
        return False
    if entry.prepositions and not any(words.issuperset(preposition.split()) for preposition in entry.prepositions):
        return False
    return not entry.objects or not lemmas.isdisjoint(_heads(entry.objects))


@cache
def _heads(objects: frozenset[str]) -> frozenset[str]:
    """Return the nouns that head the names of a class; there are some hundred classes."""
    return frozenset(phrase_head(name) for name in objects)
