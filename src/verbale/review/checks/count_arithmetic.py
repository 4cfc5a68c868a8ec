"""Checks counts against what is listed, parts and shares against the whole, and changes against their two figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verbale.core import CheckInfo, Sentence
from verbale.review.check import Check, Slip
from verbale.review.checks.count_across import find_across
from verbale.review.checks.count_again import find_again
from verbale.review.checks.count_apart import find_apart
from verbale.review.checks.count_aside import find_aside
from verbale.review.checks.count_beyond import find_beyond
from verbale.review.checks.count_changes import find_changes
from verbale.review.checks.count_compared import find_compared
from verbale.review.checks.count_concluded import find_concluded
from verbale.review.checks.count_dated import find_dated, find_told_by_dates
from verbale.review.checks.count_drawn import find_drawn
from verbale.review.checks.count_each import find_each
from verbale.review.checks.count_elsewhere import of_others
from verbale.review.checks.count_enlarged import find_enlarged
from verbale.review.checks.count_enumerated import borne_out, find_enumerated
from verbale.review.checks.count_groups import find_groups
from verbale.review.checks.count_items import undotted
from verbale.review.checks.count_joined import find_joined
from verbale.review.checks.count_lists import find_lists
from verbale.review.checks.count_members import find_members
from verbale.review.checks.count_neighbours import find_neighbours
from verbale.review.checks.count_outcomes import find_outcomes
from verbale.review.checks.count_parties import find_parties
from verbale.review.checks.count_parts import find_parts
from verbale.review.checks.count_persons import find_persons
from verbale.review.checks.count_proportions import find_proportions
from verbale.review.checks.count_raised import find_raised
from verbale.review.checks.count_reckoned import find_reckoned
from verbale.review.checks.count_remaining import find_remaining
from verbale.review.checks.count_repeated import find_repeated
from verbale.review.checks.count_rest import find_rest
from verbale.review.checks.count_results import find_results, find_taken_up
from verbale.review.checks.count_rows import find_rows
from verbale.review.checks.count_shares import find_shares
from verbale.review.checks.count_sides import find_sides
from verbale.review.checks.count_spelt import find_spelt
from verbale.review.checks.count_sums import find_sums
from verbale.review.checks.count_table_told import find_table_told
from verbale.review.checks.count_tables import find_tables
from verbale.review.checks.count_terms import find_terms
from verbale.review.checks.count_told import find_told
from verbale.review.checks.count_totals import find_totals
from verbale.review.checks.count_votes import find_votes
from verbale.review.checks.count_wholes import find_wholes
from verbale.review.checks.count_written import find_written
from verbale.review.checks.count_yearly import find_yearly
from verbale.review.citations import without_citations
from verbale.review.manuscript import Manuscript
from verbale.review.marking import Marked, closed_up, mark


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence with its marks and what the text says around it: the sentence before, the paragraph, everything, the next."""

    manuscript: Manuscript
    sentence: Sentence
    marked: Marked
    near: Marked | None
    before: Sentence | None
    passage: list[Marked]
    told: list[Marked]
    after: str


def _of_lists(at: _Place) -> Iterator[Slip]:
    """Yield the slips of counts against what is listed, named or told one by one."""
    manuscript, sentence, marked, near = at.manuscript, at.sentence, at.marked, at.near
    text, near_text = undotted(marked.text), near.text if near else ""
    others = of_others(sentence, text)
    right = [*borne_out(sentence, text), *others]
    for slip in find_lists(manuscript, sentence, text, near_text):
        if not any(slip.start <= number < slip.end for number in right):
            yield slip
    for slip in (*find_members(manuscript, sentence, text), *find_enumerated(manuscript, sentence, text)):
        if not any(slip.start <= number < slip.end for number in others):
            yield slip
    yield from find_written(manuscript, sentence, marked, near_text)
    yield from find_rows(manuscript, sentence, marked)
    yield from find_groups(manuscript, sentence, marked, near, at.before)
    yield from find_dated(sentence, marked)
    yield from find_told_by_dates(sentence, marked, near, at.before)
    yield from find_again(manuscript, sentence, marked, near)
    yield from find_taken_up(manuscript, sentence, marked, at.before)
    yield from find_spelt(manuscript, sentence, text, at.before)
    yield from find_repeated(manuscript, sentence, marked, near)
    yield from find_terms(sentence, marked, at.told)
    yield from find_joined(sentence, marked, at.passage, at.told)
    yield from find_enlarged(sentence, marked, at.passage)
    yield from find_persons(manuscript, sentence, marked, at.before)
    yield from find_parties(manuscript, sentence, marked, at.told)


def _of_numbers(at: _Place) -> Iterator[Slip]:
    """Yield the slips of numbers against other numbers: wholes, sums, changes, shares and what is drawn from them."""
    manuscript, sentence, marked, near, passage = at.manuscript, at.sentence, at.marked, at.near, at.passage
    yield from find_parts(sentence, marked, near)
    yield from find_remaining(sentence, marked, near)
    yield from find_votes(sentence, marked, near, passage)
    yield from find_changes(manuscript, sentence, marked)
    yield from find_totals(sentence, marked, near)
    yield from find_results(sentence, marked, near)
    yield from find_compared(sentence, marked, near)
    yield from find_sums(sentence, marked)
    yield from find_shares(sentence, marked)
    yield from find_raised(sentence, marked, near)
    yield from find_beyond(manuscript, sentence, marked, near)
    if near is not None:
        yield from find_across(sentence, marked, near)
    yield from find_yearly(sentence, marked)
    yield from find_neighbours(sentence, marked, at.told, near)
    yield from find_concluded(sentence, marked, passage)
    yield from find_rest(sentence, marked)
    yield from find_outcomes(sentence, marked, near)
    yield from find_each(sentence, marked, passage)
    yield from find_apart(sentence, marked, passage, at.after)
    yield from find_sides(sentence, marked, near)
    yield from find_proportions(sentence, marked, passage)
    yield from find_aside(sentence, marked, near)
    yield from find_wholes(manuscript, sentence, marked, at.told)
    yield from find_reckoned(manuscript, sentence, marked, passage, at.after)
    yield from find_drawn(sentence, marked, passage)


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each count, share or change that its own numbers contradict; the first of those that overlap."""
    taken: list[tuple[int, int]] = []
    before: Marked | None = None
    block = -1
    last: Sentence | None = None
    seen: set[str] = set()
    told: list[Marked] = []
    passage: list[Marked] = []
    for sentence, following in zip(manuscript.prose, (*manuscript.prose[1:], None), strict=False):
        # any year will do: "on December 30" is a date, and no count
        marked = mark(closed_up(without_citations(manuscript, sentence)), 1900)
        near = before if sentence.block == block else None
        passage = passage if near else []
        after = following.text if following is not None and following.block == sentence.block else ""
        if marked.text in seen:
            continue  # told at its first place; the repetition is a finding of its own
        seen.add(marked.text)
        at = _Place(manuscript, sentence, marked, near, last if near else None, passage, told, after)
        slips = [*_of_lists(at), *_of_numbers(at)]
        for slip in slips:
            if not any(slip.start < end and start < slip.end for start, end in taken[-8:]):
                taken.append((slip.start, slip.end))
                yield slip
        told.append(marked)
        passage.append(marked)
        before, block, last = marked, sentence.block, sentence
    for slip in (*find_told(manuscript), *find_table_told(manuscript)):
        if not any(slip.start < end and start < slip.end for start, end in taken):
            taken.append((slip.start, slip.end))
            yield slip
    yield from find_tables(manuscript)


CHECK = Check(
    CheckInfo(
        "count-arithmetic",
        "error",
        "Counts and sums that do not add up",
        "If a text says three and names two, one was lost or the number is wrong; readers notice.",
    ),
    find,
)
