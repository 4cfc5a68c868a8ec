"""Finds who acts after the death that the text tells of him, where a season, another act or what went before gives the time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from verbale.review.check import Slip
from verbale.review.checks.date_acts import by_two_calendars, parties
from verbale.review.checks.date_retold import date_place
from verbale.review.chronicle import Chronicle, told
from verbale.review.dates import year_words
from verbale.review.happening_words import Kind
from verbale.review.moments import Moment, of_date
from verbale.review.referents import Referent
from verbale.review.retellings import Happening, Retellings
from verbale.review.trees import Tree


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb with the time at which it was done, and where the text gives that time."""

    tree: Tree
    at: int
    moment: Moment
    place: tuple[int, int]


def find_outlived_otherwise(chronicle: Chronicle, retellings: Retellings, ends: Mapping[int, Deed]) -> Iterator[Slip]:
    """Yield a slip for each act of somebody whose death (`ends`) the text tells, its time taken from whatever gives it."""
    if not ends:
        return
    for act in _acts(chronicle, retellings):
        for who in parties(chronicle, act.tree, act.at):
            referent = chronicle.referents.of(act.tree, who)
            ended = ends.get(id(referent)) if referent is not None else None
            if ended is None or referent is None or not _is_one(chronicle, referent, ended, act):
                continue
            if chronicle.down and min(act.moment.year, ended.moment.year) > 0:
                continue  # years before our era without the letters count down
            same = ended.tree is act.tree and ended.at == act.at
            if same or act.moment.first <= ended.moment.last:
                continue
            if ended.tree is act.tree and by_two_calendars(ended.moment.written, act.moment.written):
                continue
            start, end = act.tree.span([who, act.at])
            when = chronicle.text[slice(*ended.place)]
            name = act.tree.tokens[who].text
            message = (
                f"{name} takes part in this in {year_words(act.moment.year)}, but had died by then, as the text tells ({when})."
            )
            yield Slip(start, end, message, (ended.place, act.place))
            break


def _is_one(chronicle: Chronicle, referent: Referent, ended: Deed, act: Deed) -> bool:
    """Tell whether a person is surely the one who died: by his name, or told just before, alone, in the same paragraph."""
    if not referent.called:
        there = (chronicle.referents.of(ended.tree, at) for at in range(len(ended.tree.tokens)))
        kings = [at for at in range(len(ended.tree.tokens)) if ended.tree.lemma(at) in referent.heads]
        if len({id(each) for each in there if each is not None and each.person}) > 1 or len(kings) > 1:
            return False
    near = act.tree.sentence.block == ended.tree.sentence.block
    just = near and 0 <= act.tree.sentence.index - ended.tree.sentence.index <= 1
    return referent.person and not referent.plural and (referent.called or just)


def deaths_of(chronicle: Chronicle, retellings: Retellings) -> dict[int, Deed]:
    """Return the deaths that the text dates, or tells in a sentence of one date, by the identity of who dies."""
    ends: dict[int, Deed] = {}
    dated: dict[int, list[Happening]] = {}
    for each in retellings.found:
        dated.setdefault(each.sentence.index, []).append(each)
        if _is_death(each.kind) and each.real and each.moment.sure:
            theme = None if each.nominal or each.kind is None else chronicle.theme(each.tree, each.at, each.kind)
            for thing in each.things if theme is None else (theme,):  # who took his own life, not the life
                ends.setdefault(id(thing), Deed(each.tree, each.at, each.moment, date_place(each)))
    for found in dated.values():
        tree, first = found[0].tree, found[0]
        if (
            len(found) > 1
            or first.nominal
            or not first.moment.sure
            or set(first.role.split()) & chronicle.words.lists["turning"]
        ):
            continue
        for at in range(len(tree.tokens)):
            kind = chronicle.words.verb_kind(tree, at) if at != first.at and tree.is_verb(at) else None
            if _is_death(kind) and told(tree, at, chronicle.words) and not looks_back(tree, at):
                dead = chronicle.theme(tree, at, kind)
                if dead is not None:
                    ends.setdefault(id(dead), Deed(tree, at, first.moment, date_place(first)))
    return ends


def _is_death(kind: Kind | None) -> bool:
    return kind is not None and kind.course == "life" and kind.stage == 9


def _acts(chronicle: Chronicle, retellings: Retellings) -> Iterator[Deed]:
    timed: set[tuple[int, int]] = set()
    last: dict[int, Happening] = {}
    for each in retellings.found:
        timed.add((each.sentence.index, each.at))
        last[each.sentence.index] = each
        bound = set(each.role.split()) & chronicle.words.lists["turning"]
        if not each.nominal and each.real and each.moment.sure and not bound:
            yield Deed(each.tree, each.at, each.moment, date_place(each))
    for index, tree in chronicle.trees.items():
        before = last.get(index - 1)
        for at in range(len(tree.tokens)):
            if (index, at) in timed or not tree.is_verb(at) or not told(tree, at, chronicle.words) or looks_back(tree, at):
                continue
            other = _at_another(chronicle, tree, at)
            if other is not None:
                yield Deed(tree, at, *other)
            elif (
                index not in last
                and before is not None
                and before.sentence.block == tree.sentence.block
                and tree.word(0) in chronicle.words.lists["resuming"]
                and tree.head(at) is None
            ):
                yield Deed(tree, at, before.moment, date_place(before))


def looks_back(tree: Tree, at: int) -> bool:
    """Tell whether a verb stands in a perfect or a pluperfect."""
    return any(tree.word(each) in ("had", "has", "have") for each in tree.children(at, "aux"))


def _at_another(chronicle: Chronicle, tree: Tree, at: int) -> tuple[Moment, tuple[int, int]] | None:
    """Return the time of "when the text was initialled" or "at the signature" that the text gives elsewhere."""
    words = chronicle.words
    for each in (*tree.children(at, "advcl"), *tree.children(at, "obl")):
        marks = {tree.word(mark) for mark in tree.children(each, "mark", "advmod", "case")}
        if not marks & words.lists["at the time"] or each in chronicle.dates[tree.sentence.index]:
            continue
        nominal = not tree.is_verb(each)
        if nominal and tree.lemma(each) not in words.by_noun:
            continue
        found = [
            telling
            for telling in chronicle.dated(tree, each)
            if not telling.inferred and telling.kind is not None and telling.sentence.index < tree.sentence.index
        ]
        if len({(one.date.year, one.date.month) for one in found}) == 1:
            return of_date(found[0].date), found[0].date_at
    return None
