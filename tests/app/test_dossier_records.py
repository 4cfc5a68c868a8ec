"""The flow: which records a dossier's page shows for its pair and years, from what is installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html as lxml_html
from tests.records.record_samples import official_file

from verbale.app.cli.main import call
from verbale.app.flows.dossier_records import NONE, parse_records, records_beside
from verbale.app.flows.dossiers import dossier
from verbale.core import VerbaleError
from verbale.records import install

TEXT = "In 1828 Russia and Persia signed the Treaty of Turkmenchay. In 1946 the Soviet Union threatened Iran."
SHARED = Path(__file__).parents[3] / "shared"
MEMBER = {"version4id": 1, "ss_type": "Type I", "mem_st_year": 1921, "mem_st_month": 2, "mem_st_day": 26, "mem_end_year": 1941,
          "mem_end_month": 8, "mem_end_day": 25, "left_censor": 0, "right_censor": 0, "defense": 1, "neutrality": 0,
          "nonaggression": 0, "entente": 0, "version": 4.1}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("VERBALE_DATA", str(folder))
    return folder


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def install_alliances(tmp_path: Path) -> None:
    rows = [{**MEMBER, "ccode": 365, "state_name": "Russia"}, {**MEMBER, "ccode": 630, "state_name": "Iran"}]
    install("cow-alliances", file=official_file(tmp_path, "cow-alliances", rows), partial=True)


def words(page: Path) -> str:
    return " ".join(" ".join(lxml_html.fromstring(page.read_text(encoding="utf-8")).xpath("//main//text()")).split())


def test_installed_records_are_shown_and_others_named(tmp_path: Path, folder: Path, article: Path) -> None:
    install_alliances(tmp_path)
    page = tmp_path / "page.html"
    dossier([article], output=page, dyad="RUS-IRN")
    assert "26 Feb 1921 – 25 Aug 1941" in words(page)
    assert "alliance 1: defence cow-alliances 4.1 2–3" in words(page)
    assert "Not installed, and so not shown: wars (cow-wars), militarised disputes (cow-mid-participants)" in words(page)


def test_the_years_asked_for_choose_the_rows(tmp_path: Path, folder: Path) -> None:
    install_alliances(tmp_path)
    found = records_beside(None, ("RUS", "IRN"), (1941, 1950), [])
    assert found is not None
    assert [(layer.kind, len(layer.rows)) for layer in found.layers] == [("alliances", 1)]
    after = records_beside(None, ("RUS", "IRN"), (1942, 1950), [])
    assert after is not None
    assert after.layers[0].rows == []
    assert records_beside(None, ("RUS", "IRN"), None, []) is None, "no act has a date"
    assert records_beside(None, None, (1942, 1950), []) is None, "records are those of a pair"


def test_without_records_one_line_says_what_could_be_installed(tmp_path: Path, folder: Path, article: Path) -> None:
    page = tmp_path / "page.html"
    dossier([article], output=page, dyad="RUS-IRN")
    told = words(page)
    assert told.count("Reference data could stand beside these acts") == 1
    assert "Beside the records" not in told
    dossier([article], output=page, dyad="RUS-IRN", records=False)
    assert "Reference data" not in words(page)
    dossier([article], output=page)
    assert "Reference data" not in words(page)


def test_a_damaged_dataset_is_named_and_the_page_is_made(tmp_path: Path, folder: Path, article: Path) -> None:
    install_alliances(tmp_path)
    (folder / "cow-alliances.parquet").write_bytes(b"PAR1 broken")
    page = tmp_path / "page.html"
    dossier([article], output=page, dyad="RUS-IRN")
    assert "cow-alliances" in words(page)
    assert "record-damaged" in words(page)


def test_names_are_checked(tmp_path: Path, folder: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (parse_records(NONE), parse_records("all"), parse_records(["cow-wars"])) == ((), None, ("cow-wars",))
    with pytest.raises(VerbaleError, match=r"a dossier shows no records called 'cow-trade'; choose among all, none, .*"):
        parse_records("cow-wars, cow-trade")
    with pytest.raises(VerbaleError, match="cow-wars"):
        dossier([article], output=tmp_path / "page.html", dyad="RUS-IRN", records="cow-wars")
    assert call(["dossier", str(article), "--dyad", "RUS-IRN", "--records", "x", "-o", str(tmp_path / "page.html")]) == 1
    assert "[dossier-records]" in capsys.readouterr().err


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared")
def test_the_disputes_and_alliances_of_russia_and_iran(tmp_path: Path, folder: Path) -> None:
    raw = SHARED / "records" / "data" / "raw" / "cow"
    install("cow-mid-participants", file=raw / "MIDB 5.0.csv")
    install("cow-wars", file=raw / "Inter-StateWarData_v4.0.csv")
    install("cow-alliances", file=raw / "alliance_v4.1_by_member.csv")
    found = records_beside(None, ("RUS", "IRN"), (1804, 2025), [])
    assert found is not None
    assert {layer.kind: len(layer.rows) for layer in found.layers} == {"wars": 0, "disputes": 17, "alliances": 3}
    lines = (raw / "MIDB 5.0.csv").read_text(encoding="ascii").splitlines()
    for row in next(layer for layer in found.layers if layer.kind == "disputes").rows:
        numbers = [lines[line - 1].split(",") for line in row["lines"]]
        assert [fields[0] for fields in numbers] == [str(row["dispnum"])] * 2
        assert [fields[2] for fields in numbers] == ["365", "630"]
