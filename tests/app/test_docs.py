"""The manual's pages on commands, event record and ledger say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools.command_reference import page

from verbale.app.cli.main import COMMANDS
from verbale.core import EVENT_TYPES, QUADRANTS, SECTORS, STATUSES
from verbale.core.schema import EVENT_SCHEMA
from verbale.ledger import LAYOUTS
from verbale.ledger.tables import TABLES

DOCS = Path(__file__).parents[2] / "docs"


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_command_reference_is_what_help_prints() -> None:
    assert read("commands.md") == page(), "run `python tools/command_reference.py`"
    assert all(f"## verbale {name}" in page() for name in COMMANDS)
    assert "\x1b" not in page()


def test_every_field_of_the_event_record_is_documented_with_its_type_and_an_example() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\w ]+) \| (.+?) \| (.+?) \|$", read("event-record.md"), re.MULTILINE)
    assert [row[0] for row in rows] == EVENT_SCHEMA.names
    words = {"string": "text", "int64": "integer", "bool": "boolean", "double": "number", "date32[day]": "date",
             "list<item: string>": "list of text", "list<element: string>": "list of text"}  # fmt: skip
    for field, (_, kind, example, meaning) in zip(EVENT_SCHEMA, rows, strict=True):
        assert kind == words[str(field.type)], field.name
        assert example.startswith("`")
        assert len(meaning) > 10


@pytest.mark.parametrize("word", [*EVENT_TYPES, *STATUSES, *SECTORS, *QUADRANTS.values()])
def test_every_value_of_the_closed_fields_is_documented(word: str) -> None:
    assert word in read("event-record.md")


def test_every_table_and_layout_of_the_ledger_is_documented() -> None:
    text = read("ledger.md")
    for table, schema in TABLES.items():
        assert f"### {table}" in text
        if table != "events":
            section = text.partition(f"### {table}\n")[2].partition("###")[0]
            assert [name for name in schema.names if f"`{name}`" not in section] == []
    for layout in LAYOUTS:
        assert f"`{layout}`" in text
