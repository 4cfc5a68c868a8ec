"""What a person types to correct an event, as fields of the event record: checked like an import, with what follows from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from verbale.core import SECTORS, Event, VerbaleError
from verbale.core.amendments import AMENDABLE
from verbale.core.schema import flat_row
from verbale.ledger.formats.amendments import checked_changes
from verbale.sources.dates import iso_date
from verbale.vocab import ORGANISATION_CODES, Project, Vocabulary, load_vocabulary
from verbale.vocab.codes import goldstein, load_codes

_PRECISION: Final = {4: "year", 7: "month", 10: "day"}
_FIRST_DAY: Final = {4: "-01-01", 7: "-01", 10: ""}
_DATE_FIELDS: Final = ("date_start", "date_end", "date_precision")
_CODES: Final = ("source", "target")
_UPPER: Final = (*_CODES, "source_sector", "target_sector", "type", "place_country")
# Fields that the record drops where another one is empty.
_NEEDS: Final = {"place_country": "place", "date_text": "date", "date_calendar": "date", "date_precision": "date"}
_YES: Final = {"yes": "true", "no": "false"}


def vocabulary_for(event: Event, given: Mapping[str, object], project: Project | None) -> Vocabulary:
    """Return the vocabulary for a change, with a project's files where an actor has, or gets, a code that the package lacks.

    What a project says of the package's codes changes nothing here, so that it need not be read for them.
    """
    codes = {event.source.code, event.target.code, *(str(_value(role, given[role])) for role in _CODES if given.get(role))}
    package = load_vocabulary()
    known = codes <= package.states.codes | ORGANISATION_CODES | {""}
    return package if known else load_vocabulary(project=project)


def read_changes(
    event: Event, given: Mapping[str, object], *, known_codes: frozenset[str], vocabulary: Vocabulary
) -> dict[str, Any]:
    """Return the fields that a person sets to another value, checked, with the fields that follow from them.

    `date` stands for start, end and precision: `1921`, `1921-02`, `1921-02-16`, or two of them with a slash. The value on the
    Goldstein scale follows type and mode, the entity behind a state's code its code and date, the sector of an organisation, or
    of an actor with a code of the user's own, its code. `known_codes` are actor codes that are allowed beside those of the
    vocabulary. Raises VerbaleError `amendment-value`.
    """
    changes: dict[str, Any] = {}
    for name, value in given.items():
        if name == "date":
            changes.update(_date(value))
        elif name in AMENDABLE:
            changes[name] = _value(name, value)
        else:
            raise _wrong(f"{name!r} cannot be changed; allowed are date, {', '.join(AMENDABLE)}")
    changes = _different(event, changes)
    changes |= {name: value for name, value in _what_follows(event, changes, vocabulary).items() if name not in changes}
    changes = _different(event, changes)
    _check_codes(event, changes, vocabulary, known_codes)
    return changes


def _different(event: Event, changes: dict[str, Any]) -> dict[str, Any]:
    """Return those of the fields, checked together with the rest of the event, that have another value than the event."""
    if not changes:
        return {}
    try:
        checked = checked_changes(event, changes)
    except ValueError as error:
        raise _wrong(str(error)) from error
    for name, needed in _NEEDS.items():
        if changes.get(name) and not checked[name]:
            raise _wrong(f"{name} says nothing without a {needed}, which the event lacks")
    row = flat_row(event)
    return {name: value for name, value in checked.items() if (row[name] or None) != (value or None)}


def _value(name: str, value: object) -> object:
    if not isinstance(value, str):
        return list(value) if isinstance(value, tuple) else value
    text = " ".join(value.split())
    if name in _UPPER:
        return text.upper()
    if name == "contexts":
        return [word for part in re.split("[;,]", text) if (word := part.strip())]
    if name == "mutual":
        return _YES.get(text.lower(), text)
    return text


def _date(value: object) -> dict[str, Any]:
    text = "" if value is None else str(value).strip()
    if not text:
        return dict.fromkeys(_DATE_FIELDS, "")
    first, slash, last = text.partition("/")
    start, end = iso_date(first.strip()), iso_date(last.strip()) if slash else None
    if start is None or (slash and (end is None or len(end) != len(start))):
        raise _wrong(f"date is {text[:40]!r}, not a date such as 1921, 1921-02, 1921-02-16, or two alike as in 1921-02/1921-05")
    return {
        "date_start": start + _FIRST_DAY[len(start)],
        "date_end": end + _FIRST_DAY[len(end)] if end else "",
        "date_precision": _PRECISION[len(start)],
    }


def _what_follows(event: Event, changes: Mapping[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """Return mode, value on the Goldstein scale, entities and sectors as they follow from the fields that are set."""
    row = {**flat_row(event), **changes}
    found: dict[str, Any] = {}
    if "type" in changes and row["mode"] and row["mode"] not in load_codes().modes_of(str(row["type"])):
        found["mode"] = row["mode"] = ""
    if ("type" in changes or "mode" in changes) and row["type"] in load_codes().types:
        found["intensity"] = goldstein(row["type"], row["mode"] or "")
    day = str(row["date_start"] or "")[:4]
    for role in _CODES:
        entity = vocabulary.actors.entity(str(row[role]), int(day) if day.isdecimal() else None)
        if role in changes or (entity and day and "date_start" in changes):
            found[f"{role}_entity"] = entity
        if role in changes:
            before, after = (_sector(str(code), vocabulary) for code in (flat_row(event)[role], row[role]))
            if after is not None or (before is not None and row[f"{role}_sector"] == before):
                found[f"{role}_sector"] = after or ""
    return found


def _sector(code: str, vocabulary: Vocabulary) -> str | None:
    """Return the sector that a code brings along; None for a state, whose troops and ministers have the same code."""
    if not code:
        return ""
    own = vocabulary.actors.own_codes.get(code)
    return own.sector if own is not None else "IGO" if code in ORGANISATION_CODES else None


def _check_codes(event: Event, changes: Mapping[str, Any], vocabulary: Vocabulary, known_codes: frozenset[str]) -> None:
    """Hold codes typed by hand against those that there are, because one wrong letter is another state, or none."""
    for role in _CODES:
        code, sector = changes.get(role), changes.get(f"{role}_sector")
        known = vocabulary.states.codes | ORGANISATION_CODES | vocabulary.actors.own_codes.keys() | known_codes
        if code and code not in known:
            raise _wrong(
                f"{role} is {code!r}, which is no actor code of the vocabulary or of this ledger (as RUS or UNO); a code of "
                "your own needs the project file that says who it is"
            )
        if sector and sector not in SECTORS:
            raise _wrong(f"{role}_sector is {sector!r}, not one of {', '.join(SECTORS)}")
    country = changes.get("place_country")
    if country and country not in vocabulary.states.codes:
        raise _wrong(f"place_country is {country!r}, which is no code of a state of the vocabulary (as EGY)")
    modes = load_codes().modes_of(changes.get("type") or event.type)
    if changes.get("mode") and changes["mode"] not in modes:
        raise _wrong(f"mode is {changes['mode']!r}; {changes.get('type') or event.type} has {', '.join(modes) or 'none'}")


def _wrong(reason: str) -> VerbaleError:
    return VerbaleError("amendment-value", reason=reason)
