"""Holds what a sentence tells of a war against those who took part: on which side, from when, how many died, who won."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from verbale.review.claims.moments import Moment
from verbale.review.claims.patterns import load_patterns
from verbale.review.claims.statement import Holdings, Judgement, TableRow
from verbale.review.claims.telling import Telling
from verbale.review.claims.told.parts import Part, together
from verbale.review.claims.wars import words_of
from verbale.review.numbers import value
from verbale.vocab import Vocabulary
from verbale.vocab.instruments import Instrument

COW: Final = "cow-wars"
# So many sentences later "their losses" are still those of the war told before.
BACK: Final = 5
# Counts of the dead are rounded, and told of by others by a fifth more or less.
RATIO_OFF: Final = 0.2
# Of one state's dead, what is told as a number may be rounded by so much; sources differ by more.
DEATHS_OFF: Final = 0.2
# Histories and the record begin or end a war a few days apart.
DAYS_OFF: Final = datetime.timedelta(days=10)
_TIMES: Final = {"twice": 2.0, "double": 2.0, "treble": 3.0, "half": 0.5}
_UNITS: Final = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}


@dataclass(frozen=True, slots=True)
class Fighter:
    """A state in a war: side, spells, dead, and how it ended for it (1 won, 2 lost)."""

    code: str
    side: int
    spans: tuple[tuple[datetime.date, datetime.date], ...]
    dead: int | None
    outcome: int | None
    line: int

    @property
    def first(self) -> datetime.date:
        """Return the day on which it came in."""
        return self.spans[0][0]

    @property
    def last(self) -> datetime.date:
        """Return its last day."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class War:
    """A war of the record with all who took part."""

    name: str
    fighters: tuple[Fighter, ...]

    def of(self, code: str) -> Fighter | None:
        """Return a state's part in it."""
        return next((one for one in self.fighters if one.code == code), None)

    @property
    def codes(self) -> frozenset[str]:
        """Return all who took part."""
        return frozenset(one.code for one in self.fighters)

    @property
    def first(self) -> datetime.date:
        """Return its first day."""
        return min(one.first for one in self.fighters)

    @property
    def last(self) -> datetime.date:
        """Return its last day."""
        return max(one.last for one in self.fighters)

    @property
    def line(self) -> int:
        """Return the line of its first row."""
        return self.fighters[0].line


def read_wars(holdings: Holdings) -> list[War]:
    """Return the wars of the record."""
    rows: dict[object, list[TableRow]] = {}
    for row in holdings.tables.get(COW, ()):
        if row["start"] and row["code"]:
            rows.setdefault(row["warnum"], []).append(row)
    return [War(of[0]["warname"], tuple(_fighters(of))) for of in rows.values()]


def _fighters(rows: Sequence[TableRow]) -> Iterator[Fighter]:
    by_code: dict[tuple[str, int], list[TableRow]] = {}
    for row in rows:
        by_code.setdefault((row["code"], row["side"]), []).append(row)
    for (code, side), of in by_code.items():
        spans = [(row["start"], row["end"] or row["start"]) for row in of]
        spans += [(row["start2"], row["end2"] or row["start2"]) for row in of if row["start2"]]
        dead = [row["batdeath"] for row in of if row["batdeath"] is not None and row["batdeath"] >= 0]
        yield Fighter(code, side, tuple(sorted(spans)), sum(dead) if dead else None, of[0]["outcome"], of[0]["line"])


def judge_wars(telling: Telling, holdings: Holdings, vocabulary: Vocabulary) -> Judgement | None:
    """Return what the record has of the war of a sentence; None where it does not tell."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    wars = read_wars(holdings)
    if not wars or not (
        patterns["war"].search(text)
        or patterns["war-dead"].search(text)
        or patterns["war-won"].search(text)
        or patterns["war-lost"].search(text)
        or patterns["war-other"].search(text)
    ):
        return None
    war, sure = _meant(telling, wars, vocabulary)
    if war is None:
        return None
    parts = [*_dead(telling, war)]
    if not parts:
        parts = [
            *_sides(telling, war, vocabulary, sure=sure),
            *_times(telling, war),
            *_outcome(telling, war),
            *_length(telling, war),
        ]
    return together(parts, holdings, f"by the war ({war.name}) and those who took part")


def _meant(telling: Telling, wars: Sequence[War], vocabulary: Vocabulary) -> tuple[War | None, bool]:
    """Return the war of a sentence, or of one before it, and whether it is named or told by its parties and year."""
    for back, one in enumerate((telling, *telling.before[:BACK])):
        if back and not _goes_on(telling):
            return None, False
        found = _named(one, wars, vocabulary) or _by_parties(one, wars, strict=back > 0)
        if len(found) == 1:
            war = found[0]
            others = set(telling.codes) - war.codes
            if back and others:  # another war, of those who are named here
                return _beside(telling, war, wars), True
            return war, True
        if found or (back and _UNKNOWN.search(one.text) and one.moments):
            return None, False  # several may be meant, or one that the record does not have by that name
    return None, False


_UNKNOWN: Final = re.compile(r"\b(?:[Ww]ar|[Cc]ampaign|[Hh]ostilities)\b")


def _goes_on(telling: Telling) -> bool:
    """Tell whether a sentence speaks of a war told before: of its dead, its sides, its end, or of "the war"."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    return any(patterns[name].search(text) for name in ("war-dead", "war-part", "war-length", "war-won")) or (
        re.search(r"\b(?:the|that|this) (?:war|fighting|campaign|hostilities)\b", text) is not None
        or (patterns["war-lost"].search(text) is not None and re.search(r"\bwar\b", text) is not None)
        or (patterns["war-other"].search(text) is not None and bool(telling.moments))
    )


def _named(telling: Telling, wars: Sequence[War], vocabulary: Vocabulary) -> list[War]:
    for mention in vocabulary.instruments.find(telling.text):
        years = telling.moments[0].first.year if telling.moments else None
        row = vocabulary.instruments.resolve(mention, years) or vocabulary.instruments.resolve(mention, None)
        if row is not None and row.kind == "war":
            same = [war for war in wars if _same(war, row)]
            if same:
                return same
    found = []
    for match in re.finditer(
        r"\b(?P<name>(?:[A-Z][\w'-]+ )+)[Ww]ars?\b|\b[Ww]ar (?:of|over|in|for) (?:the )?(?P<of>[A-Z][\w-]+(?: [A-Z][\w-]+)*)",
        telling.text,
    ):
        words = set(words_of(match["name"] or match["of"])) - {"world", "civil", "cold"}
        found += [war for war in wars if words and words <= set(words_of(war.name))]
    if not found:  # "in Vietnam, where they fought"
        for match in re.finditer(r"\b(?:[Ii]n|[Tt]o) (?P<land>[A-Z][a-z]{3,})\b(?!'s)", telling.text):
            stem = match["land"].lower()
            found += [
                war for war in wars if any(word.startswith(stem) and len(word) - len(stem) <= 2 for word in words_of(war.name))
            ]
    found = list(dict.fromkeys(found))
    if len(found) > 1 and set(telling.codes):  # of two phases the one in which those named took part
        most = max(len(set(telling.codes) & war.codes) for war in found)
        found = [war for war in found if len(set(telling.codes) & war.codes) == most]
    if len(found) > 1 and telling.moments:
        dated = [war for war in found if any(one.touches(war.first, war.last) for one in telling.moments)]
        found = dated or found
    return found


def _beside(telling: Telling, before: War, wars: Sequence[War]) -> War | None:
    """Return the war of the states of a sentence at the time of the one before; None where there is none, or several."""
    codes = set(telling.codes)
    found = [
        war
        for war in wars
        if codes & war.codes
        and _opposed(war, codes | set(telling.about) | {telling.home})
        and war.first <= before.last
        and before.first <= war.last
        and war is not before
    ]
    return found[0] if len(found) == 1 else None


def _same(war: War, row: Instrument) -> bool:
    years = row.years
    overlap = war.first.year <= years[1] and years[0] <= war.last.year
    return overlap and len(war.codes & set(row.parties)) >= 2 and abs(war.first.year - years[0]) <= 1


def _by_parties(telling: Telling, wars: Sequence[War], *, strict: bool) -> list[War]:
    """Return the wars between states of a sentence in a time that it tells."""
    patterns = load_patterns("claim_told.csv")
    if not patterns["war"].search(telling.text):
        return []
    codes = set(telling.codes) or set(telling.duo)
    moments = [one for one in telling.moments if one.exact != "span" or one.last.year - one.first.year <= 12]
    if not moments:
        return []
    if strict and not re.search(r"\b(?:war|fought|fighting|attacked|invaded)\b", telling.text, re.IGNORECASE):
        return []
    found = [
        war
        for war in wars
        if any(one.touches(war.first - DAYS_OFF, war.last + DAYS_OFF) for one in moments)
        and (len(codes & war.codes) >= 2 or (codes & war.codes and set(telling.about) & war.codes))
        and _opposed(war, codes | set(telling.about))
    ]
    both = [war for war in found if len(codes & war.codes) >= 2 and _opposed(war, codes)]
    found = both or found
    if len(found) > 1:  # the one that begins in the time told, or has more of those named
        begun = [war for war in found if any(one.touches(war.first, war.first) for one in moments)]
        most = max(len(codes & war.codes) for war in found)
        found = begun if len(begun) == 1 else [war for war in found if len(codes & war.codes) == most]
    return found


def _opposed(war: War, codes: set[str]) -> bool:
    return len({one.side for one in war.fighters if one.code in codes}) > 1


def _dead(telling: Telling, war: War) -> Iterator[Part]:
    """Yield how the dead of those who took part compare."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    if not patterns["war-dead"].search(text):
        return
    dead = {one.code: one.dead for one in war.fighters if one.dead is not None}
    codes = [code for code in telling.codes if code in dead]
    if not codes:
        return
    told = f"{war.name}, battle deaths: " + ", ".join(
        f"{code} {number:,}" for code, number in sorted(dead.items(), key=lambda each: -each[1])[:8]
    )
    counted = patterns["battle-count"].search(text)
    if counted and not patterns["times-dead"].search(text[: counted.start()]):
        number = _count(counted)
        subject = next((code for code in reversed(telling.named(0, counted.start())) if code in dead), codes[0])
        if number and number > 50 and dead[subject]:
            how = (counted["how"] or "").lower()
            off = DEATHS_OFF * max(number, dead[subject])
            fits = (
                dead[subject] >= number * 0.95
                if how in ("more than", "over", "at least")
                else dead[subject] <= number * 1.05
                if how in ("fewer than", "less than", "up to")
                else abs(dead[subject] - number) <= off
            )
            yield Part(fits, told, COW, war.line, firm=True)
            return
    times, more = patterns["times-dead"].search(text), patterns["more-dead"].search(text)
    fewest = patterns["fewest-dead"].search(text)
    if times and len(codes) >= 2 and (times["number"] or times["number2"]):
        words = (times["number"] or times["number2"]).lower()
        factor = _TIMES.get(words) or float(value(words))
        behind = [code for code in telling.named(times.start()) if code in dead and code != codes[0]]
        other = behind[0] if behind else codes[1]
        yield Part(
            _is_times(dead[codes[0]], dead[other], factor, times["how"] or times["how2"] or ""), told, COW, war.line, firm=True
        )
        return
    if patterns["most-dead"].search(text) or fewest:
        ranked = sorted(dead.values(), reverse=not fewest)
        subject = codes[0]
        yield Part(dead[subject] == ranked[0] and ranked.count(ranked[0]) == 1, told, COW, war.line, firm=True)
        return
    if more and len(codes) >= 2:
        at = more.end() if more["more2"] is None else more.end("more2")
        behind = [code for code in telling.named(more.start()) if code in dead]
        before = [code for code in telling.named(0, at) if code in dead and code not in behind]
        subject = before[-1] if before else codes[0]
        others = [code for code in behind if code != subject] or [code for code in codes if code != subject]
        if not others:
            return
        whole = re.search(r"\b(?:together|combined)\b", text)
        numbers = [dead[code] for code in others]
        wanted = sum(numbers) if whole else max(numbers)
        fewer = more["fewer"] is not None
        fits = dead[subject] < (wanted if whole else min(numbers)) if fewer else dead[subject] > wanted
        slightly = re.search(r"\b(?:slightly|a little|a few|marginally|just) (?:more|fewer|higher)\b", text)
        if slightly and fits and abs(dead[subject] - wanted) > 0.25 * max(dead[subject], wanted):
            fits = False
        yield Part(fits, told, COW, war.line, firm=True)


def _count(match: re.Match[str]) -> int | None:
    words = match["number"].lower().replace(",", "")
    factor = {"thousand": 1_000, "million": 1_000_000}.get((match["big"] or "").strip().lower(), 1)
    if words.endswith(" hundred"):
        words, factor = words.removesuffix(" hundred"), factor * 100
    number = int(words) if words.isdecimal() else _number(words)
    return (
        None
        if number is None or (1000 <= number <= 2100 and factor == 1 and "," not in match["number"] and match["how"] is None)
        else number * factor
    )


def _is_times(one: int, other: int, factor: float, how: str) -> bool:
    if other <= 0:
        return False
    ratio = one / other
    if how.lower() in ("more than", "over", "at least", "well over"):
        return ratio >= factor * 0.95
    if how.lower() == "less than":
        return ratio <= factor * 1.05
    return abs(ratio - factor) <= RATIO_OFF * factor + 0.05


def _sides(telling: Telling, war: War, vocabulary: Vocabulary, *, sure: bool) -> Iterator[Part]:
    """Yield whether those who are named took part, on the side that is told."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    mentions = [one for one in telling.parties if one.code in telling.states and one.kind not in ("leader",)]
    named = [(mention.start, mention.end) for mention in vocabulary.instruments.find(text)]
    named += [match.span() for match in re.finditer(r"\b(?:[A-Z][\w'-]+ )+[Ww]ars?\b", text)]
    codes = [
        one.code
        for one in mentions
        if not any(start <= one.start and one.end <= end for start, end in named)
        and not (one.kind == "capital" and re.search(r"\b(?:in|at|near) $", text[: one.start]))
    ]
    codes = list(dict.fromkeys(codes))
    part, other = patterns["war-part"].search(text), patterns["war-other"].search(text)
    if not codes or not (part or (other and telling.moments)):
        return
    sides = {code: {one.side for one in war.fighters if one.code == code} for code in codes}
    listed = " against ".join(", ".join(sorted(one.code for one in war.fighters if one.side == side)) for side in (1, 2))
    told = f"{war.name}: {listed}"
    inside = [code for code in codes if sides[code]]
    if part and re.search(r"\b(?:one of|among|took part|joined)\b", part[0], re.IGNORECASE) and len(codes) == 1:
        yield Part(bool(inside), told, COW, war.line, firm=sure)
        return
    if len(inside) == len(codes) and len(codes) >= 1 and (len(codes) > 1 or other or part):
        yield Part(True, told, COW, war.line)
    counted = re.search(r"\b(?P<number>\w+(?:-\w+)?) (?:\w+ )?(?:states|countries|governments|nations|belligerents)\b", text)
    on_side = re.search(r"\bon (?:the )?(?P<whose>[\w' ]+?)(?:'s)? side\b", text)
    if counted and on_side and inside:
        number = _number(counted["number"])
        mine = next(iter(sides[inside[0]]))
        count = sum(one.side == mine for one in war.fighters)
        if number:
            yield Part(
                abs(count - number) <= (1 if counted["number"].lower() == "dozen" else 0),
                f"{war.name}: {count} on the side of {inside[0]}",
                COW,
                war.line,
            )


def _number(words: str) -> int | None:
    if words.lower() == "dozen":
        return 12
    try:
        return value(words)
    except KeyError:
        return None


def _times(telling: Telling, war: War) -> Iterator[Part]:
    """Yield whether the days told are those on which the war, or one that took part, began or ended."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    moments = [one for one in telling.moments if one.exact in ("day", "month", "season") or (one.exact == "year" and one.told)]
    if re.search(r"\b(?:later|afterwards|earlier|before|since)\b", text) and not telling.codes:
        moments = [one for one in moments if one.told]
    for moment in moments:
        codes = [code for code in telling.codes if code in war.codes]
        fighters = [one for one in war.fighters if one.code in codes] or list(war.fighters)
        starts = {war.first, *(one.first for one in fighters), *(start for one in fighters for start, _ in one.spans)}
        ends = {war.last, *(one.last for one in fighters)}
        around = text[max(0, moment.start - 60) : moment.end + 30]
        ending = patterns["war-ends"].search(around) is not None
        wide = Moment(moment.start, moment.end, moment.first - DAYS_OFF, moment.last + DAYS_OFF, moment.exact)
        days = sorted(starts | ends if ending else starts)
        inside = moment.exact == "year" and wide.touches(war.first, war.last)
        fits = any(wide.first <= day <= wide.last for day in days) or (inside and not ending)
        if fits:
            yield Part(True, f"{war.name}: {war.first} to {war.last}", COW, war.line)
        elif (
            moment.told
            and ending
            and len(telling.moments) <= 2
            and re.search(r"\b(?:lasted|went on|dragged on|raged)\b.{0,20}\b(?:until|till|to|into)\b", text)
        ):
            yield Part(False, f"{war.name}: {war.first} to {war.last}", COW, war.line, firm=True)


def _outcome(telling: Telling, war: War) -> Iterator[Part]:
    """Yield whether the one who is said to have won or lost did."""
    patterns, text = load_patterns("claim_told.csv"), telling.text
    won, lost = patterns["war-won"].search(text), patterns["war-lost"].search(text)
    match = won or lost
    if match is None:
        return
    before = [code for code in telling.named(0, match.start()) if war.of(code)]
    if re.search(r"\b(?:which|that) it $", text[: match.start()]):
        before = before[:1] if not telling.home else [telling.home]
    subject = before[-1] if before else ""
    fighter = war.of(subject) if subject else None
    if fighter is None or fighter.outcome is None:
        return
    how = {1: "won", 2: "lost"}.get(fighter.outcome, "neither won nor lost")
    yield Part(fighter.outcome == (1 if won else 2), f"{war.name}: {how} by {subject}", COW, fighter.line, firm=True)


def _length(telling: Telling, war: War) -> Iterator[Part]:
    """Yield whether the war lasted as long as the sentence tells."""
    match = load_patterns("claim_told.csv")["war-length"].search(telling.text)
    if match is None:
        return
    number = 1.0 if match["number"].lower() in ("a", "an") else float(value(match["number"]))
    number += 0.5 if match["half"] else 0.0
    unit = _UNITS[match["unit"].lower()]
    asked = number * unit
    if match["months"]:
        asked = number * 365.25 + value(match["months"]) * 30.44
        unit = 30.44
    pair = [one for one in war.fighters if one.code in telling.codes]
    spans = [(war.first, war.last), *((one.first, one.last) for one in pair)]
    days = [(last - first).days + 1 for first, last in spans]
    slack = max(unit * 0.6, asked * 0.12)
    how = (match["how"] or "").lower()
    if how in ("over", "more than", "at least", "a little over", "just over", "little more than"):
        fits = any(asked - unit * 0.2 <= one <= asked + max(unit, asked * 0.35) for one in days)
    elif how in ("under", "less than", "a little under", "just under", "not quite"):
        fits = any(asked - max(unit, asked * 0.35) <= one <= asked + unit * 0.2 for one in days)
    else:
        fits = any(abs(one - asked) <= slack for one in days)
    yield Part(fits, f"{war.name}: {war.first} to {war.last}, {days[0]} days", COW, war.line, firm=True)
