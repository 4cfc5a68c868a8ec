"""Finds what a text says of votes in the United Nations: who voted how on what; each verb of voting is a claim of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from verbale.core import Sentence
from verbale.review.claims.acts import Acts
from verbale.review.claims.assembly import by_subject, like, stems
from verbale.review.claims.periods import read_period
from verbale.review.claims.quantity import Quantity, read_quantity
from verbale.review.claims.reading import Reader
from verbale.review.claims.statement import Ballot, Statement
from verbale.review.claims.tallies import Tally, read_tally
from verbale.review.dates import find_dates
from verbale.review.patterns import load_patterns
from verbale.review.references import Named
from verbale.vocab.sanctions import PERMANENT, sanctions

_WORDS: Final = load_patterns("claim_ballots.csv")
_BESIDE: Final = load_patterns("claim_beside.csv")

# So many letters may stand between a verb and the permanent members ("by all of the five").
MOST_BETWEEN: Final = 25
_NUMERALS: Final = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True, slots=True)
class _Clause:
    """A verb of voting: its place, the way of the vote, and where what belongs to it begins and ends."""

    start: int
    end: int
    first: int
    last: int
    cast: str


@dataclass(slots=True)
class Ballots:
    """Reads votes in the order of the text: "it", or nothing at all, is the resolution that was named last."""

    reader: Reader
    last: Ballot = field(default_factory=Ballot)
    _council: bool = True

    @property
    def acts(self) -> Acts:
        """Return the reader of what resolutions did."""
        return Acts(self.reader)

    def find(self, sentence: Sentence, text: str) -> list[Statement]:
        """Return the claims about votes of a sentence, each with the words that it is about."""
        reader = self.reader
        if _WORDS["elsewhere"].search(text) or self._at_home(text):
            return []
        assembly = _of_assembly(text)
        numbers = () if _WORDS["roman"].search(text) else reader.resolutions(text)
        if _WORDS["in-council"].search(text) or _WORDS["an-assembly"].search(text):
            self._council = _WORDS["in-council"].search(text) is not None
        clauses = list(self._clauses(text))
        found = [one for clause in clauses if (one := self._statement(sentence, text, clause, len(clauses)))]
        if not found and (by_noun := self._cast_by(sentence, text, numbers, assembly)) is not None:
            found, tally = [by_noun], None
        else:
            tally = self._tally(sentence, text, numbers, assembly)
        if numbers or assembly:
            years, month = self._when(text)
            self.last = Ballot(numbers=numbers, assembly=assembly, years=years, month=month, targets=self._targets(text, ()))
        elif not found and tally is None and _WORDS["assembly-acts"].search(text):
            years, month = self._when(text)
            told = () if years is None else self._told(text, (), years)
            self.last, self._council = Ballot(assembly=told, years=years, month=month, subject=text), False
        return [*found, *([tally] if tally else [])]

    def _at_home(self, text: str) -> bool:
        """Tell whether a vote was that of a people on a treaty that was signed, and none in the United Nations."""
        named = _WORDS["signs"].search(text) and self.reader.manuscript.vocabulary.instruments.find(text)
        return bool(named) and not _WORDS["un"].search(text)

    def _clauses(self, text: str) -> Iterator[_Clause]:
        matches = list(_WORDS["verb"].finditer(text))
        places = [(match.start(), match.end(), self._cast(match, text)) for match in matches]
        for one in self.reader.states(text):
            gapped = _WORDS["gapped"].match(text, one.end)
            if gapped and places and one.start > places[0][0]:
                cast = "no" if gapped["way"].lower() in ("no", "against") else "yes"
                places.append((gapped.start("way"), gapped.end(), cast))
        places = sorted(dict.fromkeys(place for place in places if place[2]))
        for at, (start, end, cast) in enumerate(places):
            first = 0
            if at:  # after the last clause boundary or, without one, after the verb before and its object
                cuts = [match.end() for match in _WORDS["clause"].finditer(text, places[at - 1][1], start)]
                cuts += [
                    match.end() for match in _WORDS["and-another"].finditer(text[:start]) if match.end() > places[at - 1][1]
                ][:1]
                first = cuts[0] if cuts else places[at - 1][1]
            yield _Clause(start, end, first, 0, cast)

    def _cast(self, match: re.Match[str], text: str) -> str:
        if match["abstained"] or match["back"]:
            return "abstained"
        if match["hand"]:
            return "yes"
        if match["veto"]:
            return "no"
        if match["absent"]:
            return "absent"
        if match["said"]:
            return match["word"].lower()
        if match["passive"]:
            return "yes" if match["approved"] else "no"
        if match["held"]:
            return "yes" if match["backed"] else "no"
        if _WORDS["with-others"].match(text[match.end() :]):
            return self.last.cast
        following = _WORDS["verb"].search(text, match.end())
        limit = min(match.end() + 70, following.start() if following else len(text))
        way = _WORDS["way"].search(match[0]) or _WORDS["way"].search(text[match.end() : limit])
        return "" if way is None else "no" if way["no"] else "yes"

    def _statement(self, sentence: Sentence, text: str, clause: _Clause, clauses: int) -> Statement | None:
        reader = self.reader
        following = [one.start for one in self._clauses(text) if one.start > clause.start]
        after = text[clause.end : following[0] if following else len(text)]
        before = text[clause.first : clause.start]
        voters, permanent = self._voters(text, clause)
        if not voters:
            return None
        around = text[clause.first : clause.end + len(after)] if clauses > 1 else text
        ballot = self._meant(text, around, after, voters)
        if ballot is None:
            return None
        self.last = replace(ballot, lifting=False, cast=clause.cast)
        alone = _WORDS["alone"].search(around) is not None and not permanent
        listed = _WORDS["counted"].search(text[: clause.start].rstrip() + " ") is not None
        own = _WORDS["clause-before"].split(_WORDS["not-denied"].sub("", before))[-1]  # "it did not last, and Russia abstained"
        negated = _WORDS["negated"].search(own[-60:]) is not None
        every = _WORDS["all"].search(before[-30:] if permanent else before) or _WORDS["all"].search(after[:60])
        universal = bool(every) or (negated and _WORDS["ever"].search(before) is not None) or permanent
        ballot = replace(ballot, voters=voters, cast=clause.cast, universal=universal, negated=negated, alone=alone or listed)
        count = self._number(after)
        if count.number is not None:
            ballot = replace(ballot, count=count)
        start = sentence.start + (clause.first if clauses > 1 else 0)
        end = sentence.start + (clause.end + len(after) if clauses > 1 else len(text))
        raw = reader.manuscript.plain[start:end]
        start += len(raw) - len(raw.lstrip(" ,;"))
        kind = "count" if ballot.count else "superlative" if alone else "universal" if universal else "vote"
        return self._make(sentence, text, ballot, kind, start, start + len(raw.strip(" ,;")))

    def _make(self, sentence: Sentence, text: str, ballot: Ballot, kind: str, start: int, end: int) -> Statement:
        reader = self.reader
        return Statement(
            kind,
            reader.manuscript.evidence(start, min(end, sentence.end)),
            text,
            f"vote {ballot.cast}",
            (*ballot.voters, *(code for code in ballot.targets if code not in ballot.voters)),
            ballot.years,
            bool(find_dates(text)),
            numbers=ballot.numbers,
            universal=ballot.universal,
            negated=ballot.negated,
            alone=ballot.alone,
            said_by=reader.said_by(text),
            ballot=ballot,
        )

    def _voters(self, text: str, clause: _Clause) -> tuple[tuple[str, ...], bool]:
        """Return who votes: those joined before the verb or after a colon, the permanent members, who voted before."""
        reader = self.reader
        permanent = _WORDS["permanent"].search(text, clause.first, clause.start)
        if permanent:
            return PERMANENT, True
        if by := _WORDS["by"].match(text, clause.end):
            return self._by(text, by.end())
        tail = _WORDS["tail"].search(text)
        actors = [one for one in reader.actors(text) if reader.is_state(one[2])]
        before = [one for one in actors if clause.first <= one[0] and one[1] <= clause.start]
        if _WORDS["counted"].search(text[clause.first : clause.start].rstrip()) or (tail and not before):
            listed = [code for start, _, code in actors if tail and start >= tail.start("list")]
            return tuple(dict.fromkeys(listed)), False
        if not before and clause.first:
            earlier = [one for one in actors if one[1] <= clause.first]
            first = next(iter(self._clauses(text)))
            before = [one for one in earlier if one[1] <= first.start]
        if not before:
            return (), False
        group = [before[-1]]
        for one in reversed(before[:-1]):
            joint = text[one[1] : group[0][0]] if one[1] <= group[0][0] else ""
            if one[0] == group[0][0] or _WORDS["joint"].fullmatch(joint):
                joined = _WORDS["joined"].fullmatch(text, group[0][1], group[1][0]) if len(group) > 1 else None
                if (len(group) == 1 and joint.startswith(", and")) or joined:  # the end of a clause, and not of a list of two
                    break
                group.insert(0, one)
            else:
                break
        return tuple(dict.fromkeys(code for _, _, code in group)), False

    def _by(self, text: str, at: int) -> tuple[tuple[str, ...], bool]:
        """Return who voted by what stands behind "supported by": the permanent members, or those joined there."""
        permanent = _WORDS["permanent"].search(text, at)
        if permanent and permanent.start() - at < MOST_BETWEEN:
            return PERMANENT, True
        group: list[tuple[int, int, str]] = []
        for one in self.reader.actors(text):
            if one[0] >= at and self.reader.is_state(one[2]):
                joint = text[group[-1][1] if group else at : one[0]]
                if not _WORDS["joint"].fullmatch(joint.lstrip(" ") if not group else joint):
                    break
                group.append(one)
        return tuple(dict.fromkeys(code for _, _, code in group)), False

    def _meant(self, text: str, around: str, after: str, voters: Sequence[str]) -> Ballot | None:
        """Return what the vote was on: named resolutions, sanctions on somebody, a subject with its year, or the one before."""
        reader = self.reader
        numbers = reader.resolutions(after) or reader.resolutions(around) or reader.resolutions(text)
        assembly = _of_assembly(after) or _of_assembly(text)
        years, month = self._when(around)
        if years is None:
            years, month = self._when(text)
        if numbers or assembly:
            return Ballot(
                numbers=() if assembly else numbers,
                assembly=assembly,
                years=years,
                month=month,
                targets=self._targets(text, voters),
            )
        object_ = around.split(":", maxsplit=1)[0]
        sanctions = reader.search("sanctions", object_)
        targets = self._targets(object_[sanctions.start() :] if sanctions else object_, voters) if sanctions else ()
        told = self._told(text, voters, years)
        if told and not (targets and self._council):
            return Ballot(assembly=told, years=years, month=month)
        if targets:
            # the Assembly votes on sanctions too: its resolutions are known by their subject
            subject = "" if years is None else self._subject(text, voters)
            return Ballot(
                targets=targets, years=years, month=month, lifting=bool(_WORDS["lifting"].search(object_)), subject=subject
            )
        if _WORDS["lifting"].search(around) and (before := self._last_targets()):
            return Ballot(targets=before, years=years, month=month, lifting=True)
        same = (
            _WORDS["with-others"].match(after)
            or _WORDS["same"].search(after)
            or _WORDS["bare"].match(after)
            or (sanctions and not targets)
        )
        subject = self._subject(text, voters)
        last = self.last
        known = bool(last.numbers or last.assembly or last.targets or (last.subject and not self._council))
        if subject and years is not None and (not same or not known):
            return Ballot(years=years, month=month, subject=subject)
        if not same or not known:
            return None
        if last.subject and not (last.numbers or last.targets):
            return self._of_subject(years, month, subject)
        if years is not None and self.last.years is not None and years != self.last.years and self.last.assembly:
            again = like(self.last.assembly[0], years)
            return Ballot(assembly=again, years=years, month=month)
        if years is not None and self.last.numbers:
            of = self._last_years()
            if of and not any(years[0] <= year <= years[1] for year in of):
                return None  # a vote of another year was on another resolution than the one named before
        return replace(self.last, years=None if years is None else years, month=month)

    def _of_subject(self, years: tuple[int, int] | None, month: int | None, own: str = "") -> Ballot | None:
        """Return the vote of a year on what the Assembly was said to do; without a year, that of the sentence before.

        `own` are words of the sentence itself that may tell what another year's vote was on.
        """
        last = self.last
        if self._council:
            return None
        if years is None or years == last.years:
            return last if last.years is not None else None
        if years[0] != years[1]:
            return None
        named = by_subject(last.subject, years[0])
        if stems(own) and not named:
            return Ballot(years=years, month=month, subject=own)
        return replace(last, assembly=(named,) if named else (), years=years, month=month)

    def _last_years(self) -> set[int]:
        return {one.date.year for one in sanctions() if one.number in self.last.numbers}

    def _last_targets(self) -> tuple[str, ...]:
        named = {code for one in sanctions() if one.number in self.last.numbers for code in one.targets}
        return self.last.targets or tuple(sorted(named))

    def _told(self, text: str, voters: Sequence[str], years: tuple[int, int] | None) -> tuple[str, ...]:
        """Return the resolutions of the Assembly that a vote's subject and years tell; a voter's own name is no subject."""
        if _WORDS["in-council"].search(text):
            return ()
        bare = list(text)
        for one in self.reader.states(text):
            if one.code in voters and one.start < len(text) // 2:
                bare[one.start : one.end] = " " * (one.end - one.start)
        when = years or self.last.years
        if when is None or when[1] - when[0] > 40:
            return ()
        found = [by_subject("".join(bare), year) for year in range(when[0], when[1] + 1)]
        if years is not None and years[0] != years[1] and not _WORDS["all"].search(text):
            found = found[:1] if found[0] else []
        return tuple(one for one in found if one)

    def _subject(self, text: str, voters: Sequence[str]) -> str:
        """Return the words of a sentence beside its voters, which may tell the subject of a resolution of the Assembly."""
        if _WORDS["in-council"].search(text) or not _WORDS["in-assembly"].search(text):
            return ""
        bare = list(text)
        for one in self.reader.states(text):
            if one.code in voters and not _BESIDE["subject-of-vote"].search(text[: one.start]):
                bare[one.start : one.end] = " " * (one.end - one.start)
        return "".join(bare)

    def _when(self, text: str) -> tuple[tuple[int, int] | None, int | None]:
        dates = find_dates(text)
        if len(dates) == 1 and not _WORDS["bounded"].search(text):
            return (dates[0].year, dates[0].year), dates[0].month
        return read_period(text, self.reader.manuscript.today.year).years, None

    def _targets(self, text: str, voters: Sequence[str]) -> tuple[str, ...]:
        named: list[Named] = [one for one in self.reader.states(text) if one.code not in voters]
        return tuple(dict.fromkeys(one.code for one in named))[:1]

    def _number(self, after: str) -> Quantity:
        """Return how many resolutions a vote is said to have been on."""
        noun = _WORDS["resolutions"].search(after)
        if not noun or _WORDS["each-one"].search(after):
            return Quantity()
        found = read_quantity(after, noun.start(), noun.end())
        return found if found.how in ("exactly", "at least", "about", "at most", "only") else Quantity()

    def _tally(self, sentence: Sentence, text: str, numbers: tuple[int, ...], assembly: tuple[str, ...]) -> Statement | None:
        """Return the claim that a resolution was adopted: by how many votes, unanimously, in which year; or how many were."""
        reader = self.reader
        acted = self.acts.find(text, numbers, self._when(text)) if not _WORDS["an-assembly"].search(text) else None
        if acted is not None:
            self.last = replace(acted, count=None, cast="")
            kind = "absence" if acted.negated else "superlative" if acted.first else "resolution"
            return self._made(sentence, text, acted, kind)
        tally, unanimous = _WORDS["tally"].search(text), _WORDS["unanimous"].search(text)
        told_of = self._of_council(text, numbers, assembly)
        counted = _WORDS["states-voted"].search(text)
        years, month = self._when(text)
        several = _WORDS["several"].search(text)
        targets = self._targets(text, ())
        if not _WORDS["adopted"].search(text) and not tally and not counted and not told_of:
            return None
        if several and targets and not numbers and reader.search("sanctions", text) and _WORDS["in-council"].search(text):
            quantity = read_quantity(text, several.end("number") + 1, several.end())
            self.last = Ballot(targets=targets, years=years, month=month)
            ballot = replace(self.last, count=quantity)
            return self._made(sentence, text, ballot, "count")
        ballot = Ballot(numbers=numbers, assembly=assembly, years=years, month=month, targets=targets)
        if not (numbers or assembly):
            told = () if self._council else self._told(text, (), years)
            ballot = replace(ballot, assembly=told)
            last = self.last
            if not told and not (_WORDS["its-tally"].match(text) and (last.numbers or last.assembly or last.subject)):
                return None
            if not told and last.subject and not last.numbers:
                of_subject = self._of_subject(years, month)
                if of_subject is None:
                    return None
                ballot = of_subject
            elif not told:
                ballot = replace(last, years=years, month=month)
        self.last = ballot
        known = bool(tally or counted or unanimous or told_of)
        dated = _WORDS["adopted"].search(text) is not None and years is not None and len(numbers) == 1
        places = [match.end() for one in numbers[:1] for match in re.finditer(rf"\b{one}\b", text)]
        beside = next((found for at in places if (found := _WORDS["year-behind"].match(text, at))), None)
        if beside:
            ballot = replace(ballot, years=(int(beside["year"]), int(beside["year"])))
        if not known and not dated and not beside:
            return None
        figures = {}
        if tally:
            figures["yes"] = reader.number(tally["yes"] or tally["votes"])
            if tally["no"]:
                figures["no"] = 0 if tally["no"].lower() == "none" else reader.number(tally["no"])
        if counted and counted["verb"] == "abstained":
            figures["abstained"] = reader.number(counted["number"])
        figures = {**told_of.figures, **figures}
        whole = bool(unanimous) or told_of.unanimous
        return self._made(sentence, text, replace(ballot, figures=tuple(figures.items()), unanimous=whole), "resolution")

    def _of_council(self, text: str, numbers: tuple[int, ...], assembly: tuple[str, ...]) -> Tally:
        """Return the tally that a sentence tells of the one resolution of the Council that it names, or that was named last."""
        if assembly or len(numbers or (self.last.numbers if self._council else ())) != 1:
            return Tally()
        return read_tally(text, [one for one in self.reader.actors(text) if self.reader.is_state(one[2])])

    def _cast_by(self, sentence: Sentence, text: str, numbers: tuple[int, ...], assembly: tuple[str, ...]) -> Statement | None:
        """Return the claim that those voted so whose votes a noun tells: "four abstentions, Russia's among them"."""
        told = self._of_council(text, numbers, assembly)
        if not told.voters:
            return None
        ballot = Ballot(voters=told.voters, cast=told.cast, numbers=numbers or self.last.numbers, alone=told.alone)
        kind = "superlative" if told.alone else "vote"
        return self._make(sentence, text, ballot, kind, sentence.start, sentence.end)

    def _made(self, sentence: Sentence, text: str, ballot: Ballot, kind: str) -> Statement:
        made = self._make(sentence, text, replace(ballot, cast="adopted"), kind, sentence.start, sentence.end)
        number = dict(ballot.figures).get("yes")
        return replace(made, act="adopted", count=number, unit="votes in favour" if number is not None else "")


def _of_assembly(text: str) -> tuple[str, ...]:
    """Return the resolutions of the Assembly that a text names, as session/number with the letter of a part.

    >>> _of_assembly("resolution 33/183 H, and resolution 2403 (XXIII)")
    ('33/183H', '23/2403')
    """
    found = [f"{match['number']}{match['part'] or ''}" for match in _WORDS["assembly"].finditer(text)]
    for match in _WORDS["roman"].finditer(text):
        values = [_NUMERALS.get(letter, 0) for letter in match["session"]]
        session = sum(-one if one < max(values[at:], default=0) else one for at, one in enumerate(values))
        if session and "S" not in match["session"]:
            found.append(f"{session}/{match['number']}{match['part'] or ''}")
    return tuple(dict.fromkeys(found))
