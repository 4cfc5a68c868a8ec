"""Finds arms by their names in a text: by the form of a designation, and by the names that the installed register uses."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from verbale.review.claims.reading import Reader
from verbale.review.patterns import load_patterns
from verbale.review.words import DATA
from verbale.vocab.tables import read_rows

_WORDS: Final = load_patterns("claim_register.csv")

_NAMED: Final = re.compile(r"\b(?P<first>[A-Z][a-z]{3,} )?(?P<name>[A-Z][A-Za-zÀ-ÿ]{2,})(?P<number>[ -]\d{1,4}\w{0,3}\b)?")


@functools.cache
def nicknames(*, folder: Path = DATA) -> Mapping[str, tuple[str, ...]]:
    """Return the designations behind the names of prose, loaded once."""
    return {
        row.required("name"): row.parts("designation")
        for row in read_rows(folder / "claim_designations.csv", ("name", "designation"))
    }


def designations_in(reader: Reader, text: str, known: frozenset[str]) -> list[tuple[int, str]]:
    """Return where arms are named in a text, each by the words there; names of actors are none."""
    found = [(match.start(), match.end(), match[0]) for match in _WORDS["designation"].finditer(text)]
    names = nicknames()
    for match in _NAMED.finditer(text):
        first, name = (match["first"] or "").strip(), match["name"]
        bare = next((one for one in (name, name.removesuffix("s"), _bare(name)) if one in known or one in names), None)
        if bare is None:
            continue
        start = match.start() if first in known or f"{first} {bare}" in names else match.start("name")
        whole = text[start : match.end()] if match["number"] else text[start : match.start("name")] + bare
        if not match["number"] and bare not in names and load_patterns("claim_find.csv")["place-before"].search(text[:start]):
            continue  # "in the Horn" is a region, by whatever name a radar goes
        if start == 0 and bare not in names and not match["number"]:
            continue
        taken = any(begin < match.end() and start < end for begin, end, _ in reader.actors(text))
        if not taken and not any(begin < match.end() and start < end for begin, end, _ in found):
            found.append((start, match.end(), whole))
    return [(start, words) for start, _, words in sorted(found)]


def _bare(name: str) -> str:
    """Return a name without accents: the register writes Scorpene."""
    return "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
