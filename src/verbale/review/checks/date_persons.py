"""Finds who acts, or is spoken to, outside his life, office or existence: as the text tells it, or as everybody knows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.date_lives import NAMESAKE, OPEN, TOLERANCE, lives_of
from verbale.review.checks.date_told import later
from verbale.review.chronicle import Chronicle, Telling, governor, told
from verbale.review.dates import WrittenDate, find_dates
from verbale.review.happening_words import HappeningWords, Life
from verbale.review.manuscript import Manuscript
from verbale.review.trees import Tree

_ENDS: Final = frozenset({"life", "thing"})
_BEGINS: Final = frozenset({"founding", "birth"})
_LEAVES: Final = frozenset({"departure from office", "removal"})


# How a noun that tells an act names those who take part.
_DOERS: Final = ("of", "by", "with", "between")
# A year before our era is read with the letters behind it.
_ERA: Final = 6
# So many sentences back a date may lie whose year a later one leaves out.
_BACK: Final = 3
# Who acts more years before its founding than this bears an older name.
_FAR: Final = 15


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody takes part in an act at a time: the word for him, the verb, the date, and where the date stands."""

    tree: Tree
    who: int
    at: int
    date: WrittenDate
    date_at: tuple[int, int]


def find_outlived(manuscript: Manuscript, chronicle: Chronicle) -> Iterator[Slip]:
    """Yield a slip for each act of somebody who had died or left, and of an actor that there was not."""
    ends = _ends(chronicle, _ENDS, None)
    left = _ends(chronicle, frozenset({"office"}), _LEAVES)
    begins = {id(each.of): each for each in reversed(chronicle.tellings) if each.kind is not None and each.kind.name in _BEGINS}
    for tree in chronicle.trees.values():
        taken = False
        for act in _acts(chronicle, tree):
            slip = (
                _after_end(chronicle, act, ends, left)
                or _before_beginning(chronicle, act, begins)
                or _outside(chronicle, act)
                or _no_such_actor(manuscript, chronicle, act)
            )
            if slip is not None and not taken:
                taken = True
                yield slip
        if not taken:
            beside = next(_beside(chronicle, tree, ends), None)
            if beside is not None:
                yield beside
            else:
                yield from _dead_already(chronicle, tree)


def _ends(chronicle: Chronicle, courses: frozenset[str], kinds: frozenset[str] | None) -> dict[int, Telling]:
    """Return the last telling that ends somebody's life, office or existence, by the identity of the referent."""
    found: dict[int, Telling] = {}
    for each in chronicle.tellings:
        if each.of is None or each.kind is None or each.kind.course not in courses:
            continue
        if (each.kind.name in kinds) if kinds is not None else each.kind.stage == 9:
            if each.of.plural or not ((each.of.person and each.of.called) or each.kind.course == "thing"):
                continue
            found.setdefault(id(each.of), each)
    return found


def _acts(chronicle: Chronicle, tree: Tree) -> Iterator[Act]:
    """Yield who takes part in what at which time in a sentence."""
    words = chronicle.words
    times = dict(_times(chronicle, tree))
    for at, (date, date_at) in times.items():
        if not told(tree, at, words):
            continue
        for who in parties(chronicle, tree, at):
            yield Act(tree, who, at, date, date_at)
    yield from _named_acts(chronicle, tree)
    # the congratulations of the emperor, written in 1726
    for at, (date, date_at) in times.items():
        noun = tree.described(at)
        if noun is not None and tree.passive(at) and tree.lemma(at) in words.lists["writing"]:
            if tree.tokens[noun].pos == "PROPN" and tree.case(noun) in ("of", "from", "by"):
                yield Act(tree, noun, at, date, date_at)
            for who in (
                *tree.children(noun, "nmod:poss"),
                *(each for each in tree.children(noun, "nmod") if tree.case(each) in ("of", "from", "by")),
            ):
                yield Act(tree, who, at, date, date_at)


def _named_acts(chronicle: Chronicle, tree: Tree) -> Iterator[Act]:
    """Yield who takes part in what a noun tells with its date: the visit of the king in 1905, talks with him in May 1930."""
    start = tree.sentence.start
    text = chronicle.text[start : tree.sentence.end]
    for top, date in chronicle.dates[tree.sentence.index].items():
        place = governor(tree, top, chronicle.words, text[: date.start])
        if place is None or not place[1] or tree.lemma(place[0]) not in chronicle.words.lists["living"]:
            continue
        noun = place[0]
        for who in (
            *tree.children(noun, "nmod:poss"),
            *(each for each in tree.children(noun, "nmod") if tree.case(each) in _DOERS),
        ):
            for each in (who, *tree.children(who, "conj")):
                yield Act(tree, each, noun, date, (start + date.start, start + date.end))


def _times(chronicle: Chronicle, tree: Tree) -> Iterator[tuple[int, tuple[WrittenDate, tuple[int, int]]]]:
    """Yield the verbs of a sentence that have a time: a date of their own, of their clause of time, or one pointed back to."""
    start = tree.sentence.start
    text = chronicle.text[start : tree.sentence.end]
    timed: dict[int, tuple[WrittenDate, tuple[int, int]]] = {}
    for top, date in chronicle.dates[tree.sentence.index].items():
        place = governor(tree, top, chronicle.words, text[: date.start])
        if place is None:
            continue
        at, nominal = place
        spot = start + date.start, start + date.end
        thing = at if nominal else tree.described(at)
        seen = None if thing is None else tree.head(thing)
        label = tree.tokens[thing].label if thing is not None else ""
        there = thing is not None and label == "obl" and tree.case(thing) in ("at", "in", "during", "on")
        witnessed = seen is not None and label in ("obj", "obl") and tree.lemma(seen) in chronicle.words.lists["witnessing"]
        if seen is not None and tree.is_verb(seen) and (there or witnessed):
            timed.setdefault(seen, (date, spot))  # who chaired the conference of 1911 was there in 1911
        if nominal:
            continue
        timed.setdefault(at, (date, spot))
        head = tree.head(at)
        if (
            tree.tokens[at].label == "advcl"
            and head is not None
            and tree.case(at) in ("when", "as", "while")
            and tree.is_verb(head)
        ):
            timed.setdefault(head, (date, spot))
        if (
            tree.tokens[at].label == "advcl"
            and head is not None
            and any(tree.tokens[each].text.lower() in ("when", "while", "as") for each in tree.children(at, "advmod", "mark"))
        ):
            timed.setdefault(head, (date, spot))
    for at in list(timed):
        if tree.child(at, "cop") is not None:  # it was he who proposed it
            for each in tree.children(at, "acl:relcl", "acl", "advcl:relcl", "ccomp"):
                timed.setdefault(each, timed[at])
    yield from timed.items()
    for at in range(len(tree.tokens)):
        if at not in timed and tree.is_verb(at) and (back := _points_back(chronicle, tree, at)) is not None:
            yield at, (back.date, back.date_at)


def _points_back(chronicle: Chronicle, tree: Tree, at: int) -> Telling | None:
    """Return the telling whose time "that day", "in the same month", "in that war" repeats, or of the treaty that is signed."""
    words = chronicle.words
    for each in tree.children(at, "obl", "obl:unmarked", "obl:tmod"):
        said = {tree.tokens[word].text.lower() for word in tree.children(each, "det", "amod")}
        if tree.lemma(each) in words.lists["anaphors"] and (said & {"that", "same", "this"}):
            known = chronicle.referents.of(tree, each)
            own = [one for one in chronicle.tellings if known is not None and one.of is known]
            before = [one for one in chronicle.tellings if one.sentence.index < tree.sentence.index]
            if own:
                return own[-1]
            return before[-1] if before else None
    if tree.lemma(at) in words.lists["witnessing"] and tree.tokens[at].tag != "VBG":
        thing = chronicle.referents.of(tree, tree.object(at))
        made = [one for one in chronicle.tellings if thing is not None and (one.of is thing or thing in one.also)]
        made = [one for one in made if one.kind is not None and one.kind.name in ("signing", "ruling", "publication")]
        if made and made[0].sentence.index < tree.sentence.index:
            return made[0]
    kind = words.verb_kind(tree, at)
    if kind is None or kind.once != "yes" or kind.course != "treaty":
        return None
    of = chronicle.theme(tree, at, kind)
    same = [each for each in chronicle.of_kind(kind, of) if each.sentence.index <= tree.sentence.index]
    return same[-1] if same else None


def parties(chronicle: Chronicle, tree: Tree, at: int) -> Iterator[int]:
    """Yield the words for those who must be alive for an act: its doer, whom it meets, to whom it is said."""
    words = chronicle.words
    lemma = tree.lemma(at)
    subject = tree.subject(at)
    lasting = lemma in words.lists["lasting"] or (
        tree.child(at, "cop") is not None and (lemma in words.lists["dead copulas"] or tree.tokens[at].pos == "ADJ")
    )
    if subject is not None and not tree.passive(at) and not lasting:
        yield subject
        if tree.lemma(subject) in words.lists["servants"]:
            yield from tree.children(subject, "nmod:poss")
            yield from (each for each in tree.children(subject, "nmod") if tree.case(each) == "of")
        yield from (each for each in tree.children(subject, "conj") if tree.tokens[each].pos == "PROPN")
    for each in tree.children(at, "obl", "obl:agent"):
        done = tree.passive(at) and tree.case(each) == "by"
        shared = tree.case(each) == "with" and lemma in words.lists["mutual"]
        if (done or shared) and not lasting and tree.tokens[each].pos in ("PROPN", "PRON"):
            yield each
            yield from (other for other in tree.children(each, "conj") if tree.tokens[other].pos == "PROPN")
    for each in tree.children(at, "obl"):
        if tree.case(each) in ("with", "aboard", "on", "by") and not lasting:
            referent = chronicle.referents.of(tree, each)
            if referent is not None and not referent.person:
                yield each
    if lemma in words.lists["receivers"] and (met := tree.object(at)) is not None:
        yield met
    if lemma in words.lists["addressing"]:
        for each in tree.children(at, "obl", "iobj"):
            if tree.case(each) in ("to", ""):
                yield each


def _after_end(chronicle: Chronicle, act: Act, ends: dict[int, Telling], left: dict[int, Telling]) -> Slip | None:
    referent = chronicle.referents.of(act.tree, act.who)
    if referent is None:
        return None
    ended = ends.get(id(referent))
    what = "end"
    if ended is None and _in_office(chronicle, act):
        ended, what = left.get(id(referent)), "leave office"
    if ended is None or not later(act.date, ended.date) or _same_act(ended, act):
        return None
    if ended.of is not None and ended.of.person and what == "end":
        what = "die"
    when = chronicle.text[slice(*ended.date_at)]
    who, name = ("person" if referent.person else "thing"), referent.label or "It"
    message = f"{name} takes part in this in {act.date.year}, but the text lets this {who} {what}: {when}."
    return Slip(*_span(act), message, (ended.date_at,))


def _before_beginning(chronicle: Chronicle, act: Act, begins: dict[int, Telling]) -> Slip | None:
    """Find who acts before the text lets him be born, or lets it be founded."""
    referent = chronicle.referents.of(act.tree, act.who)
    begun = None if referent is None else begins.get(id(referent))
    if act.tree.child(act.at, "nsubj") is None:
        return None
    if begun is None or begun.kind is None or not later(begun.date, act.date) or _same_act(begun, act):
        return None
    verb = chronicle.words.verb_kind(act.tree, act.at)
    if begun.date.year - act.date.year > _FAR or (verb is not None and verb.name in ("outbreak", begun.kind.name)):
        return None
    when = chronicle.text[slice(*begun.date_at)]
    message = f"{referent.label if referent else ''} acts here in {act.date.year}, before its {begun.kind.name} ({when})."
    return Slip(*_span(act), message, (begun.date_at,))


def _no_such_actor(manuscript: Manuscript, chronicle: Chronicle, act: Act) -> Slip | None:
    """Find a state or an organisation that acts in a year in which there was none, unless it looks back or ahead."""
    tree = act.tree
    text = chronicle.text[tree.sentence.start : tree.sentence.end]
    start, end = (offset - tree.sentence.start for offset in tree.span(tree.name(act.who)))
    former = manuscript.words.lists["former"]
    for mention in manuscript.vocabulary.actors.find(text):
        if not (mention.start < end and start < mention.end) or " and " in mention.text or mention.text.islower():
            continue
        if not all(word[:1].isupper() for word in mention.text.split() if word not in ("of", "the", "for", "and")):
            continue
        if not (mention.start <= tree.tokens[act.who].start - tree.sentence.start < mention.end):
            continue  # the Texas Oil Company
        if any(tree.case(each) in ("on", "for") for each in tree.children(act.who, "nmod")) or not _sure(chronicle, act):
            continue
        near = {tree.lemma(each) for each in (*tree.children(act.who, "amod", "compound", "nmod", "advmod"), act.at)}
        if near & set(former):
            continue
        leader = any(name.kind == "leader" for name in mention.names)
        if leader and tree.tokens[act.at].label.startswith("acl"):
            continue
        lives = lives_of(manuscript, mention, text, office=leader and _in_office(chronicle, act))
        years = _possible_years(chronicle, act)
        if lives and min(max(first - year, year - last, 0) for first, last in lives for year in years) > TOLERANCE:
            first, last = lives[0]
            lived = f"{first}–{last}" if first and last < OPEN else f"since {first}" if first else f"until {last}"
            message = f"In {act.date.year} there was no {mention.text} (it existed {lived})."
            if leader:
                if min(abs(act.date.year - year) for life in lives for year in life) > NAMESAKE:
                    continue
                message = f"{mention.text} did not hold this office in {act.date.year} ({lived})."
            return Slip(*_span(act), message, (act.date_at,))
    return None


def _beside(chronicle: Chronicle, tree: Tree, ends: dict[int, Telling]) -> Iterator[Slip]:
    """Find a name with a verb right after it in a stretch whose dates all lie after that life, however the parse goes."""
    words, start = chronicle.words, tree.sentence.start
    for at, token in enumerate(tree.tokens):
        if token.pos != "PROPN" or (at + 1 < len(tree.tokens) and tree.tokens[at + 1].text in ("'s", "’s", "'", "’")):
            continue
        verb = _verb_after(tree, at)
        if verb is None or tree.lemma(verb) in words.lists["lasting"] or not told(tree, verb, words):
            continue
        if (
            at
            and tree.tokens[at - 1].pos == "PROPN"
            and tree.tokens[at - 1].label not in ("nsubj", "obl")
            and at not in tree.name(tree.tokens[at].head)
        ):
            continue  # the level of Lake Nasser fell
        dates = [
            date for top, date in chronicle.dates[tree.sentence.index].items() if _in_clause(tree, at, verb, top, date, words)
        ]
        if not dates:
            continue
        referent = chronicle.referents.of(tree, at) or chronicle.referents.of(tree, at - 1 if at else at)
        ended = ends.get(id(referent)) if referent is not None else None
        date = dates[0]
        place = (start + date.start, start + date.end)
        span = min(token.start, place[0]), max(tree.tokens[verb].end, place[1])
        if ended is not None and ended.sentence is not tree.sentence and all(later(each, ended.date) for each in dates):
            when = chronicle.text[slice(*ended.date_at)]
            yield Slip(
                *span, f"{token.text} acts here in {date.year}, but the text lets this person die: {when}.", (ended.date_at,)
            )
            return
        for match in words.lives_pattern.finditer(chronicle.text, start, tree.sentence.end):
            life = words.lives[match[0]]
            if match.end() == token.end and life.kind == "person" and all(_beyond(life, each.year) for each in dates):
                lived = f"{life.start if life.start is not None else ''}–{life.end if life.end is not None else ''}"
                yield Slip(*span, f"{match[0]} lived {lived}, and cannot have done this in {date.year}.", (place,))
                return


def _verb_after(tree: Tree, at: int) -> int | None:
    """Return the verb that follows a name at once, or after one aside between commas."""
    each = at + 1
    if each < len(tree.tokens) and tree.tokens[each].text == ",":
        close = next((k for k in range(each + 1, min(each + 10, len(tree.tokens))) if tree.tokens[k].text == ","), None)
        if close is None or tree.tokens[each + 1].text.lower() in ("who", "whose", "which", "and"):
            return None
        each = close + 1
    while each < len(tree.tokens) and tree.tokens[each].pos == "ADV":
        each += 1
    if each < len(tree.tokens) and tree.tokens[each].tag in ("VBD", "VBZ", "VBP") and tree.tokens[each].pos == "VERB":
        return each
    return None


def _in_clause(tree: Tree, at: int, verb: int, top: int, date: WrittenDate, words: HappeningWords) -> bool:
    """Tell whether a date stands right before a name, between it and its verb, or after the verb without another verb."""
    if set(tree.case(top).split()) & words.lists["turning"]:
        return False
    head = tree.head(top)
    if tree.case(top) == "of" and head is not None and tree.lemma(head) not in words.lists["times"]:
        return False  # under the treaty of 1902
    spot = tree.within(tree.sentence.start + date.start, tree.sentence.start + date.end)
    if not spot:
        return False
    first, last = spot[0], spot[-1]
    if last < at:
        between = tree.tokens[last + 1 : at]
        return all(token.pos == "PROPN" or token.text == "," for token in between)
    if first < verb:
        return True
    between = tree.tokens[verb + 1 : first]
    return not any(
        token.pos in ("VERB", "AUX", "SCONJ", "CCONJ") or token.text in (";", ":", "(", "—", "–") for token in between
    )


def _same_act(ended: Telling, act: Act) -> bool:
    return ended.sentence is act.tree.sentence and ended.at == act.at


def _in_office(chronicle: Chronicle, act: Act) -> bool:
    """Tell whether somebody acts "as president", or bears a title that is an office."""
    tree, words = act.tree, chronicle.words
    for each in [*tree.children(act.at, "obl", "advcl", "xcomp", "nmod"), *tree.children(act.who, "nmod", "appos", "acl")]:
        if tree.lemma(each) in words.lists["offices"] and (tree.case(each) == "as" or tree.tokens[each].label == "appos"):
            return True
        if any(tree.lemma(word) in words.lists["offices"] and tree.case(word) == "as" for word in tree.subtree(each)):
            return True
    # "told the House of Commons as Prime Minister" hangs on whatever stands before
    return any(
        tree.tokens[at].text.lower() == "as"
        and at + 1 < len(tree.tokens)
        and any(tree.lemma(word) in words.lists["offices"] for word in range(at + 1, min(at + 4, len(tree.tokens))))
        for at in range(act.at, len(tree.tokens))
    )


def _outside(chronicle: Chronicle, act: Act) -> Slip | None:
    """Find who acts outside the years of lives.csv."""
    tree = act.tree
    start, end = tree.span(tree.name(act.who))
    sentence = chronicle.text[tree.sentence.start : tree.sentence.end]
    begin = start - tree.sentence.start
    for match in chronicle.words.lives_pattern.finditer(sentence):
        if not (match.start() <= end - 1 - tree.sentence.start and begin < match.end()):
            continue
        life = chronicle.words.lives[match[0]]
        if _beyond(life, act.date.year) and _sure(chronicle, act) and not _remains(chronicle, tree, act.who):
            lived = f"{life.start if life.start is not None else ''}–{life.end if life.end is not None else ''}"
            verb = "lived" if life.kind == "person" else "existed"
            return Slip(
                *_span(act),
                f"{match[0]} {verb} {lived}, and cannot have taken part in this in {act.date.year}.",
                (act.date_at,),
            )
    return None


def _sure(chronicle: Chronicle, act: Act) -> bool:
    """Tell whether the year stands in the date itself, or was told in the same paragraph."""
    start = act.tree.sentence.start
    return str(abs(act.date.year)) in chronicle.text[max(0, start - 300) : act.date_at[1]]


def _possible_years(chronicle: Chronicle, act: Act) -> set[int]:
    """Return the year of an act; where it is not written, any year that the sentences right before it name may be meant."""
    if find_dates(chronicle.text[act.date_at[0] : act.date_at[1] + _ERA]):
        return {act.date.year}
    index = act.tree.sentence.index
    near = (tree for each, tree in chronicle.trees.items() if index - _BACK <= each < index)
    same = [tree.sentence.index for tree in near if tree.sentence.block == act.tree.sentence.block]
    return {act.date.year} | {date.year for each in same for date in chronicle.dates[each].values()}


def _beyond(life: Life, year: int) -> bool:
    if life.end is not None and life.end < 0 < year and not _beyond(life, -year):
        return False  # a text on antiquity leaves out that its years are those before our era
    return (life.end is not None and year > life.end) or (life.start is not None and year < life.start)


def _remains(chronicle: Chronicle, tree: Tree, who: int) -> bool:
    """Tell whether only the memory, the family or the successor of somebody is meant."""
    words = chronicle.words
    near = [*tree.children(who, "nmod", "appos", "amod", "compound"), *([tree.head(who)] if tree.head(who) is not None else [])]
    return any(each is not None and tree.lemma(each) in words.lists["afterlife"] for each in near)


def _dead_already(chronicle: Chronicle, tree: Tree) -> Iterator[Slip]:
    """Find "X, who had died in 1272, swore to it": the dead do nothing, whatever the dates."""
    for at in range(len(tree.tokens)):
        kind = chronicle.words.verb_kind(tree, at)
        if kind is None or kind.course not in ("life", "office") or kind.stage < 6:
            continue
        if not any(tree.tokens[each].text.lower() == "had" for each in tree.children(at, "aux")) or not told(
            tree, at, chronicle.words
        ):
            continue
        who = tree.described(at)
        if who is None or (tree.subject(at) != who and tree.child(at, "nsubj") is None):
            continue
        acting = tree.head(who)
        if acting is None or not tree.is_verb(acting) or tree.subject(acting) != who or not told(tree, acting, chronicle.words):
            continue
        act = Act(tree, who, acting, WrittenDate(0, 0, 0), (0, 0))
        past = not any(tree.tokens[each].text.lower() in ("had", "has", "have") for each in tree.children(acting, "aux"))
        if past and who in parties(chronicle, tree, acting) and (kind.course == "life" or _in_office(chronicle, act)):
            ended = "had died" if kind.course == "life" else "had left the office"
            yield Slip(
                *tree.span([who, acting]),
                f"{tree.tokens[who].text} acts here, but {ended} before, as the sentence itself says.",
            )


def _span(act: Act) -> tuple[int, int]:
    start, end = act.tree.span([act.who, act.at])
    inside = act.tree.sentence.start <= act.date_at[0] < act.tree.sentence.end
    return (min(start, act.date_at[0]), max(end, act.date_at[1])) if inside else (start, end)
