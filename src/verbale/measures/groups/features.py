"""Compares two mentions: what speaks for one event and what against it; what is not told says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from verbale.measures.groups.blocking import gap, shared_words
from verbale.measures.groups.mentions import Integers, Mentions

Numbers = npt.NDArray[np.float64]

_SHARED: Final = ("words_shared", "names_shared", "place_shared", "number_shared")
# Up to how many days a span of dates is called a day, a month, a year.
_DAY, _MONTH, _YEAR = 1, 31, 366


def compare(mentions: Mentions, one: Integers, other: Integers) -> dict[str, Numbers]:
    """Return the features of pairs by name, all but `rivals`; data/weights.csv says what each means."""
    return {
        **_dates(mentions, one, other),
        **_acts(mentions, one, other),
        **_parties(mentions, one, other),
        **_words(mentions, one, other),
    }


def count_rivals(features: Mapping[str, Numbers], one: Integers, other: Integers, *, size: int) -> Integers:
    """Return for each of `size` mentions in how many of these pairs it stands that share no word, name, place or number.

    Many others that could be meant by date and type, and tell of something else, make it a guess that a vague mention means any
    of them. Mentions in other words of one much reported event hardly count: most share some name.
    """
    nothing = np.logical_and.reduce([features[name] == 0 for name in _SHARED])
    return np.bincount(np.concatenate([one[nothing], other[nothing]]), minlength=size).astype(np.int64)


def rivalry(rivals: Integers, one: Integers, other: Integers) -> Numbers:
    """Return the feature `rivals` of pairs: the logarithm of how many the one has that has more."""
    return np.log1p(np.maximum(rivals[one], rivals[other]))


def _dates(mentions: Mentions, one: Integers, other: Integers) -> dict[str, Numbers]:
    """Return how well the dates fit, as seven features of which just one is 1, and whether one is a guess."""
    apart = gap(mentions, one, other)
    width = np.maximum(*(mentions.last[side] - mentions.first[side] + 1 for side in (one, other)))
    fits = apart <= 0
    found = {
        "same_day": fits & (width <= _DAY),
        "within_month": fits & (width > _DAY) & (width <= _MONTH),
        "within_year": fits & (width > _MONTH) & (width <= _YEAR),
        "within_longer": fits & (width > _YEAR),
        "days_apart": ~fits & (apart <= 3) & (width <= _DAY),
        "spans_apart": ~fits & (apart <= 3) & (width > _DAY),
        "far_apart": apart > 3,
    }
    found["date_taken_over"] = fits & (mentions.taken_over[one] | mentions.taken_over[other])
    return {name: value.astype(np.float64) for name, value in found.items()}


def _acts(mentions: Mentions, one: Integers, other: Integers) -> dict[str, Numbers]:
    found = {"near_type": (mentions.kind[one] != mentions.kind[other]).astype(np.float64)}
    same, differ = _told(mentions.codes["mode"], one, other)
    found["mode_differs"] = differ
    found["mode_same"] = same
    overlap = (mentions.start[one] < mentions.end[other]) & (mentions.start[other] < mentions.end[one])
    same_words = overlap & (mentions.document[one] >= 0) & (mentions.document[one] == mentions.document[other])
    same_coder = mentions.coder[one] == mentions.coder[other]
    found["told_apart"] = (same_words & same_coder).astype(np.float64)
    found["same_passage"] = (same_words & ~same_coder).astype(np.float64)
    found["trigger_same"], found["trigger_differs"] = _told(mentions.codes["trigger"], one, other)
    return found


def _parties(mentions: Mentions, one: Integers, other: Integers) -> dict[str, Numbers]:
    """Return what speaks of direction and of the parties' sectors."""
    mutual = mentions.mutual[one].astype(int) + mentions.mutual[other]
    sectors = [_told(mentions.codes[name], one, other)[1] for name in ("sector_first", "sector_second")]
    return {
        "reversed": ((mutual == 0) & (mentions.forward[one] != mentions.forward[other])).astype(np.float64),
        "one_sided_mutual": (mutual == 1).astype(np.float64),
        "sector_differs": np.maximum(*sectors),
    }


def _words(mentions: Mentions, one: Integers, other: Integers) -> dict[str, Numbers]:
    """Return what object, place, numbers, names and other words say, as the shared part of the shorter side."""
    shared, least = shared_words(mentions.object_names, one, other)
    found: dict[str, Numbers] = {"object_shared": _part(shared, least)}
    found["object_differs"] = ((shared == 0) & (least > 0)).astype(np.float64)
    shared, least = shared_words(mentions.instrument_names, one, other)
    # Alike but for a part that the other lacks: the Five-Power and the Nine-Power Treaty; a listed one may have two names.
    same, listed = shared_words(mentions.known_instruments, one, other)
    found["instrument_differs"] = ((shared < least) & (same == 0) & ((shared > 0) | (listed > 0))).astype(np.float64)
    shared, least = shared_words(mentions.meeting_names, one, other)
    found["meeting_differs"] = (shared < least).astype(np.float64)
    shared, least = shared_words(mentions.place_names, one, other)
    found["place_shared"] = (shared > 0).astype(np.float64)
    found["place_differs"] = ((shared == 0) & (least > 0)).astype(np.float64)
    worded = np.diff(mentions.words.indptr) > 0
    # Texts give a place by many names and events by the nearest town; event data write each place in one way.
    found["place_differs_bare"] = found["place_differs"] * ~(worded[one] & worded[other])
    found["country_differs"] = _told(mentions.codes["place_country"], one, other)[1]
    shared, least = shared_words(mentions.numbers, one, other)
    found["number_shared"] = (shared > 0).astype(np.float64)
    found["number_differs"] = ((shared == 0) & (least > 0)).astype(np.float64)
    shared, least = shared_words(mentions.names, one, other)
    found["names_shared"] = np.minimum(shared, 2) / 2
    found["names_differ"] = ((shared == 0) & (least > 0)).astype(np.float64)
    shared, least = shared_words(mentions.words, one, other)
    found["words_shared"] = _part(shared, np.maximum(least, 2))
    found["words_differ"] = ((shared == 0) & (least > 1)).astype(np.float64)
    return found


def _told(codes: Integers, one: Integers, other: Integers) -> tuple[Numbers, Numbers]:
    """Return where both sides tell the same and where they tell different things, of what is coded by numbers."""
    both = (codes[one] >= 0) & (codes[other] >= 0)
    same = codes[one] == codes[other]
    return (both & same).astype(np.float64), (both & ~same).astype(np.float64)


def _part(shared: Any, least: Any) -> Numbers:
    return np.asarray(np.divide(shared, least, out=np.zeros(len(shared)), where=least > 0))
