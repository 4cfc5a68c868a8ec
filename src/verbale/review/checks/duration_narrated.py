"""Durations of what was just told: "The port was closed in 1904. It was opened in 1911, after a decade".

Such a duration names no dates of its own. Its grammar says whether it measures the stretch that the account has covered (it is
the subject of "passed", hangs on "lasted", "had waited for", "ended after", or stands before the noun of what lasted) and
whether that is what the text speaks of (a pronoun, the same noun). The stretch leads from the date told last to that of its own
sentence, or, without one, over the last two dates. Any two dates nearby that bear the duration out acquit it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.duration_ends import names_ends
from verbale.review.checks.duration_stretch import Measured, judge
from verbale.review.checks.duration_told import fixed, of_its_own
from verbale.review.chronicle import Chronicle, governor, told
from verbale.review.duration_words import duration_words, ensuing, one_of, took
from verbale.review.durations import Duration
from verbale.review.happening_words import load_happening_words
from verbale.review.marking import Marked
from verbale.review.trees import SUBJECTS, Tree

_KNOWN: Final = frozenset({"the", "this", "that", "these", "those", "both", "all"})
_PRONOUNS: Final = frozenset({"it", "they", "he", "she", "this", "that", "which", "who", "these", "them", "him", "her"})
# So many words after a time may tell where it was spent.
_NEAR: Final = 8
_DURING: Final = ("in", "during", "over", "throughout")
_OWN: Final = frozenset({"it", "they", "he", "she"})
_THUS: Final = frozenset({"thus", "therefore", "hence"})
_AMOUNTS: Final = frozenset({"part", "all", "matter", "space", "total", "period", "half"})
_TURNED: Final = frozenset({"old", "ago", "hence", "earlier", "previously", "each", "apart", "from", "since", "short", "after"})
# What follows "his five years" where they were spent somewhere.
_PLACES: Final = frozenset({"in", "at", "on", "as", "among", "with"})
_LATER: Final = frozenset({"later", "on", "afterwards", "afterward", "after", "thereafter"})
# "he had come to office in 1955, so his premiership lasted ..."
_HAD_BEGUN: Final = re.compile(r"\bhad\b[^.;]*,?\s(?:so|and\sso|so\sthat|hence|thus|therefore)\b")
Told = list[tuple[Sentence, Marked]]


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
    return judge(chronicle, sentence, marked, duration, near, measured)


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
    if _opens(tree, top, noun) or _whole(tree, duration) or _stood(tree, top):
        return Measured(None, None)
    if pointed or _those(tree, top) or _its(tree, top) or (tree.child(top, "nmod:poss") is not None and follows in _PLACES):
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
            he = subject is not None and tree.word(subject) in ("he", "she") and one_of(tree, of, "beginning")
            return he or (subject is not None and tree.word(subject) in ("it", "they", "this", "that"))
        return any(tree.word(det) in ("this", "that", "these", "those") for det in tree.children(of, "det"))
    return False


def _those(tree: Tree, top: int) -> bool:
    """Tell whether a time is one that was told: "those nine months", "in these years"."""
    those = any(tree.word(each) in ("those", "these") for each in tree.children(top, "det"))
    return those and not tree.children(top, "acl:relcl", "acl")


def _its(tree: Tree, top: int) -> bool:
    """Tell whether a time is the whole of a thing's own: "in its twenty-four years it gave thirty-two judgments"."""
    owner = tree.child(top, "nmod:poss")
    return owner is not None and tree.word(owner) == "its" and tree.case(top) in _DURING


def _opens(tree: Tree, top: int, noun: int | None) -> bool:
    """Tell whether a time opens its sentence with what filled it: "in twenty-seven years of mining it left a hole"."""
    if noun is None or noun == top or tree.case(top) not in _DURING or min(tree.subtree(top)) > 0:
        return False
    return not any(tree.children(each, "det", "nmod:poss") for each in (top, noun))


def _whole(tree: Tree, duration: Duration) -> bool:
    """Tell whether a time is that of a whole life or stay, named right before it: "in its short life, four years, it ..."."""
    words = tree.within(tree.sentence.start + duration.start, tree.sentence.start + duration.end)
    at = words[0] - 2 if words else -1
    if at < 0 or tree.tokens[at + 1].text != "," or tree.lemma(at) not in duration_words()["lives"]:
        return False
    return tree.child(at, "nmod:poss") is not None and tree.case(at) in _DURING


def _stood(tree: Tree, top: int) -> bool:
    """Tell whether a time is that of which a clause says that what was told lasted so long: "in the years that it stood"."""
    verb = tree.child(top, "acl:relcl")
    subject = None if verb is None else tree.child(verb, *SUBJECTS)
    if verb is None or subject is None or tree.case(top) not in _DURING or _more_said(tree, verb):
        return False
    return tree.word(subject) in _OWN and one_of(tree, verb, "lasting")


def _more_said(tree: Tree, verb: int) -> bool:
    """Tell whether more is said of a verb than that it lasted: "the years that he served in Rome"."""
    return bool(tree.children(verb, "obl", "obj", "xcomp", "advcl"))


def _stay(tree: Tree, top: int) -> bool:
    """Tell whether a time is somebody's own where he was told to be: "his eleven years in office", "its years there"."""
    words = duration_words()["continuing"]
    places = [each for each in tree.subtree(top) if each > top and each - top < _NEAR and tree.word(each) in words]
    own = tree.child(top, "nmod:poss") is not None or any(tree.child(each, "nmod:poss") is not None for each in places)
    return bool(places) and own


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
            if governor(tree, top, chronicle.words, text[: date.start]) == (verb, False) and not _gap(tree, adverb, top)
        ),
        None,
    )
    return None if own is None else Measured(verb, None, firm=True, closed=True, dated=own)


def _gap(tree: Tree, adverb: int, top: int) -> bool:
    """Tell whether a date behind "later" is that of another thing with the same verb: "war came later, and peace in 1848"."""
    between = range(adverb + 1, top)
    joined = next((at for at in between if tree.word(at) == "and"), None)
    behind = [] if joined is None else [at for at in between if at > joined]
    return any(tree.tokens[at].pos in ("NOUN", "PROPN") for at in behind) and not any(
        tree.tokens[at].pos in ("VERB", "AUX") for at in behind
    )


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
    if not _past(tree, verb) or _granted(tree, verb) or tree.lemma(verb) in duration_words()["granted"]:
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
    drawn = pluperfect and any(tree.word(each) in _THUS for each in tree.below[verb])
    if not drawn and not _spoken_of(tree, verb, near):
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
