"""Measures of a dyad through time: declarations."""

from __future__ import annotations

from typing import Final

from verbale.app.flows.measured.base import Measure, MeasureOption, Shown

_PERIOD: Final = MeasureOption(
    "period",
    str,
    "auto",
    "What time is cut into: day, week, month, quarter, year, decade, century; regimes:CODE for the regimes of a state by name "
    "(regimes:RUS: Tsarist, Soviet, Federation), states:CODE for the states behind a code; all for all time together; "
    "auto fits the years.",
    "PERIOD",
)
_SPAN: Final = MeasureOption(
    "span",
    str,
    (),
    "A period of your own, as 'Cold War=1947..1991'; can be given several times.",
    "NAME=FIRST..LAST",
    many=True,
)
_SEED: Final = MeasureOption("seed", int, 1815, "The seed of random numbers: the same seed gives the same numbers.")
_LEVEL: Final = MeasureOption("level", float, 0.95, "The level of the intervals.")
_DOCUMENTS: Final = MeasureOption(
    "documents",
    str,
    "given",
    "What intervals take the documents for: given (so many were chosen) or arriving (as news does).",
    "given|arriving",
)
_UNIT: Final = MeasureOption(
    "period", str, "auto", "The length of a period: day, week, month, quarter, year, decade; auto fits the events.", "PERIOD"
)
_DIRECTION: Final = MeasureOption(
    "direction", str, "both", "Who acts on whom: both together, or one direction, as 'RUS>IRN'.", "DIRECTION"
)

BALANCE: Final = Measure(
    "balance",
    "Balance with intervals",
    "Balance of cooperation and conflict per direction and period: counts, share and intensity with intervals.",
    "series",
    (
        _PERIOD,
        _SPAN,
        MeasureOption(
            "quantity",
            str,
            (),
            "Only this quantity, as share or 'mean intensity'; can be given several times.",
            "NAME",
            many=True,
        ),
        _DOCUMENTS,
        MeasureOption("replicates", int, 1_000, "How often the bootstrap draws."),
        _LEVEL,
        _SEED,
    ),
    in_dossier=(Shown({"quantity": ("events", "cooperation", "conflict", "share", "mean intensity")}),),
)
TURNING_POINTS: Final = Measure(
    "turning-points",
    "Turning points",
    "When the level or variance of cooperation and conflict changed, and whether a given date changed it.",
    "series",
    (
        _UNIT,
        _DIRECTION,
        MeasureOption(
            "date", str, (), "Test this date, as 1979 or 1979-02-11, as a break; can be given several times.", "DATE", many=True
        ),
        _DOCUMENTS,
        MeasureOption("replicates", int, 100, "How often the bootstrap seeks the changes anew."),
        _LEVEL,
        _SEED,
    ),
    in_dossier=(Shown(),),
)
RECIPROCITY: Final = Measure(
    "reciprocity",
    "Reciprocity",
    "Whether each side answers the other in kind: responses within a window, correlated series, Granger's test.",
    "series",
    (
        _UNIT,
        MeasureOption(
            "window",
            int,
            None,
            "Periods within which an answer counts; by default 30 days, 13 weeks, 6 months, 4 quarters, 2 years or 1 decade.",
            "PERIODS",
        ),
        MeasureOption("lags", int, None, "Lags of Granger's test; by default 1 to 4, as the own past asks.", "PERIODS"),
        _LEVEL,
        _SEED,
    ),
    in_dossier=(Shown(),),
)
SERIES: Final[tuple[Measure, ...]] = (BALANCE, RECIPROCITY, TURNING_POINTS)
