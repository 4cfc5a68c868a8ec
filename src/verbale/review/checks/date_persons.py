"""Finds who acts, or is spoken to, outside his life, office or existence: as the text tells it, or as everybody knows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.date_acts import Act, acts_of, by_two_calendars, parties
from verbale.review.checks.date_lives import NAMESAKE, existed, is_whole_name, lives_of, tolerance
from verbale.review.checks.date_told import later
from verbale.review.checks.date_vitae import told_lives, told_times, too_young
from verbale.review.chronicle import Chronicle, Telling, told
from verbale.review.dates import WrittenDate, find_dates, year_words
from verbale.review.happening_words import HappeningWords, Life
from verbale.review.manuscript import Manuscript
from verbale.review.moments import day_number, find_times, of_date
from verbale.review.referents import NAME
from verbale.review.trees import Tree

_ENDS: Final = frozenset({"life", "thing"})
_BEGINS: Final = frozenset({"founding", "birth"})
# The Carter Center, the Lee Kuan Yew School: called after somebody.
_CALLED_AFTER: Final = re.compile(r"\s(?!I+V?\b|[VX]+I*\b)[A-Z][a-z]+")
# Augustus II is another than Augustus.
_NUMBERED: Final = re.compile(r"\s[IVXL]+\b")
# "Present-day Pakistan", "what is now Zimbabwe": the land, not the state.
_OF_TODAY: Final = frozenset({"present-day", "modern", "today's", "now", "future", "modern-day", "later"})
_TIMES: Final = frozenset({"summer", "autumn", "spring", "winter", "month", "year", "day", "end", "beginning", "morning"})
# Who does this to a thing of a year was there in that year.
_MAKING: Final = frozenset(
    {"sign", "negotiate", "conclude", "initial", "draft", "mediate", "broker", "attend", "chair", "open"}
)
_LEAVES: Final = frozenset({"departure from office", "removal"})


# A year before our era is read with the letters behind it.
_ERA: Final = 6
# So many sentences back a date may lie whose year a later one leaves out.
_BACK: Final = 3
# Who acts more years before its founding than this bears an older name.
_FAR: Final = 15


def find_outlived(manuscript: Manuscript, chronicle: Chronicle) -> Iterator[Slip]:
    """Yield a slip for each act of somebody who had died or left, and of an actor that there was not."""
    ends = _ends(chronicle, _ENDS, None)
    left = _ends(chronicle, frozenset({"office"}), _LEAVES)
    begun = [each for each in reversed(chronicle.tellings) if _begins(chronicle, each) and not _is_state(manuscript, each)]
    begins = {id(each.of): each for each in begun}
    for each in told_lives(chronicle):
        (begins if each.kind is not None and each.kind.name == "birth" else ends).setdefault(id(each.of), each)
    for each in told_times(chronicle):
        (begins if each.kind is not None and each.kind.name == "founding" else ends).setdefault(id(each.of), each)
    for tree in chronicle.trees.values():
        taken = False
        # of somebody without a name only what describes him at once counts: "the queen, born in 1926, came in 1917"
        here = [each for each in chronicle.told_in.get(tree.sentence.index, ()) if tree.described(each.at) is not None]
        born = (
            begins
            if not here
            else begins | {id(each.of): each for each in here if each.kind is not None and each.kind.name == "birth"}
        )
        born = _just_born(chronicle, tree) | born
        dead = (
            ends
            if not here
            else ends
            | {
                id(each.of): each
                for each in here
                if each.kind is not None and each.kind.stage == 9 and not _revived(chronicle, each)
            }
        )
        for act in acts_of(chronicle, tree):
            slip = _after_end(chronicle, act, dead, left) or _outside(chronicle, act)
            if slip is None and not act.since:
                slip = _before_beginning(chronicle, act, born) or _no_such_actor(manuscript, chronicle, act)
            if slip is not None and not taken:
                taken = True
                yield slip
        if not taken:
            beside = next(_beside(chronicle, tree, ends), None)
            if beside is not None:
                yield beside
            else:
                yield from _dead_already(chronicle, tree)
                yield from too_young(chronicle, tree, begins)


def _just_born(chronicle: Chronicle, tree: Tree) -> dict[int, Telling]:
    """Return the births of single persons that the sentence before tells, also of those without a name: "he" is that prince."""
    before = chronicle.trees.get(tree.sentence.index - 1)
    if before is None or before.sentence.block != tree.sentence.block:
        return {}
    told_before = [each for each in chronicle.told_in.get(tree.sentence.index - 1, ()) if each.of is not None]
    births = [each for each in told_before if each.kind is not None and each.kind.name == "birth"]
    return {id(each.of): each for each in births if each.of is not None and each.of.person and not each.of.plural}


def _begins(chronicle: Chronicle, telling: Telling) -> bool:
    """Tell whether something begins to be: it is founded or born, a commission is appointed, or begins its work at once."""
    if telling.kind is None or telling.of is None:
        return False
    if telling.kind.name == "start of work":
        # "the convention created the commission, which began work in 1996"
        tree = chronicle.trees[telling.sentence.index]
        kinds = (chronicle.words.verb_kind(tree, each) for each in range(len(tree.tokens)) if tree.is_verb(each))
        return telling.back and any(kind is not None and kind.name == "founding" for kind in kinds)
    appointed = telling.kind.name == "appointment" and not telling.of.person and telling.of.group != NAME
    if telling.kind.name == "birth" and not (telling.of.person and telling.of.called):
        return False  # the birth of a state, of an idea
    return telling.kind.name in _BEGINS or (appointed and not telling.of.plural)


def _is_state(manuscript: Manuscript, telling: Telling) -> bool:
    """Tell whether what is founded would be a state of the vocabulary, whose years that knows: rather a body named after it."""
    label = telling.of.label if telling.of is not None else ""
    found = manuscript.vocabulary.actors.find(label) if label else ()
    names = [name for mention in found if mention.text == label for name in mention.names]
    known = any(name.start is not None and abs(name.start - telling.date.year) <= 1 for name in names)
    return bool(names) and not known and all(name.kind == "name" for name in names)


def _ends(chronicle: Chronicle, courses: frozenset[str], kinds: frozenset[str] | None) -> dict[int, Telling]:
    """Return the last telling that ends somebody's life, office or existence, by the identity of the referent."""
    found: dict[int, Telling] = {}
    for each in chronicle.tellings:
        if each.of is None or each.kind is None or each.kind.course not in courses:
            if kinds is None and _dissolved(chronicle, each):
                found.setdefault(id(each.of), each)
            continue
        if (each.kind.name in kinds) if kinds is not None else each.kind.stage == 9:
            if each.of.plural or not ((each.of.person and each.of.called) or each.kind.course == "thing"):
                continue
            if each.kind.course != "thing" or not _revived(chronicle, each):
                found.setdefault(id(each.of), each)
    return found


def _dissolved(chronicle: Chronicle, telling: Telling) -> bool:
    """Tell whether a body comes to its end: not a parliament, which meets again, nor one that was founded anew."""
    of, kind = telling.of, telling.kind
    if of is None or of.plural or of.person or kind is None or kind.name != "dissolution" or telling.inferred:
        return False
    if of.heads & chronicle.words.lists["parliaments"]:
        return False
    return not _revived(chronicle, telling)


def _revived(chronicle: Chronicle, telling: Telling) -> bool:
    """Tell whether what came to an end was founded or built again: "rebuilt in 1949"."""
    reviving = chronicle.words.lists["reviving"]
    after = (each for each in chronicle.tellings if each.of is telling.of and not later(telling.date, each.date))
    return any(
        each is not telling and (each.verb in reviving or (each.kind is not None and each.kind.name == "founding"))
        for each in after
    )


def _after_end(chronicle: Chronicle, act: Act, ends: dict[int, Telling], left: dict[int, Telling]) -> Slip | None:
    referent = chronicle.referents.of(act.tree, act.who)
    if referent is None:
        return None
    ended = ends.get(id(referent))
    what = "end"
    if ended is None and _in_office(chronicle, act):
        ended, what = left.get(id(referent)), "leave office"
    if ended is None or _same_act(ended, act):
        return None
    counted = act.since and act.date_at == ended.date_at and act.date.year != ended.date.year  # "four years later he spoke"
    bare = chronicle.down and act.date.year > 0 and ended.date.year > 0  # "died in 1213", before our era: it counts down
    if not counted and (bare or not later(act.date, ended.date)):
        return None
    if act.tree.words_of(act.who) & chronicle.words.lists["gone"]:
        return None  # the members of the old federation
    if ended.sentence is act.tree.sentence and by_two_calendars(ended.date, act.date):
        return None  # "killed on 6 November by the calendar that his army used, or 16 November"
    if ended.of is not None and ended.of.person and what == "end":
        what = "die"
    past = {"die": "had died", "leave office": "had left office"}.get(what, "was no more")
    when = chronicle.text[slice(*ended.date_at)]
    name = referent.label or "It"
    message = f"{name} takes part in this in {year_words(act.date.year)}, but {past} by then, as the text tells ({when})."
    return Slip(*_span(act), message, (ended.date_at,))


def _before_beginning(chronicle: Chronicle, act: Act, begins: dict[int, Telling]) -> Slip | None:
    """Find who acts before the text lets him be born, or lets it be founded."""
    referent = chronicle.referents.of(act.tree, act.who)
    begun = None if referent is None else begins.get(id(referent))
    noun = act.tree.tokens[act.at].pos == "NOUN" and referent is not None and not referent.person
    by = act.tree.tokens[act.who].label == "obl:agent"  # "a loan made by the bank in 1941"
    if act.tree.child(act.at, "nsubj", "nsubj:pass") is None and not (noun or by):
        return None
    if begun is None or begun.kind is None or not later(begun.date, act.date) or _same_act(begun, act):
        return None
    verb = chronicle.words.verb_kind(act.tree, act.at)
    born = begun.kind.name == "birth"
    if born and not _was_there(act):
        return None
    if (begun.date.year - act.date.year > _FAR and not born) or (
        verb is not None and verb.name in ("outbreak", begun.kind.name)
    ):
        return None
    when = chronicle.text[slice(*begun.date_at)]
    message = f"{referent.label if referent else ''} acts here in {act.date.year}, before its {begun.kind.name} ({when})."
    return Slip(*_span(act), message, (begun.date_at,))


def _was_there(act: Act) -> bool:
    """Tell whether a date is that of an act, not that of a thing from before that it is about: he quoted the treaty of 1648."""
    tree = act.tree
    top = tree.top(tree.within(*act.date_at))
    if top is None or tree.case(top) != "of":
        return True
    noun = tree.head(top)
    if tree.lemma(act.at) in _MAKING:
        return True
    return noun is None or tree.lemma(noun) in _TIMES or tree.tokens[noun].label == "obl"


def _years_before(manuscript: Manuscript, sentence: Sentence) -> set[int]:
    """Return the years that the sentence before one in its paragraph writes."""
    before = [each for each in manuscript.by_block.get(sentence.block, ()) if each.end <= sentence.start]
    return {date.year for each in before[-1:] for date in find_dates(manuscript.sentence_text(each))}


def _no_such_actor(manuscript: Manuscript, chronicle: Chronicle, act: Act) -> Slip | None:
    """Find a state or an organisation that acts in a year in which there was none, unless it looks back or ahead."""
    tree = act.tree
    text = chronicle.text[tree.sentence.start : tree.sentence.end]
    start, end = (offset - tree.sentence.start for offset in tree.span(tree.name(act.who)))
    former = manuscript.words.lists["former"]
    written = str(abs(act.date.year)) in text
    if not written and len(_years_before(manuscript, tree.sentence)) > 1:
        return None  # the year told last need not be that of the story: "... which was opened in 1869. On 2 November ..."
    for mention in manuscript.vocabulary.actors.find(text):
        if not (mention.start < end and start < mention.end) or " and " in mention.text or not is_whole_name(mention):
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
        gap = min((max(first - year, year - last, 0) for first, last in lives for year in years), default=0)
        if gap > tolerance(mention) and (written or gap <= NAMESAKE):
            lived = existed(lives[0])
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
        first = min(tree.name(at))
        owned = "of" in (tree.word(first - 1), tree.word(first - 2)) if first > 1 else False
        if owned or _name_giver(chronicle, tree, at):
            continue  # "the former minister of the federation wrote"
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
                *span,
                f"{token.text} acts here in {year_words(date.year)}, but had died by then, as the text tells ({when}).",
                (ended.date_at,),
            )
            return
        for match in words.lives_pattern.finditer(chronicle.text, start, tree.sentence.end):
            life = words.lives[match[0]]
            if match.end() == token.end and life.kind == "person" and all(_beyond(life, each.year) for each in dates):
                lived = f"{life.start if life.start is not None else ''}–{life.end if life.end is not None else ''}"
                yield Slip(*span, f"{match[0]} lived {lived}, and cannot have done this in {date.year}.", (place,))
                return


def _name_giver(chronicle: Chronicle, tree: Tree, at: int) -> bool:
    """Tell whether a name is that of somebody after whom a thing is called: the university named after him."""
    first = min(tree.name(at))
    return first > 1 and tree.word(first - 1) == "after" and tree.lemma(first - 2) in chronicle.words.lists["naming"]


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
    for each in [
        *tree.children(act.at, "obl", "advcl", "xcomp", "nmod"),
        *tree.children(act.who, "nmod", "nmod:desc", "appos", "acl"),
    ]:
        if words.office(tree, each) and (tree.case(each) == "as" or tree.tokens[each].label == "appos"):
            return True
        if any(words.office(tree, word) and tree.case(word) == "as" for word in tree.subtree(each)):
            return True
    # "told the House of Commons as Prime Minister" hangs on whatever stands before
    return any(
        tree.tokens[at].text.lower() == "as"
        and at + 1 < len(tree.tokens)
        and any(words.office(tree, word) for word in range(at + 1, min(at + 4, len(tree.tokens))))
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
        if set(re.findall(r"[\w-]+", sentence[max(0, match.start() - 16) : match.start()].lower())) & _OF_TODAY:
            continue
        if (
            life.kind == "person"
            and tree.tokens[act.who].pos == "NOUN"
            and tree.sentence.start + match.end() < tree.tokens[act.who].start
        ):
            continue  # the Nansen office
        if life.kind == "person" and (_CALLED_AFTER.match(sentence, match.end()) or _NUMBERED.match(sentence, match.end())):
            continue
        if _name_giver(chronicle, tree, act.who):
            continue
        if life.kind == "actor" and tree.words_of(act.who) & chronicle.words.lists["gone"]:
            continue  # the former Soviet Union
        if life.start is not None and act.date.year < life.start and (act.since or not _was_there(act)):
            continue
        if (
            (_beyond(life, act.date.year) or _after_month(chronicle, act, life))
            and _sure(chronicle, act)
            and not _remains(chronicle, tree, act.who)
        ):
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
    sentence = act.tree.sentence
    block = chronicle.block_starts[sentence.block]
    return str(abs(act.date.year)) in chronicle.text[max(block, sentence.start - 300) : act.date_at[1]]


def _possible_years(chronicle: Chronicle, act: Act) -> set[int]:
    """Return the year of an act; where it is not written, any year that the sentences right before it name may be meant."""
    if find_dates(chronicle.text[act.date_at[0] : act.date_at[1] + _ERA]):
        return {act.date.year}
    index = act.tree.sentence.index
    near = (tree for each, tree in chronicle.trees.items() if index - _BACK <= each < index)
    same = [tree.sentence.index for tree in near if tree.sentence.block == act.tree.sentence.block]
    return {act.date.year} | {date.year for each in same for date in chronicle.dates[each].values()}


def _after_month(chronicle: Chronicle, act: Act, life: Life) -> bool:
    """Tell whether an act of the last year of a life came after its last month: a month or a season of it."""
    if life.end is None or life.end_month is None or act.date.year != life.end:
        return False
    sentence = act.tree.sentence
    at = act.date_at[0] - sentence.start
    times = find_times(chronicle.text[sentence.start : sentence.end]) if at >= 0 else ()
    moment = next((each for each in times if each.start <= at < each.end and each.sure), None)
    return (moment or of_date(act.date)).first > day_number(life.end, life.end_month, 31)


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
