"""Judges deals by the register's rows: one that fits in all supports, one that fits but for a part contradicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from verbale.core import Verdict
from verbale.core.wording import count
from verbale.review.claims.deals import kinds
from verbale.review.claims.designations import nicknames
from verbale.review.claims.register import DATASET, ground, names, plain
from verbale.review.claims.statement import Deal, Holdings, Judgement, Statement, TableRow, Years, span
from verbale.review.claims.wording import phrases, runs
from verbale.review.patterns import load_patterns

_WORDS: Final = load_patterns("claim_register.csv")

# Year of the order, the arms and the state all fit, and what else the text tells of it too.
ONE_ORDER: Final = 0.9
# Arms, both states and the years fit, and no number is told.
NO_NUMBER: Final = 0.75
# What contradicts may be another order of the same arms in the same year, which the register lacks.
OTHER: Final = 0.65
# The register aims at all transfers of major arms since 1950; what it does not know of may still have been.
SILENCE: Final = 0.6
# "About forty" may be off by a tenth, as everywhere in a review.
ROUGH: Final = 0.1
# Of several orders of a kind one is known by a number that no other of them is likely to have.
TELLING: Final = 20
# The register dates an order by the contract that took effect: India's 36 Rafale (signed 2016) stand under 2017, six submarines
# for Turkey (signed 2009) under 2011.
IN_FORCE: Final = 2
_SHOWN: Final = 6


def judge_deal(statement: Statement, holdings: Holdings) -> Judgement | None:
    """Hold a deal against the register; None where that leaves it open.

    Where the sentence names no buyer, those whom the text is about are tried: one of them may support it, and only an order
    of the same
    arms in the same year, from somebody else or in another number, contradicts it.
    """
    deal = statement.deal
    if deal is None:
        return None
    rows = [row for row in holdings.tables.get(DATASET, ()) if _is_of(row, deal)]
    if not rows and not deal.none:
        return None
    buyers = [deal.buyer] if deal.buyer and not deal.guessed else [deal.buyer, *deal.context] if deal.buyer else []
    buyers = buyers or [code for code in deal.context if code != deal.supplier]
    found: list[Judgement] = []
    for buyer in buyers:
        answer = _of_buyer(deal, [row for row in rows if row["target"] == buyer], holdings)
        if answer is not None and answer.verdict == "supported":
            return answer
        if answer is not None and (deal.buyer or (answer.confidence >= OTHER and (deal.ordered or deal.supplier))):
            found.append(answer)
    if found:
        return found[0]
    return _silence(deal, holdings, rows) if deal.buyer and not deal.guessed else None


def _of_buyer(deal: Deal, rows: Sequence[TableRow], holdings: Holdings) -> Judgement | None:
    if not rows:
        return None
    between = [row for row in rows if not deal.supplier or row["source"] == deal.supplier]
    if between and deal.each:
        return _each(deal, between, holdings)
    if between:
        found = _fits(deal, between, holdings)
        if not deal.supplier or deal.none or deal.count is None or not deal.ordered or (found and found.verdict == "supported"):
            return found
        elsewhere = [
            row for row in rows if row not in between and _in_order(row, deal.ordered) and row["ordered"] == deal.count
        ]
        if len(elsewhere) != 1:
            return found
        rows = elsewhere
    if deal.none:
        return None
    # the same arms, but from somebody else: only an order of the year or number told is the one that is meant
    dated = [row for row in rows if _in_order(row, deal.ordered) and _came_in(row, deal.window) and _either(row, deal.either)]
    told = bool(deal.ordered or deal.window or deal.either)
    numbered = [row for row in rows if deal.count is not None and deal.count in (row["ordered"], row["delivered"])]
    meant = [row for row in dated if row in numbered] or (dated if told else []) or (numbered if not told else [])
    if not meant and not told and deal.supplier and deal.weapons and deal.buyer and not deal.guessed:
        meant = list(rows)  # "its Leopards it bought of the Dutch": all that the register has came from others
    if deal.again and not told and deal.count is None:
        meant = list(rows)
        return _say("contradicted", meant, deal, holdings, OTHER)
    if not meant or (not deal.weapons and deal.count is None):
        return None
    suppliers = ", ".join(dict.fromkeys(row["supplier"] for row in meant))
    grounds = tuple(ground(row, holdings, (), (f"supplier: {row['supplier']}",)) for row in meant[:_SHOWN])
    return Judgement("contradicted", f"In SIPRI's register these came from {suppliers}.", grounds, _how(deal), OTHER)


def _fits(deal: Deal, rows: Sequence[TableRow], holdings: Holdings) -> Judgement | None:
    """Judge a deal by the rows of its arms, buyer and supplier."""
    ordered = [row for row in rows if _in_order(row, deal.ordered)]
    if deal.waited is not None:
        return _waited(deal, ordered, holdings)
    if deal.none:
        return _nothing(deal, ordered, holdings)
    if deal.arrived is not None or deal.whole:
        return _arrived(deal, ordered, holdings)
    dated = [row for row in ordered if _came_in(row, deal.window) and _either(row, deal.either)]
    if deal.begun and deal.window:
        dated = [row for row in dated if min(row["delivery_years"]) >= deal.window[0]]
    if deal.ended and deal.window and dated:
        last = [row for row in dated if deal.window[0] <= max(row["delivery_years"]) <= deal.window[1]]
        if not last:
            return _say("contradicted", dated, deal, holdings, OTHER)
        dated = last
    if not dated:
        return _other_years(deal, rows, holdings)
    if deal.count is None:
        sure = deal.ordered or deal.window or deal.either
        if not deal.weapons and not sure:
            return None
        return _say("supported", dated, deal, holdings, NO_NUMBER)
    fitting = _counted(dated, deal)
    if fitting:
        return _say("supported", fitting, deal, holdings, ONE_ORDER)
    both = bool(deal.supplier and deal.buyer)
    if not deal.weapons and not (deal.ordered or (both and deal.window)):
        return None
    unsure = any(row.get("ordered_uncertain") or row.get("delivered_uncertain") for row in dated)
    certain = not unsure and (both or (deal.ordered is not None and len(dated) == 1))
    return _say("contradicted" if certain else "partly", dated, deal, holdings, OTHER)


def _each(deal: Deal, rows: Sequence[TableRow], holdings: Holdings) -> Judgement | None:
    """Judge the numbers of several models: each is that of an order or of all; None where the register lacks one of them."""
    right = []
    for weapon, number in deal.each:
        of_it = [row for row in rows if names(weapon, row["weapon"] or "")]
        if not of_it:
            return None
        ordered = [int(row["ordered"] or 0) for row in of_it]
        right.append(number in (*ordered, sum(ordered)))
    verdict: Verdict = "supported" if all(right) else "partly" if any(right) else "contradicted"
    return _say(verdict, rows, deal, holdings, OTHER)


def _counted(rows: Sequence[TableRow], deal: Deal) -> list[TableRow]:
    """Return the rows whose numbers are those of the text: one of them, or some of them together."""
    count = deal.count or 0
    slack = max(1.0, ROUGH * count) if deal.rough else 0.0
    alone = [row for row in rows if any(abs((row[column] or 0) - count) <= slack for column in ("ordered", "delivered"))]
    if alone:
        return alone
    for column in ("ordered", "delivered"):
        if abs(sum(int(row[column] or 0) for row in rows) - count) <= slack:
            return list(rows)
    if deal.window and deal.window[0]:  # some of an order that goes on beyond the years may be what came in them
        inside = [row for row in rows if _wholly_in(row, deal.window)]
        least, most = (sum(int(row["delivered"] or 0) for row in part) for part in (inside, rows))
        if len(inside) < len(rows) and least <= count <= most:
            return list(rows)
    return []


def _nothing(deal: Deal, rows: Sequence[TableRow], holdings: Holdings) -> Judgement | None:
    """Judge that nothing had come: of the order, or in the years."""
    if not rows:
        return None
    last = deal.window[1] if deal.window else None
    first = deal.window[0] if deal.window else 0
    came = [
        row for row in rows if any(year >= first and (last is None or year <= last) for year in row["delivery_years"] or [])
    ]
    return _say("contradicted" if came else "supported", came or rows, deal, holdings, ONE_ORDER if not came else OTHER)


def _arrived(deal: Deal, rows: Sequence[TableRow], holdings: Holdings) -> Judgement | None:
    """Judge how many had come, or that all had."""
    meant = [row for row in rows if deal.count in (None, row["ordered"], row["delivered"])] or _counted(rows, deal)
    if not meant:
        return _other_years(deal, rows, holdings)
    last = deal.window[1] if deal.window else None
    if deal.arrived is not None:
        numbers = [row["delivered"] or 0 for row in meant]
        fits = deal.arrived in (*numbers, sum(numbers))
    else:
        years = [year for row in meant for year in row["delivery_years"] or []]
        complete = all((row["delivered"] or 0) >= (row["ordered"] or 0) > 0 for row in meant)
        inside = not deal.window or (bool(years) and min(years) >= deal.window[0] and max(years) <= (last or 0))
        fits = bool(years) and complete and inside
        if not complete and deal.ordered is None and deal.count is None:
            return None
    unsure = any(row["delivered_uncertain"] for row in meant)
    return _say(
        "supported" if fits else "partly" if unsure else "contradicted", meant, deal, holdings, ONE_ORDER if fits else OTHER
    )


def _waited(deal: Deal, rows: Sequence[TableRow], holdings: Holdings) -> Judgement | None:
    """Judge how many years passed from the order to the first delivery."""
    meant = [row for row in rows if row["delivery_years"] and _came_in(row, deal.window)]
    if not meant:
        return None
    fitting = [
        row
        for row in meant
        if abs(min(row["delivery_years"]) - row["year"] - (deal.waited or 0)) <= bool(row["year_uncertain"])
    ]
    return _say("supported" if fitting else "contradicted", fitting or meant, deal, holdings, ONE_ORDER if fitting else OTHER)


def _other_years(deal: Deal, rows: Sequence[TableRow], holdings: Holdings) -> Judgement | None:
    """Say that the register has the arms between the two in other years; a kind of arms may be another order."""
    if not rows:
        return None
    numbered = [row for row in rows if deal.count is not None and deal.count in (row["ordered"], row["delivered"])]
    half = [
        row for row in rows if (deal.ordered and _in_order(row, deal.ordered)) or (deal.window and _came_in(row, deal.window))
    ]
    near = [row for row in half if row in numbered] or numbered or half or list(rows)
    if not deal.weapons and not (len(numbered) == 1 and (len(rows) == 1 or (deal.count or 0) >= TELLING)):
        return None
    # an order that came to nothing need not be in the register
    unlisted = deal.window is None and deal.either is None and not numbered
    verdict: Verdict = "partly" if unlisted or (numbered and _in_force_later(deal, near)) else "contradicted"
    return _say(verdict, near, deal, holdings, OTHER)


def _in_force_later(deal: Deal, rows: Sequence[TableRow]) -> bool:
    """Tell whether only the year of the order differs, and by no more than contracts are signed before they take effect."""
    years = deal.ordered or deal.either
    if years is None or years[0] != years[1] or not all(_came_in(row, deal.window) for row in rows):
        return False
    off = {row["year"] - years[0] for row in rows}
    return 0 not in off and any(-1 <= one <= IN_FORCE for one in off)


def _silence(deal: Deal, holdings: Holdings, rows: Sequence[TableRow]) -> Judgement | None:
    """Contradict arms of a kind that the register, which has other deals of the two, does not have between them at all.

    That nothing came of arms that it knows elsewhere, or of a kind, it bears out.
    """
    domain = holdings.domains.get(DATASET)
    years = deal.ordered or deal.window or deal.either
    if deal.none and deal.supplier and (rows or deal.kind) and DATASET in holdings.tables:
        if any((row["source"], row["target"]) == (deal.supplier, deal.buyer) for row in rows):
            return None
        what = ", ".join(deal.weapons) or deal.kind
        when = f" in {span(years)}" if years and years[0] else ""
        told = f"SIPRI's register has no order of {what} between the two{when}, as far as its edition goes."
        return Judgement("supported", told, (), _how(deal), SILENCE)
    if (
        deal.none
        or not deal.supplier
        or years is None
        or domain is None
        or not (1950 <= years[1] <= domain[1])
        or years[0] < 1950
    ):
        return None
    between = [row for row in holdings.tables.get(DATASET, ()) if (row["source"], row["target"]) == (deal.supplier, deal.buyer)]
    if deal.weapons or not between or any(row in rows for row in between):  # a model may bear another name in the register
        return None
    what = ", ".join(deal.weapons) or deal.kind
    return Judgement(
        "contradicted", f"SIPRI's register has no {what} from {deal.supplier} to {deal.buyer}.", (), _how(deal), SILENCE
    )


def _say(verdict: Verdict, rows: Sequence[TableRow], deal: Deal, holdings: Holdings, confidence: float) -> Judgement:
    parts = [_parts(row, deal, fits=verdict == "supported") for row in rows]
    grounds = tuple(ground(row, holdings, *part) for row, part in zip(rows[:_SHOWN], parts, strict=False))
    told = "; ".join(dict.fromkeys(_told(row) for row in rows[:_SHOWN]))
    more = f"; and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    why = [text for agrees, differs in parts for text in (agrees if verdict == "supported" else differs or agrees)]
    total = sum(int(row["delivered"] or 0) for row in rows)
    in_all = f", {count(total, 'piece')} delivered in all" if len(rows) > 1 else ""
    reason = f"SIPRI's register has {count(len(rows), 'order')}{in_all}: {told}{more}."
    if verdict != "supported":
        reason += f" That differs from the text: {phrases(list(dict.fromkeys(why))[:_SHOWN])}."
    return Judgement(verdict, reason, grounds, _how(deal), confidence)


def _parts(row: TableRow, deal: Deal, *, fits: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what of a row agrees with a deal and what differs: the year of the order, the deliveries, the number."""
    agrees: list[str] = []
    differs: list[str] = []
    years = ", ".join(map(str, row["delivery_years"] or []))
    if deal.ordered or (deal.either and not _came_in(row, deal.either)):
        (agrees if _in_order(row, deal.ordered or deal.either) else differs).append(f"order: {row['year']}, {row['weapon']}")
    if deal.none or deal.arrived is not None or deal.whole:
        (agrees if fits else differs).append(f"delivered: {years or 'none'}")
    elif deal.window or not agrees:
        (agrees if _came_in(row, deal.window) else differs).append(f"deliver: {years or 'none'}, {row['weapon']}")
    if deal.count is not None:
        same = deal.count in (row["ordered"], row["delivered"]) or fits
        (agrees if same else differs).append(f"number: {row['ordered']}")
    if deal.supplier:
        agrees.append(f"supplier: {row['supplier']}")
    if not fits and not differs:
        differs, agrees = agrees, []
    return tuple(agrees), tuple(differs)


def _is_of(row: TableRow, deal: Deal) -> bool:
    """Tell whether a row is of the deal's arms."""
    if deal.weapons:
        called = {
            plain(words)
            for found in _WORDS["called"].finditer(row["comments"] or "")
            for words in found.groups()
            if words is not None
        }
        wanted = [name for weapon in deal.weapons for name in (weapon, *nicknames().get(weapon, ()))]
        return any(names(weapon, row["weapon"] or "") or plain(weapon) in called for weapon in wanted)
    description = next((pattern for name, _, pattern in kinds() if name == deal.kind), None)
    return description is not None and description.search(row["description"] or "") is not None


def _in_order(row: TableRow, years: Years | None) -> bool:
    slack = bool(row["year_uncertain"])
    return years is None or years[0] - slack <= row["year"] <= years[1] + slack


def _came_in(row: TableRow, years: Years | None) -> bool:
    return years is None or any(years[0] <= year <= years[1] for year in row["delivery_years"] or [])


def _wholly_in(row: TableRow, years: Years) -> bool:
    return all(years[0] <= year <= years[1] for year in row["delivery_years"] or [])


def _either(row: TableRow, years: Years | None) -> bool:
    return years is None or _in_order(row, years) or _came_in(row, years)


def _told(row: TableRow) -> str:
    when = runs(row["delivery_years"] or [])
    came = f"{row['delivered']} delivered{f' in {when}' if when else ''}" if row["delivered"] else "none delivered"
    return f"{row['ordered'] or 'an unknown number of'} {row['weapon']} ordered in {row['year']} from {row['supplier']}, {came}"


def _how(deal: Deal) -> str:
    what = ", ".join(deal.weapons) or deal.kind
    when = [f"ordered {span(deal.ordered)}"] if deal.ordered else []
    when += [f"came {span(deal.window) if deal.window[0] else f'by {deal.window[1]}'}"] if deal.window else []
    when += [f"ordered or came {span(deal.either)}"] if deal.either else []
    number = f", the number ({deal.count})" if deal.count is not None else ""
    who = deal.buyer or "the one that the text is about"
    return f"by the state ({who}), the arms ({what}){number} and the years ({', '.join(when) or 'the text gives none'})"
