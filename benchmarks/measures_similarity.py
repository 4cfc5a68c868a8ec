"""Kappa of votes in the General Assembly against all values published in the R package stevedata.

    python benchmarks/measures_similarity.py USFAHR.csv UNVotesPublished.csv.gz

The first file is the dataset USFAHR as CSV (columns ccode, year, fpsusa, fpsrus: Haege's kappa, three decimals), the second the
official file of the dataset `un-votes`. Prints by year how many values are reached, with absences as abstentions and left out.
"""

from __future__ import annotations

import sys

import pandas as pd

from verbale.measures.agreement import cohen_kappa

POWERS = {2: "fpsusa", 365: "fpsrus"}
CODES = {"left out": (1, 2, 3), "abstain": (1, 2, 3, 8)}


def main(published: str, official: str) -> None:
    """Compare every published value with ours."""
    votes = pd.read_csv(official, usecols=["rcid", "vote", "ccode", "date"])
    votes["year"] = pd.to_datetime(votes["date"], errors="coerce").dt.year
    for year, members in pd.read_csv(published).groupby("year"):
        told = []
        for codes in CODES.values():
            cast = votes[(votes["year"] == year) & votes["vote"].isin(codes)].drop_duplicates(["rcid", "ccode"])
            cast = cast.assign(vote=cast["vote"].replace(8, 2)).pivot(index="rcid", columns="ccode", values="vote")
            reached = total = 0
            for power, column in POWERS.items():
                for member, value in members.loc[members["ccode"] != power, ["ccode", column]].dropna().to_numpy():
                    pair = cast.reindex(columns=[power, member]).dropna().to_numpy(dtype=float)
                    ours = cohen_kappa(pair[:, 0], pair[:, 1]) if len(pair) else None
                    total += 1
                    reached += ours is not None and abs(ours - value) < 0.00051
            told.append(f"{reached} of {total}")
        print(f"{year}: {', '.join(f'{name} {one}' for name, one in zip(CODES, told, strict=True))}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
