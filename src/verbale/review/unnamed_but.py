"""Who is left unnamed and is no vague source: a kind of reader, a letter to the writer, an edition, a passage of a text."""

from __future__ import annotations

import re
from typing import Final

from verbale.review.attribution import AttributionWords
from verbale.review.dates import MONTH_PATTERN
from verbale.review.trees import Tree

_MONTH: Final = re.compile(rf"{MONTH_PATTERN}|\d+", re.IGNORECASE)


def any_reader(tree: Tree, head: int, words: AttributionWords) -> bool:
    """Tell whether a noun is whoever reads or looks at something: "students who compare the two accounts often think that"."""
    if not {tree.lemma(head), tree.word(head)} & words.audience:
        return False
    verb = tree.tokens[head].head
    if tree.lemma(head) in words.reading and {tree.word(each) for each in tree.hanging(verb, "aux")} & words.modal:
        return True  # whoever reads this text: "readers should note that"
    return any(tree.lemma(each) not in words.saying_with_clause - words.knowing for each in tree.hanging(head, "acl:relcl"))


def asks_in_writing(tree: Tree, index: int, verb: int, words: AttributionWords) -> bool:
    """Tell whether somebody turns to the writer of the text with a question: "a reader writes to ask in which year"."""
    if not tree.words_of(index) & words.indefinite or tree.lemma(verb) not in words.turning:
        return False
    return any(tree.lemma(each) in words.wondering for each in tree.hanging(verb, "xcomp", "advcl"))


def of_edition(tree: Tree, verb: int, words: AttributionWords) -> bool:
    """Tell whether a passive says by which edition or year a work is cited: "is often cited as of 1956"."""
    if tree.lemma(verb) not in words.citing:
        return False
    for child in tree.hanging(verb, "obl"):
        if "as" in tree.cases(child) and tree.tokens[child].pos != "NUM":
            continue
        if {tree.lemma(child), tree.word(child)} & words.text or tree.tokens[child].pos == "NUM":
            return True
    return False


def the_one(tree: Tree, noun: int) -> bool:
    """Tell whether "there is the mood" adds one thing to others, and says of it who heard or saw it."""
    if not {tree.word(each) for each in tree.hanging(noun, "det")} & {"the"}:
        return False
    clauses = tree.hanging(noun, "acl:relcl")
    return any(tree.word(each) in ("i", "we") for clause in clauses for each in tree.hanging(clause, "nsubj"))


def somewhere(tree: Tree, index: int) -> bool:
    """Tell whether a phrase names a capital that holds the view: "was viewed with suspicion in Moscow"."""
    return "in" in tree.cases(index) and tree.tokens[index].pos == "PROPN"


def in_text(tree: Tree, index: int, words: AttributionWords) -> bool:
    """Tell whether a passive is followed by where it is said: "in Article 4", "in his diary", "by the court"."""
    cases = tree.cases(index)
    if cases & {"above", "by", "under"}:
        return True
    named = tree.tokens[index].pos in ("PROPN", "NUM") or bool({tree.lemma(index), tree.word(index)} & words.text)
    return "in" in cases and named


def apart(tree: Tree, verb: int, clause: int) -> bool:
    """Tell whether a semicolon parts a clause from a verb: it goes on beside it, and is not what was said."""
    first, last = sorted((verb, clause))
    return any(token.text == ";" for token in tree.tokens[first:last])


def set_off(tree: Tree, index: int, verb: int) -> bool:
    """Tell whether a subject and its verb stand between commas, and say no more: "the truce, many argue, saved the city"."""
    return index > 0 and verb + 1 < len(tree.tokens) and tree.word(index - 1) == tree.word(verb + 1) == ","


def hearsay(tree: Tree, told: int) -> bool:
    """Tell whether what somebody is supposed to have done is told by others, and was no duty ("to have left by May")."""
    ends = [each for each in tree.hanging(told, "obl") if tree.cases(each) & {"by", "before"}]
    dated = any(tree.label(each) == "obl" or _MONTH.fullmatch(tree.tokens[each].text) for each in ends)
    return "have" in {tree.word(aux) for aux in tree.hanging(told, "aux")} and not dated


def in_writing(tree: Tree, verb: int) -> bool:
    """Tell whether a verb says something in a work that is named: "in his Life of Nicias men say"."""
    return any(
        "in" in tree.cases(child) and tree.tokens[child].text[:1].isupper() and tree.hanging(child, "nmod:poss")
        for child in tree.hanging(verb, "obl")
    )


def in_clause(tree: Tree, at: int, top: int) -> bool:
    """Tell whether a word below another stands in a clause of its own."""
    while at != top:
        if tree.label(at) in ("acl:relcl", "acl", "advcl", "ccomp", "parataxis"):
            return True
        at = tree.tokens[at].head
    return False
