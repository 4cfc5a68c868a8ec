"""Who takes part in what, and when: the dated acts of a sentence, with those who must be alive for them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.review.chronicle import Chronicle, Telling, governor, told
from verbale.review.dates import WrittenDate
from verbale.review.durations import Duration, elapsed, find_durations
from verbale.review.time_words import load_time_words
from verbale.review.trees import Tree

# So many days lie between one day of the old calendar and of the new.
_CALENDARS: Final = (10, 13)
# How a noun that tells an act names those who take part.
_DOERS: Final = ("of", "by", "with", "between")
# Who makes a treaty; "the treaty of Westphalia" tells where.
_PARTIES: Final = ("with", "between")
# Every month has so many days; the calendar goes so far.
_SHORTEST_MONTH: Final = 28
_LONGEST_MONTH: Final = 30
_LAST_YEAR: Final = 9000
_DATING: Final = frozenset({"date"})
# So far up from a date the preposition may stand that makes it a bound: after the treaty of May 1907.
_STEPS: Final = 4


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody takes part in an act at a time: the word for him, the verb, the date, and where the date stands.

    `since`: the date only bounds the act: it was done then or later ("after the armistice of 1918 he promised").
    """

    tree: Tree
    who: int
    at: int
    date: WrittenDate
    date_at: tuple[int, int]
    since: bool = False


def acts_of(chronicle: Chronicle, tree: Tree) -> Iterator[Act]:
    """Yield who takes part in what at which time in a sentence."""
    words = chronicle.words
    times = dict(times_of(chronicle, tree))
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
    yield from _signed_by(chronicle, tree)
    for at, (date, date_at) in _bounds(chronicle, tree, times).items():
        for who in parties(chronicle, tree, at):
            yield Act(tree, who, at, date, date_at, since=True)


def _signed_by(chronicle: Chronicle, tree: Tree) -> Iterator[Act]:
    """Yield who wrote or signed a paper that is called by its date: "a letter of 1557 signed by Coelho"."""
    words, start = chronicle.words, tree.sentence.start
    for top, date in chronicle.dates[tree.sentence.index].items():
        paper = tree.head(top)
        dated = paper is not None and tree.lemma(paper) in _DATING and tree.described(paper) is not None
        if paper is not None and dated:
            paper = tree.described(paper)  # "the survey published by the commission, dated June 1992"
        if paper is None or not (dated or (tree.case(top) in ("of", "from") and tree.lemma(paper) in words.lists["messages"])):
            continue
        for verb in tree.children(paper, "acl"):
            if tree.lemma(verb) not in words.lists["writing"] and not (dated and tree.lemma(verb) == "publish"):
                continue
            for who in tree.children(verb, "obl", "obl:agent"):
                if tree.case(who) == "by":
                    yield Act(tree, who, verb, date, (start + date.start, start + date.end))


def _bounds(
    chronicle: Chronicle, tree: Tree, times: dict[int, tuple[WrittenDate, tuple[int, int]]]
) -> dict[int, tuple[WrittenDate, tuple[int, int]]]:
    """Return the verbs without a time of their own that something dated in the sentence went before: "after", "and then"."""
    words, start = chronicle.words, tree.sentence.start
    found: dict[int, tuple[WrittenDate, tuple[int, int]]] = {}
    for top, date in chronicle.dates[tree.sentence.index].items():
        at: int | None = top
        for _ in range(_STEPS):
            if at is None or tree.is_verb(at):
                break
            if set(tree.case(at).split()) & words.lists["thenceforth"]:
                head = tree.head(at)
                while head is not None and not tree.is_verb(head):
                    head = tree.head(head)
                if head is not None:
                    found.setdefault(head, (date, (start + date.start, start + date.end)))
                break
            at = tree.head(at)
    found |= {at: time for at, time in _counted_on(chronicle, tree) if at not in found}
    for at in [*times, *found]:
        head = tree.head(at)
        marks = {tree.word(each) for each in tree.children(at, "mark", "advmod")}
        if tree.tokens[at].label == "advcl" and head is not None and tree.is_verb(head) and marks & words.lists["thenceforth"]:
            found.setdefault(head, times.get(at) or found[at])
    # "the empire was proclaimed in 1871, and he read the address": an account goes on
    for at in sorted({*times, *found}):
        for each in tree.children(at, "conj"):
            if each > at and tree.is_verb(each) and _goes_on(tree, each):
                found.setdefault(each, times.get(at) or found[at])
    return {at: time for at, time in found.items() if at not in times and told(tree, at, words)}


def _counted_on(chronicle: Chronicle, tree: Tree) -> Iterator[tuple[int, tuple[WrittenDate, tuple[int, int]]]]:
    """Yield the main verb of "two years later she spoke" or "a year after his death" with the time counted on."""
    text = chronicle.text[tree.sentence.start : tree.sentence.end]
    shift = load_time_words().shift
    for duration in find_durations(text):
        shifted = shift.match(text, duration.end)
        words = tree.within(tree.sentence.start + duration.start, tree.sentence.start + duration.end)
        top = tree.top(words) if words else None
        verb = tree.head(top) if top is not None else None
        while verb is not None and not tree.is_verb(verb):
            verb = tree.head(verb)
        if verb is None:
            continue
        told_before = chronicle.told_in.get(tree.sentence.index - 1, [])
        if shifted is not None and shifted["later"] and len(told_before) == 1 and not chronicle.dates[tree.sentence.index]:
            down = chronicle.down and told_before[0].date.year > 0
            yield verb, (_moved(told_before[0].date, duration, down=down), told_before[0].date_at)
            continue
        after = next((each for each in _under(tree, verb) if set(tree.case(each).split()) & {"after"}), None)
        if (
            after is None
            or not 0 <= tree.tokens[min(tree.children(after, "case"))].start - tree.sentence.start - duration.end <= 1
        ):
            continue
        anchors = [each for each in chronicle.dated(tree, after) if not each.inferred]
        if anchors and tree.lemma(after) in chronicle.words.by_noun:
            down = chronicle.down and anchors[0].date.year > 0
            yield verb, (_moved(anchors[0].date, duration, down=down), anchors[0].date_at)


def _under(tree: Tree, verb: int) -> list[int]:
    below = tree.children(verb, "obl", "obl:unmarked", "advmod")
    return [*below, *(each for one in below for each in tree.children(one, "nmod", "obl"))]


def _moved(date: WrittenDate, duration: Duration, *, down: bool) -> WrittenDate:
    """Return the date that lies a duration after another, as exactly as the duration and the date tell."""
    if date.day and date.month and duration.unit in ("day", "week", "month") and 1 <= date.year <= _LAST_YEAR:
        days = datetime.date(date.year, date.month, min(date.day, _SHORTEST_MONTH)) + datetime.timedelta(
            days=int(duration.days)
        )
        return WrittenDate(date.start, date.end, days.year, days.month, days.day)
    if date.month and duration.unit == "month" and not down:
        # a month may be begun on both sides, so that "two months later" is one at least
        months = date.months + max(int(duration.days) // _LONGEST_MONTH - 1, min(int(duration.days) // _LONGEST_MONTH, 1))
        return WrittenDate(date.start, date.end, months // 12, months % 12 + 1)
    # an account of the years before our era may leave that out, and counts down
    years = -int(duration.years) if down else int(duration.years)
    return WrittenDate(date.start, date.end, date.year + years)


def _goes_on(tree: Tree, at: int) -> bool:
    """Tell whether a clause tells what came next: in the past, not what had been before."""
    return "Tense=Past" in tree.tokens[at].morph and tree.child(at, "aux") is None


def _named_acts(chronicle: Chronicle, tree: Tree) -> Iterator[Act]:
    """Yield who takes part in what a noun tells with its date: the visit of the king in 1905, talks with him in May 1930."""
    addressed = chronicle.words.lists["addressed"]
    start = tree.sentence.start
    text = chronicle.text[start : tree.sentence.end]
    for top, date in chronicle.dates[tree.sentence.index].items():
        place = governor(tree, top, chronicle.words, text[: date.start])
        noun = None if place is None else place[0] if place[1] else _taking_place(chronicle, tree, place[0])
        made = noun is not None and chronicle.words.group(tree.lemma(noun)) == "instrument"
        if noun is None or not (made or tree.lemma(noun) in chronicle.words.lists["living"]):
            continue
        for who in (
            *(() if made else tree.children(noun, "nmod:poss")),
            *(each for each in tree.children(noun, "nmod") if tree.case(each) in (_PARTIES if made else _DOERS)),
            *(each for each in tree.children(noun, "nmod") if tree.case(each) == "to" and tree.lemma(noun) in addressed),
        ):
            for each in (who, *tree.children(who, "conj")):
                yield Act(tree, each, noun, date, (start + date.start, start + date.end))


def _taking_place(chronicle: Chronicle, tree: Tree, verb: int) -> int | None:
    """Return the noun of an act that a dated verb lets happen: "talks between them began", "his visit took place"."""
    kind = chronicle.words.verb_kind(tree, verb)
    happens = tree.lemma(verb) in chronicle.words.lists["taking place"] or (kind is not None and kind.name == "taking place")
    return tree.subject(verb) if happens and told(tree, verb, chronicle.words) else None


def times_of(chronicle: Chronicle, tree: Tree) -> Iterator[tuple[int, tuple[WrittenDate, tuple[int, int]]]]:
    """Yield the verbs of a sentence that have a time: a date of their own, of their clause of time, or one pointed back to."""
    words = chronicle.words
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
        moved = seen is not None and tree.case(thing or 0) == "to" and tree.lemma(seen) in chronicle.words.lists["moving"]
        there = thing is not None and label == "obl" and (tree.case(thing) in ("at", "in", "during", "on") or moved)
        there = there and not (nominal is False and tree.lemma(at) in words.lists["posthumous"])  # his memoirs, printed in 1898
        done = label in ("obj", "obl") or (label == "nsubj:pass" and tree.child(seen or 0, "obl:agent") is not None)
        witnessed = seen is not None and done and tree.lemma(seen) in chronicle.words.lists["witnessing"]
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
        for each in tree.children(at, "advcl"):  # they met in 1962, when he came
            if {tree.word(mark) for mark in tree.children(each, "advmod", "mark")} & words.lists["at that time"]:
                timed.setdefault(each, timed[at])
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


def by_two_calendars(one: WrittenDate, other: WrittenDate) -> bool:
    """Tell whether two days are so far apart as one day of the old and the new calendar (ten days to thirteen)."""
    first, last = sorted((one, other), key=lambda date: date.order)
    return bool(first.day and last.day) and _CALENDARS[0] <= elapsed(first, last)[0] <= _CALENDARS[1]


def _senders(tree: Tree, message: int) -> list[int]:
    """Return from whom "a letter from Bulganin" is."""
    return [each for each in tree.children(message, "nmod") if tree.case(each) == "from"]


def _counted_among(tree: Tree, subject: int) -> Iterator[int]:
    """Yield the names of those whom a plural noun counts: "some sixty states, among them Russia and China, signed"."""
    if "Number=Plur" not in tree.tokens[subject].morph:
        return
    for each in tree.children(subject, "appos", "nmod"):
        if tree.tokens[each].pos == "PROPN" and (tree.label(each) == "appos" or tree.case(each) in ("among", "including")):
            yield each
            yield from (other for other in tree.children(each, "conj") if tree.tokens[other].pos == "PROPN")


def parties(chronicle: Chronicle, tree: Tree, at: int) -> Iterator[int]:
    """Yield the words for those who must be alive for an act: its doer, whom it meets, to whom it is said."""
    words = chronicle.words
    lemma = tree.lemma(at)
    subject = tree.subject(at)
    quality = tree.tokens[at].pos == "ADJ" and lemma not in words.lists["dispositions"]
    lasting = lemma in words.lists["lasting"] or (
        tree.child(at, "cop") is not None and (lemma in words.lists["dead copulas"] or quality)
    )
    if subject is not None and not tree.passive(at) and not lasting:
        yield subject
        served = tree.child(at, "cop") is None  # Kitchener's armies were in France in 1917
        if served and tree.lemma(subject) in words.lists["servants"] and not tree.words_of(subject) & words.lists["gone"]:
            yield from tree.children(subject, "nmod:poss")
            yield from (each for each in tree.children(subject, "nmod") if tree.case(each) == "of")
        yield from (each for each in tree.children(subject, "conj") if tree.tokens[each].pos == "PROPN")
        yield from _counted_among(tree, subject)
        if tree.lemma(subject) in words.lists["messages"]:
            yield from _senders(tree, subject)
        if tree.lemma(subject) in words.lists["messages"] | words.lists["addressed"] and lemma in words.lists["moving"]:
            yield from (each for each in tree.children(at, "obl") if tree.case(each) == "to")
    if tree.passive(at) and lemma in words.lists["undergoing"] and (patient := tree.object(at)) is not None:
        yield patient
        if tree.lemma(patient) in words.lists["servants"] and not tree.words_of(patient) & words.lists["gone"]:
            yield from tree.children(patient, "nmod:poss")
    given = tree.child(at, "nsubj:pass")
    if given is not None and tree.child(at, "obj") is not None:
        yield given  # "was handed an ultimatum"
    elif given is not None and tree.lemma(given) in words.lists["messages"] and lemma in words.lists["handing over"]:
        yield from _senders(tree, given)
    for each in tree.children(at, "obl", "obl:agent"):
        if tree.case(each) == "before" and lemma in words.lists["appearing"]:
            yield each
        done = tree.passive(at) and tree.case(each) == "by"
        shared = tree.case(each) == "with" and lemma in words.lists["mutual"]
        under = tree.case(each) == "under"  # the line was drawn under him
        known = tree.tokens[each].pos in ("PROPN", "PRON") or (done and chronicle.known_noun(tree, each))
        if (done or shared or under) and not lasting and known:
            yield each
            yield from (other for other in tree.children(each, "conj") if tree.tokens[other].pos == "PROPN")
    for each in tree.children(at, "obl"):
        if tree.lemma(each) in words.lists["wishes"] and tree.case(each) in ("at", "on", "upon"):  # at the request of the king
            yield from tree.children(each, "nmod:poss")
            yield from (other for other in tree.children(each, "nmod") if tree.case(other) == "of")
        about = tree.case(each) == "on" and lemma in words.lists["writing"]  # he wrote on the empire
        if tree.case(each) in ("with", "aboard", "on", "by") and not (lasting or about):
            referent = chronicle.referents.of(tree, each)
            if referent is not None and not referent.person:
                yield each
    if lemma in words.lists["receivers"]:
        met = (tree.object(at), tree.child(at, "iobj"))  # "asked the League to mediate"
        yield from (each for each in met if each is not None)
    if lemma in words.lists["addressing"]:
        for each in tree.children(at, "obl", "iobj"):
            if tree.case(each) in ("to", ""):
                yield each
