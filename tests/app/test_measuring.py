"""`verbale measure NAME`, the flow behind it, periods by name, and the sections of a dossier, on a simulated ledger."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from lxml import html as lxml_html
from tests.measures.simulated import changing_counts, write_ledger, yearly_events

from verbale.app.cli.main import call
from verbale.app.flows import dossier, measure
from verbale.app.flows.measured.base import Measure, MeasureOption
from verbale.app.flows.measured.catalogue import MEASURES
from verbale.app.flows.measuring import LAYOUTS, write_result
from verbale.core import VerbaleError
from verbale.ledger import open_ledger
from verbale.vocab import load_regimes, load_vocabulary, succession


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    counts = changing_counts(np.random.default_rng(3), [(4, 2), (3, 9)], [18, 18])
    return write_ledger(tmp_path_factory.mktemp("measured") / "L.duckdb", yearly_events(counts, first_year=1980))


def test_a_table_is_written_in_every_layout_and_a_figure_in_two(ledger: Path, tmp_path: Path) -> None:
    common = ["measure", "balance", "--ledger", str(ledger), "--dyad", "RUS-IRN", "--period", "decade", "--replicates", "50"]
    assert call([*common, "-o", str(tmp_path / "b.csv")]) == 0
    result = measure("balance", ledger=ledger, dyad="RUS-IRN", period="decade", replicates=50)
    for layout in LAYOUTS[1:]:
        write_result(result, tmp_path / f"b.{layout}", layout=layout)
    rows = list(csv.DictReader((tmp_path / "b.csv").open(encoding="utf-8")))
    table = pq.read_table(tmp_path / "b.parquet")
    assert len(rows) == table.num_rows == 3 * 4 * 11
    assert rows[0]["event_ids"].split("; ") == table["event_ids"][0].as_py()
    assert json.loads(table.schema.metadata[b"verbale.method"])["seed"] == 1815
    facts = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert facts["rows"][0]["direction"] == "RUS>IRN"
    assert facts["method"]["options"]["dyad"] == ["RUS-IRN"]
    assert (tmp_path / "b.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / "b.svg").read_bytes()


def test_a_mistyped_code_is_no_pair_without_events(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "e.jsonl"
    for command in (
        ["measure", "balance", "--ledger", str(ledger)],
        ["export", str(ledger), "-o", str(output)],
        ["dossier", "--ledger", str(ledger), "-o", str(output)],
    ):
        assert call([*command, "--dyad", "RUS-IRM"]) == 1
        told = capsys.readouterr().err
        assert "IRM is no actor code of the vocabulary or of these events; like it are " in told
        assert "IRN (Iran)" in told
        assert "[dyad-unknown]" in told
    assert not output.exists()


def test_people_get_sentences_and_machines_everything(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["measure", "turning-points", "--ledger", str(ledger), "--dyad", "RUS-IRN", "--replicates", "5", "--date", "1998"]
    assert call(given) == 0
    told = capsys.readouterr().out
    assert "Level, from 199" in told
    assert "Given date, from 1998: conflict level" in told
    assert call([*given, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert {row["kind"] for row in facts["rows"]} >= {"level", "given"}
    assert facts["method"]["options"]["dates"] == ["1998-01-01"]


def test_periods_have_names(ledger: Path) -> None:
    common: dict[str, Any] = {"ledger": ledger, "dyad": "RUS-IRN", "replicates": 20, "quantity": ("events",)}

    def periods(**given: Any) -> list[str | None]:
        rows = measure("balance", **common, **given).rows.to_pylist()
        return [row["period"] for row in rows if row["direction"] == "both"]

    assert periods(period="regimes") == ["Tsarist", "Provisional Government", "Soviet", "Federation"]
    assert periods(period="regimes:IRN") == ["Qajar", "Pahlavi", "Islamic Republic"]
    assert periods(period="states:rus") == ["Russian Empire", "RSFSR", "Soviet Union", "Russia"]
    assert periods(span=("Before=1900..1991-12-25", "After=1991-12-26..2030")) == ["Before", "After"]
    assert periods(period="all") == ["all"]
    assert len(periods(period="auto")) == 36


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": "hate"}, "no measure is called 'hate'; choose one of .*balance, "),
        ({"dyad": None}, "the measure balance is one of two actors; name them with --dyad"),
        ({"period": "fortnight"}, "period is 'fortnight'; give auto, day, week"),
        ({"period": "regimes:XYZ"}, "period is regimes:XYZ; give the code of a state"),
        ({"span": ("Cold War",)}, "span is 'Cold War'; give NAME=FIRST..LAST"),
        ({"span": ("Odd=1991..1947",)}, "span is 'Odd=1991..1947'; give NAME=FIRST..LAST"),
        ({"span": ("Odd=1991-13-01..1999",)}, "span is 'Odd=1991-13-01..1999'"),
        ({"windows": 3}, "windows is no option of this measure; give one of period, span"),
        ({"output": "b.xlsx"}, r"b\.xlsx does not tell what to write; end it in one of \.csv, \.parquet, \.json, \.png, \.svg"),
        ({"events": "none.parquet", "ledger": None}, r"no file of events at none\.parquet"),
        ({"events": "none.parquet"}, "give either a ledger or a table of events"),
        ({"name": "turning-points", "date": ("spring",)}, "date is 'spring'; give a year or day"),
        ({"name": "turning-points", "period": "regimes"}, "period is 'regimes'; give auto, day"),
    ],
)
def test_what_cannot_be_measured_is_said(ledger: Path, given: dict[str, Any], message: str) -> None:
    whole = {"name": "balance", "ledger": ledger, "dyad": "RUS-IRN", **given}
    with pytest.raises(VerbaleError, match=message):
        measure(whole.pop("name"), **whole)


def test_any_table_of_events_is_measured_as_the_ledger_that_it_comes_from(ledger: Path, tmp_path: Path) -> None:
    with open_ledger(ledger, read_only=True) as open_one:
        table = open_one.events().to_pyarrow()
    pq.write_table(table, tmp_path / "events.parquet")
    common: dict[str, Any] = {"dyad": "RUS-IRN", "replicates": 20, "period": "decade"}
    ours, theirs = measure("balance", ledger=ledger, **common), measure("balance", events=tmp_path / "events.parquet", **common)
    assert ours.rows.equals(theirs.rows)
    told = measure("balance", ledger=ledger, count="mentions", **common)
    assert told.evidence().count().execute() == table.num_rows
    half = measure("balance", ledger=ledger, years=(1980, 1989), min_confidence=0.5, **common)
    assert set(half.rows["period"].to_pylist()) == {"1980s"}


def test_a_dossier_says_which_measure_lacks_evidence(tmp_path: Path) -> None:
    path = write_ledger(tmp_path / "L.duckdb", yearly_events(np.array([[2.0, 1.0], [1.0, 0.0]])))
    dossier(ledger=path, dyad="RUS-IRN", output=tmp_path / "d.html")
    tree = lxml_html.fromstring((tmp_path / "d.html").read_text(encoding="utf-8"))
    said = tree.xpath("string(//section[@id='measure-turning-points'])")
    assert "Not computed: a search for turning points needs at least 12 periods (month) and 20 events" in " ".join(said.split())


@pytest.mark.parametrize("declared", MEASURES.values(), ids=lambda one: one.name)
def test_every_measure_of_the_registry_has_its_function_and_sound_options(declared: Measure) -> None:
    function = declared.function()
    taken = set(function.__annotations__) - {"inputs", "return"}
    assert taken == {option.name for option in declared.options}
    assert all(set(shown.options) <= taken for shown in declared.in_dossier)
    assert all(isinstance(option, MeasureOption) and option.help for option in declared.options)


def test_regimes_and_states_follow_each_other() -> None:
    states = load_vocabulary(project=None).states
    for code, regimes in load_regimes().items():
        assert code in states.codes
        assert all(before.last < after.first for before, after in pairwise(regimes))
    line = [(one.name, one.first.year, one.last.year) for one in succession(states, "RUS")]
    assert line == [("Russian Empire", 1, 1917), ("RSFSR", 1918, 1922), ("Soviet Union", 1923, 1991), ("Russia", 1992, 9999)]
    assert succession(states, "XYZ") == ()


def test_a_slip_in_the_table_of_regimes_is_named(tmp_path: Path) -> None:
    file = tmp_path / "regimes.csv"
    head = "code,name,first_day,last_day,change\n"
    for line, message in (
        ("RUS,Soviet,1917-11-31,,", "line 2, field first_day: '1917-11-31' is not allowed; allowed is a day"),
        ("RUS,A,1917-01-01,1916-01-01,", "a day after the regime before it"),
        ("RUS,A,,1920-01-01,\nRUS,A,1921-01-01,,", "'A' stands already in line 2"),
        ("RUS,A,,1920-01-01,\nRUS,B,1920-01-01,,", "a day after the regime before it"),
    ):
        file.write_text(head + line, encoding="utf-8")
        load_regimes.cache_clear()
        with pytest.raises(VerbaleError, match=message):
            load_regimes(file)
