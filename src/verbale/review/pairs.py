"""How alike two tellings of dated happenings are, as facts that can be read, and the chance that they tell one happening.

The chance is that of `retelling_scorer`.
"""

from __future__ import annotations

import functools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from verbale.review.happening_words import load_happening_words, related
from verbale.review.moments import Moment
from verbale.review.pairs_apart import tells_two
from verbale.review.retelling_scorer import load_scorer
from verbale.review.retellings import Happening, Retellings, deed_verbs
from verbale.review.trees import Tree

# So many tellings apart two are still compared; a book of ten thousand dates is read in windows.
_WINDOW: Final = 150
# A book of so many tellings (about 350 kB) is read in smaller ones, or its pairs alone take ten minutes.
_BOOK: Final = 2000
_BOOK_WINDOW: Final = 50
# Slips of the pen stay near, or change one figure: two dates further apart are two happenings.
_NEAR: Final = 6
# So near are two years of which one is a slip, where only a verb tells what a noun is called by.
_CLOSE: Final = 3
# So many sentences away an inferred year is that of the text around.
_REACH: Final = 4
# By so much must a pair be more alike than any pair of the later telling whose dates agree.
RIVAL: Final = 0.3
# So many sentences back is what a date in "the talks of May 1990" points to.
_JUST: Final = 3
# With so many other happenings alike, another word for the thing picks another one.
_MANY: Final = 3
# An armistice is no peace.
_TRUCE, _INSTRUMENT = frozenset({"truce"}), frozenset({"instrument"})
# Two names of two words each; of shorter ones one may be the short form of the other.
_LONG_NAMES: Final = 4
# With these a noun says of what an act is: the seizure of the banks, accession to the alliance, the vote on the treaty.
_WHOSE: Final = frozenset({"of", "on"})
# Who arrives somewhere visits it.
_COMING: Final = frozenset({"arrival", "visit"})
_BOUNDS: Final = ("until", "before", "after", "by")
_LEAST: Final = -4.0


@dataclass(slots=True)
class Pair:
    """Two tellings in the order of the text with what they share; `apart`: their times cannot be one."""

    earlier: Happening
    later: Happening
    apart: bool
    facts: dict[str, float] = field(default_factory=dict)
    likeness: float = 0.0

    @property
    def told(self) -> bool:
        """Whether both tell surely when something was."""
        one, other = self.earlier, self.later
        bound = _role(one.role) in _BOUNDS or _role(other.role) in _BOUNDS
        return not bound and min(one.moment.sure, other.moment.sure) > 0 and one.real and other.real

    @property
    def comparable(self) -> bool:
        """Whether a difference of their dates can be a slip: both tell when something was, and the dates are near."""
        a, b = self.earlier.moment, self.later.moment
        near = abs(a.year - b.year) <= _NEAR or one_figure(a.year, b.year)
        same = self.earlier.tree is self.later.tree
        return near and self.told and not same and not self._differs() and not self._named_by_year() and not _wholly_other(a, b)

    def _named_by_year(self) -> bool:
        """Tell whether a year is part of a name, "the Treaty of 1903", and tells the thing from others of its kind."""
        tree, moment = self.later.tree, self.later.moment
        named = tree.tokens[self.later.at].pos == "PROPN" and not moment.written.month
        both = self.earlier.tree.tokens[self.earlier.at].pos == "PROPN"
        return named and tree.sentence.text[: moment.start].endswith(" of ") and (both or not self.facts["titles same"])

    def _differs(self) -> bool:
        """Tell whether the words themselves say that these are two: other stages, ranks, places or persons."""
        x = self.facts
        one, other = self.earlier.kind, self.later.kind
        kinds = one is not None and other is not None and one.name != other.name
        came = {one.name, other.name} == _COMING if one and other else False  # who landed in Beijing visited it
        if kinds and not came and ((one and other and one.course == other.course) or x["act kin"] < 1):
            return True
        if x["row"] or x["own"] or (x["date told"] and not x["titles same"]):
            return True
        if x["span"] or (not x["act kin"] and not x["kind same"]):
            return True
        if x["titles apart"] and self.earlier.patients & self.later.patients:
            return True  # the treaty with Britain and the treaty with Spain
        verbs = not (self.earlier.nominal or self.later.nominal)
        if verbs and x["act kin"] == 1 and x["titles apart"] and x["patients apart"] and not x["patient same"]:
            return True  # it invaded Iran, and it invaded Kuwait
        if _once_more(self.later.act, self.earlier.act) != _once_more(self.earlier.act, self.later.act):
            return True  # his election and his re-election
        alike = bool(self.earlier.patients & self.later.patients)
        if alike and self.earlier.restricted and self.later.restricted and not (x["titles same"] or x["same month"]):
            return True  # the act of 1934 and the act of 1939
        if any(_only_name(each) for each in (self.earlier, self.later)):
            return True  # "Burkina Faso, 30 September 2022" in a list
        if self.later.repeated and not self.earlier.repeated and x["kind same"]:
            return True  # "it was closed once more in May 2019"
        if self.earlier.rank and not self.later.rank and self.later.restricted and x["head kin"] < 1:
            return True  # the first conference, and the convention of 1864
        if self._distinguished() or self._two_bodies() or x["of another"] or tells_two(self.earlier, self.later):
            return True  # the preliminary articles and the treaty; "the company was seized" and the seizure of the banks
        if self._titled_apart() or self._called_apart():
            return True  # the Jay Treaty began it; the treaty of Ghent was signed
        common = x["head kin"] or x["referent same"] or x["names"] or x["patients kin"]
        if kinds and not common:
            return True  # a vote in one house, and what was adopted in another
        both_told = self.later.restricted and re.search(rf"\b{self.earlier.moment.year}\b", self.later.sentence.text)
        if both_told and self.later.moment.year != self.earlier.moment.year:
            return True  # "the treaty of 1853, less than six years after the peace of 1848"
        named = self.later.restricted and re.search(rf"\b{self.later.moment.year}\b", self.earlier.sentence.text)
        if named and self.later.moment.year != self.earlier.moment.year:
            return True  # "a resolution in 1966 and another in 1968": the resolution of 1968 is that
        elsewise = x["restricted plain"] and self.later.nominal and x["several nameless"] >= _MANY
        if elsewise and not (self.later.heads & self.earlier.heads or x["same month"] or x["referent same"]):
            return True  # where many treaties are told, "the protocol of 1906" is not the treaty of 1904
        if x["agents apart"] and x["kind same"]:
            return True  # who signs later signs for himself
        if not x["back"] and (x["again"] or not x["jump"]):
            return True  # a court ruled, and ruled on another case; what goes on in time is told for the first time
        if self.later.restricted and not (
            self.earlier.heads & self.later.patients
            or x["kind same"]
            or x["head kin"]
            or self._named_by_verb()
            or (x["acts alike"] and x["names shared"])  # "Cabral sighted the coast", and "Cabral's landfall of 1500"
        ):
            return True
        told_apart = (x["stative"] and not x["restricted head"]) or x["places apart"]
        strangers = x["names apart"] and not x["referent same"] and not x["head kin"]
        return bool((told_apart and not x["kind same"]) or x["rank apart"] or strangers)

    def _named_by_verb(self) -> bool:
        """Tell whether a noun names what a verb told at nearly the same time: "sold it", and "the sale of 1867"."""
        near = abs(self.earlier.moment.year - self.later.moment.year) <= _CLOSE or bool(self.facts["same month"])
        return near and self.earlier.act in deed_verbs().get(self.later.act, ())

    def _distinguished(self) -> bool:
        """Tell whether an adjective makes of one another treaty than the other (preliminary), or one is an armistice."""
        one, other = (each.core & load_happening_words().lists["distinguishing"] for each in (self.earlier, self.later))
        treaty = self.facts["kind same"] or self.facts["head kin"]
        words = load_happening_words()
        groups = [{words.group(head) for head in each.heads} for each in (self.earlier, self.later)]
        truce = any(_TRUCE & mine and not _TRUCE & yours and _INSTRUMENT & yours for mine, yours in (groups, groups[::-1]))
        return truce or (bool(one ^ other) and bool(treaty) and not self.facts["titles same"])

    def _called_apart(self) -> bool:
        """Tell whether each bears a long name, and these share no word: the Non-Proliferation and the Test Ban Treaty."""
        one, other = _own_words(self.earlier.names), _own_words(self.later.titles)
        return bool(one and other) and len(one) + len(other) >= _LONG_NAMES and not one & other

    def _two_bodies(self) -> bool:
        """Tell whether two bodies have each a kind of its own: a bank is no fund; either may be called an institution."""
        one, other = self.earlier.patients, self.later.patients
        general = load_happening_words().lists["general bodies"]
        kin = self.facts["patients kin"]
        named = self.facts["titles same"] or self.facts["patient same"]
        return 0 < kin < 1 and self._of_bodies() and not (one | other) & general and not named

    def _of_bodies(self) -> bool:
        return all(each.kind is not None and each.kind.course == "body" for each in (self.earlier, self.later))

    def _titled_apart(self) -> bool:
        """Tell whether each tells of a thing of one kind under a name, and no such thing has a name in common."""
        one, other = self.earlier.titled, self.later.titled
        both = [(one[head], other[head]) for head in one.keys() & other.keys()]
        return bool(both) and all(first and last and not first & last for first, last in both)


def _own_words(names: frozenset[str]) -> set[str]:
    """Return the words of names without those that many names have: treaty, agreement."""
    words = load_happening_words()
    return {name for name in names if name[:1] == "=" and name[1:].isalpha() and name[1:] not in words.group_of}


def _once_more(one: str, other: str) -> bool:
    """Tell whether one word tells another with "re-" before it: re-election, of "elect"."""
    again = one.removeprefix("re-") if one.startswith("re-") else one.removeprefix("re")
    return again != one and (again == other or related(again, other) or related(other, again))


def _only_name(happening: Happening) -> bool:
    """Tell whether what a date stands beside is only a name, of which it tells nothing."""
    words = load_happening_words()
    named = happening.tree.tokens[happening.at].pos == "PROPN" and not happening.restricted
    return named and happening.act not in words.group_of and happening.act not in words.by_noun


def apart(one: Happening, other: Happening) -> bool:
    """Tell whether the times of two tellings cannot be one; a year that is only inferred must not decide far from it."""
    if not one.moment.apart(other.moment):
        return False
    if min(one.moment.sure, other.moment.sure) < 2 and abs(one.sentence.index - other.sentence.index) > _REACH:
        return one.moment.apart_in_year(other.moment)
    return True


def one_figure(one: int, other: int) -> bool:
    """Tell whether two years differ by one figure, or by the order of their figures."""
    first, second = str(abs(one)), str(abs(other))
    if len(first) != len(second) or first == second:
        return False
    return sum(x != y for x, y in zip(first, second, strict=True)) == 1 or sorted(first) == sorted(second)


def find_pairs(r: Retellings) -> list[Pair]:
    """Return the pairs of tellings with their facts, each held against its rivals."""
    pairs: list[Pair] = []
    today = r.manuscript.today.year
    window = _WINDOW if len(r.found) <= _BOOK else _BOOK_WINDOW
    for number, later in enumerate(r.found):
        for earlier in r.found[max(0, number - window) : number]:
            if (later.moment.year > today) != (earlier.moment.year > today):
                continue  # what is planned is not what was done
            pair = Pair(earlier, later, apart(earlier, later))
            pair.facts = _facts(r, earlier, later)
            pair.facts["date told"] = float(_told_just_now(r, later))
            pair.facts["of another"] = float(_of_another(r, earlier, later))
            pair.facts["acts alike"] = r.kin(earlier.act, later.act)
            pair.facts["row"] = float(_of_a_row(r, earlier, later))
            pair.likeness = _likeness(pair.facts)
            pairs.append(pair)
    _add_rivals(pairs)
    return pairs


def _told_just_now(r: Retellings, later: Happening) -> bool:
    """Tell whether "the talks of May 1990" has its date from what was told right before: "a second round began in May 1990"."""
    date = later.moment
    for one in reversed(r.found[: later.number]):
        if later.sentence.index - one.sentence.index > _JUST:
            return False
        other = one.moment
        same = one.sentence is later.sentence and one.end > later.start
        alike = later.restricted or one.act == later.act  # "the second war ended in 1850. When that war ended in 1850"
        if alike and other.sure == 2 and (other.year, other.month) == (date.year, date.month) and not same:
            return True
    return False


def _of_another(r: Retellings, one: Happening, other: Happening) -> bool:
    """Tell whether a noun says of what it is ("the seizure of the banks"), and the verb told it of something else."""
    tree, words = other.tree, r.words
    noun = other.at if other.nominal else tree.described(other.at)
    owner = None if noun is None else r.chronicle.referents.of(tree, tree.child(noun, "nmod:poss"))
    if owner is not None and owner.called and not owner.person and owner.label not in one.sentence.text:
        return True  # "its alliance", of a state that had no part in what was told
    if not other.nominal or one.nominal or not one.patients:
        return False
    beside = tree.children(other.at, "nmod")
    if _named_otherwise(tree, other.at, one):
        return True
    beside += [each for at in tree.children(other.at, "nmod", "appos") if tree.word(at) == "that" for each in tree.below[at]]
    next_to = other.at + 1 < len(tree.tokens) and tree.word(other.at + 1)
    of = [
        each
        for each in beside
        if tree.tokens[each].pos == "NOUN" and (tree.case(each) in _WHOSE or tree.case(each) == "to" == next_to)
    ]
    things = {tree.lemma(each) for each in of} - words.lists["times"]
    if any(tree.tokens[each].tag == "JJR" for noun in of for each in tree.children(noun, "amod")):
        return True  # the vote on the older treaty
    if one.titles:  # what has a name may be called by many nouns, but a union is no alliance
        bodies = one.patients & words.lists["general bodies"]
        called = {words.group(each) for each in one.patients if each in words.group_of} | bodies
        return bool(called and things) and all(each in words.group_of and words.group(each) not in called for each in things)
    said = one.patients | one.core
    groups = {words.group(each) for each in said}
    general = words.lists["generic"] | words.lists["general bodies"]
    return bool(things) and not any(thing in said or (thing in general and words.group(thing) in groups) for thing in things)


def _named_otherwise(tree: Tree, at: int, one: Happening) -> bool:
    """Tell whether a noun names where it leads to ("the visit to Cairo"), and the verb told it of another place or thing."""
    goals = [each for each in tree.children(at, "nmod") if tree.tokens[each].pos == "PROPN" and tree.case(each) == "to"]
    return bool(one.titles) and any(tree.tokens[each].text not in one.sentence.text for each in goals)


def _of_a_row(r: Retellings, one: Happening, other: Happening) -> bool:
    """Tell whether their years tell things apart: the act of 1937 and that of 1939 where the text tells of "the acts"."""
    if not other.restricted or one.moment.year == other.moment.year:
        return False
    label = other.tree.tokens[other.at]
    if label.pos == "PROPN" and other.moment.exact == "year":
        before = other.sentence.text[: label.start - other.sentence.start].split()[-1:]
        if _tells_several(r.manuscript.plain, " ".join([*before, label.text])):
            return True  # the Neutrality Act of 1939, one of the Neutrality Acts
    if one.restricted:
        years = one.moment.exact == "year" == other.moment.exact and one.act == other.act
        return years and _tells_several(r.manuscript.plain, other.act, small=True)
    # "the loan of 1898 was repaid in 1904; the loan of 1906 never": each has a year of its own
    near = (each for each in r.found[max(0, one.number - _JUST) : one.number + _JUST] if each.tree is one.tree)
    return any(each.restricted and each.act == other.act and each.moment.apart(other.moment) for each in near)


@functools.lru_cache(maxsize=4096)
def _tells_several(text: str, name: str, *, small: bool = False) -> bool:
    """Tell whether a text has a name in the plural; `small`: in whatever letters. Kept, as every pair of a long text asks."""
    return re.search(rf"\b{re.escape(name)}s\b", text, re.IGNORECASE if small else re.NOFLAG) is not None


def _facts(r: Retellings, one: Happening, other: Happening) -> dict[str, float]:
    a, b = one.moment, other.moment
    kin = r.kin(one.act, other.act)
    act = max(
        kin,
        max((r.kin(one.act, each) for each in other.core if each[0] not in "=@"), default=0.0),
        max((r.kin(each, other.act) for each in one.core if each[0] not in "=@"), default=0.0),
    )
    names = one.names & other.names
    shared = sum(r.rarity.get(name, 0.8) for name in names)
    core, clause = r.shared(other.core, one.core), r.shared(other.clause, one.clause)
    distance = abs(other.sentence.index - one.sentence.index)
    found = {
        "act kin": act,
        "acts apart": float(kin == 0 and not one.nominal and not other.nominal),
        "known apart": float(act == 0 and one.act in r.kindred and other.act in r.kindred),
        "kinds apart": float(one.kind is not None and other.kind is not None and one.kind.name != other.kind.name),
        "kind same": float(one.kind is not None and other.kind is not None and one.kind.name == other.kind.name),
        "head kin": max((r.kin(x, y) for x in one.heads for y in other.heads), default=0.0),
        "referent same": float(any(x is y for x in one.referents for y in other.referents)),
        "names shared": shared,
        "names": min(2.0, shared),
        "names apart": float(bool(one.names - other.names) and bool(other.names - one.names) and not names),
        "retold": float(other.back and (other.jump or distance >= 6)),
        "core shared": core,
        "core share later": core / max(0.1, r.weight(other.core)),
        "core share earlier": core / max(0.1, r.weight(one.core)),
        "clause shared": clause,
        "clause share later": clause / max(0.1, r.weight(other.clause)),
        "new rare": _rarest(r, other.core, one.whole, new=True),
        "shared rare": _rarest(r, other.core - {other.act}, one.clause, new=False),
        "years": min(10.0, abs(a.year - b.year)),
        "one figure": float(one_figure(a.year, b.year)),
        "same month": float(a.month is not None and a.month == b.month),
        "same day": float(a.exact == "day" == b.exact and a.first % 31 == b.first % 31),
        "jump": float(other.jump),
        "far": math.log(1 + min(60, distance)),
        "same block": float(other.sentence.block == one.sentence.block),
        "span": float(one.span or other.span),
        "stative": float(one.stative or other.stative),
        "sure": float(min(a.sure, b.sure)),
        "restricted": float(other.restricted),
        "restricted plain": float(other.restricted and not names),
    }
    theme = max(found["head kin"], found["referent same"], min(1.0, shared))
    found["act and theme"] = min(act, theme)
    found["act theme retold"] = found["act and theme"] * found["retold"]
    return found | _whom(r, one, other) | _where_and_how(one, other)


def _where_and_how(one: Happening, other: Happening) -> dict[str, float]:
    """Return the facts of a pair that places, agents and numbers tell, and the words by which the later points back."""
    return {
        "places apart": float(
            bool(one.places and other.places)
            and not one.places & other.places
            and not (other.places & one.whole or one.places & other.whole)
        ),
        "places same": float(bool(one.places & other.places)),
        "agents apart": float(bool(one.agents and other.agents) and not one.agents & other.agents),
        "numbers apart": float(bool(one.numbers and other.numbers) and not one.numbers & other.numbers),
        "rank apart": float(bool(one.rank and other.rank and one.rank != other.rank)),
        "ranks": float(bool(one.rank) != bool(other.rank)),
        "again": float(other.again),
        "own": float(other.own),
        "indefinite": float(other.indefinite),
        "definite": float(other.definite),
        "back": float(other.back),
        "nominal": float(other.nominal),
    }


def _whom(r: Retellings, one: Happening, other: Happening) -> dict[str, float]:
    """Return the facts of a pair that its patients and titles tell: to whom and to what it happened."""
    patients = max((r.kin(x, y) for x in one.patients for y in other.patients), default=0.0)
    return {
        "patients kin": patients,
        "patients apart": float(bool(one.patients and other.patients) and not patients),
        "titles apart": float(bool(one.titles and other.titles) and not one.titles & other.titles),
        "titles same": float(bool(one.titles & other.titles)),
        "title new": float(bool(other.titles - one.whole)),
        "patient same": float(any(x is y for x in one.things for y in other.things)),
        "restricted head": float(other.restricted and bool(one.heads & other.patients)),
    }


def _rarest(r: Retellings, mine: frozenset[str], yours: frozenset[str], *, new: bool) -> float:
    """Return how rare the rarest word is that two tellings share, or that is new in the later one."""
    best = 0.0
    for key in mine:
        kin = max((r.kin(key, each) for each in yours), default=0.0)
        best = max(best, r.rarity.get(key, 0.8) * (1 - kin if new else kin))
    return best


def _likeness(x: Mapping[str, float]) -> float:
    """Return a first guess of how alike two tellings are, whatever their dates: only its order counts, among rivals."""
    return (
        -3.0
        + 1.0 * x["act kin"]
        + 0.5 * x["head kin"]
        + 0.7 * x["referent same"]
        + 1.0 * x["names"]
        + 1.2 * min(3, x["core shared"])
        + 1.5 * x["core share later"]
        + 0.4 * min(4, x["clause shared"])
        - 1.0 * x["names apart"]
        - 1.5 * x["rank apart"]
        - 0.6 * x["again"]
        - 0.6 * x["indefinite"]
        + 0.4 * x["definite"]
        + 0.4 * x["back"]
    )


def _add_rivals(pairs: list[Pair]) -> None:
    """Add how much more alike a pair is than the other pairs of each telling, and how many others are of its kind."""
    against: dict[tuple[int, bool], list[tuple[float, int]]] = defaultdict(list)
    like: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        one, other = pair.earlier, pair.later
        if one.tree is not other.tree or one.at != other.at:
            against[one.number, pair.apart].append((pair.likeness, other.number))
            against[other.number, pair.apart].append((pair.likeness, one.number))
        if pair.apart and pair.facts["act kin"] and (pair.facts["head kin"] or pair.facts["referent same"]):
            like[one.number].add(other.number)
            like[other.number].add(one.number)
    best = {key: sorted(found, reverse=True)[:2] for key, found in against.items()}

    def rival(number: int, besides: int, *, fits: bool) -> float:
        found = best.get((number, not fits), ())
        return next((likeness for likeness, other in found if other != besides), _LEAST)

    for pair in pairs:
        first, last, x = pair.earlier.number, pair.later.number, pair.facts
        x["rival apart"] = max(-3.0, min(3.0, pair.likeness - rival(last, first, fits=False)))
        x["rival fit"] = max(-3.0, min(3.0, pair.likeness - rival(last, first, fits=True)))
        x["rival earlier"] = max(-3.0, min(3.0, pair.likeness - rival(first, last, fits=False)))
        x["several"] = float(min(5, len(like[last] - {first})))
        x["several nameless"] = x["several"] if x["names shared"] < 0.3 else 0.0


def _role(role: str) -> str:
    words = set(role.split())
    if words & {"until", "till", "to"}:
        return "until"
    return next((name for name in ("since", "before", "after", "by", "from") if name in words), "in")


def _wholly_other(one: Moment, other: Moment) -> bool:
    """Tell whether two days share neither day nor month nor year: a slip of the pen changes one of them.

    Of seventeen pairs of thirteen sets that were one happening none was so, and five of seven that were two.
    """
    a, b = one.written, other.written
    return bool(a.day and b.day) and a.day != b.day and a.month != b.month and a.year != b.year


def retold_otherwise(pairs: Iterable[Pair], *, least: float) -> Iterator[Pair]:
    """Yield for each later telling the likeliest pair of one happening whose dates cannot both be right, if so likely."""
    scorer = load_scorer()
    best: dict[int, tuple[float, Pair]] = {}
    for pair in pairs:
        if not pair.apart or not pair.comparable or pair.facts["rival fit"] < RIVAL:
            continue
        chance = scorer.chance(pair.facts)
        if chance >= least and chance > best.get(pair.later.number, (0.0, pair))[0]:
            best[pair.later.number] = (chance, pair)
    for number in sorted(best):
        yield best[number][1]
