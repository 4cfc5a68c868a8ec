"""Simulated trade registers: orders whose times to delivery follow a known hazard, told to the year, and cut at the last
year.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

THROUGH = 2024


def waits(random: np.random.Generator, orders: int, *, hazard: float, runs: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return years of order and years to delivery (runs x orders), as a register tells them: differences of calendar years.

    Orders fall evenly on the days of 2000-2024; each is delivered after an exponential time with `hazard` a year.
    """
    placed = random.uniform(2000, THROUGH + 1, (runs, orders))
    delivered = placed + random.exponential(1 / hazard, (runs, orders))
    return np.floor(placed).astype(int), (np.floor(delivered) - np.floor(placed)).astype(int)


def share_within(years: int, hazard: float) -> float:
    """Return the true share delivered by the end of the `years`-th calendar year after that of the order, placed on any day."""
    # 1 - the mean of exp(-hazard (years + 1 - u)) over the part u of the order's year that had passed.
    return float(1 - (np.exp(-hazard * years) - np.exp(-hazard * (years + 1))) / hazard)


def true_median(hazard: float) -> int:
    """Return the first calendar year after that of the order by whose end half are delivered."""
    return next(years for years in range(1000) if share_within(years, hazard) >= 0.5)


def share_delivered(hazard: float) -> float:
    """Return the true share of all orders delivered by the end of the register, of orders placed evenly over its 25 years."""
    length = THROUGH + 1 - 2000
    return float(1 - (1 - np.exp(-hazard * length)) / (hazard * length))


def register(
    placed: np.ndarray,
    waited: np.ndarray,
    *,
    supplier: str = "RUS",
    recipient: str = "IRN",
    volumes: np.ndarray | None = None,
) -> pa.Table:
    """Return a register of such orders, one unit each, of volume 1 or of `volumes`, as the dataset sipri-transfers has it."""
    volume = np.ones(len(placed)) if volumes is None else volumes
    last = placed + waited
    here = last <= THROUGH
    number = len(placed)
    columns = {
        "line": pa.array(range(13, 13 + number), pa.int32()),
        "source": [supplier] * number,
        "target": [recipient] * number,
        "year": pa.array(placed, pa.int16()),
        "year_uncertain": [False] * number,
        "ordered": pa.array([1] * number, pa.int32()),
        "ordered_uncertain": [False] * number,
        "weapon": [f"X-{at}" for at in range(number)],
        "description": ["tank"] * number,
        "delivered": pa.array(here.astype(int), pa.int32()),
        "delivered_uncertain": [False] * number,
        "delivery_years": pa.array(
            [[int(year)] if known else [] for year, known in zip(last, here, strict=True)], pa.list_(pa.int16())
        ),
        "comments": pa.array([None] * number, pa.string()),
        "tiv_order": volume,
        "tiv_delivered": volume * here,
    }
    return pa.table(columns)
