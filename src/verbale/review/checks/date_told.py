"""Finds happenings that the text tells twice with two dates, and courses of things in an order that they cannot have had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.date_happenings import one_slip
from verbale.review.chronicle import Chronicle, Telling
from verbale.review.dates import WrittenDate
from verbale.review.happening_words import HappeningWords, related
from verbale.review.pairs_apart import named_from_before
from verbale.review.referents import Referent
from verbale.review.trees import Tree

# Courses whose stages have one order; doors are shut and opened again, offices taken up twice.
_ORDERED: Final = frozenset({"treaty", "body", "life", "fight", "case", "thing"})
# From this stage on something can only come after what made the thing: in force after signed, dissolved after founded.
_MADE: Final = 2
# So many sentences after a fight was told, "the fight" may be another one.
# So many words a name goes on behind its first noun.
_NAME: Final = 8
_FAR: Final = 12


def find_told(chronicle: Chronicle) -> Iterator[Slip]:
    """Yield a slip for each telling that another one of the same happening, or of an earlier stage, gainsays."""
    for number, telling in enumerate(chronicle.tellings):
        slip = (
            _twice(chronicle, number, telling)
            or _out_of_course(chronicle, telling)
            or _told_by_verb(chronicle, number, telling)
            or _labelled(chronicle, telling)
            or _derived(chronicle, number, telling)
        )
        if slip is not None:
            yield slip


def _twice(chronicle: Chronicle, number: int, telling: Telling) -> Slip | None:
    kind = telling.kind
    if kind is None or kind.once == "no" or telling.of is None:
        return None
    same = [
        each
        for each in chronicle.tellings
        if each is not telling and each.same(telling) and each.kind is not None and _one_kind(each, telling)
    ]
    before = [each for each in same if each in chronicle.tellings[:number]]
    if not before or any(not differ(each.date, telling.date) for each in same):
        return None
    nominal = chronicle.trees[telling.sentence.index].tokens[telling.at].pos in ("NOUN", "PROPN")
    if kind.once == "told" and (not telling.back or (nominal and not chronicle.definite(telling))):
        return None
    if any(each.by is not None and telling.by is not None and each.by is not telling.by for each in before):
        return None
    # a state that signs by itself joins what others had signed
    if kind.course == "treaty" and telling.by is not None and telling.by.group == "name" and before[-1].by is not telling.by:
        return None
    other = before[-1]
    if not one_slip(*sorted((other.date.year, telling.date.year))) or _of_another_sort(chronicle, telling, other):
        return None
    if _two_names(chronicle, telling, other) or _reported(chronicle, telling) or _of_another_owner(chronicle, telling, other):
        return None
    if other.sentence is telling.sentence and not telling.back:
        return None
    if other.sentence is not telling.sentence and _one_of_several(chronicle, other):
        return None
    if (telling.inferred or other.inferred) and not _near(telling, other):
        return None
    if _named_by_date(chronicle, telling) and _named_by_date(chronicle, other) and not _same_month(telling, other):
        return None  # the ceasefire of May 1992 and that of June 1994 are two
    said, elsewhere = chronicle.text[slice(*telling.date_at)], chronicle.text[slice(*other.date_at)]
    name = kind.name if telling.of.group == "name" else f"{kind.name} ({telling.of.label})"
    return Slip(telling.start, telling.end, f"The {name} is dated {said} here and {elsewhere} before.", (other.date_at,))


def _two_names(chronicle: Chronicle, telling: Telling, other: Telling) -> bool:
    """Tell whether what is told has a long name in both places, each with a word of its own: two associations."""
    names = [_long_name(chronicle, each) for each in (telling, other)]
    return all(names) and bool(names[0] - names[1]) and bool(names[1] - names[0])


def _of_another_owner(chronicle: Chronicle, telling: Telling, other: Telling) -> bool:
    """Tell whether a thing is said to be somebody's whom the other telling does not name: Finland's peace, after Estonia's."""
    tree = chronicle.trees[telling.sentence.index]
    noun = telling.at if tree.tokens[telling.at].pos == "NOUN" else tree.described(telling.at)
    owner = None if noun is None else tree.child(noun, "nmod:poss")
    named = owner is not None and tree.tokens[owner].pos == "PROPN"
    return named and other.by is not None and tree.tokens[owner or 0].text not in other.sentence.text


def _long_name(chronicle: Chronicle, telling: Telling) -> set[str]:
    """Return the words in capitals of the name of what a telling is about, if it has several."""
    tree = chronicle.trees[telling.sentence.index]
    for at in range(len(tree.tokens)):
        if tree.tokens[at].pos == "PROPN" and chronicle.referents.of(tree, at) is telling.of:
            words = [each for each in tree.subtree(at) if tree.tokens[each].pos == "PROPN" and each - at < _NAME]
            found = {tree.word(each) for each in words if tree.tokens[each].text[:1].isupper()}
            return found if len(found) > 1 else set()
    return set()


def _reported(chronicle: Chronicle, telling: Telling) -> bool:
    """Tell whether a date is what a text says, and the author need not share it: "one book says that it was signed in"."""
    tree = chronicle.trees[telling.sentence.index]
    at: int | None = telling.at
    while at is not None and tree.label(at) != "ccomp":
        at = tree.head(at)
    verb = None if at is None else tree.head(at)
    if verb is None or tree.lemma(verb) not in chronicle.words.lists["saying"]:
        return False
    subject = tree.subject(verb)
    return subject is not None and tree.lemma(subject) in chronicle.words.lists["writings"]


def _one_of_several(chronicle: Chronicle, telling: Telling) -> bool:
    """Tell whether its sentence dates several things of a kind, so that a later one need not be this: "that with Prussia"."""
    return any(
        each is not telling
        and each.sentence is telling.sentence
        and each.kind is telling.kind
        and differ(each.date, telling.date)
        for each in chronicle.tellings
    )


def _named_by_date(chronicle: Chronicle, telling: Telling) -> bool:
    """Tell whether a thing is told from others by its date: the ceasefire of 3 May 1992."""
    tree = chronicle.trees[telling.sentence.index]
    return not tree.is_verb(telling.at) and chronicle.text[: telling.date_at[0]].rstrip().endswith(" of")


def _same_month(one: Telling, other: Telling) -> bool:
    days = one.date.day == other.date.day or not (one.date.day and other.date.day)
    return one.date.month is not None and one.date.month == other.date.month and days


def _of_another_sort(chronicle: Chronicle, telling: Telling, other: Telling) -> bool:
    """Tell whether a thing is of a sort told here first, "the peace treaty", or each bears a title with a word of its own."""
    noun, sorts, proper = _sorts(chronicle, telling)
    if proper:
        _, others, known = _sorts(chronicle, other)
        return known and bool(sorts - others) and bool(others - sorts)
    before = chronicle.text[: telling.sentence.start].lower()
    return bool(sorts) and not any(f"{sort} {noun}" in before for sort in sorts)


def _sorts(chronicle: Chronicle, telling: Telling) -> tuple[str, set[str], bool]:
    """Return the noun that a telling is about, the words before it that tell its sort or title, and whether it is a title."""
    tree = chronicle.trees[telling.sentence.index]
    noun = telling.at if tree.tokens[telling.at].pos in ("NOUN", "PROPN") else tree.described(telling.at)
    if noun is None and tree.is_verb(telling.at):
        noun = tree.object(telling.at)
    if noun is None:
        return "", set(), False
    proper = tree.tokens[noun].pos == "PROPN"
    before = tree.children(noun, *(("compound", "amod", "nummod") if proper else ("compound",)))
    if not proper:  # the partial and the final award
        apart = chronicle.words.lists["distinguishing"]
        before += [each for each in tree.children(noun, "amod") if tree.word(each) in apart]
    # the number of a "Nine-Power Treaty" hangs on its power
    sorts = {tree.word(word) for each in before for word in tree.subtree(each) if tree.word(word).isalnum()}
    return tree.lemma(noun), sorts, proper


def _told_by_verb(chronicle: Chronicle, number: int, telling: Telling) -> Slip | None:
    """Compare "the fight, which had broken out on DATE" with the sentences that tell by a verb that troops fought."""
    if not telling.back or telling.of is None or telling.of.plural or telling.of.rank or not chronicle.definite(telling):
        return None
    if (
        telling.kind is not None
        and telling.kind.name not in ("outbreak", "announcement", "taking place")
        and telling.kind.course != "fight"
    ):
        return None
    tree, at = chronicle.trees[telling.sentence.index], telling.at
    if not any(chronicle.referents.of(tree, each) is telling.of for each in (at, tree.described(at), tree.subject(at))):
        return None
    heads = telling.of.heads
    kinds = {kind.name for head in heads if (kind := chronicle.words.by_noun.get(head)) is not None and kind.once == "told"}
    before = chronicle.tellings[:number]
    if not kinds or any(
        each.of is telling.of and each.verb not in heads for each in before if each.of is telling.of and not each.of.rank
    ):
        return None
    same = [
        each
        for each in before
        if (each.kind is not None and each.kind.name in kinds and each.of is not telling.of)
        or (each.of is not None and each.of.heads & heads and each.of is not telling.of)
    ]
    if not same or any(
        not differ(each.date, telling.date) for each in (*same, *chronicle.tellings[number + 1 :]) if each in same
    ):
        return None
    other = same[0]
    if _named_by_date(chronicle, telling) and _named_by_date(chronicle, other) and not _same_month(telling, other):
        return None
    if other.of is not None and other.of.names and telling.of.names and not other.of.names & telling.of.names:
        return None
    if telling.sentence.index - other.sentence.index > _FAR or not one_slip(*sorted((other.date.year, telling.date.year))):
        return None
    said, elsewhere = chronicle.text[slice(*telling.date_at)], chronicle.text[slice(*other.date_at)]
    return Slip(
        telling.start, telling.end, f"The {telling.of.label} is dated {said} here and {elsewhere} before.", (other.date_at,)
    )


def _derived(chronicle: Chronicle, number: int, telling: Telling) -> Slip | None:
    """Compare "the ostracism of X, in 461" with the sentence that tells that X was ostracised: a noun made from the verb."""
    noun = chronicle.trees[telling.sentence.index].tokens[telling.at].pos == "NOUN"
    if telling.kind is not None or not noun or not telling.also or not chronicle.definite(telling):
        return None
    before = [each for each in chronicle.tellings[:number] if related(telling.verb, each.verb) and each.verb != telling.verb]
    same = [each for each in before if any(one is each.of or one is each.by for one in telling.also)]
    if not same or any(not differ(each.date, telling.date) for each in same):
        return None
    other = same[-1]
    if not one_slip(*sorted((other.date.year, telling.date.year))):
        return None
    if named_from_before(chronicle.trees[telling.sentence.index], telling.at, other.date.year - telling.date.year):
        return None
    said, elsewhere = chronicle.text[slice(*telling.date_at)], chronicle.text[slice(*other.date_at)]
    return Slip(
        telling.start, telling.end, f"The {telling.verb} is dated {said} here and {elsewhere} before.", (other.date_at,)
    )


def _labelled(chronicle: Chronicle, telling: Telling) -> Slip | None:
    """Compare "the agreement on search and rescue, signed in 2009" with "search and rescue (2011)"."""
    if telling.kind is None or telling.kind.name != "signing" or telling.of is None or not telling.back:
        return None
    for other in chronicle.tellings:
        topic = other.kind is None and other.back and other.verb in telling.of.words and other.sentence is not telling.sentence
        bracket = chronicle.text[other.date_at[0] - 1] == "(" and chronicle.text[other.date_at[1]] == ")"
        if (
            topic
            and bracket
            and other.date.year != telling.date.year
            and one_slip(*sorted((other.date.year, telling.date.year)))
        ):
            said, elsewhere = chronicle.text[slice(*telling.date_at)], chronicle.text[slice(*other.date_at)]
            return Slip(telling.start, telling.end, f"This is dated {said} here and {elsewhere} elsewhere.", (other.date_at,))
    return None


def _one_kind(one: Telling, other: Telling) -> bool:
    if one.kind is None or other.kind is None:
        return False
    return one.kind.name == other.kind.name or (
        one.kind.course == "life" == other.kind.course and one.kind.stage == other.kind.stage
    )


def _out_of_course(chronicle: Chronicle, telling: Telling) -> Slip | None:
    kind = telling.kind
    if kind is None or kind.course not in _ORDERED or telling.of is None:
        return None
    begun = _beginning(chronicle, telling.of, kind.course)
    if begun is None or begun is telling or begun.kind is None:
        return None
    if kind.stage > _MADE and later(begun.date, telling.date):
        early, late = begun, telling
    elif kind.stage < begun.kind.stage and later(telling.date, begun.date):
        early, late = telling, begun
    else:
        return None
    if early.kind is None or late.kind is None or ((early.inferred or late.inferred) and early.sentence is not late.sentence):
        return None
    if _put_to_paper(chronicle, early, late):
        return None
    if early.inferred and early.start <= late.start and _fits_another_year(chronicle, early, late):
        return None
    first, last = chronicle.text[slice(*early.date_at)], chronicle.text[slice(*late.date_at)]
    message = f"The {late.kind.name} ({last}) would lie before the {early.kind.name} ({first})."
    rests = begun.date_at
    return Slip(telling.start, telling.end, message, (rests,))


def _put_to_paper(chronicle: Chronicle, signed: Telling, ratified: Telling) -> bool:
    """Tell whether one head of state signs what a parliament had ratified: "the Senate ratified a revised treaty"."""
    trees = chronicle.trees
    alone = signed.kind is not None and signed.kind.name == "signing"
    return alone and signed_alone(
        chronicle.words, (trees[signed.sentence.index], signed.at), (trees[ratified.sentence.index], ratified.at)
    )


def signed_alone(words: HappeningWords, signed: tuple[Tree, int], ratified: tuple[Tree, int]) -> bool:
    """Tell whether somebody signs alone what a parliament ratifies, which may come first; each is a sentence and its verb."""
    tree, at = signed
    who = tree.child(at, "nsubj") if tree.is_verb(at) else None
    named = who is not None and (tree.tokens[who].pos == "PROPN" or tree.word(who) == "who")
    house = ratified[0].subject(ratified[1])
    by_house = house is not None and ratified[0].lemma(house) in words.lists["parliaments"]
    return who is not None and named and by_house and not tree.children(who, "conj")


def _fits_another_year(chronicle: Chronicle, early: Telling, late: Telling) -> bool:
    """Tell whether a date without its year fits in a year told before: "in 1861 ...; it began on 6 July and ended in 1865"."""
    index = early.sentence.index
    near = (chronicle.dates.get(each, {}).values() for each in (index - 1, index) if each in chronicle.trees)
    years = {date.year for dates in near for date in dates if date.year < late.date.year}
    return any(not later(replace(early.date, year=year), late.date) for year in years)


def _beginning(chronicle: Chronicle, of: Referent, course: str) -> Telling | None:
    """Return the earliest telling of what made a thing: a later signature is that of somebody who joined."""
    made = [
        each
        for each in chronicle.tellings
        if each.of is of and each.kind is not None and each.kind.course == course and each.kind.stage <= _MADE
    ]
    made = [each for each in made if each.kind is not None and (each.kind.stage == _MADE or course != "treaty")]
    return min(made, key=lambda each: (each.date.year, each.date.month or 12, each.date.day or 31)) if made else None


def _near(one: Telling, other: Telling) -> bool:
    """Tell whether two tellings stand close together, so that a year that one leaves out is that of the other."""
    return abs(one.sentence.index - other.sentence.index) <= 2


def differ(one: WrittenDate, other: WrittenDate) -> bool:
    """Tell whether two dates cannot be one, as exactly as both are written."""
    return later(one, other) or later(other, one)


def later(one: WrittenDate, other: WrittenDate) -> bool:
    """Tell whether one date is certainly later, as exactly as both are written."""
    if one.year != other.year or not (one.month and other.month):
        return one.year > other.year
    if one.month != other.month or not (one.day and other.day):
        return one.month > other.month
    return one.day > other.day
