"""The manual's pages on commands, event record and ledger say what the program does."""

from __future__ import annotations

import functools
import re
import textwrap
from pathlib import Path

import pytest
from tools.command_reference import page

from verbale.app.cli.main import COMMANDS
from verbale.app.flows import check_vocabulary
from verbale.core import EVENT_TYPES, QUADRANTS, SECTORS, STATUSES
from verbale.core.schema import EVENT_SCHEMA
from verbale.ledger import LAYOUTS
from verbale.ledger.tables import TABLES

DOCS = Path(__file__).parents[2] / "docs"


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@functools.cache
def reference() -> str:
    """The command reference as it would be written now; it asks every command for its help, which takes about a second."""
    return page()


def test_the_command_reference_is_what_help_prints() -> None:
    assert read("commands.md") == reference(), "run `python tools/command_reference.py`"
    assert all(f"## verbale {name}" in reference() for name in COMMANDS)
    assert "\x1b" not in reference()


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


ROOT = DOCS.parent
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


def anchors(page: Path) -> set[str]:
    """The names by which a page's headings are linked to, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page_path", PAGES, ids=lambda path: path.name)
def test_every_relative_link_leads_somewhere(page_path: Path) -> None:
    text = re.sub(r"```.*?```", "", page_path.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:", link)]
    for link in links:
        name, _, anchor = link.partition("#")
        target = (page_path.parent / name).resolve() if name else page_path
        assert target.exists(), f"{page_path.name} links to {link}"
        assert not anchor or anchor in anchors(target), f"{page_path.name} links to {link}"


@pytest.mark.parametrize("page_path", [path for path in PAGES if path.name != "commands.md"], ids=lambda path: path.name)
def test_every_command_and_option_that_a_page_names_exists(page_path: Path) -> None:
    sections = dict(re.findall(r"^## (verbale [\w -]+)\n\n```text\n(.*?)```", reference(), re.MULTILINE | re.DOTALL))
    for line in re.findall(r"(?:^|`|/)(verbale (?:[a-z][^`\n]*))", page_path.read_text(encoding="utf-8"), re.MULTILINE):
        words = line.split("#")[0].split()
        grouped = words[1] in {"amend", "codes", "measure", "records", "vocabulary"} and len(words) > 2
        command = " ".join(words[: 3 if grouped else 2])
        assert command in sections, f"{page_path.name}: {line}"
        for option in re.findall(r"(?<=\s)--[a-z-]+", line):
            assert option in sections[command], f"{page_path.name}: {line}"


@pytest.mark.parametrize("page_path", PAGES, ids=lambda path: path.name)
def test_every_python_example_compiles(page_path: Path) -> None:
    for number, example in enumerate(
        re.findall(r"^ *```python\n(.*?)```", page_path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    ):
        compile(textwrap.dedent(example), f"{page_path.name}, example {number + 1}", "exec")


def test_the_example_of_a_project_is_whole_and_every_line_of_it_is_used(tmp_path: Path) -> None:
    files = re.findall(r"`([\w.-]+)`:\n\n```\w+\n(.*?)```", read("vocabulary.md"), re.DOTALL)
    for name, content in files:
        (tmp_path / name).write_text(content, encoding="utf-8")
    report = check_vocabulary(tmp_path)
    assert {name for name, _ in files} == {"verbale.toml", *(file.name for file in report.files)}
    assert report.rejections == ()
    assert all(file.added for file in report.files)


def test_the_manual_says_which_check_reads_each_file_of_words() -> None:
    data = DOCS.parent / "src" / "verbale" / "review" / "data"
    told = re.findall(r"`([\w*]+\.csv)`", read("review.md").split("## Words and rules as data")[1])
    untold = [each.name for each in sorted(data.glob("*.csv")) if not any(each.match(name) for name in told)]
    assert not untold, f"docs/review.md names no reader of {untold}"
    assert not [name for name in told if not list(data.glob(name))]
