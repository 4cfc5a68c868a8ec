"""The measures of promises as users reach them: command line, dossier, and the shared article beside the shared register."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from verbale import code
from verbale.app import flows
from verbale.app.cli.main import app
from verbale.app.flows import measuring
from verbale.app.flows.measured.base import MeasureInput
from verbale.app.flows.measured.declared_commitments import PROMISES
from verbale.core import Actor, Event, EventDate, Evidence, VerbaleError
from verbale.core.schema import EVENT_SCHEMA, event_to_row
from verbale.records import install
from verbale.records.datasets.sipri_transfers import HEADER
from verbale.vocab import load_vocabulary

SHARED = Path(__file__).parents[3] / "shared"
ARTICLE, REGISTER = SHARED / "articles" / "iran-russia-part1.txt", SHARED / "records/data/raw/sipri/trade-register.csv.gz"
RUNNER = CliRunner()


def written_register(path: Path) -> Path:
    """A register as SIPRI exports it, of orders that never were."""
    lines = [",".join("" if name.endswith("?") else name for name in HEADER)]
    orders = [
        ("Brazil", 2001, 2, 2, "2003"),
        ("Brazil", 2003, 1, 0, ""),
        ("Egypt", 2001, 5, 5, "2002; 2004"),
        ("India", 2005, 5, 1, "2006"),
        ("Egypt", 2006, 1, 1, "2007"),
        ("India", 2007, 2, 2, "2008"),
    ]
    for at, (recipient, year, ordered, delivered, years) in enumerate(orders):
        fields = [
            recipient,
            "France",
            year,
            "",
            ordered,
            "",
            f"K-{at + 10}",
            "tank",
            delivered,
            "",
            years,
            "New",
            "",
            1,
            ordered,
            delivered,
        ]
        lines.append(",".join(map(str, fields)))
    path.write_text("\n".join(["Data generated: 13 Mar 2025", "", *lines]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records")
    done = install("sipri-transfers", file=written_register(folder / "trade-register.csv"), folder=folder / "data")
    assert done.provenance.rows_out == 6
    return folder / "data"


@pytest.fixture
def events(tmp_path: Path) -> Path:
    """A table of two acts: a delivery of a good that the register holds, and a promise that it does not."""
    acts = [
        Event(Evidence("d", 0, 9, "words"), Actor("FRA"), Actor("BRA"), "COOPERATE", object="K-10 tanks", trigger="deliver"),
        Event(
            Evidence("d", 10, 19, "words"),
            Actor("FRA"),
            Actor("BRA"),
            "AGREE",
            object="Angra plant",
            trigger="sign",
            mutual=True,
        ),
    ]
    path = tmp_path / "events.parquet"
    pq.write_table(pa.Table.from_pylist([event_to_row(one) for one in acts], schema=EVENT_SCHEMA), path)
    return path


def run(*arguments: str, folder: Path | None = None) -> str:
    """What a command prints, and the error with which it ends."""
    done = RUNNER.invoke(app, ["measure", *arguments], env={"VERBALE_DATA": str(folder) if folder else "/nonexistent"})
    return f"{done.output}{done.exception or ''}"


def test_commitments_on_the_command_line_and_their_files(installed: Path, events: Path, tmp_path: Path) -> None:
    out = tmp_path / "c.csv"
    done = run(
        "commitments", "--dyad", "FRA-BRA", "--events", str(events), "--rows", "commitment", "-o", str(out), folder=installed
    )
    assert "FRA-BRA: 3 commitments" in done
    assert "K-10" in out.read_text(encoding="utf-8")
    done = run("commitments", "--dyad", "FRA-BRA", "--events", str(events), "--about", "K-10", "--json", folder=installed)
    rows = json.loads(done)["rows"]
    assert [row["told_by"] for row in rows if row["state"] == "delivered"] == ["sipri-transfers", "documents"]


def test_without_the_register_commitments_are_those_of_documents_and_reliability_says_what_to_install(events: Path) -> None:
    done = run("commitments", "--dyad", "FRA-BRA", "--events", str(events))
    assert "warning: The dataset sipri-transfers is not installed" in done
    done = run("reliability", "--dyad", "FRA-BRA", "--events", str(events))
    assert "sipri-transfers is not installed" in done


def test_reliability_turns_the_pair_where_only_the_second_supplied(installed: Path, events: Path) -> None:
    done = run("reliability", "--dyad", "BRA-FRA", "--events", str(events), folder=installed)
    assert "FRA-BRA: 2 orders" in done
    done = run("reliability", "--dyad", "BRA-FRA", "--supplier", "first", "--events", str(events), folder=installed)
    assert "two orders at least from BRA by FRA" in done


def test_a_comparison_lists_the_pairs_that_it_cannot_compare(installed: Path, events: Path) -> None:
    arguments = ("comparison", "--quantity", "delivered in full", "--dyad", "FRA-BRA", "--events", str(events))
    done = run(*arguments, "--other", "EGY", "--other", "PER", folder=installed)
    assert "FRA-EGY: 1.00 (" in done
    assert "FRA-PER: no value" in done
    done = run(*arguments, "--json", folder=installed)  # without others: those with most orders
    assert {row["dyad"] for row in json.loads(done)["rows"]} == {"FRA-BRA", "FRA-EGY", "FRA-IND"}
    for more, words in (
        (("--of", "commitments"), "of is 'commitments'; give one of reliability"),
        (("--pair", "USA"), "USA"),
        (("--other", "EGY", "--where", "dyad"), "NAME=VALUE"),
        (("--other", "EGY", "--setting", "colour=red"), "one of supplier"),
    ):
        assert words in run(*arguments, *more, folder=installed)


def test_what_the_register_alone_tells_needs_no_ledger(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VERBALE_LEDGER", raising=False)
    assert "FRA-BRA: 2 orders" in run("reliability", "--dyad", "FRA-BRA", folder=installed)
    told = run("comparison", "--dyad", "FRA-BRA", "--other", "EGY", "--quantity", "delivered in full", folder=installed)
    assert "FRA-EGY: 1.00 (" in told
    asked = run("comparison", "--dyad", "FRA-BRA", "--other", "EGY", "--of", "balance", folder=installed)
    assert "there is no ledger" in asked.lower()


def test_any_measure_with_intervals_can_be_compared(installed: Path, tmp_path: Path) -> None:
    acts = [
        Event(
            Evidence(f"d{at % 4}", at * 10, at * 10 + 9, "w"),
            Actor("FRA"),
            Actor(other),
            "AGREE" if at % share else "ACCUSE",
            date=EventDate(datetime.date(1950 + at, 1, 1), None, "year"),
        )
        for other, share in (("BRA", 2), ("EGY", 5))
        for at in range(40)
    ]
    path = tmp_path / "events.parquet"
    pq.write_table(pa.Table.from_pylist([event_to_row(one) for one in acts], schema=EVENT_SCHEMA), path)
    result = flows.measure(
        "comparison",
        events=path,
        dyad="FRA-BRA",
        of="balance",
        quantity="share",
        other=("EGY",),
        where=("direction=both", "period=All"),
        setting=("replicates=200", "span=All=1900..2000"),
        records_folder=installed,
    )
    assert [row["dyad"] for row in result.rows.to_pylist()] == ["FRA-EGY", "FRA-BRA"]


@pytest.mark.parametrize("dyad", [("FRA", "BRA"), ("BRA", "FRA"), ("GBR", "JPN")])
def test_sections_of_a_page_never_fail_for_want_of_a_register(
    installed: Path, events: Path, monkeypatch: pytest.MonkeyPatch, dyad: tuple[str, str]
) -> None:
    monkeypatch.setattr(measuring, "MEASURES", {one.name: one for one in PROMISES})
    table = ibis.read_parquet(events)
    for folder in (installed, installed / "none"):
        inputs = MeasureInput(table, dyad, None, load_vocabulary(), records_folder=folder)
        sections = {one.name: one for one in measuring.measure_sections(inputs)}
        assert list(sections) == ["commitments", "reliability", "comparison", "comparison-first", "comparison-second"]
        has_promises = set(dyad) == {"FRA", "BRA"}
        assert bool(sections["commitments"].refusal) != has_promises
        assert bool(sections["reliability"].refusal) != (has_promises and folder == installed)
        assert bool(sections["comparison"].refusal) != (has_promises and folder == installed)
        assert "another state toward which 10 acts of" in sections["comparison-first"].refusal


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if not (ARTICLE.is_file() and REGISTER.is_file()):
        pytest.skip("needs ../shared/articles and the register in ../shared/records")
    folder = tmp_path_factory.mktemp("article")
    code([ARTICLE], ledger=folder / "a.duckdb")
    install("sipri-transfers", file=REGISTER, folder=folder)
    return {"ledger": folder / "a.duckdb", "records_folder": folder}


def test_the_articles_contract_cancelled_and_delivered_has_article_and_register_as_evidence(article: dict[str, Any]) -> None:
    rows = flows.measure("commitments", dyad="RUS-IRN", about=("S-300",), **article).rows.to_pylist()
    assert len({row["commitment"] for row in rows}) == 1
    told: dict[tuple[str, int], set[str]] = {(row["state"], row["first_day"].year): set() for row in rows if row["first_day"]}
    for row in rows:
        if row["first_day"]:
            told[row["state"], row["first_day"].year].add(row["told_by"])
    both = {"documents", "sipri-transfers"}
    assert told["promised", 2007] == told["cancelled", 2010] == told["delivered", 2016] == both
    assert told["promised", 2015] == told["replaced", 2015] == {"sipri-transfers"}


def test_the_articles_plant_and_jets_show_what_is_known_and_what_is_open(article: dict[str, Any]) -> None:
    rows = flows.measure(
        "commitments", dyad="RUS-IRN", about=("Bushehr", "Su-35"), rows="commitment", **article
    ).rows.to_pylist()
    plant, jets = sorted(rows, key=lambda row: row["kind"], reverse=True)
    assert plant["standing"] == "delayed"
    assert "delivery" in plant["open"]
    assert jets["standing"] == "pending"
    assert jets["told_by"] == ["documents", "sipri-transfers"]
    assert jets["open"] == ["delivery"]


def test_deliveries_to_five_states_are_compared_from_the_register(article: dict[str, Any]) -> None:
    others = ("IND", "CHN", "TUR", "SAU")
    result = flows.measure("comparison", dyad="RUS-IRN", other=others, quantity="delivered in full", **article)
    rows = {row["dyad"]: row for row in result.rows.to_pylist()}
    assert set(rows) == {"RUS-IRN", *(f"RUS-{code}" for code in others)}
    assert all(row["low"] <= row["value"] <= row["high"] and row["register_lines"] for row in rows.values())
    assert rows["RUS-IRN"]["difference"] is None
    assert result.evidence(name="sipri-transfers").count().to_pyarrow().as_py() > 500
    again = flows.measure("comparison", dyad="RUS-IRN", other=others, quantity="delivered in full", **article)
    assert again.rows.equals(result.rows)


def test_an_unknown_quantity_is_an_error_with_those_there_are(article: dict[str, Any]) -> None:
    with pytest.raises(VerbaleError, match="median years to first delivery"):
        flows.measure("comparison", dyad="RUS-IRN", other=("IND",), quantity="speed", **article)
