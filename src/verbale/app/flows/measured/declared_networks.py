"""Measures beyond the pair: third parties, who stands with whom, coverage, similarity of policy: declarations."""

from __future__ import annotations

from typing import Final

from verbale.app.flows.measured.base import Measure, MeasureOption, Shown

_LEVEL: Final = MeasureOption("level", float, 0.95, "The level of the intervals.")
_SEED: Final = MeasureOption("seed", int, 1815, "The seed of random numbers: the same seed gives the same numbers.")
_PERIOD: Final = MeasureOption(
    "period",
    str,
    "auto",
    "What time is cut into: day, week, month, quarter, year, decade, century; regimes:CODE, states:CODE; all for all time "
    "together; auto fits the years.",
    "PERIOD",
)
THIRD_PARTIES: Final = Measure(
    "third-parties",
    "Third parties",
    "How each of a pair acts on the other before and after a third state does, against chance.",
    "networks",
    (
        MeasureOption(
            "third", str, (), "The third state; can be given several times. Without, those that act most.", "CODE", many=True
        ),
        MeasureOption("period", str, "auto", "The length of a period: day, week, month, quarter, year, decade.", "PERIOD"),
        MeasureOption("window", int, 0, "Periods before and after; 0 is a season (3 months, 90 days, 1 year).", "PERIODS"),
        _LEVEL,
        _SEED,
    ),
    in_dossier=(Shown(),),
)
NETWORK: Final = Measure(
    "network",
    "Who stands with whom",
    "Signed network of states per period from the net intensity of their acts, with the balance of triads and camps.",
    "networks",
    (
        _PERIOD,
        MeasureOption(
            "span",
            str,
            (),
            "A period of your own, as 'Cold War=1947..1991'; can be given several times.",
            "NAME=FIRST..LAST",
            many=True,
        ),
        MeasureOption(
            "state",
            str,
            (),
            "A state of the network; can be given several times. Without, those with most acts.",
            "CODE",
            many=True,
        ),
        MeasureOption("min_events", int, 2, "The least number of acts that gives a pair a sign."),
        MeasureOption("replicates", int, 1_000, "How often the bootstrap draws."),
        _LEVEL,
        _SEED,
    ),
    pair=False,
    in_dossier=(Shown({"period": "decade"}),),
)
COVERAGE: Final = Measure(
    "coverage",
    "Coverage",
    "What a document tells of a pair beside what other documents and installed records hold of the same years.",
    "networks",
    (
        MeasureOption(
            "document",
            str,
            (),
            "The document, by name or id; can be given several times. Without, those with most acts.",
            "NAME",
            many=True,
        ),
        MeasureOption("records", bool, True, "Compare with installed records as well."),
        MeasureOption("largest", int, 10, "How many omitted acts of each holding are listed."),
        _LEVEL,
    ),
    in_dossier=(Shown(),),
)
SIMILARITY: Final = Measure(
    "similarity",
    "Similarity of policy",
    "Similarity of two states' votes and alliances (S, pi, kappa, tau-b), and the distance of ideal points, from records.",
    "networks",
    (
        MeasureOption(
            "coefficient",
            str,
            (),
            "S, pi, kappa or tau-b; can be given several times. Without, S, pi, kappa.",
            "NAME",
            many=True,
        ),
        MeasureOption(
            "distance",
            str,
            "published",
            "Distance of positions: absolute, squared, nominal; published is absolute for S, squared for pi and kappa.",
            "DISTANCE",
        ),
        MeasureOption("binary", bool, False, "Count any alliance as 1, in place of the value of its promise."),
        MeasureOption("weighted", bool, False, "Weight S of alliances by the capabilities of the states."),
        MeasureOption(
            "absences",
            str,
            "left out",
            "What an absence from a vote counts as: left out, or abstain, as in Häge's published values.",
            "AS",
        ),
        MeasureOption(
            "alliances",
            str,
            "auto",
            "The dataset of alliances: cow-alliances, atop-members, or the first installed.",
            "DATASET",
        ),
        MeasureOption(
            "among",
            str,
            (),
            "Only alliances with this state; can be given several times. Without, the whole system.",
            "CODE",
            many=True,
        ),
    ),
    needs_events=False,
    in_dossier=(Shown(),),
)
NETWORKS: Final[tuple[Measure, ...]] = (THIRD_PARTIES, NETWORK, COVERAGE, SIMILARITY)
