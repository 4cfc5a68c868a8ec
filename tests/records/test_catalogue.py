"""What the catalogue says of every dataset: whole, and in a form that other programs can read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from verbale.core import VerbaleError
from verbale.records import DATASETS, cite

ENTRY = re.compile(r"@([a-z]+)\{([A-Za-z0-9_:-]+),\n")
FIELD = re.compile(r"\s*([a-z]+) = ")


def entries(text: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield kind, key and fields of the entries of a BibTeX text; fails on text that is none."""
    place = 0
    while place < len(text):
        begin = ENTRY.match(text, place)
        assert begin, f"no entry begins at {text[place : place + 60]!r}"
        place, found = begin.end(), {}
        while text[place] != "}":
            name = FIELD.match(text, place)
            assert name, f"no field begins at {text[place : place + 60]!r}"
            assert name[1] not in found, f"{begin[2]} has {name[1]} twice"
            value, place = braced(text, name.end())
            found[name[1]] = value
            place += text[place] == ","
            place = len(text) - len(text[place:].lstrip())
        yield begin[1], begin[2], found
        place = len(text) - len(text[place + 1 :].lstrip())


def braced(text: str, start: int) -> tuple[str, int]:
    """Return what stands between a brace and its closing one, and the place after that."""
    assert text[start] == "{", f"no brace at {text[start : start + 60]!r}"
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 1 : place], place + 1
    pytest.fail(f"no brace closes {text[start : start + 60]!r}")


def test_the_reader_of_entries_sees_what_it_is_for() -> None:
    assert list(entries("@misc{a_1,\n  title = {B {C}},\n  year = {1999}\n}")) == [
        ("misc", "a_1", {"title": "B {C}", "year": "1999"})
    ]
    for broken in ("@misc{a,\n  title = {B {C}\n}", "@misc{a b,\n  year = {1}\n}", "@misc{a,\n  year = 1\n}", "see @misc"):
        with pytest.raises((AssertionError, IndexError, pytest.fail.Exception)):
            list(entries(broken))


@pytest.mark.parametrize("name", DATASETS)
def test_every_citation_can_be_read(name: str) -> None:
    found = list(entries(DATASETS[name].citation))
    assert found
    for _, key, fields in found:
        assert {"title"} <= set(fields), key
        assert {"author", "editor", "organization", "publisher"} & set(fields), key
        assert {"year", "url", "doi", "note"} & set(fields), key
        assert all(value.strip() for value in fields.values()), key


def test_one_key_stands_for_one_entry() -> None:
    known: dict[str, dict[str, str]] = {}
    for dataset in DATASETS.values():
        for _, key, fields in entries(dataset.citation):
            assert known.setdefault(key, fields) == fields, f"{dataset.name}: {key} is another entry elsewhere"


def test_all_datasets_together_give_each_entry_once() -> None:
    keys = [key for _, key, _ in entries(cite(list(DATASETS)))]
    assert len(keys) == len(set(keys))
    assert cite(["cow-wars", "cow-extra-state-wars"]) == cite(["cow-wars"])
    with pytest.raises(VerbaleError, match="no dataset is called 'x'"):
        cite(["x"])


@pytest.mark.parametrize("name", DATASETS)
def test_every_dataset_has_home_terms_domain_and_meanings(name: str) -> None:
    dataset = DATASETS[name]
    assert re.fullmatch(r"https?://[^\s]+|part of the program", dataset.home)
    assert len(dataset.terms) > 3
    assert dataset.title
    assert dataset.files
    assert dataset.editions
    for edition in dataset.editions.values():
        assert edition.first <= edition.last
    for column in dataset.columns:
        assert len(column.meaning) > 2, column.name
        assert not column.meaning.endswith("."), column.name


def test_editions_that_can_be_fetched_stand_in_the_catalogue_newest_first() -> None:
    for dataset in DATASETS.values():
        editions = list(dict.fromkeys(address.edition for address in dataset.addresses))
        known = [one for one in editions if one in dataset.editions]
        assert known == sorted(known, reverse=True), dataset.name


def test_hands_are_needed_for_a_stated_reason() -> None:
    for dataset in DATASETS.values():
        assert dataset.addresses or dataset.by_hand, f"{dataset.name} says neither where its file is nor why not"
