"""Commitments, reliability and comparison: declarations."""

from __future__ import annotations

from typing import Final

from verbale.app.flows.measured.base import Measure, MeasureOption, Shown

_LEVEL: Final = MeasureOption("level", float, 0.95, "The level of the intervals.")

COMMITMENTS: Final = Measure(
    "commitments",
    "Commitments: promises and what became of them",
    "Promises between two actors and what became of them, from documents and, if installed, the SIPRI trade register "
    "(dataset sipri-transfers): states, dates, days of waiting and delay, with the events and register lines behind each.",
    "commitments",
    (
        MeasureOption(
            "rows", str, "state", "A row for each state that a source tells, or for each commitment.", "state|commitment"
        ),
        MeasureOption(
            "about",
            str,
            (),
            "Only those about this good, treaty or site, as S-300; can be given several times.",
            "NAME",
            many=True,
        ),
    ),
    in_dossier=(Shown(),),
)
RELIABILITY: Final = Measure(
    "reliability",
    "Reliability of deliveries",
    "How much of what one state ordered from another was delivered, and how soon, from the SIPRI trade register: shares, "
    "medians and Kaplan-Meier curves with intervals.",
    "commitments",
    (
        MeasureOption(
            "supplier",
            str,
            "either",
            "Which of the pair supplies: first, or either (the second where the first supplied nothing).",
            "first|either",
        ),
        _LEVEL,
    ),
    needs_events=False,
    in_dossier=(Shown(),),
)
# The share of cooperation in what one does to another over all years: the plainest answer to how it treats this one and others.
_TOWARD: Final = {"of": "balance", "quantity": "share", "where": ("direction=first", "period=all"), "setting": ("period=all",)}
COMPARISON: Final = Measure(
    "comparison",
    "Comparison over dyads",
    "A measure of a pair beside the same measure of other pairs: values, ranks and differences with intervals. The pair of "
    "--dyad is the reference; --other names actors for its second place.",
    "compared_dyads",
    (
        MeasureOption(
            "of", str, "reliability", "The measure to compare; its rows must have quantity, value, low and high.", "MEASURE"
        ),
        MeasureOption("quantity", str, "first delivery within 3 years", "Which quantity of the measure.", "NAME"),
        MeasureOption(
            "other",
            str,
            (),
            "Another actor in place of the second of the pair, as IND; can be given several times. If none is, of reliability "
            "the five with most orders from the supplier, else the five that the first does most to (10 acts at least).",
            "CODE",
            many=True,
        ),
        MeasureOption("pair", str, (), "Another pair, as USA-EGY; can be given several times.", "A-B", many=True),
        MeasureOption(
            "where",
            str,
            (),
            "Which row of the quantity, as direction=both, or direction=first for what the first of each pair does; can be "
            "given several times.",
            "COLUMN=VALUE",
            many=True,
        ),
        MeasureOption(
            "setting",
            str,
            (),
            "An option of the measure, as period=decade; can be given several times.",
            "OPTION=VALUE",
            many=True,
        ),
        _LEVEL,
    ),
    reads_records_with=("of", RELIABILITY.name),
    in_dossier=(
        Shown(name="comparison", title="Comparison: deliveries"),
        Shown(_TOWARD, "comparison-first", "Comparison: {first} toward {second} and others"),
        Shown(_TOWARD, "comparison-second", "Comparison: {second} toward {first} and others", turned=True),
    ),
)
PROMISES: Final[tuple[Measure, ...]] = (COMMITMENTS, RELIABILITY, COMPARISON)
