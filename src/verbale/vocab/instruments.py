"""Named treaties and wars: a text that names the Treaty of Golestan or the Six-Day War need not say whose it was, nor when."""

from __future__ import annotations

import collections
import datetime
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbale.vocab.matching import Matcher, key_word
from verbale.vocab.names import ActorName
from verbale.vocab.states import ORGANISATION_CODES, States
from verbale.vocab.tables import LATEST_YEAR, Once, Row, read_rows

COLUMNS: Final = ("name", "aliases", "kind", "start", "end", "parties", "place")
KINDS: Final = frozenset({"treaty", "war"})
# A text dates an instrument by its signing, its ratification or its entry into force, and a war by a campaign or by its peace:
# these lie up to five years apart, and instruments that share a name seldom lie closer.
TOLERANCE: Final = 5
# Treaties of the seventeenth century are still invoked (Zuhab, Westphalia); what is older is another field's.
FIRST_YEAR: Final = 1600
# The states of states.csv are dated for the time since 1800, give or take the years of a struggle for independence.
_FIRST_DATED: Final = 1800
_BEFORE_INDEPENDENCE: Final = 10
_SIDES: Final = "/"
# Words that many names share. A text may write them small; the other words of a name keep their capitals.
_COMMON: Final = re.compile(
    r"Accords?|Act|Agreements?|Alliance|Armistice|Border|Boundary|Campaign|Charter|Communiqu[eé]|Conference|Conflict|Congress|"
    r"Conventions?|Crisis|Declaration|Defen[cs]e|Entente|Exchange|Expedition|Fifth|First|Fourth|Intervention|Invasion|"
    r"Deal|Incident|Incursion|Memorandum|Mutual|Naval|Nuclear|Revolt|Revolution|Uprising|Notes?|Occupation|Pact|Peace|Plan|Protocols?|Second|Settlement|Statement|Third|Treaties|Treaty|"
    r"Truce|Understanding|Wars?"
)
# The words that most names hold; of a name that holds none, its rarest word serves. A sentence without any is soon done with.
_HEADS: Final = frozenset(
    (
        *("accord", "accords", "action", "agreement", "agreements", "alliance", "annexation", "armistice", "attack", "award"),
        *(
            "battle",
            "bombardment",
            "bombing",
            "campaign",
            "charter",
            "compact",
            "conference",
            "conflict",
            "congress",
            "conquest",
        ),
        *("convention", "conventions", "correspondence", "covenant", "crisis", "deal", "declaration", "entente", "expedition"),
        *("framework", "incident", "insurrection", "intervention", "invasion", "occupation", "operation", "pact", "pacts"),
        *("partition", "peace", "plan", "protocol", "protocols", "rebellion", "revolution", "siege", "treaties", "treaty"),
        *("truce", "uprising", "war", "wars"),
    )
)
# Everything but letters and digits, as far as punctuation reaches in Unicode, parts words.
_PARTING: Final = {code: " " for code in range(0x2100) if not chr(code).isalnum()}
_OF_PLACE: Final = re.compile(r"(Treaty|Peace|Convention|Armistice|Agreement|Pact|Congress|Conference) of (?!the )(.+)")
_AGREEMENT: Final = re.compile(r"\b(?:Accord|Agreement)s?$")
_WORDS: Final = re.compile(r"[^\W_]+")
_AFTER: Final = re.compile(r",? ?(?:of |in |signed in )?\(?(1\d\d\d|20\d\d)(?!\d)")
_BEFORE: Final = re.compile(r"(?<!\d)(1\d\d\d|20\d\d) $")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty or war: ISO dates as precise as known (`end` of wars only), actor codes by side (one side for a treaty)."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    start: str
    end: str
    sides: tuple[tuple[str, ...], ...]
    place: str

    @property
    def parties(self) -> tuple[str, ...]:
        """Return the codes of all parties, each once; empty for a treaty of many parties."""
        return tuple(dict.fromkeys(code for side in self.sides for code in side))

    @property
    def years(self) -> tuple[int, int]:
        """Return the first and the last year; a war without an end goes on."""
        first = int(self.start[:4])
        if self.end:
            return first, int(self.end[:4])
        return first, LATEST_YEAR if self.kind == "war" else first

    def distance(self, year: int) -> int:
        """Return how many years a year lies outside the instrument's own, 0 within."""
        first, last = self.years
        return max(first - year, year - last, 0)


@dataclass(frozen=True, slots=True)
class InstrumentMention:
    """An instrument's name in a text: offsets, end exclusive, the words there, all it may be, and the year beside it if any."""

    start: int
    end: int
    name: str
    rows: tuple[Instrument, ...]
    year: int | None = None


class Instruments:
    """Finds the names of treaties and wars, and tells by the year which one is meant."""

    def __init__(self, rows: Iterable[Instrument]) -> None:
        """Index the rows by every form in which their names are written."""
        self.all = tuple(rows)
        self._rows: dict[str, list[Instrument]] = {}
        for row in self.all:
            for form in {form for name in (row.name, *row.aliases) for form in _forms(name)}:
                self._rows.setdefault(form, []).append(row)
        self._telling = _telling_words(self._rows)
        self._matcher = Matcher(ActorName(form, "instrument", form, "", "", None, None) for form in self._rows)

    def find(self, text: str) -> list[InstrumentMention]:
        """Return the names in a text in order, the longest at each place, none overlapping another."""
        if self._telling.isdisjoint(text.lower().translate(_PARTING).split()):
            return []
        found = []
        for mention in self._matcher.find(text):
            rows = tuple(dict.fromkeys(row for name in mention.names for row in self._rows[name.code]))
            year = _year_beside(text, mention.start, mention.end)
            found.append(InstrumentMention(mention.start, mention.end, mention.text, rows, year))
        return found

    def resolve(self, mention: InstrumentMention, year: int | None) -> Instrument | None:
        """Return the instrument that a mention names, None where that stays open; `year` is the year that the text speaks of.

        A year beside the name ("of 1856") counts before `year`, and then even a name borne once must be within the tolerance:
        another year means another instrument. Without any year only a name borne once is resolved.
        """
        if mention.year is None and len(mention.rows) == 1:
            return mention.rows[0]
        asked = mention.year if mention.year is not None else year
        if asked is None:
            return None
        # Of two in the same years the one that began in the year asked for: (Paris 1814 and 1815).
        ranked = sorted((row.distance(asked), abs(row.years[0] - asked), at) for at, row in enumerate(mention.rows))
        if not ranked or ranked[0][0] > TOLERANCE or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
            return None
        return mention.rows[ranked[0][2]]


def _telling_words(forms: Iterable[str]) -> frozenset[str]:
    """Return words of which every form holds one, in small letters: a usual head, else the word that the fewest forms hold."""
    words = [form.lower().translate(_PARTING).split() for form in forms]
    counts = collections.Counter(itertools.chain.from_iterable(words))
    return _HEADS | {min(form, key=lambda word: (counts[word], -len(word))) for form in words if _HEADS.isdisjoint(form)}


def _year_beside(text: str, start: int, end: int) -> int | None:
    """Return the year that stands straight after a name or before it: Treaty of Paris (1856), the 1856 Treaty of Paris."""
    found = _AFTER.match(text, end) or _BEFORE.search(text, max(0, start - 6), start)
    return int(found[1]) if found else None


def _forms(name: str) -> Iterator[str]:
    """Yield how a name may be written: turned round, with hyphens or spaces, without accents, with its common words small."""
    for phrase in _phrases(name):
        plain = _without_accents(phrase)
        for spelling in {phrase, plain, phrase.replace("-", " "), plain.replace("-", " ")}:
            words = re.split(r"([^\W_]+)", spelling)
            choices = [(word, word.lower()) if _COMMON.fullmatch(word) else (word,) for word in words]
            for form in map("".join, itertools.product(*choices)):
                if key_word(form)[0]:
                    yield form


def _phrases(name: str) -> Iterator[str]:
    """Yield a name and what is said as well: Golestan Treaty, Peace of Amiens beside Treaty, Oslo Agreements beside Accords."""
    yield name
    turned = _OF_PLACE.fullmatch(name)
    if turned:
        yield f"{turned[2]} {turned[1]}"
        if turned[1] in ("Treaty", "Peace"):
            yield f"{'Peace' if turned[1] == 'Treaty' else 'Treaty'} of {turned[2]}"
            yield f"{turned[2]} Peace Treaty"
    for word in ("Accord", "Accords", "Agreement", "Agreements"):
        if _AGREEMENT.search(name):
            yield _AGREEMENT.sub(word, name)


def _without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def load_instruments(path: Path, states: States) -> Instruments:
    """Return the instruments of a file with the columns `COLUMNS`, checked; raises the `vocabulary-...` errors."""
    once = Once()
    rows = []
    for row in read_rows(path, COLUMNS):
        name, kind = row.required("name"), row.one_of("kind", KINDS)
        for field, written in (("name", name), *(("aliases", alias) for alias in row.parts("aliases"))):
            if all(_COMMON.fullmatch(word) or word.islower() for word in _WORDS.findall(written)):
                raise row.fail(field, "names that hold a distinctive word with a capital letter")
        start, end = _date(row, "start"), _date(row, "end") if row.text("end") else ""
        if end and kind != "war":
            raise row.fail("end", "empty: only a war has an end")
        if end and end < start[: len(end)]:
            raise row.fail("end", f"a date not before the start, {start}")
        sides = _sides(row, kind, states)
        once.check(row, "name", (name, start))
        rows.append(Instrument(name, row.parts("aliases"), kind, start, end, sides, row.text("place")))
    return Instruments(rows)


def _date(row: Row, field: str) -> str:
    """Return a field's date, which must be written YYYY, YYYY-MM or YYYY-MM-DD and exist."""
    text = row.required(field)
    shape = re.fullmatch(r"(\d{4})(-\d\d)?(-\d\d)?", text, re.ASCII)
    try:
        day = datetime.date.fromisoformat((text + "-01-01")[:10]) if shape else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LATEST_YEAR:
        raise row.fail(field, f"a date as YYYY, YYYY-MM or YYYY-MM-DD, from {FIRST_YEAR} on")
    return text


def _sides(row: Row, kind: str, states: States) -> tuple[tuple[str, ...], ...]:
    """Return the parties by side, the two of a war separated by `/`: codes of states that existed then, or of organisations."""
    text = row.text("parties")
    if not text and kind == "treaty":
        return ()
    sides = tuple(tuple(code.strip() for code in side.split("|")) for side in text.split(_SIDES))
    if len(sides) != (2 if kind == "war" else 1):
        raise row.fail("parties", "two sides separated by / for a war, one list for a treaty")
    first = int(row.text("start")[:4])
    last = int(row.text("end")[:4] or first)
    for side in sides:
        if len(set(side)) < len(side):
            raise row.fail("parties", "each code once on a side")
        for code in side:
            if code not in ORGANISATION_CODES and code not in states.codes:
                raise row.fail("parties", f"codes of states.csv and organisations, not {code!r}")
            dated = code not in ORGANISATION_CODES and first >= _FIRST_DATED
            if dated and not any(states.existed(code, year, tolerance=_BEFORE_INDEPENDENCE) for year in (first, last)):
                raise row.fail("parties", f"states that existed in {first}, not {code!r}")
    return sides
