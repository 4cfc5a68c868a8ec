"""Finds dated acts of one sentence, or of two that follow each other, in an order that their grammar rules out.

"Ratified in March 1851, before it was signed in 1850"; "answered on 28 June the note of 3 July"; "in 1888, under the treaty of
1891"; "appointed in 1904, he served until 1901"; "two years later, in 1887" after 1889; a reply before the request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.date_told import later
from verbale.review.chronicle import Chronicle, Telling, governor, told
from verbale.review.dates import WrittenDate, find_dates
from verbale.review.durations import find_durations
from verbale.review.order_words import order_words
from verbale.review.time_words import load_time_words
from verbale.review.trees import Tree

_AFTER: Final = frozenset({"after", "following"})
_BEFORE: Final = frozenset({"before"})
_UNTIL: Final = frozenset({"until", "till"})
_ASIDE: Final = ("acl", "acl:relcl", "appos")
# So many letters behind a verb a date may be that of another word.
_CLOSE: Final = 70
# "Five days earlier, on 20 July" is of the year of the text; a date months away may be of another.
_SURE_DAYS: Final = 100
# So many sentences after a request its answer is told.
_NEAR: Final = 2
# From this stage on a course is made: what was signed, founded or begun.
_MADE: Final = 2
_DONE: Final = 3


@dataclass(frozen=True, slots=True)
class _Dated:
    """A word of a sentence with its date: whether it is a noun, and the date's top word."""

    at: int
    date: WrittenDate
    nominal: bool
    top: int
    whole: bool


def find_clauses(chronicle: Chronicle) -> Iterator[Slip]:
    """Yield a slip for each pair of dated acts whose grammar puts them in an order that their dates do not have."""
    before: Sentence | None = None
    for index, tree in chronicle.trees.items():
        found = list(_dated(chronicle, tree))
        near = before if before is not None and before.block == tree.sentence.block else None
        for slip in (
            *_sides(chronicle, tree, found),
            *_during(chronicle, tree, found),
            *_acted_upon(chronicle, tree, found),
            *_until(chronicle, tree, found),
            *_closed_with(chronicle, tree, found),
            *_shifted(chronicle, tree, near),
        ):
            yield slip
            break
        if chronicle.dates[index]:
            before = tree.sentence
    yield from _answers(chronicle)
    yield from _works(chronicle)


def _dated(chronicle: Chronicle, tree: Tree) -> Iterator[_Dated]:
    text = chronicle.text[tree.sentence.start : tree.sentence.end]
    whole = {date.start for date in find_dates(text)}
    for top, date in chronicle.dates[tree.sentence.index].items():
        place = governor(tree, top, chronicle.words, text[: date.start])
        if place is not None:
            yield _Dated(place[0], date, place[1], top, date.start in whole)


def _slip(chronicle: Chronicle, tree: Tree, late: _Dated, early: _Dated, why: str) -> Slip:
    start = tree.sentence.start
    one, two = (chronicle.text[start + each.date.start : start + each.date.end] for each in (late, early))
    words = [late.at, early.at, *tree.within(start + late.date.start, start + late.date.end)]
    begin, end = tree.span([*words, *tree.within(start + early.date.start, start + early.date.end)])
    return Slip(begin, end, f"{why}: {one} and {two} are in an order that they cannot have.")


def _sides(chronicle: Chronicle, tree: Tree, found: list[_Dated]) -> Iterator[Slip]:
    """Check "lifted in 1972, three years after it was imposed in 1974"."""
    for each in found:
        words = set(tree.case(each.at).split())
        after, before = words & _AFTER, words & _BEFORE
        if not words and not each.nominal and _having(tree, each.at):
            after = {"having"}
        if bool(after) == bool(before) or words & _UNTIL or not each.whole or (each.nominal and _of_the_next(tree, each)):
            continue
        host = tree.head(each.at)
        while host is not None and not tree.is_verb(host):
            host = tree.head(host)
        if (
            host is None
            or not told(tree, host, chronicle.words)
            or (not each.nominal and not told(tree, each.at, chronicle.words))
        ):
            continue
        for other in found:
            wished = tree.label(other.at) == "xcomp" and tree.head(other.at) == host  # it applied to join in 1943
            if (other.at != host and not wished) or other.nominal or not other.whole:
                continue
            if later(each.date, other.date) if after else later(other.date, each.date):
                yield _slip(chronicle, tree, other, each, "“after”" if after else "“before”")


def _during(chronicle: Chronicle, tree: Tree, found: list[_Dated]) -> Iterator[Slip]:
    """Check "during the war of 1948, in May 1951, the road was cut": what is done during a thing has its year, or the next."""
    for each in found:
        if not each.nominal or each.date.month or tree.case(each.at) != "during" or tree.case(each.top) != "of":
            continue
        if tree.lemma(each.at) not in chronicle.words.lists["lasting a while"] or not each.whole:
            continue
        for other in found:
            if other.nominal or other.at != tree.head(each.at) or not other.whole or other.date.until:
                continue
            if not 0 <= other.date.year - each.date.year <= 1:
                yield _slip(chronicle, tree, other, each, "“during”")


def _of_the_next(tree: Tree, each: _Dated) -> bool:
    """Tell whether a conjunction parts a noun from its date: "renewed in 1905, three years after its birth, and in 1911"."""
    dated = tree.sentence.start + each.date.start
    return any(token.pos == "CCONJ" for token in tree.tokens[each.at + 1 :] if token.end <= dated)


def _having(tree: Tree, at: int) -> bool:
    """Tell whether a clause tells what was done before: "having fled it in 1999"."""
    return tree.tokens[at].label == "advcl" and any(tree.word(each) == "having" for each in tree.children(at, "aux"))


def _acted_upon(chronicle: Chronicle, tree: Tree, found: list[_Dated]) -> Iterator[Slip]:
    """Check "answered on 28 June the note of 3 July", "the act of 1922 amended that of 1927", "under the treaty of 1891"."""
    words = order_words()
    things = {each.at: each for each in found if each.nominal and each.whole and _restricted(chronicle, tree, each)}
    for verb in range(len(tree.tokens)):
        if not tree.is_verb(verb) or not told(tree, verb, chronicle.words):
            continue
        lemma = tree.lemma(verb)
        acts = lemma in words["acting upon"]
        passive = tree.passive(verb)
        patients = [tree.object(verb)] if acts else []
        patients += [
            each
            for each in tree.children(verb, "obl")
            if tree.case(each) == "under"
            or (acts and tree.case(each) in words["upon cases"])
            or (tree.case(each) == "on" and lemma in words["resting on"])
        ]
        own = [each for each in found if each.at == verb and not each.nominal and each.whole and _close(tree, verb, each)]
        subject = tree.subject(verb)
        if not own and (acts or lemma in words["resting on"]) and not passive and subject is not None:
            own = [things[subject]] if subject in things else [each for each in found if tree.described(each.at) == subject]
        for patient in patients:
            thing = things.get(patient) if patient is not None else None
            if thing is None or tree.lemma(thing.at) in words["planned"]:
                continue
            for act in own:
                if act.at != thing.at and later(thing.date, act.date):
                    yield _slip(chronicle, tree, act, thing, "This is done to, or rests on, something later")


def _close(tree: Tree, verb: int, each: _Dated) -> bool:
    """Tell whether a date surely is the verb's: before it, or not far behind."""
    return tree.sentence.start + each.date.start - tree.tokens[verb].end <= _CLOSE


def _restricted(chronicle: Chronicle, tree: Tree, each: _Dated) -> bool:
    """Tell whether a date is a thing's own: "the note of 3 July", "the act (1927)"."""
    before = chronicle.text[tree.sentence.start + each.date.start - 1]
    return tree.case(each.top) == "of" or before == "(" or tree.tokens[each.top].label in ("nmod:unmarked", "compound")


def _until(chronicle: Chronicle, tree: Tree, found: list[_Dated]) -> Iterator[Slip]:
    """Check "was appointed in 1904 and served until 1901", and "it lasted until 1878" of what began in 1881."""
    start = tree.sentence.start
    staying = order_words()["staying"]
    for top, date in chronicle.dates[tree.sentence.index].items():
        at = tree.head(top)
        if (
            not set(tree.case(top).split()) & _UNTIL
            or at is None
            or not tree.is_verb(at)
            or not told(tree, at, chronicle.words)
        ):
            continue
        if tree.lemma(at) not in staying or tree.child(at, "cop") is not None:
            continue
        end = _Dated(at, date, False, top, True)
        begun = tree.head(at) if tree.tokens[at].label == "conj" else None
        own = tree.child(at, "nsubj", "nsubj:pass")
        for each in found:
            if each.at == begun and own is None and each.whole and not each.nominal and later(each.date, date):
                yield _slip(chronicle, tree, end, each, "“until”")
                return
        of = chronicle.referents.of(tree, tree.subject(at))
        for telling in chronicle.tellings:
            begins = telling.kind is not None and telling.kind.stage <= _MADE and telling.kind.course not in ("life", "treaty")
            if of is None or telling.of is not of or not begins or telling.inferred or not later(telling.date, date):
                continue
            if abs(tree.sentence.index - telling.sentence.index) > _NEAR or _begun_before(chronicle, telling):
                continue
            begin, stop = tree.span([at, *tree.within(start + date.start, start + date.end)])
            said, when = chronicle.text[start + date.start : start + date.end], chronicle.text[slice(*telling.date_at)]
            yield Slip(begin, stop, f"This would end ({said}) before it began ({when}).", (telling.date_at,))
            return


def _begun_before(chronicle: Chronicle, telling: Telling) -> bool:
    """Tell whether the same thing began at another time as well: then the end may be that of the other."""
    return any(
        each is not telling and each.of is telling.of and each.kind is telling.kind and later(telling.date, each.date)
        for each in chronicle.tellings
    )


def _closed_with(chronicle: Chronicle, tree: Tree, found: list[_Dated]) -> Iterator[Slip]:
    """Check "the war, which broke out in 1884, ended with the peace of 1881"."""
    for each in found:
        verb = tree.head(each.at)
        if not each.nominal or not each.whole or verb is None or tree.lemma(verb) not in order_words()["closing"]:
            continue
        if tree.case(each.at) not in ("with", "by", "in", "at") or not told(tree, verb, chronicle.words):
            continue
        thing = tree.object(verb) if tree.passive(verb) else tree.subject(verb)
        for other in found:
            kind = chronicle.words.verb_kind(tree, other.at) if not other.nominal else None
            if kind is None or kind.stage > _MADE or kind.course not in ("fight", "case", "event") or not other.whole:
                continue
            if thing is not None and tree.described(other.at) == thing and later(other.date, each.date):
                yield _slip(chronicle, tree, each, other, "This would end before it began")


def _shifted(chronicle: Chronicle, tree: Tree, near: Sentence | None) -> Iterator[Slip]:
    """Check "two years later, in 1887" after a sentence of 1889."""
    sentence = tree.sentence
    text = chronicle.text[sentence.start : sentence.end]
    dates = sorted(chronicle.dates[sentence.index].values(), key=lambda each: each.start)
    whole = {date.start for date in find_dates(text)}
    words = load_time_words()
    for duration in find_durations(text):
        shift = words.shift.match(text, duration.end)
        date = next((each for each in dates if shift is not None and each.start >= shift.end()), None)
        if shift is None or date is None or (date.start not in whole and duration.days > _SURE_DAYS):
            continue
        if not re.fullmatch(r",?\s\(?(?:in|on|by)\s(?:early\s|late\s|the\s\w+\sof\s)?", text[shift.end() : date.start]):
            continue
        told_before = [each for each in dates if each.end <= duration.start]
        if not told_before and near is not None and near.index == sentence.index - 1:
            told_before = list(chronicle.dates[near.index].values())
        if not told_before:
            continue
        if date.start not in whole and any(abs(each.months - date.months) > 1 for each in told_before):
            continue
        wrong = (later(each, date) if shift["later"] else later(date, each) for each in told_before)
        if all(wrong):
            start, end = sentence.start + duration.start, sentence.start + date.end
            side = "later" if shift["later"] else "earlier"
            said = text[date.start : date.end]
            yield Slip(start, end, f"{said} is not {side} than what was told before ({told_before[-1].year}).")


def _answers(chronicle: Chronicle) -> Iterator[Slip]:
    """Check an answer that is dated before what it answers: "the request reached Paris on 12 May; the reply is of 4 May"."""
    words = order_words()
    asked: Telling | None = None
    for telling in chronicle.tellings:
        tree = chronicle.trees[telling.sentence.index]
        nouns = {tree.lemma(each) for each in _nouns(tree, telling) if each is not None}
        exact = telling.date.month is not None and not telling.inferred
        own = chronicle.text[: telling.date_at[0]].endswith("of ")
        answer = bool(nouns & words["replies"] and (chronicle.definite(telling) or _own_reply(tree, telling))) or (
            telling.verb in words["answering"] and not own
        )
        answer = answer and not _to_another(chronicle, tree, telling)
        # a day without its year is surely of the year before it only where both lie in one month
        near = asked is not None and bool(telling.date.day) and telling.date.months == asked.date.months
        if answer and (exact or near) and asked is not None and later(asked.date, telling.date):
            said, when = chronicle.text[slice(*telling.date_at)], chronicle.text[slice(*asked.date_at)]
            message = f"The answer ({said}) would lie before what it answers ({when})."
            yield Slip(telling.start, telling.end, message, (asked.date_at,))
        if asked is not None and telling.sentence.index - asked.sentence.index > _NEAR:
            asked = None
        if nouns & words["messages"] and not nouns & words["replies"]:
            asked = telling if exact and not answer else None
        elif nouns & words["replies"]:
            asked = None


def _to_another(chronicle: Chronicle, tree: Tree, telling: Telling) -> bool:
    """Tell whether what is answered is said to be another than what was told: "answered an earlier note"."""
    others = chronicle.words.lists["another treaty"]
    return any(tree.word(at) in others for at in tree.subtree(telling.at) if tree.label(at) == "amod")


def _own_reply(tree: Tree, telling: Telling) -> bool:
    """Tell whether somebody's own answer is told: "it sent its answer"."""
    nouns = (each for each in _nouns(tree, telling) if each is not None and tree.lemma(each) in order_words()["replies"])
    return any(tree.child(each, "nmod:poss") is not None for each in nouns)


def _nouns(tree: Tree, telling: Telling) -> list[int | None]:
    if not tree.is_verb(telling.at):
        return [telling.at]
    return [tree.subject(telling.at), tree.object(telling.at), tree.described(telling.at)]


def _works(chronicle: Chronicle) -> Iterator[Slip]:
    """Check "the dam was finished in 1955; its construction had begun in 1958"."""
    processes = order_words()["processes"]
    for telling in chronicle.tellings:
        tree = chronicle.trees[telling.sentence.index]
        begins = telling.kind is not None and telling.kind.name in ("outbreak", "opening")
        noun = tree.subject(telling.at) if begins and tree.is_verb(telling.at) else None
        if noun is None or tree.lemma(noun) not in processes or telling.inferred:
            continue
        owner = tree.child(noun, "nmod:poss")
        if owner is None:
            owner = next((each for each in tree.children(noun, "nmod") if tree.case(each) in ("of", "on", "for")), None)
        of = chronicle.referents.of(tree, owner)
        for other in chronicle.tellings if of is not None else ():
            made = other.kind is not None and (other.kind.stage >= _DONE or other.kind.name in ("signing", "opening", "launch"))
            if other.of is of and made and other is not telling and not other.inferred and later(telling.date, other.date):
                said, when = chronicle.text[slice(*telling.date_at)], chronicle.text[slice(*other.date_at)]
                message = f"The work would begin ({said}) after its end ({when})."
                yield Slip(telling.start, telling.end, message, (other.date_at,))
                break
