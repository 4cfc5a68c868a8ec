"""The account that a text gives: which happenings it dates, of what, in what words, and where.

Each written date is tied by the parse to the verb or noun that it dates, this to its kind (happenings.csv) and to the thing
that it happens to (`referents`). Two tellings of one happening can so be compared, however far apart and however worded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from verbale.core import Sentence
from verbale.review.citations import without_citations
from verbale.review.dates import WrittenDate, find_dates, find_moments, find_spans, month_reached, year_reached
from verbale.review.deed_words import load_deeds
from verbale.review.happening_words import HappeningWords, Kind, load_happening_words, related
from verbale.review.manuscript import MAX_SENTENCE, Manuscript
from verbale.review.moments import Moment, counts_down, find_times, tells_early_years, time_reached, without_cited_years
from verbale.review.numbers import ORDINALS
from verbale.review.referents import Referent, Referents
from verbale.review.trees import Tree

# What a treaty's own date is ("the treaty of 5 May 1902"), and that of a judgment.
_OWN: Final = {"instrument": "signing", "ruling": "ruling", "fight": "fighting", "truce": "truce"}
# What a thing is since the date at which another kind of happening made it so: the list of such words by the name of the kind.
_STANDING: Final = {"force": "in force", "independence": "independent"}
_JOINED: Final = re.compile(r"(?:,?\sof\s|\s\()(?:early\s|late\s|mid-?\s?)?$")
_SET_OFF: Final = re.compile(r"\w,\s(?:in|on)\s(?:early\s|late\s|the\s\w+\sof\s)?$")
# How a noun ends that is made of a verb and names no person or body.
_ACT_ENDINGS: Final = ("ism", "ing", "ture", "val", "sal")
_DEED_ENDINGS: Final = ("sion", "tion", "ment")
_WITHIN_NOUN: Final = re.compile(r"\w\s(?:in|on)\s$")
# Times as exact as this are dates of an account.
_EXACT: Final = frozenset({"day", "month", "season", "year"})
_SIDES: Final = frozenset({"after", "before", "since", "following", "with"})
_WHERE: Final = frozenset({"in", "at", "on", "off", "near"})
_BACKWARD: Final = ("acl", "acl:relcl")
# How the clause of "it was in 1916 that he came" hangs on the time.
_CLEFT: Final = ("acl:relcl", "acl", "ccomp", "csubj", "advcl", "advcl:relcl")


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """A dated happening as told in one place.

    `verb` is the lemma that tells it, `of` whom it happens to, `also` what else may name it (the court, the award), `by` who
    does it; `start` to `end` are its words and `date_at` its
    date in the document. `back`: it looks back at something that the text tells as known ("the X of DATE", "which had ...").
    `inferred`: the date is written without its year.
    """

    sentence: Sentence
    at: int
    kind: Kind | None
    verb: str
    date: WrittenDate
    date_at: tuple[int, int]
    start: int
    end: int
    of: Referent | None
    by: Referent | None
    back: bool
    also: tuple[Referent, ...] = ()
    inferred: bool = False

    def same(self, other: Telling) -> bool:
        """Tell whether two tellings are of one thing."""
        mine = [each for each in (self.of, *self.also) if each is not None]
        return any(each is one for each in mine for one in (other.of, *other.also))


class Chronicle:
    """The tellings of a manuscript in order, its parsed sentences, and what their words mean.

    `told_in` are the tellings by the index of their sentence, `block_starts` where each block begins, and
    `in_block` the parsed sentences of each.
    `down`: the text leaves out that its years are those before our era, and counts them down.
    """

    def __init__(self, manuscript: Manuscript, words: HappeningWords) -> None:
        """Read all sentences of the prose that were parsed."""
        self.words = words
        self.referents = Referents(words)
        self.tellings: list[Telling] = []
        self.trees: dict[int, Tree] = {}
        self.dates: dict[int, dict[int, WrittenDate]] = {}
        self.told_in: dict[int, list[Telling]] = {}
        self.block_starts: dict[int, int] = {}
        self.in_block: dict[int, list[int]] = {}
        self.text = manuscript.plain
        self._year = 0
        self._day: WrittenDate | None = None
        self._last: Moment | None = None
        self._early = tells_early_years(manuscript.plain)
        self.down = counts_down(manuscript.plain)
        for sentence in manuscript.all_prose:
            self._read(manuscript, sentence)

    def _read(self, manuscript: Manuscript, sentence: Sentence) -> None:
        tree = Tree(sentence)
        self.block_starts.setdefault(sentence.block, sentence.start)
        text = without_cited_years(without_citations(manuscript, sentence))
        dates = find_moments(text, self._year, self._day)
        times = find_times(text, last=self._last, early=self._early, down=self.down) if len(text) <= MAX_SENTENCE else ()
        self._last = time_reached(text, times, self._last)
        more = [
            each.written
            for each in times
            if each.sure and each.exact in _EXACT and not any(date.start < each.end and each.start < date.end for date in dates)
        ]
        # "18 May of that year" is one date
        more = [each for each in more if not any(date.month and text[date.end : each.start] == " of " for date in dates)]
        dates = tuple(sorted((*dates, *more), key=lambda date: date.start))
        if dates:
            self._year = year_reached(text, dates, self._year)
            self._day = month_reached(dates, self._day)
        whole = {date.start for date in find_dates(text)}
        spans = [(span.start, span.end) for span in find_spans(text, self._year)]
        dates = tuple(date for date in dates if not any(start <= date.start < end for start, end in spans))
        if not tree.tokens:
            return
        tops = {top: date for date in dates if (top := _top(tree, date)) is not None}
        actors = manuscript.vocabulary.actors.find(sentence.text)
        strangers = {
            word
            for mention in actors
            if not all(name.kind == "leader" for name in mention.names)
            for word in tree.within(sentence.start + mention.start, sentence.start + mention.end)
        }
        self.trees[sentence.index], self.dates[sentence.index] = tree, tops
        self.in_block.setdefault(sentence.block, []).append(sentence.index)
        self.referents.read(tree, tops, strangers)
        for top, date in tops.items():
            telling = self._telling(tree, top, date, text)
            if telling is not None:
                telling = replace(telling, inferred=date.start not in whole)
                self.tellings.append(telling)
                self.told_in.setdefault(sentence.index, []).append(telling)
                self._keep_place(tree, telling)

    def _keep_place(self, tree: Tree, telling: Telling) -> None:
        """Let a treaty be known by the place where the verb says that it was signed."""
        if telling.of is None or telling.of.group == "name" or telling.kind is None:
            return
        for each in tree.children(telling.at, "obl"):
            if (
                tree.tokens[each].pos == "PROPN"
                and tree.case(each) in ("at", "in", "near")
                and each not in self.dates[tree.sentence.index]
            ):
                telling.of.names |= {tree.tokens[word].text.lower() for word in tree.name(each)}
        telling.of.years.add(telling.date.year)

    def _telling(self, tree: Tree, top: int, date: WrittenDate, text: str) -> Telling | None:
        place = governor(tree, top, self.words, text[: date.start])
        if place is None:
            return self._standing(tree, top, date)
        at, nominal = place
        spot = tree.sentence.start + date.start, tree.sentence.start + date.end
        if nominal:
            kind, of = self.noun_kind(tree, at)
            start, end = tree.span([at, *tree.within(*spot)])
            start = min(
                [start, *(tree.tokens[each].start for each in tree.children(at, "det", "amod", "compound", "nmod:poss"))]
            )
            inner = [self.referents.of(tree, each) for each in tree.children(at, "nmod", "nmod:poss")]
            known = [each for each in (self.referents.of(tree, at), *inner) if each is not None]
            also = tuple(each for each in known if kind is None or each.group in ("ruling", "case", "court"))
            return Telling(tree.sentence, at, kind, tree.lemma(at), date, spot, start, max(end, spot[1]), of, None, True, also)
        if not told(tree, at, self.words):
            return None
        kind = self.words.verb_kind(tree, at)
        of = self.theme(tree, at, kind)
        also = self._also(tree, at, kind)
        by = self.referents.of(tree, tree.subject(at)) if not tree.passive(at) else None
        by = None if by is of else by
        start, end = tree.span([at, *tree.within(*spot)])
        subject = tree.child(at, "nsubj", "nsubj:pass")
        if subject is not None:
            start = min(start, tree.tokens[subject].start)
        back = (
            tree.tokens[at].label in _BACKWARD
            or _when(tree, at)
            or (tree.lemma(at) != tree.tokens[at].text.lower() and _pluperfect(tree, at))
        )
        return Telling(tree.sentence, at, kind, tree.lemma(at), date, spot, start, end, of, by, back, also)

    def _standing(self, tree: Tree, top: int, date: WrittenDate) -> Telling | None:
        """Return the beginning of what has stood since a date: "the treaty has been in force since 1995"."""
        at = tree.head(top)
        if "since" not in tree.case(top).split() or at is None:
            return None
        name = next((name for name, words in _STANDING.items() if tree.lemma(at) in self.words.lists[words]), None)
        kind = next((each for each in self.words.kinds if each.name == name), None)
        if kind is None or (tree.tokens[at].pos == "NOUN" and tree.case(at) != "in"):
            return None
        head = tree.head(at)
        who = tree.subject(at)
        if who is None and head is not None:
            who = tree.subject(head) if tree.is_verb(head) else head
        if who is not None and tree.words_of(who) & self.words.lists["another treaty"]:
            return None
        of = self.referents.of(tree, who)
        if who is not None and tree.tokens[who].pos == "PRON" and kind.course == "treaty":
            of = self.referents.latest(("instrument", "law"), tree.sentence.index, at=who)
        spot = tree.sentence.start + date.start, tree.sentence.start + date.end
        start, end = tree.span([at, *tree.within(*spot)])
        return Telling(tree.sentence, at, kind, tree.lemma(at), date, spot, start, end, of, None, True, ())

    def _also(self, tree: Tree, at: int, kind: Kind | None) -> tuple[Referent, ...]:
        """Return the other things by which a ruling is known: the court that gave it, the award itself, the case."""
        if kind is None or kind.course != "case":
            return ()
        words = [tree.subject(at), tree.object(at), *tree.children(at, "obl")]
        found = [self.referents.of(tree, each) for each in words]
        return tuple(each for each in found if each is not None and each.group in ("court", "ruling", "case", "suit"))

    def theme(self, tree: Tree, at: int, kind: Kind | None) -> Referent | None:
        """Return whom or what a verb's happening happens to."""
        if kind is None:
            return self.referents.of(tree, tree.object(at)) or self.referents.of(tree, tree.subject(at))
        subject, object_ = tree.subject(at), tree.object(at)
        chosen = subject if kind.of == "subject" else object_
        obj = tree.child(at, "obj")
        own = obj is not None and any(tree.lemma(obj) in verb[1:] for verb in kind.verbs)  # who "took his own life"
        if kind.course == "life" and kind.of == "subject" and obj is not None and not own:
            chosen = object_  # him whom the emperor forced to die
        if chosen is None and kind.of == "object" and kind.course not in ("life", "office", "treaty"):
            chosen = subject  # the conference opened, the ship was launched and sunk
        if subject is not None and kind.course == "office" and self.words.group(tree.lemma(subject)) == "tenure":
            return self.referents.of(tree, tree.antecedent(tree.child(subject, "nmod:poss"))) or self._whose(tree, at)
        if chosen is not None and tree.tokens[chosen].pos == "PRON" and kind.course == "treaty":
            return self.referents.latest(("instrument", "law"), tree.sentence.index, at=chosen)
        found = self.referents.of(tree, chosen)
        # the instruments of ratification that are exchanged are not what is ratified
        lemma = tree.lemma(at)
        paper = chosen is not None and any(lemma == verb[0] and tree.lemma(chosen) in verb[1:] for verb in kind.verbs)
        other = (
            chosen is not None and tree.lemma(chosen) == "one" and tree.words_of(chosen) & self.words.lists["another treaty"]
        )
        if kind.course == "treaty" and other:
            return None  # "a second one was signed"
        if kind.course == "treaty" and chosen is not None and tree.tokens[chosen].pos == "PROPN" and found is not None:
            return found  # the Union with Tuvalu was signed
        if kind.course == "treaty" and (found is None or found.group not in ("instrument", "truce") or paper):
            return self._treaty_near(tree, at)
        return found

    def _whose(self, tree: Tree, at: int) -> Referent | None:
        """Return him "whose term had ended"."""
        return self.referents.of(tree, tree.described(at))

    def _treaty_near(self, tree: Tree, at: int) -> Referent | None:
        """Return the treaty that an act without one belongs to: the one in its sentence, or the one that was told last."""
        index = tree.sentence.index
        words = [word for word, token in enumerate(tree.tokens) if token.pos != "PRON"]
        here = {id(found): found for word in words if (found := self.referents.of(tree, word)) is not None}
        treaties = [each for each in here.values() if each.group == "instrument" and not each.plural]
        if len(treaties) == 1:
            return treaties[0]
        places = {
            tree.tokens[each].text.lower()
            for clause in (at, tree.described(at))
            if clause is not None
            for each in [clause, *tree.children(clause, "obl", "nmod")]
            if tree.tokens[each].pos == "PROPN" and each not in self.dates[index]
        }
        named = [each for each in self.referents.known if each.group == "instrument" and places & each.names]
        if len(named) == 1:
            return named[0]
        return None if treaties or places else self.referents.latest(("instrument", "law"), index)

    def noun_kind(self, tree: Tree, at: int) -> tuple[Kind | None, Referent | None]:
        """Return what a noun tells ("the signing of X", "the judgment", "the treaty") and of what."""
        lemma = tree.lemma(at)
        kind = self.words.noun_kind(tree, at)
        referent = self.referents.of(tree, at)
        own = next((each for each in self.words.kinds if each.name == _OWN.get(self.words.group(lemma))), None)
        if self.words.group(lemma) == "instrument":
            return own, referent
        inner = tree.child(at, "nmod:poss")
        if inner is None:
            inner = next((each for each in tree.children(at, "nmod") if tree.case(each).startswith(("of", "in", "on"))), None)
        if kind is None:
            return own, referent
        return kind, (self.referents.of(tree, inner) if inner is not None else None) or referent

    def dates_of(self, block: int) -> list[WrittenDate]:
        """Return the dates of a block of the text in order."""
        return [date for index in self.in_block.get(block, ()) for date in self.dates[index].values()]

    def known_noun(self, tree: Tree, at: int) -> bool:
        """Tell whether a noun with its article means what the text has spoken of: "by the queen"."""
        said = tree.tokens[at].pos == "NOUN" and any(tree.lemma(each) == "the" for each in tree.children(at, "det"))
        referent = self.referents.of(tree, at)
        return said and referent is not None and referent.first < tree.sentence.index

    def definite(self, telling: Telling) -> bool:
        """Tell whether the noun that a telling dates or describes is told as known ("the fight"), not as new ("a fight")."""
        tree = self.trees[telling.sentence.index]
        noun = telling.at if tree.tokens[telling.at].pos in ("NOUN", "PROPN") else tree.described(telling.at)
        if noun is None:
            noun = tree.subject(telling.at)
        known = {"the", "this", "that"}
        return noun is not None and (
            any(tree.lemma(each) in known for each in tree.children(noun, "det")) or tree.child(noun, "nmod:poss") is not None
        )

    def of_kind(self, kind: Kind | None, of: Referent | None) -> list[Telling]:
        """Return the tellings of one kind that happen to one referent."""
        return [
            each
            for each in self.tellings
            if of is not None and kind is not None and each.of is of and each.kind is not None and each.kind.name == kind.name
        ]

    def dated(self, tree: Tree, at: int) -> list[Telling]:
        """Return where the text dates what a noun or a clause means ("the battle", "it had begun"), the nearest first."""
        before = [each for each in self.tellings if each.sentence.index <= tree.sentence.index]
        if tree.is_verb(at):
            kind, lemma = self.words.verb_kind(tree, at), tree.lemma(at)
            of = self.theme(tree, at, kind)
            same = [each for each in before if (kind is not None and each.kind is kind) or each.verb == lemma]
            same = [each for each in same if each.at != at or each.sentence is not tree.sentence]
            close = [each for each in same if of is not None and each.of is of]
            begun = (
                [each for each in before if of is not None and each.of is of] if kind is not None and kind.stage == 1 else []
            )
            if not close and begun and kind is not None and kind.name == "outbreak":
                return [min(begun, key=lambda each: (each.date.year, each.date.month or 0, each.date.day or 0))]
            subject = tree.subject(at) if kind is None or kind.of == "subject" or tree.passive(at) else tree.object(at)
            if subject is not None and tree.tokens[subject].pos == "PRON":
                # "they had been broken off": what they are is told by the verb, if that tells enough
                of = None if kind is not None else of
                same = same if kind is not None else close
            return [*reversed(close)] or ([same[-1]] if same and (of is None or tree.tokens[at].label == "acl") else [])
        kind, of = self.noun_kind(tree, at)
        own = self.referents.of(tree, at)
        of_it = [each for each in before if each.of is not None and each.of in (of, own)]
        alike = [each for each in of_it if kind is not None and each.kind is kind]
        if alike or (of_it and kind is None):
            return [*reversed(alike or of_it)]
        lemma = tree.lemma(at)
        made = [each for each in before if related(lemma, each.verb) or (kind is not None and each.kind is kind)]
        return [each for each in reversed(made) if not self.of_another(tree, at, each) and not _elsewhere(tree, at, each)]

    def of_another(self, tree: Tree, at: int, telling: Telling) -> bool:
        """Tell whether a noun has an owner ("his death", "the author's death") and a telling is of somebody else."""
        owner = tree.child(at, "nmod:poss")
        whose = self.referents.of(tree, owner)
        person = telling.of is not None and telling.of.person
        if owner is None or whose is None or not person:
            return False
        return whose is not telling.of


def _elsewhere(tree: Tree, at: int, telling: Telling) -> bool:
    """Tell whether a noun says where it was ("the attack in Manchuria"), and a telling does not name that place."""
    places = [each for each in tree.children(at, "nmod") if tree.tokens[each].pos == "PROPN" and tree.case(each) in _WHERE]
    return any(tree.tokens[each].text not in telling.sentence.text for each in places)


def _when(tree: Tree, at: int) -> bool:
    """Tell whether a clause says when something else was: "when it was signed, in May" tells the signature as known."""
    return tree.tokens[at].label == "advcl" and any(
        tree.tokens[each].text.lower() in ("when", "after", "before", "since") for each in tree.children(at, "mark", "advmod")
    )


def told(tree: Tree, at: int, words: HappeningWords) -> bool:
    """Tell whether a verb tells what happened: not denied, not planned, not only possible."""
    for each in tree.below[at]:
        token = tree.tokens[each]
        if token.text.lower() in words.lists["unreal"] and token.pos in ("AUX", "VERB"):
            return False
        if token.text.lower() in words.lists["negations"] and token.label in ("advmod", "det", "nsubj", "obj", "mark"):
            return False
    head = tree.head(at)
    forced = head is not None and tree.lemma(head) in words.lists["forcing"]
    if "VerbForm=Inf" in tree.tokens[at].morph and not forced and tree.tokens[at].label in ("xcomp", "acl", "advcl", "csubj"):
        return tree.label(at) == "acl" and head is not None and _ranked(tree, head, words)
    return not (head is not None and tree.tokens[at].label == "ccomp" and tree.lemma(head) in words.lists["unreal"])


def _ranked(tree: Tree, at: int, words: HappeningWords) -> bool:
    """Tell whether a word is one of a row, whose infinitive tells what was done: "the first to ratify it"."""
    ranks = words.lists["ordinals-first"] | words.lists["ordinals-last"] | set(ORDINALS)
    return any(tree.word(each) in ranks for each in (at, *tree.children(at, "amod")))


def _pluperfect(tree: Tree, at: int) -> bool:
    return any(tree.tokens[each].text.lower() == "had" for each in tree.children(at, "aux"))


def _top(tree: Tree, date: WrittenDate) -> int | None:
    words = tree.within(tree.sentence.start + date.start, tree.sentence.start + date.end)
    words = [at for at in words if tree.tokens[at].pos != "ADP"] or words
    return tree.top(words) if words else None


def governor(tree: Tree, top: int, words: HappeningWords, before: str) -> tuple[int, bool] | None:
    """Return the verb or noun that a date dates, and whether it is a noun; None where it is only a bound (until, since)."""
    case = tree.case(top)
    joined = _JOINED.search(before)
    at = tree.head(top)
    # "in the summer of 1907", "on the morning of 5 January 2021", "as late as 1870"
    while at is not None and tree.lemma(at) in words.lists["times"] and tree.tokens[at].pos in ("NOUN", "ADJ", "ADV", "PROPN"):
        case = tree.case(at)
        joined = None
        top, at = at, tree.head(at)
    if set(case.split()) & words.lists["turning"]:
        return None
    if _SET_OFF.search(before) and at is not None and _comma_after(tree, top):
        # "the departure of the team, on 7 April, was filmed"
        noun = _noun_before(tree, tree.tokens[tree.subtree(top)[0]].start)
        acts = noun is not None and tree.tokens[noun].label in ("nsubj", "nsubj:pass") and tree.head(noun) == at
        if noun is not None and acts and (tree.lemma(noun) in words.by_noun or tree.lemma(noun).endswith(_ACT_ENDINGS)):
            return noun, True
    if _WITHIN_NOUN.search(before):
        # "five years after his own death in 1660"
        noun = _noun_before(tree, tree.tokens[top].start)
        act = noun is not None and (tree.lemma(noun) in words.by_noun or tree.lemma(noun) in load_deeds())
        if noun is not None and act and set(tree.case(noun).split()) & _SIDES:
            return noun, True
    if joined is not None:
        noun = _noun_before(tree, tree.tokens[top].start if top < len(tree.tokens) else 0)
        if noun is not None and noun != top:
            return noun, True
    if at is None:
        clause = _cleft(tree, top)
        return None if clause is None else (clause, False)
    if tree.is_verb(at):
        # "it was its admission in 1925 that he invoked"
        predicate = tree.tokens[at].pos == "NOUN" and _WITHIN_NOUN.search(before) is not None and at < top
        return at, predicate and (tree.lemma(at) in words.by_noun or tree.lemma(at).endswith((*_ACT_ENDINGS, *_DEED_ENDINGS)))
    if tree.tokens[at].pos in ("NOUN", "PROPN"):
        return at, True
    return None


def _cleft(tree: Tree, top: int) -> int | None:
    """Return the verb that a time as predicate dates: "it was in 1916 that he was handed a tablet"."""
    if tree.child(top, "cop") is None:
        return None
    return next((each for each in tree.children(top, *_CLEFT) if each > top and tree.is_verb(each)), None)


def _comma_after(tree: Tree, top: int) -> bool:
    last = max(tree.subtree(top))
    return last + 1 < len(tree.tokens) and (tree.tokens[last + 1].text == "," or tree.tokens[last].text == ",")


def _noun_before(tree: Tree, start: int) -> int | None:
    """Return the noun whose own date follows it at once: "the treaty of Washington, of 8 May 1871", "the protocol (1907)"."""
    before = [at for at, each in enumerate(tree.tokens) if each.end <= start and each.pos not in ("PUNCT", "ADP")]
    if not before:
        return None
    at = before[-1]
    if tree.tokens[at].pos not in ("NOUN", "PROPN"):
        return None
    while tree.tokens[at].label in ("flat", "compound", "nmod", "conj") and (head := tree.head(at)) is not None:
        # "the talks between Kenya and Uganda of 2005", but not "the Jay Treaty and the Pinckney Treaty of 1795"
        listed = tree.tokens[at].label == "conj" and (tree.tokens[at].pos != "PROPN" or tree.tokens[head].label != "nmod")
        if head >= at or listed or tree.tokens[head].pos not in ("NOUN", "PROPN"):
            break
        # a parse may hang the name on the first of two: "the Jay Treaty with Britain and the Pinckney Treaty with Spain"
        twins = [each for each in range(head + 1, at) if tree.lemma(each) == tree.lemma(head)]
        at = twins[-1] if twins else head
    return at


def tellings_of(manuscript: Manuscript) -> Iterator[Telling]:
    """Yield the tellings of a manuscript in order."""
    yield from chronicle_of(manuscript).tellings


@lru_cache(maxsize=2)
def chronicle_of(manuscript: Manuscript) -> Chronicle:
    """Return the chronicle of a manuscript, read once."""
    return Chronicle(manuscript, load_happening_words())
