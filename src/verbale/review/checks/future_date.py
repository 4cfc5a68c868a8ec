"""Finds dates later than today, or than the day on which the text says that it was written, that are told as if they had been.

The grammar decides: what a date hangs on is told as past where its verb is a past, a perfect or a participle of something done;
plans stand in the present, the infinitive or with "will", and terms have "until", "for" or "by" before their date.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip
from verbale.review.dates import WrittenDate, find_dates
from verbale.review.manuscript import Manuscript
from verbale.review.own_day import is_later, written_on
from verbale.review.trees import Tree
from verbale.vocab.inflection import verb_forms

# No text that means it looks further ahead; a later year without a day is the number of something.
MAX_AHEAD: Final = 75
# How many nouns and clauses may stand between a date and the verb that tells it.
STEPS: Final = 8
_ANY: Final = frozenset({"a", "an", "any", "no", "every", "each"})
_PASSIVES: Final = frozenset({"was", "were"})
_PERFECT: Final = frozenset({"has", "have", "had", "'ve", "having"})


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each date after today that its sentence tells as past, and each such date of a work that is listed."""
    later: dict[int, list[WrittenDate]] = {}
    written = written_on(manuscript)
    last = manuscript.today if written is None else min(manuscript.today, written)
    # a text that gives its own day is read as what it was on that day
    after = "is still to come" if last == manuscript.today else f"is later than the text, of {last:%-d %B %Y}"
    told = [*manuscript.prose, *_listed(manuscript)]
    invented = re.compile(rf"\b{manuscript.words.alternatives('invented')}\b", re.IGNORECASE)
    for at, sentence in enumerate(told):
        text = manuscript.sentence_text(sentence)
        dates = [each for each in find_dates(text) if is_later(each, last)]
        dates = [each for each in dates if each.year <= manuscript.today.year + MAX_AHEAD or each.day]
        if dates and not invented.search(text):
            later[at] = dates
    telling = _Telling.of(manuscript)
    listed = {each.index for each in _listed(manuscript)}
    candidates = [(told[at], dates) for at, dates in later.items()]
    for tree, (sentence, dates) in zip(manuscript.trees([each for each, _ in candidates]), candidates, strict=True):
        for date in dates:
            start, end = sentence.start + date.start, sentence.start + date.end
            if sentence.index in listed:
                if telling.forthcoming.search(manuscript.sentence_text(sentence)):
                    continue
                yield Slip(start, end, f"“{manuscript.text[start:end]}” {after}, but the list has the work as one that is out.")
            elif telling.as_past(tree, start, end, dated=len(find_dates(manuscript.sentence_text(sentence))) > len(dates)):
                yield Slip(start, end, f"“{manuscript.text[start:end]}” {after}, but the sentence tells it as past.")


def _listed(manuscript: Manuscript) -> list[Sentence]:
    """Return the sentences of the list of works."""
    inside = range(manuscript.list_block + 1, manuscript.list_end)
    return [each for each in manuscript.sentences if each.block in inside and each.kind != "heading"]


@dataclass(frozen=True, slots=True)
class _Telling:
    """What looks ahead: plans, phases (began to fill), prepositions of terms, words of conditions, works in press."""

    verbs: frozenset[str]
    phases: frozenset[str]
    parts: frozenset[str]
    terms: frozenset[str]
    conditions: frozenset[str]
    shifting: frozenset[str]
    forthcoming: re.Pattern[str]

    @classmethod
    def of(cls, manuscript: Manuscript) -> _Telling:
        """Take the words of lists.csv."""
        return _telling(
            *(
                manuscript.words.lists[name]
                for name in ("future", "phases", "time-parts", "terms-ahead", "conditions", "shifting", "in-press")
            )
        )

    def as_past(self, tree: Tree, start: int, end: int, *, dated: bool) -> bool:
        """Tell whether the words between two offsets of the document date something that is told as done.

        `dated` says that the sentence has an earlier date as well, so that a later one in a name dates nothing that was done.
        """
        at = tree.top(tree.within(start, end))
        if at is not None and tree.label(at) in ("obj", "xcomp", "nsubj:pass"):
            return False  # the day itself is named or fixed ("has named 1 May 2027 as the day"), and nothing is told of it
        for _ in range(STEPS):
            if at is None:
                return False
            cases = {word for case in tree.cases(at) for word in case.split()} | {
                tree.word(each) for each in tree.hanging(at, "mark") if tree.tokens[at].pos in ("NUM", "NOUN", "PROPN")
            }
            if cases & self.terms and not ("by" in cases and self._perfect(tree, at)):
                return False
            label, head = tree.label(at).partition(":")[0], tree.head(at)
            if tree.tokens[at].tag == "VBG" and label == "nsubj" and head is not None:
                at = head  # "the wreath-laying on 5 November drew a crowd": a noun, of which the verb tells
                continue
            verb = tree.is_verb(at) or tree.tokens[at].tag in ("VBD", "VBN", "VBZ", "VBP", "VB", "VBG")
            if (verb and tree.tokens[at].pos not in ("NOUN", "PROPN", "NUM")) or tree.child(at, "cop") is not None:
                if self._shifted(tree, at, tree.within(start, end)):
                    return not self._unreal(tree, at)
                return self._past(tree, at) and not (self._unreal(tree, at) or _of_one_that_might_be(tree, at))
            if tree.tokens[at].text.lower() in self.verbs or any(
                tree.word(each) in self.verbs for each in tree.hanging(at, "amod")
            ):
                return False  # "the elections due in October 2027 have been put off"
            named = label in ("compound", "nummod", "amod", "flat", "appos") or (label == "nmod" and "of" in cases)
            adjunct = head is not None and tree.label(head).partition(":")[0] == "obl"
            if head is not None and tree.lemma(head) in self.parts:
                named = False  # "the spring of 2027" is a date
            if named and dated and not adjunct:
                return False
            if named and head is not None and tree.label(head).partition(":")[0] not in ("nsubj", "root"):
                outer = {word for case in tree.cases(head) for word in case.split()}
                if outer & {"of", "for", "as", "to"} or tree.label(head).partition(":")[0] in ("obj", "nmod", "xcomp", "conj"):
                    return False  # the name of something that is to be ("host of the 2032 Games")
            at = head
        return False

    def _shifted(self, tree: Tree, at: int, dated: Sequence[int]) -> bool:
        """Tell whether somebody did something to a plan on a day that stands first: "In July 2048 they postponed it"."""
        subjects, objects = tree.hanging(at, "nsubj"), tree.hanging(at, "obj")
        if tree.tokens[at].tag != "VBD" or tree.lemma(at) not in self.shifting or not (subjects and objects and dated):
            return False
        return max(dated) < min(subjects)

    def _perfect(self, tree: Tree, at: int) -> bool:
        head = tree.head(at)
        return head is not None and any(tree.word(each) == "had" for each in tree.hanging(head, "aux"))

    def _past(self, tree: Tree, at: int) -> bool:
        """Tell whether a verb tells something done."""
        token = tree.tokens[at]
        if tree.lemma(at) in self.verbs or tree.word(at) in self.verbs:
            return False
        helpers = [*tree.hanging(at, "aux"), *tree.hanging(at, "cop")]
        words = {tree.word(each) for each in helpers}
        if any(tree.tokens[each].tag == "MD" or tree.word(each) == "to" for each in helpers):
            return False
        if any(tree.word(each) == "to" for each in tree.hanging(at, "mark")):
            above = tree.head(at)
            return token.label == "xcomp" and above is not None and tree.lemma(above) in self.phases and self._past(tree, above)
        if words & _PERFECT or words & _PASSIVES or "did" in words:
            return True
        if words & {"is", "are", "be", "being", "am", "does", "do"}:
            return False
        head = tree.head(at)
        if token.label == "conj" and head is not None and token.tag in ("VBN", "VB", "VBD") and not tree.hanging(at, "nsubj"):
            if token.tag == "VBD" and tree.tokens[head].tag == "VBD":
                return True
            return self._past(tree, head)
        return token.tag in ("VBD", "VBN")

    def _unreal(self, tree: Tree, at: int) -> bool:
        """Tell whether a clause is a condition, or what somebody plans or foretells."""
        for _ in range(STEPS):
            marks = {tree.word(each) for each in tree.hanging(at, "mark", "advmod") if each < at}
            head, label = tree.head(at), tree.label(at).partition(":")[0]
            if label in ("advcl", "ccomp", "root") and marks & self.conditions:
                return True
            if head is None:
                return False
            if label in ("ccomp", "xcomp", "acl") and ({tree.lemma(head), tree.word(head)} & self.verbs):
                return label != "acl" or tree.tokens[at].tag in ("VB", "VBG")
            at = head
        return False


def _of_one_that_might_be(tree: Tree, at: int) -> bool:
    """Tell whether a verb describes any one of a kind that would or could be: "a treaty signed in 2048 would come too late"."""
    noun = tree.head(at)
    if tree.label(at).partition(":")[0] != "acl" or noun is None:
        return False
    if not {tree.word(each) for each in tree.hanging(noun, "det")} & _ANY:
        return False
    ruling = tree.head(noun)
    while ruling is not None and not tree.is_verb(ruling) and not tree.hanging(ruling, "aux"):
        ruling = tree.head(ruling)
    return ruling is not None and any(tree.tokens[each].tag == "MD" for each in tree.hanging(ruling, "aux"))


@functools.lru_cache(maxsize=4)
def _telling(
    future: tuple[str, ...],
    phases: tuple[str, ...],
    parts: tuple[str, ...],
    terms: tuple[str, ...],
    conditions: tuple[str, ...],
    shifting: tuple[str, ...],
    press: tuple[str, ...],
) -> _Telling:
    forms = frozenset(form for word in future for form in (word, *verb_forms(word)))
    waiting = re.compile(rf"\b(?:{'|'.join(map(re.escape, press))})\b", re.IGNORECASE)
    return _Telling(
        forms, frozenset(phases), frozenset(parts), frozenset(terms), frozenset(conditions), frozenset(shifting), waiting
    )


CHECK = Check(
    CheckInfo(
        "future-date",
        "warning",
        "Dates still to come",
        "What is told as past cannot carry a date that has not been yet; most often a digit is wrong.",
    ),
    find,
)
