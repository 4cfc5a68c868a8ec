"""Durations of what was just told: "The port was closed in 1904. It was opened in 1911, after a decade".

Such a duration names no dates of its own. Its grammar says whether it measures the stretch that the account has covered (it is
the subject of "passed", hangs on "lasted", "had waited for", "ended after", or stands before the noun of what lasted) and
whether that is what the text speaks of (a pronoun, the same noun). The stretch leads from the date told last to that of its own
sentence, or, without one, over the last two dates. Any two dates nearby that bear the duration out acquit it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_counted import told_aside
from verbale.review.checks.duration_ends import names_ends, resolve
from verbale.review.checks.duration_told import Placed, bears, birth, fixed, of_its_own, of_the_same, plausible, tell
from verbale.review.chronicle import Chronicle, governor, told
from verbale.review.dates import find_spans
from verbale.review.duration_words import duration_words, ensuing, one_of, took
from verbale.review.durations import Duration
from verbale.review.happening_words import load_happening_words
from verbale.review.marking import Marked
from verbale.review.trees import SUBJECTS, Tree

# A stretch that is so many times as long or as short as the duration is that of something else.
_FACTOR: Final = 2.9
# The same, where the grammar leaves no other stretch.
_WIDE_FACTOR: Final = 4.0
# "After a reign of sixty-six years": what is told as new may have begun long before the dates of the account.
_NEW_FACTOR: Final = 2.0
# A paragraph with more dates than this tells of more than one thing.
_MOST_DATES: Final = 12
_KNOWN: Final = frozenset({"the", "this", "that", "these", "those", "both", "all"})
_PRONOUNS: Final = frozenset({"it", "they", "he", "she", "this", "that", "which", "who", "these", "them", "him", "her"})
# So many words after a time may tell where it was spent.
_NEAR: Final = 8
_AMOUNTS: Final = frozenset({"part", "all", "matter", "space", "total", "period", "half"})
_TURNED: Final = frozenset({"old", "ago", "hence", "earlier", "previously", "each", "apart", "from", "since", "short", "after"})
# What follows "his five years" where they were spent somewhere.
_PLACES: Final = frozenset({"in", "at", "on", "as", "among", "with"})
_LATER: Final = frozenset({"later", "on", "afterwards", "afterward", "after", "thereafter"})
# "he had come to office in 1955, so his premiership lasted ..."
_HAD_BEGUN: Final = re.compile(r"\bhad\b[^.;]*,?\s(?:so|and\sso|so\sthat|hence|thus|therefore)\b")
Told = list[tuple[Sentence, Marked]]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a duration measures: its verb, the noun that it is the time of, and how firmly the grammar ties it to the account.

    `closed`: the stretch must end at a date of the sentence itself; `until`: it ends there, and began before (had waited for);
    `since`: its sentence tells when it began, after its end ("he had come to office in 1955, so that he held it for ...");
    `dated`: where the date begins that alone may end it ("later, at the end of that year").
    """

    verb: int | None
    noun: int | None
    firm: bool = False
    closed: bool = False
    until: bool = False
    since: bool = False
    dated: int | None = None


def find_narrated(chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration, near: Told) -> Slip | None:
    """Return the slip of a duration that the stretch told just before it contradicts."""
    tree = chronicle.trees.get(sentence.index)
    if tree is None or (duration.unit == "day" and duration.number == 1):
        return None
    at = _unit(tree, sentence, duration)
    if at is None or names_ends(tree, duration) or fixed(tree, sentence, duration):
        return None
    measured = _measured(chronicle, tree, at, duration, near)
    if measured is None:
        return None
    if _HAD_BEGUN.search(marked.text[: duration.start]) and not measured.closed:
        measured = replace(measured, since=True)
    return _judge(chronicle, sentence, marked, duration, near, measured)


def _bare(duration: Duration) -> bool:
    """Tell whether a time is "a year" without a word that measures it ("nearly a year", "a full year")."""
    return duration.indefinite and duration.end - duration.start <= len("a ") + len(duration.unit)


def _unit(tree: Tree, sentence: Sentence, duration: Duration) -> int | None:
    """Return the word on which a duration hangs together: "months" in "the best part of six months" gives "part"."""
    words = tree.within(sentence.start + duration.start, sentence.start + duration.end)
    words = [at for at in words if tree.word(at) != "long" and tree.tokens[at].pos != "DET"] or words
    return tree.top(words)


def _measured(chronicle: Chronicle, tree: Tree, at: int, duration: Duration, near: Told) -> Measured | None:
    label = tree.label(at)
    head = tree.head(at)
    after = [each for each in tree.tokens if each.start >= tree.sentence.start + duration.end]
    follows = after[0].text.lower() if after else ""
    before = near[-1][1].text if near else ""
    if follows == "after" and _after_that(tree, at, after[0].start) and not of_its_own(tree, at, before):
        if {"for", "in", "during", "over"} & set(tree.case(at).split()):
            return None  # "and for twenty years after that he sat on the board": what began there has no end here
        return Measured(None, None, firm=True, closed=True)
    if follows in _TURNED or (follows == "before" and not took(tree, head)):
        return None
    if head is not None and tree.word(head) in _LATER and tree.label(head) == "advmod":
        return _later(chronicle, tree, head)
    if follows == "in" and len(after) > 1 and after[1].text.lower() in ("all", "total"):
        return Measured(None, None, firm=True)
    noun = _noun_measured(tree, at, duration)
    top = noun if noun is not None and noun == head else at
    label, head = tree.label(top), tree.head(top)
    if tree.case(top) == "of" and head is not None and tree.tokens[head].pos == "NUM":
        return None  # "barely ten of its thirty years"
    if _stay(tree, top):
        return Measured(None, None, firm=True)
    pointed = (
        noun is not None
        and noun == top
        and any(tree.word(each) in ("that", "this", "those", "these") for each in tree.children(top, "det"))
    )
    if pointed or _those(tree, top) or (tree.child(top, "nmod:poss") is not None and follows in _PLACES):
        return Measured(None, None)
    if _bare(duration) and (noun is None or noun != head) and duration.unit not in ("decade", "century"):
        return None
    if label in ("nsubj", "nsubj:pass") and head is not None:
        return _as_subject(chronicle, tree, top, head, noun)
    if label in ("obj", "obl:unmarked", "obl", "xcomp", "advmod", "nmod") and head is not None:
        return _on_verb(chronicle, tree, top, noun, near)
    if label == "root" and tree.child(top, "cop") is not None:
        return _as_predicate(tree, top)
    return None


def _after_that(tree: Tree, at: int, start: int) -> bool:
    """Tell whether a time is counted from what was told last: "after that", "after this truce", "after it had begun"."""
    for each, token in enumerate(tree.tokens):
        if token.start != start:
            continue
        of = tree.head(each)
        if of is None or of == at:
            return False
        if tree.tokens[of].pos == "PRON":
            return tree.word(of) in _PRONOUNS
        if tree.is_verb(of):
            subject = tree.child(of, *SUBJECTS)
            return subject is not None and tree.word(subject) in ("it", "they", "this", "that")
        return any(tree.word(det) in ("this", "that", "these", "those") for det in tree.children(of, "det"))
    return False


def _those(tree: Tree, top: int) -> bool:
    """Tell whether a time is one that was told: "those nine months", "in these years"."""
    those = any(tree.word(each) in ("those", "these") for each in tree.children(top, "det"))
    return those and not tree.children(top, "acl:relcl", "acl")


def _stay(tree: Tree, top: int) -> bool:
    """Tell whether a time is somebody's own where he was told to be: "his eleven years in office", "its years there"."""
    words = duration_words()["continuing"]
    return tree.child(top, "nmod:poss") is not None and any(
        tree.word(each) in words for each in tree.subtree(top) if each > top and each - top < _NEAR
    )


def _later(chronicle: Chronicle, tree: Tree, adverb: int) -> Measured | None:
    verb = tree.head(adverb)
    while verb is not None and not tree.is_verb(verb):
        verb = tree.head(verb)
    if verb is None or not told(tree, verb, chronicle.words):
        return None
    # the date must be that of what came later: "the crisis of November 1861, which was over a month later"
    text = chronicle.text[tree.sentence.start : tree.sentence.end]
    own = next(
        (
            date.start
            for top, date in chronicle.dates[tree.sentence.index].items()
            if governor(tree, top, chronicle.words, text[: date.start]) == (verb, False)
        ),
        None,
    )
    return None if own is None else Measured(verb, None, firm=True, closed=True, dated=own)


def _noun_measured(tree: Tree, at: int, duration: Duration) -> int | None:
    """Return the noun whose length a duration tells: "the ten-year siege", "ten years of siege", "a siege of ten years"."""
    head = tree.head(at)
    label = tree.label(at)
    if head is not None and tree.tokens[head].pos == "NOUN":
        before = label in ("compound", "amod", "nummod", "nmod:unmarked", "nmod:poss") and head > at
        behind = label == "nmod" and tree.case(at) == "of" and head < at
        if before or behind:
            return head
    words = tree.within(tree.sentence.start + duration.start, tree.sentence.start + duration.end)
    for word in words:
        for child in tree.children(word, "nmod"):
            if child > word and child not in words and tree.case(child) == "of" and tree.tokens[child].pos == "NOUN":
                return child
    return None


def _as_subject(chronicle: Chronicle, tree: Tree, top: int, verb: int, noun: int | None) -> Measured | None:
    if not told(tree, verb, chronicle.words):
        return None
    words = duration_words()
    if one_of(tree, verb, "passing") and tree.child(verb, "obj") is not None:
        return Measured(verb, None, firm=True)  # a century separates the two
    if not _past(tree, verb):
        return None
    if noun == top:  # the fourteen-month siege
        return Measured(verb, noun) if _definite(tree, noun) else None
    if one_of(tree, verb, "passing"):
        ends = {word for each in tree.below[verb] for word in tree.case(each).split()}
        two = any(
            tree.lemma(each) in ("date", "day", "event", "moment") for each in tree.below[verb] if "between" in tree.case(each)
        )
        return None if ends & {"since", "from", "between"} and not two else Measured(verb, None, firm=True)
    if tree.child(verb, "cop") is not None and tree.word(verb) in words["over"]:
        return Measured(verb, noun, firm=True)
    if one_of(tree, verb, "ending") and (tree.child(top, "nmod:poss") is not None or noun is not None):
        return Measured(verb, noun, firm=True)
    return None


def _as_predicate(tree: Tree, top: int) -> Measured | None:
    """Read "From the armistice to the peace was a year", "it was nine years before it was opened", "it was a year of mud"."""
    subject = tree.child(top, *SUBJECTS)
    if subject is None or not _past(tree, top):
        return None
    clause = any(
        tree.word(each) in ("before", "until") for verb in tree.children(top, "advcl", "acl") for each in tree.below[verb]
    )
    filled = any(tree.case(each) == "of" for each in tree.children(top, "nmod"))
    if tree.word(subject) in ("it", "that", "this") and filled and subject < top:
        return Measured(top, None, firm=True)
    if tree.word(subject) == "it" and clause:
        return Measured(top, None, firm=True, closed=True)
    return None


def _on_verb(chronicle: Chronicle, tree: Tree, top: int, noun: int | None, near: Told) -> Measured | None:
    cases = set(tree.case(top).split())
    verb = tree.head(top)
    while verb is not None and not tree.is_verb(verb):
        if tree.label(verb) not in ("nmod", "obj", "obl", "advmod", "xcomp", "amod"):
            return None
        if tree.tokens[verb].pos == "NOUN" and verb != noun and tree.word(verb) not in _AMOUNTS:
            return None  # "a compromise for two years": the time of the compromise
        cases |= set(tree.case(verb).split()) if tree.word(verb) in _AMOUNTS or verb == noun else set()
        verb = tree.head(verb)
    if verb is None or not told(tree, verb, chronicle.words):
        return None
    if tree.label(top) == "obj" and tree.lemma(verb) in ("end", "close", "conclude"):
        return Measured(verb, noun, firm=True, closed=True)  # ending a century of foreign rule
    if not _past(tree, verb) or _granted(tree, verb):
        return None
    if noun == top and not (cases & {"after", "for", "during", "in"} and _definite(tree, noun)):
        meant = "after" in cases and (_ends(tree, verb) or _spoken_of(tree, verb, near))
        efforts = tree.lemma(noun) in duration_words()["efforts"]
        return Measured(verb, noun, closed=True) if meant and not efforts else None
    if "after" in cases:
        efforts = noun is not None and tree.lemma(noun) in duration_words()["efforts"]
        removed = one_of(tree, verb, "removing") and _spoken_of(tree, verb, near)
        meant = _ends(tree, verb) or removed or (noun == top and _spoken_of(tree, verb, near))
        return Measured(verb, noun, firm=noun is not None, closed=True) if meant and not efforts else None
    lasting = one_of(tree, verb, "lasting") or (tree.child(verb, "cop") is not None and "for" in cases)
    if cases - {"for", "of", "than", "some", "about", "to"}:
        return None
    if not cases and not (lasting and tree.label(top) in ("obj", "obl:unmarked", "obl")):
        return None
    pluperfect = any(tree.word(each) in ("had", "having") for each in tree.children(verb, "aux"))
    if not lasting and not (pluperfect and "for" in cases):
        return None
    if not _spoken_of(tree, verb, near):
        return None
    return Measured(verb, None, firm=pluperfect, closed=not lasting and not pluperfect, until=pluperfect)


def _ends(tree: Tree, verb: int) -> bool:
    return one_of(tree, verb, "ending") or any(tree.word(each) in ("again", "back", "home") for each in tree.below[verb])


def _granted(tree: Tree, verb: int) -> bool:
    """Tell whether a verb gives something for a time to come: "they took over the revenues for ten years by an agreement"."""
    words = duration_words()
    if tree.child(verb, "aux:pass") is not None and tree.lemma(verb) in words["giving"]:
        return True  # "the truce was concluded for eight years"
    near, granting = tree.children(verb, "obl", "obj"), words["granting"]
    return any(tree.lemma(each) in granting and tree.tokens[each].text.islower() for each in near)


def _past(tree: Tree, verb: int) -> bool:
    words = [verb, *tree.children(verb, "aux", "aux:pass", "cop")]
    if any("VerbForm=Fin" in tree.tokens[at].morph for at in words):
        return any("Tense=Past" in tree.tokens[at].morph for at in words if "VerbForm=Fin" in tree.tokens[at].morph)
    return tree.label(verb) in ("acl", "advcl") and any(
        "VerbForm=Part" in tree.tokens[at].morph or "VerbForm=Ger" in tree.tokens[at].morph for at in words
    )


def _definite(tree: Tree, noun: int) -> bool:
    """Tell whether a noun is told as known: "the siege", "their quarrel"."""
    return bool({tree.word(each) for each in tree.children(noun, "det")} & _KNOWN) or tree.child(noun, "nmod:poss") is not None


def _spoken_of(tree: Tree, verb: int, near: Told) -> bool:
    """Tell whether the verb's subject is what the account speaks of: a pronoun, the noun or the name of a sentence before."""
    at = tree.child(verb, *SUBJECTS)
    at = tree.subject(verb) if at is None else at
    if at is None or any(tree.word(each) in _PRONOUNS for each in tree.children(verb, "obl", "obj")):
        return True
    if tree.label(verb) == "acl" and (head := tree.head(at)) is not None and one_of(tree, head, "ending"):
        return True  # the embassy, shut for ten years, was opened again
    if _until_ended(tree, verb, at):
        return True
    clause = _relative(tree, verb)
    if clause is not None and any(re.fullmatch(r"1\d{3}|20\d\d", tree.tokens[each].text) for each in tree.subtree(clause)):
        return True  # "a committee that dated from 1957 and had been at work for thirty years"
    own = {each for child in tree.children(verb, "advcl", "acl") for each in tree.subtree(child)}
    if tree.tokens[at].pos == "PROPN" and any(re.fullmatch(r"1\d{3}|20\d\d", tree.tokens[each].text) for each in own):
        return True  # "Mustafa had then been on the throne for five years, having succeeded in 1695"
    if tree.tokens[at].pos == "PRON":
        word = tree.word(at)
        other = tree.antecedent(at)
        if other is not None and other != at:
            return _known(tree, other, near) or (
                clause is not None and bool({tree.word(each) for each in tree.children(other, "det")} & _KNOWN)
            )
        return word in _PRONOUNS
    return _known(tree, at, near)


def _until_ended(tree: Tree, verb: int, subject: int) -> bool:
    """Tell whether what had lasted is what the sentence ends: "the troops were withdrawn, having stayed for five years"."""
    having = any(tree.word(each) == "having" for each in tree.children(verb, "aux"))
    head = tree.head(verb)
    if not having or head is None or tree.label(verb) != "advcl":
        return False
    # "a ban was imposed in January, which was lifted in July, having been in force for six months"
    clauses = [each for each in range(verb) if tree.label(each) == "acl:relcl" and tree.is_verb(each) and _ends(tree, each)]
    return (_ends(tree, head) and _definite(tree, subject)) or bool(clauses)


def _relative(tree: Tree, verb: int) -> int | None:
    """Return the relative clause in which a verb stands."""
    at: int | None = verb
    while at is not None and tree.label(at) == "conj":
        at = tree.head(at)
    return at if at is not None and tree.label(at) == "acl:relcl" else None


def _known(tree: Tree, at: int, near: Told) -> bool:
    if ensuing(tree, at):
        return False
    lemma = tree.lemma(at)
    before = (
        " ".join(other.text.lower() for _, other in near[-4:])
        + " "
        + tree.sentence.text[: tree.tokens[at].start - tree.sentence.start].lower()
    )
    if tree.tokens[at].pos == "PROPN":
        return re.search(rf"\b{re.escape(tree.word(at))}\b", before) is not None
    if lemma in load_happening_words().lists["tenures"] and tree.child(at, "nmod:poss") is not None:
        return True  # his premiership
    if not {tree.word(each) for each in tree.children(at, "det")} & _KNOWN:
        return False
    return lemma in duration_words()["whole"] or re.search(rf"\b{re.escape(lemma[:6])}", before) is not None


def _judge(
    chronicle: Chronicle, sentence: Sentence, marked: Marked, duration: Duration, near: Told, measured: Measured
) -> Slip | None:
    every: list[Placed] = [(sentence.start, date) for date in marked.dates]
    here = [each for each in every if not (measured.until and birth(marked.text, each[1]))]
    if measured.verb is not None and here:
        linked = _linked(chronicle, sentence, measured.verb, duration)
        # "he had fought for two years, and then he ruled until 1965": the date is that of the other act
        here = [each for each in here if each[1].start in linked and measured.dated in (None, each[1].start)]
        if not here:
            return None
    block = [
        (each.start, date)
        for each, other in near
        for date in other.dates
        if each.block == sentence.block and not told_aside(other, date, len(other.text))
    ]
    above = [(each.start, date) for each, other in near if each.block != sentence.block for date in other.dates]
    reach = above[-2:] if block or measured.until else []
    before = block if len(block) > 1 or (block and here) else [*reach, *block]
    begun = _begun(chronicle, sentence, measured) if here else []
    if len(here) + len(before) + len(begun) < 2 or len({date.order for _, date in here + block}) > _MOST_DATES:
        return None
    if measured.until and len(here) == 2 and all(date.start > duration.end for _, date in here):
        here = here[:1]  # he had served for nine years when he was moved in 1895; he left in 1900
    pair = _pair(here, before, measured)
    factor = _WIDE_FACTOR if measured.firm else _FACTOR
    tree = chronicle.trees[sentence.index]
    if measured.noun is not None and any(tree.word(each) in ("a", "an") for each in tree.children(measured.noun, "det")):
        factor = _NEW_FACTOR
    if pair is None or not plausible(duration, pair[0][1], pair[1][1], factor=factor):
        earlier = [each for each in begun if each[1].order < here[-1][1].order]
        pair = (earlier[0], here[-1]) if earlier else None
    if pair is None or not plausible(duration, pair[0][1], pair[1][1], factor=factor):
        return None
    pairs = _others(every, block, above) + [(each, one) for each in begun for one in here]
    # what the text is about, by its first line, may be the end that is meant
    pairs += [(one, (0, date)) for one in [*here, *before] for date in chronicle.dates.get(0, {}).values()]
    pairs += _going_on(chronicle, sentence, block) if not every else []
    if measured.verb is not None:
        same = of_the_same(chronicle, tree, measured.verb)
        pairs += [(one, other) if one[1].order <= other[1].order else (other, one) for one in same for other in here]
    if any(bears(duration, one[1], other[1]) for one, other in pairs):
        return None
    return tell(sentence, marked.text, duration, *pair)


def _linked(chronicle: Chronicle, sentence: Sentence, verb: int, duration: Duration) -> set[int]:
    """Return where the dates begin that stand in the clause of a verb, or in one that hangs on it or that it hangs on."""
    tree = chronicle.trees[sentence.index]
    found = set()
    for top, date in chronicle.dates[sentence.index].items():
        above: list[int] = []
        at: int | None = top
        while at is not None:
            above.append(at)
            at = tree.head(at)
        own = [verb, *_ancestors(tree, verb)]
        meeting = next((each for each in above if each in own), None)
        if meeting is None:
            continue
        path = [*above[: above.index(meeting)], *own[: own.index(meeting)]]
        other = any(tree.label(each) in ("conj", "parataxis") and tree.is_verb(each) for each in path)
        if not other or (date.end <= duration.start and ";" not in sentence.text[date.end : duration.start]):
            found.add(date.start)
    spans = find_spans(sentence.text)
    return found | {date.start for span in spans for date in (span.first, span.last)}


def _ancestors(tree: Tree, at: int) -> list[int]:
    found = []
    above = tree.head(at)
    while above is not None:
        found.append(above)
        above = tree.head(above)
    return found


def _begun(chronicle: Chronicle, sentence: Sentence, measured: Measured) -> list[Placed]:
    """Return the dates that the text gives elsewhere to what a verb is said of: "the mine closed after two decades"."""
    if measured.verb is None:
        return []
    tree = chronicle.trees[sentence.index]
    at = tree.subject(measured.verb)
    if at is None or tree.tokens[at].pos != "NOUN":
        return []
    return [each for each in resolve(chronicle, tree, at) if each[0] != sentence.start]


def _going_on(chronicle: Chronicle, sentence: Sentence, block: list[Placed]) -> list[tuple[Placed, Placed]]:
    """Return the pairs of a date told before and one told later in the paragraph, where a stretch may end."""
    later = [
        (tree.sentence.start, date)
        for index, tree in chronicle.trees.items()
        if index > sentence.index and tree.sentence.block == sentence.block
        for date in chronicle.dates[index].values()
    ]
    return list(itertools.product(block, later))


def _others(here: list[Placed], block: list[Placed], above: list[Placed]) -> list[tuple[Placed, Placed]]:
    """Return all pairs of dates that may be meant as well: those that end or begin in the sentence; without, all nearby."""
    if here:
        pairs = [(one, other) for one in here for other in [*(block or above), *here] if one != other]
    else:
        pairs = list(itertools.combinations(block if len(block) > 1 else [*above, *block], 2))
    return [(one, other) if one[1].order <= other[1].order else (other, one) for one, other in pairs]


def _pair(here: list[Placed], before: list[Placed], measured: Measured) -> tuple[Placed, Placed] | None:
    """Return the two dates between which what was told lies, in the order of time."""
    if len({date.order for _, date in here}) == 1 and before:
        last = here[0]
        earlier = [each for each in before if each[1].order < last[1].order]
        if not earlier and (measured.until or measured.since):
            return last, before[-1]  # "he had then been king for five years, having succeeded in 1695"
        return (earlier[-1], last) if earlier else None
    if len({date.order for _, date in here}) == 2:
        one, other = _ordered(here)[0], _ordered(here)[-1]
        return one, other
    if here or measured.closed:
        return None
    two = _ordered(before[-2:])
    if measured.until and len(two) == 2 and two[0][0] == two[1][0]:
        return None  # two dates of one sentence may be those of two things
    return (two[0], two[1]) if len(two) == 2 and two[0][1].order < two[1][1].order else None


def _ordered(dates: list[Placed]) -> list[Placed]:
    return sorted(dates, key=lambda each: each[1].order)
