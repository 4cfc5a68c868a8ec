"""Finds who acts in the years that an account tells of without a date of his own: "In July 1955 ... President Nixon proposed".

A sentence without a date goes on from the dates told before it. Who was dead by then or no longer in the office that the text
gives him, cannot act there, nor can a state that was gone. Who came later can where the account looks ahead, so that such a
name counts only where the account goes on with dates from before his time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.date_lives import NAMESAKE, OPEN, lives_of
from verbale.review.checks.date_told import later
from verbale.review.chronicle import Chronicle, told
from verbale.review.dates import WrittenDate
from verbale.review.manuscript import Manuscript
from verbale.review.trees import Tree

# The stage of a course at which a life is over (happenings.csv).
_DEATH: Final = 9
# Years by which a told year may miss an office: the account moves on within a paragraph.
_NEAR: Final = 1
# A paragraph that spans more years tells of no one time.
_MOST_SPAN: Final = 4
# So many sentences on the account has gone on.
_AHEAD: Final = 6
_YEAR: Final = re.compile(r"\b1\d{3}\b|\b20\d\d\b|\bcentur|\bdecade|\byears?\b", re.IGNORECASE)


def find_bystanders(manuscript: Manuscript, chronicle: Chronicle) -> Iterator[Slip]:
    """Yield a slip for each person who acts in an undated sentence of a time in which he cannot have acted so."""
    for index, tree in sorted(chronicle.trees.items()):
        if chronicle.dates[index] or _YEAR.search(tree.sentence.text):
            continue
        before = _before(chronicle, tree)
        years = {date.year for _, date in before}
        if not years or min(years) < 0 < max(years) or (chronicle.down and max(years) > 0):
            continue
        wide = max(years) - min(years) > _MOST_SPAN
        if wide and (just := chronicle.dates.get(index - 1)) and min(date.year for date in just.values()) > 0:
            years = {date.year for date in just.values()}  # what was told last is what a sentence goes on from
            wide = max(years) - min(years) > _MOST_SPAN
        for at, verb in _actors(chronicle, tree):
            if (slip := _dead(chronicle, tree, at, verb)) is not None:
                yield slip
                break
            found = None if wide else _gone_or_to_come(manuscript, chronicle, tree, at) or _life(chronicle, tree, at)
            if found is None:
                continue
            if (slip := _judge(chronicle, tree, (at, verb), years, found, before[-1][0])) is not None:
                yield slip
                break


def _actors(chronicle: Chronicle, tree: Tree) -> Iterator[tuple[int, int]]:
    """Yield the names that act with their verbs, also where a cleft names them: "it was Pericles who persuaded them"."""
    for at in range(len(tree.tokens)):
        if tree.tokens[at].pos != "PROPN":
            continue
        verb = tree.head(at)
        if tree.label(at) == "nsubj" and verb is not None and _tells(chronicle, tree, verb):
            yield at, verb
        elif tree.child(at, "cop") is not None and any(tree.word(each) == "it" for each in tree.children(at, "nsubj", "expl")):
            for clause in tree.children(at, "acl:relcl"):
                who = tree.child(clause, "nsubj")
                if who is not None and tree.word(who) in ("who", "that") and _past(chronicle, tree, clause):
                    yield at, clause


@dataclass(frozen=True, slots=True)
class _Time:
    """When somebody could act so: his name, the spans of years, and what they are."""

    name: str
    spans: tuple[tuple[int, int], ...]
    what: str


def _before(chronicle: Chronicle, tree: Tree) -> list[tuple[tuple[int, int], WrittenDate]]:
    """Return the dates told before a sentence in its paragraph, with where they stand."""
    sentence = tree.sentence
    found = []
    for index in range(sentence.index - 1, -1, -1):
        other = chronicle.trees.get(index)
        if other is None or other.sentence.block != sentence.block:
            break
        start = other.sentence.start
        found += [((start + date.start, start + date.end), date) for date in chronicle.dates[index].values()]
    return found[::-1]


def _tells(chronicle: Chronicle, tree: Tree, verb: int) -> bool:
    """Tell whether a main verb in the past goes on with the account: not "had", nor with words that look ahead or back."""
    return tree.label(verb) in ("root", "conj", "parataxis") and _past(chronicle, tree, verb)


def _past(chronicle: Chronicle, tree: Tree, verb: int) -> bool:
    words = chronicle.words
    past = "Tense=Past" in tree.tokens[verb].morph
    aux = {tree.word(each) for each in tree.children(verb, "aux")}
    moved = {tree.word(each) for each in range(len(tree.tokens))} & words.lists["another time"]
    return past and not aux and not moved and told(tree, verb, words)


def _dead(chronicle: Chronicle, tree: Tree, at: int, verb: int) -> Slip | None:
    """Find who acts in a paragraph that let him die and has gone on with later dates since."""
    who = chronicle.referents.of(tree, at)
    if who is None or not (who.person and who.called) or tree.lemma(verb) in chronicle.words.lists["lasting"]:
        return None
    before = (each for each in chronicle.tellings if each.sentence.index < tree.sentence.index)
    end = next((each for each in before if each.of is who and each.kind is not None and each.kind.stage == _DEATH), None)
    bounds = [each for each in _before(chronicle, tree) if end is not None and each[0][0] > end.date_at[1]]
    if end is None or not bounds or not all(later(date, end.date) for _, date in bounds):
        return None
    when = chronicle.text[slice(*end.date_at)]
    message = f"{who.label} acts here, after the text let this person die ({when}) and went on."
    return Slip(*tree.span([*tree.name(at), verb]), message, (end.date_at,))


def _gone_or_to_come(manuscript: Manuscript, chronicle: Chronicle, tree: Tree, at: int) -> _Time | None:
    """Return when a leader whom the text calls by his office held it, or a state existed; one name of two may be either."""
    text = chronicle.text[tree.sentence.start : tree.sentence.end]
    start, end = (offset - tree.sentence.start for offset in tree.span(tree.name(at)))
    for mention in manuscript.vocabulary.actors.find(text):
        if mention.start < end and start < mention.end and mention.text[:1].isupper():
            lives = lives_of(manuscript, mention, text)
            leader = all(name.kind == "leader" for name in mention.names)
            known = lives and (leader or (mention.end == end and " and " not in mention.text))
            return _Time(mention.text, tuple(lives), "held this office" if leader else "existed") if known else None
    return None


def _life(chronicle: Chronicle, tree: Tree, at: int) -> _Time | None:
    """Return when a person of lives.csv lived."""
    start, end = tree.span(tree.name(at))
    for match in chronicle.words.lives_pattern.finditer(chronicle.text, tree.sentence.start, tree.sentence.end):
        life = chronicle.words.lives[match[0]]
        if life.kind == "person" and match.start() < end and start < match.end() and match.end() >= tree.tokens[at].end:
            return _Time(match[0], ((life.start or 0, life.end or OPEN),), "lived")
    return None


def _judge(
    chronicle: Chronicle, tree: Tree, place: tuple[int, int], years: set[int], time: _Time, told_at: tuple[int, int]
) -> Slip | None:
    first, last = min(years), max(years)
    gone = all(end + _NEAR < first for _, end in time.spans)
    ahead = all(start - _NEAR > last for start, _ in time.spans)
    gap = min(max(first - end, start - last) for start, end in time.spans)
    # farther off the name is that of somebody else, or somebody is called up as a witness or an example
    if not (gone or ahead) or gap > NAMESAKE:
        return None
    if ahead and not _goes_on(chronicle, tree, min(start for start, _ in time.spans)):
        return None
    spans = ", ".join(f"{start or ''}–{end if end < OPEN else ''}" for start, end in time.spans)
    year = str(first) if first == last else f"{first} to {last}"
    message = f"{time.name} acts here in an account of {year}, but {time.what} {spans}."
    return Slip(*tree.span([*tree.name(place[0]), place[1]]), message, (told_at,))


def _goes_on(chronicle: Chronicle, tree: Tree, begins: int) -> bool:
    """Tell whether the next date of the text lies before somebody's time as well."""
    for index in range(tree.sentence.index + 1, tree.sentence.index + 1 + _AHEAD):
        dates = sorted(chronicle.dates.get(index, {}).values(), key=lambda date: date.start)
        if dates:
            return dates[0].year + _NEAR < begins
    return False
