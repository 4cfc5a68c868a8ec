"""Finds one person or place that the text spells in two ways."""

from __future__ import annotations

import difflib
import functools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip
from verbale.review.citations import find_references
from verbale.review.dates import MONTH_PATTERN
from verbale.review.manuscript import Manuscript
from verbale.review.spellings import (
    are_exchanged,
    are_inflected,
    as_romanised,
    as_voiced,
    as_written,
    count_syllables,
    differ_doubled,
    fold_name,
    heard_consonants,
    is_digraph_dropped,
    is_one_edit,
    tripled,
)
from verbale.review.words import load_words

# Shorter names are too often different ones that look alike (Iran, Iraq; Mali, Malta).
MIN_LETTERS: Final = 5
# How alike two names with the same consonants must be; Hussein and Husain reach 0.77, Hamas and Homs 0.67.
MIN_LIKENESS: Final = 0.7
# Names without the same consonants differ by one letter at most, and are long enough for that to be a slip.
MIN_SLIP_LETTERS: Final = 7
# After the same first name a shorter one is compared as well; of three letters too many names differ by one.
MIN_NAMED_LETTERS: Final = 4
# A surname that follows a first name in one place and stands alone in the other; many
# shorter ones that differ by a letter are two.
MIN_PERSON_LETTERS: Final = 6
# One spelling of a name is hardly longer than another by more letters than this (Jónsson, Jóhannesson).
MAX_LONGER: Final = 3
# Names of so many consonants that differ only in letters that spellings exchange are one; with fewer, chance is near.
MIN_SOUNDS: Final = 3
# Beside the same second name three letters will do where only a vowel differs: Sai On, Sei On.
MIN_BESIDE_LETTERS: Final = 3
# How near to a name a text says that it is not the other one ("They were not related"), in letters.
TOLD_NEAR: Final = 120
# A misspelling is rarer than the right form; with more distinct names than this, comparing only equal consonants is enough.
MAX_COMPARED: Final = 1_500
# A line with a larger share of capitals among its letters is set in capitals.
MIN_CAPITALS: Final = 0.8
_NAME: Final = re.compile(
    r"(?<![\w&@/.-])[A-ZÀ-Þ][a-zà-ž]+(?:[A-ZÀ-Þ][a-zà-ž]+)?(?:['’-][A-Za-zÀ-ž][a-zà-ž]+)*(?:['’]s)?(?![\w@])"
)
_MONTH: Final = re.compile(MONTH_PATTERN, re.IGNORECASE)
# What joins two names that stand side by side, and how long it can be.
_JOINT: Final = re.compile(r"(?:'s)?(?:,\s|\s(?:and|or|to|not|nor|with|from)\s|,\sand\s|\s?[/–-]\s?)")
MAX_JOINT: Final = 8


class _Name:
    """A spelling with its places in the text, and the words that follow it with a capital."""

    def __init__(self, spelling: str) -> None:
        self.spelling = spelling
        self.places: list[tuple[int, int]] = []
        self.before: set[str] = set()
        self.after: set[str] = set()
        self.bare = 0
        self.inside = False
        self.opened: Sentence | None = None  # the first sentence that it begins


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip at the first use of the rarer of two spellings that are most likely one name."""
    names = _collect(manuscript)
    yield from _particles(manuscript, names)
    yield from _shouted(manuscript, names)
    yield from _romanised(manuscript, names)
    # of two spellings that stand as often, the one that the vocabulary has not, or that lost an accent, is the odd one
    ordered = sorted(
        names.values(),
        key=lambda name: (
            -len(name.places),
            not _ends_known_name(manuscript, name),
            -sum(not each.isascii() for each in name.spelling),
            name.places[0],
        ),
    )
    by_sound: dict[str, list[_Name]] = {}
    reported: set[str] = set()
    for position, name in enumerate(ordered):
        key = heard_consonants(name.spelling)
        near = by_sound.get(key, []) + (
            ordered[: min(position, MAX_COMPARED)]
            if len(name.spelling) >= (MIN_NAMED_LETTERS if name.before else MIN_LETTERS) and len(ordered) <= MAX_COMPARED
            else []
        )
        for other in near:
            if other.spelling not in reported and other is not name and _one_name(manuscript, other, name):
                reported.add(name.spelling)
                start, end = name.places[0]
                often = _often(len(other.places))
                message = f"“{name.spelling}” is spelled “{other.spelling}” elsewhere ({often}). Choose one spelling."
                yield Slip(start, end, message, tuple(other.places[:1] + name.places[1:]))
                break
        by_sound.setdefault(key, []).append(name)


def _collect(manuscript: Manuscript) -> dict[str, _Name]:
    small = Counter(re.findall(r"(?<!\w)[a-zà-ž]{4,}", manuscript.plain))
    names: dict[str, _Name] = {}
    for sentence in manuscript.prose:
        text = manuscript.sentence_text(sentence)
        matches = [
            match
            for match in _NAME.finditer(text)
            if not manuscript.quoted(sentence.start + match.start(), sentence.start + match.end())
        ]
        for match in matches:
            spelling = re.sub(r"'s$", "", match[0])
            before = re.search(r"([A-ZÀ-Þ][\w'-]+)\s(?:(?:de|di|da|del|von|van|al|el|bin|ibn)\s)?$", text[: match.start()])
            after = re.match(r"\s((?:al|el|ibn|bin|von|van|de)?[ -]?[A-ZÀ-Þ][\w'-]+)", text[match.end() :])
            least = MIN_BESIDE_LETTERS if after else MIN_NAMED_LETTERS if before else MIN_LETTERS
            common = small[spelling.lower()] if len(spelling) > MIN_BESIDE_LETTERS else spelling in _titles_known()
            if len(spelling) < least or common or _MONTH.fullmatch(spelling):
                continue
            name = names.setdefault(spelling, _Name(spelling))
            start = sentence.start + match.start()
            name.places.append((start, start + len(spelling)))
            if before:
                name.before.add(before[1])
            if after:
                name.after.add(re.sub(r"'s$", "", after[1]))
            else:
                name.bare += 1
            if match.start() > 0:
                name.inside = True
            elif name.opened is None:
                name.opened = sentence
    return names


def _ends_known_name(manuscript: Manuscript, name: _Name) -> bool:
    """Tell whether the vocabulary knows a name as the text first has it, with the words before it (Lula da Silva)."""
    start, end = name.places[0]
    words = manuscript.plain[max(0, start - TOLD_NEAR // 4) : end]
    return any(each.end == len(words) for each in manuscript.vocabulary.actors.find(words))


def _shouted(manuscript: Manuscript, names: dict[str, _Name]) -> Iterator[Slip]:
    """Yield a slip where a line in capitals misspells a name of the text: PHILLIP THE GOOD over Philip the Good."""
    known = {fold_name(spelling) for spelling in names}
    small = set(re.findall(r"(?<!\w)[a-zà-ž]{4,}", manuscript.plain))
    often = [name for name in names.values() if len(name.places) > 1 and len(name.spelling) >= MIN_LETTERS]
    for index in manuscript.body:
        block = manuscript.document.blocks[index]
        text = manuscript.block_text(block)
        letters = [letter for letter in text if letter.isalpha()]
        if not letters or sum(letter.isupper() for letter in letters) < MIN_CAPITALS * len(letters):
            continue
        for match in re.finditer(r"(?<![\w-])[A-ZÀ-Þ]{6,}(?![\w-])", text):
            word = fold_name(match[0])
            if word in known or word in small or manuscript.vocabulary.actors.find(match[0].title()):
                continue
            start, end = block.start + match.start(), block.start + match.end()
            for name in often:
                other = fold_name(name.spelling)
                alike = word[0] == other[0] and (differ_doubled(word, other) or is_one_edit(word, other))
                if alike and not are_inflected(word, other) and not _known_apart(manuscript, match[0].title(), name.spelling):
                    often_told = _often(len(name.places))
                    message = f"“{match[0]}” is spelled “{name.spelling}” elsewhere ({often_told}). Choose one spelling."
                    yield Slip(start, end, message, tuple(name.places[:1]))
                    break


def _romanised(manuscript: Manuscript, names: dict[str, _Name]) -> Iterator[Slip]:
    """Yield a slip where a Chinese name stands in two romanisations: Zhou Enlai, Chou En-lai."""
    found: dict[str, list[tuple[_Name, str]]] = {}
    for name in names.values():
        for surname in sorted(name.before - _titles_known()):
            found.setdefault(as_romanised(f"{surname}{name.spelling}"), []).append((name, surname))
    for spellings in found.values():
        hyphened = {"-" in name.spelling for name, _ in spellings}
        if len(spellings) != 2 or len(hyphened) != 2 or any(_in_language(manuscript, name) for name, _ in spellings):
            continue
        (often, _), (seldom, surname) = sorted(spellings, key=lambda each: (-len(each[0].places), each[0].places[0]))
        if _told_apart(manuscript, often, seldom):
            continue
        start, end = seldom.places[0]
        written = f"{surname} {seldom.spelling}"
        start = start - len(surname) - 1 if manuscript.plain[:end].endswith(written) else start
        message = f"“{written}” is spelled “{often.spelling}” elsewhere. Choose one romanisation."
        yield Slip(start, end, message, tuple(often.places[:1] + seldom.places[1:]))


def _often(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _set_apart(manuscript: Manuscript, one: _Name, other: _Name) -> bool:
    """Tell whether two spellings are a matter of style, titles, names that the text tells apart, or an author and an actor."""
    hyphen = "-" in one.spelling + other.spelling
    if hyphen and one.spelling.replace("-", "").lower() == other.spelling.replace("-", "").lower():
        return True  # Co-operation and Cooperation: a matter of the house's style
    if {one.spelling, other.spelling} & _titles_known() or _told_apart(manuscript, one, other):
        return True
    if differ_doubled(fold_name(one.spelling), fold_name(other.spelling)):
        return False  # the same author, miswritten in one place
    # who is only cited, and who only acts in the text, are two
    return _is_author(manuscript, one) != _is_author(manuscript, other) and not one.before & other.before


def _one_name(manuscript: Manuscript, one: _Name, other: _Name) -> bool:
    """Tell whether two spellings are of one name; what the text says of them is sought only for the few that are alike."""
    return _alike(manuscript, one, other) and not _set_apart(manuscript, one, other)


def _alike(manuscript: Manuscript, one: _Name, other: _Name) -> bool:
    first, second = fold_name(one.spelling), fold_name(other.spelling)
    doubled = differ_doubled(first, second)
    if first == second:
        # an accent or an inner capital in one place, none in the other (Mackinder, MacKinder)
        return one.spelling.lower() != other.spelling.lower() or one.spelling[1:].islower() != other.spelling[1:].islower()
    # One letter is a slip in a long name, and in a short one that follows the same first name: Thomas Jago, Thomas Yago.
    shared = {word for word in one.before & other.before if word not in _titles_known()}
    heard = any(heard_consonants(first, kh=kh) == heard_consonants(second, kh=kh) for kh in ("h", "k"))
    if first[0] != second[0] and not heard and not shared and as_written(first) != as_written(second):
        return False
    if _unlike(first, second, named=bool(one.before & other.before)) or _paired(manuscript, one, other):
        return False
    alike = difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()
    edit = is_one_edit(first, second)
    shortest = min(len(first), len(second))
    beside = one.before & other.before or one.after & other.after
    # with a first name in one place, alone in the other; or before the rest of a name (Saionji Kinmochi), and alone
    leading = (_leads(one) and _alone(other)) or (_leads(other) and _alone(one))
    led = edit and leading and not _known(manuscript, one, other)
    person = _is_person(one) != _is_person(other) or led
    # the fewer consonants two names have, the more must stand beside them
    consonants = max(len(heard_consonants(first)), len(heard_consonants(first, kh="k")))
    enough = consonants >= (2 if beside else 1 if person and edit else 3)
    sounds = heard and enough and (alike >= MIN_LIKENESS or are_exchanged(first, second))
    if shared and shortest >= MIN_PERSON_LETTERS and alike >= MIN_LIKENESS and as_voiced(first) == as_voiced(second):
        return not _known_apart(manuscript, one.spelling, other.spelling)  # the same first name, another transcription
    written = shortest >= MIN_LETTERS and as_written(first) == as_written(second) and len(heard_consonants(first)) >= MIN_SOUNDS
    sounds = sounds or written
    if heard and edit and one.after & other.after and shortest >= MIN_BESIDE_LETTERS and first[0] == second[0]:
        # the shortest differ by a vowel alone, or only in how it is written (Chu Tehuai, Chou Tehuai)
        same = len(first) == len(second) or shortest >= MIN_LETTERS or as_written(first) == as_written(second)
        return same and not {first, second} <= _given(manuscript)  # Frederick and Fredrick Hale are one, Jon and Jan Hale two
    plain = MIN_NAMED_LETTERS if shared else MIN_PERSON_LETTERS if person else MIN_SLIP_LETTERS
    least = MIN_LETTERS if led and heard else plain  # Inoue, Inouye
    slip = shortest >= least and edit
    if tripled(one.spelling) != tripled(other.spelling) and doubled:
        return True  # Wittte
    dropped = shortest >= MIN_LETTERS and is_digraph_dropped(first, second) and not _known(manuscript, one, other)
    sounds = sounds or dropped
    if shortest < MIN_NAMED_LETTERS or not (sounds or slip or doubled):
        return False
    if doubled and shortest >= (MIN_NAMED_LETTERS if beside else MIN_PERSON_LETTERS):
        # a doubled letter, wherever the two stand; of two statesmen who differ by it (Schuman, Schumann) each has a first name
        return not _known_apart(manuscript, one.spelling, other.spelling) or _one_leader(manuscript, one, other)
    inside = [each.inside or ((person or sounds) and _begins(manuscript, each)) for each in (one, other)]
    if not any(inside) or (not sounds and not all(inside)):
        return False  # a capital only at the beginning of sentences: an everyday word, unless it sounds like a name of the text
    if {first, second} & _given(manuscript) and not (one.after & other.after):
        return False
    if (not one.bare or not other.bare) and not (led or one.after & other.after or one.before & other.before):
        return False  # each stands before its own surname: two persons
    if _two_persons(one, other, sounds=sounds, shortest=shortest):
        return False
    return not _known_apart(manuscript, one.spelling, other.spelling)


def _unlike(first: str, second: str, *, named: bool) -> bool:
    """Tell whether two folded names are forms of one word, or differ too much in length to be one name."""
    vowels = {first[-1], second[-1]} == {"a", "o"} and not are_exchanged(first, second)  # Fashoda, Fashado
    if vowels and first[:-1] != second[:-1] and not named:
        return True  # an adjective of a Romance language in another name: Provincia Cisplatina, Cisplattino
    longer = abs(len(first) - len(second)) > MAX_LONGER
    return are_inflected(first, second) or longer or abs(count_syllables(first) - count_syllables(second)) > 1


def _two_persons(one: _Name, other: _Name, *, sounds: bool, shortest: int) -> bool:
    """Tell whether first names or titles keep two names apart."""
    if not one.before or not other.before or one.before & other.before:
        return False
    titled = one.before | other.before <= _titles_known()
    if titled and (not sounds or shortest < MIN_SLIP_LETTERS):
        return True  # "President Johnson" and "Senator Johnston", "General Miller" and "Consul Muller"
    # "Lyndon Johnson" and "Alexis Johnston", but "Anatoly Dobrynin" and "Anatoli Dobrinin"
    return not _titles(one.before | other.before) and not _alike_words(one.before, other.before)


@functools.cache
def _titles_known() -> frozenset[str]:
    """Return the titles of persons, and words with a capital that only begin sentences."""
    lists = load_words().lists
    return frozenset((*lists["titles"], *lists["openers"]))


@functools.cache
def _names_known_apart() -> frozenset[frozenset[str]]:
    """Return the pairs of names that look alike and are two."""
    return frozenset(frozenset(names.split("=")) for names in load_words().lists["distinct-names"])


def _is_author(manuscript: Manuscript, name: _Name) -> bool:
    """Tell whether a name stands only in citations and in the list of references."""
    references = find_references(manuscript)
    entries = [(each.start, each.end) for each in references.entries]
    return all(
        references.within(start, end) or any(first <= start < last for first, last in entries) for start, end in name.places
    )


def _particles(manuscript: Manuscript, names: dict[str, _Name]) -> Iterator[Slip]:
    """Yield a slip where one surname has two particles, and no first name parts them: Pedro de Noronha, Mr da Noronha."""
    groups = [group.split("=") for group in manuscript.words.lists["particles"]]
    for name in names.values():
        found: dict[str, list[tuple[int, int]]] = {}
        first_names: dict[str, set[str]] = {}
        for start, end in name.places:
            before = re.search(r"(?:([A-ZÀ-Þ][\w'-]+)\.?\s)?\b([a-z]{2,3})[\s-]$", manuscript.plain[max(0, start - 40) : start])
            if before is not None:
                found.setdefault(before[2], []).append((start - len(before[2]) - 1, end))
                first_names.setdefault(before[2], set()).update({before[1]} - {None} - _titles_known())
        for group in groups:
            used = sorted((each for each in group if each in found), key=lambda each: -len(found[each]))
            if len(used) != 2:
                continue
            named = [first_names[each] for each in used]
            if all(named) and not named[0] & named[1]:
                continue
            often, seldom = found[used[0]], found[used[1]]
            if len(often) == len(seldom) and seldom[0] < often[0]:
                often, seldom, used = seldom, often, used[::-1]
            message = f"“{used[1]} {name.spelling}” is “{used[0]} {name.spelling}” elsewhere. Choose one spelling."
            yield Slip(*seldom[0], message, (often[0], *seldom[1:]))


def _given(manuscript: Manuscript) -> frozenset[str]:
    return frozenset(name.lower() for name in manuscript.words.lists["given-names"])


def _is_person(name: _Name) -> bool:
    """Tell whether a name follows a first name somewhere (a word with a capital that is no title)."""
    return any(word not in _titles_known() for word in name.before)


def _leads(name: _Name) -> bool:
    """Tell whether a name stands only before another, never alone, and in the name of no place, body or act."""
    heads = {*load_words().lists["name-heads"], *load_words().lists["instruments"]}
    others = [word for word in name.after if word.lower() not in heads]
    return bool(others) and not name.bare and not name.before


def _alone(name: _Name) -> bool:
    return bool(name.bare) and not name.after and not name.before


def _known(manuscript: Manuscript, *names: _Name) -> bool:
    """Tell whether some name is a state's or a people's in the vocabulary: what begins with one is often another place."""
    mentions = [mention for each in names for mention in manuscript.vocabulary.actors.find(each.spelling)]
    return any(holder.kind != "leader" for mention in mentions for holder in mention.names)


def _begins(manuscript: Manuscript, name: _Name) -> bool:
    """Tell whether a word that only begins sentences is a name in the eyes of grammar, and no everyday word."""
    if name.opened is None:
        return False
    (tree,) = manuscript.trees([name.opened])
    return bool(tree.tokens) and tree.tokens[0].pos == "PROPN"


def _alike_words(some: set[str], others: set[str]) -> bool:
    """Tell whether a first name of one is one of the other in another spelling."""
    pairs = ((fold_name(one), fold_name(other)) for one in some - _titles_known() for other in others - _titles_known())
    return any(
        one[:1] == other[:1] and (heard_consonants(one) == heard_consonants(other) or is_one_edit(one, other))
        for one, other in pairs
    )


def _told_apart(manuscript: Manuscript, one: _Name, other: _Name) -> bool:
    """Tell whether two names are known as two (Kongo, Congo), or the text says near either that they are."""
    if frozenset((one.spelling, other.spelling)) in _names_known_apart():
        return True
    if any(_in_language(manuscript, each) for each in (one, other)):
        return True
    near = (manuscript.plain[max(0, start - TOLD_NEAR) : end + TOLD_NEAR] for start, end in one.places)
    around = [words for words in near if other.spelling in words]
    if not around:
        return False
    told = re.compile(manuscript.words.alternatives("told-apart"), re.IGNORECASE)
    return any(told.search(words) for words in around)


def _in_language(manuscript: Manuscript, name: _Name) -> bool:
    """Tell whether a name is told to be that of a language: "in Portuguese as Mercosul", "(German: Sewastopol)"."""
    language, words = manuscript.words.alternatives("languages"), re.escape(name.spelling)
    leads = rf"\((?:in\s)?{language}:?\s|\bin\s{language}\s(?:as\s|called\s|it\sis\s)?|\b{language}:\s?"
    told = rf"(?:{leads})\W?{words}\b|\b{words}\W?\s(?:is\s)?in\s{language}\b"
    return any(re.search(told, manuscript.plain[max(0, start - TOLD_NEAR) : end + TOLD_NEAR]) for start, end in name.places)


def _titles(words: set[str]) -> bool:
    return all(word in _titles_known() for word in words) or bool(words & _titles_known())


def _one_leader(manuscript: Manuscript, one: _Name, other: _Name) -> bool:
    """Tell whether two spellings are known for leaders alone, and the text never gives each its own first name."""
    mentions = [manuscript.vocabulary.actors.find(each.spelling) for each in (one, other)]
    leaders = all({name.kind for mention in found for name in mention.names} == {"leader"} for found in mentions)
    return leaders and not all(each.before - _titles_known() for each in (one, other))


def _known_apart(manuscript: Manuscript, one: str, other: str) -> bool:
    """Tell whether the vocabulary knows both spellings, as two different actors or places."""
    actors = manuscript.vocabulary.actors

    def holders(spelling: str) -> set[tuple[str, str, int | None, int | None]]:
        return {
            (name.kind, name.code, name.start, name.end)
            for mention in actors.find(spelling)
            if mention.text.lower() == spelling.lower()
            for name in mention.names
        }

    first, second = holders(one), holders(other)
    if first and second and {kind for kind, *_ in first}.isdisjoint(kind for kind, *_ in second):
        return True  # a state and its people
    if first and second:
        return not {code for _, code, _, _ in first} & {code for _, code, _, _ in second} or (
            all(kind == "leader" for kind, *_ in first | second) and not first & second
        )
    places = manuscript.vocabulary.places
    here, there = places.country(one), places.country(other)
    return here is not None and there is not None and here != there


def _paired(manuscript: Manuscript, one: _Name, other: _Name) -> bool:
    """Tell whether the text puts two names side by side ("Hansen and Hanson"), as it does with two that it tells apart."""
    text = manuscript.plain
    for first, second in ((one.spelling, other.spelling), (other.spelling, one.spelling)):
        end = 0
        while (start := text.find(first, end)) >= 0:
            end = start + len(first)
            follows = text.find(second, end, end + MAX_JOINT + len(second))
            if follows >= 0 and _JOINT.fullmatch(text, end, follows):
                return True
    return False


CHECK = Check(
    CheckInfo(
        "name-spelling",
        "warning",
        "Names spelled in two ways",
        "Two spellings look like two persons or places; an index, a search and a reader all miss one of them.",
    ),
    find,
)
