"""Types, modes, CAMEO codes and Goldstein values agree with each other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from verbale.core import EVENT_TYPES, QUADRANTS, VerbaleError
from verbale.vocab.codes import cameo_code, goldstein, load_codes, plover_of
from verbale.vocab.inflection import DATA

CODES = load_codes()


def test_all_cameo_codes_are_there() -> None:
    assert len(CODES.cameo) >= 300
    assert {code[:2] for code in CODES.cameo} == {f"{root:02}" for root in range(1, 21)}
    assert len({code.label for code in CODES.cameo.values()}) == len(CODES.cameo)


@pytest.mark.parametrize(
    ("cameo", "expected"),
    [
        ("042", ("CONSULT", "visit")),
        ("057", ("AGREE", "")),
        ("0841", ("RETREAT", "release")),
        ("163", ("SANCTION", "embargo")),
        ("173", ("COERCE", "arrest")),
        ("1951", ("ASSAULT", "aerial")),
        ("010", ("", "")),
    ],
)
def test_plover_of(cameo: str, expected: tuple[str, str]) -> None:
    assert plover_of(cameo) == expected


def test_unknown_code() -> None:
    with pytest.raises(VerbaleError, match="'99' is no CAMEO code"):
        plover_of("99")


def test_codes_go_there_and_back() -> None:
    for event_type in EVENT_TYPES:
        for mode in ("", *CODES.modes_of(event_type)):
            code = cameo_code(event_type, mode)
            assert code in CODES.cameo
            back = plover_of(code)[0]
            # CAMEO has one root for yielding in words and in deeds, and one for fighting and coercing: the quadrant holds.
            assert back, code
            assert back == event_type or (event_type, mode) in {("RETREAT", "resign"), ("SANCTION", "convict")}


def test_leading_zeros_and_signs() -> None:
    assert cameo_code("CONSULT", "visit") == "042"
    assert cameo_code("AGREE") == "030"
    assert cameo_code("ASSAULT", "no such mode") == "190"
    for event_type in EVENT_TYPES:
        cooperative = QUADRANTS[event_type].endswith("cooperation")
        assert (goldstein(event_type) > 0) == cooperative


def test_a_value_out_of_range_is_refused(tmp_path: Path) -> None:
    for file in DATA.glob("*.csv"):
        shutil.copy(file, tmp_path / file.name)
    (tmp_path / "cameo.csv").write_text("code,label,type,mode,goldstein\n042,visit,CONSULT,visit,19\n", encoding="utf-8")
    with pytest.raises(VerbaleError, match=r"cameo\.csv, line 2, field goldstein.*from -10 to 10"):
        load_codes(tmp_path)


def test_a_mode_of_another_type_is_refused(tmp_path: Path) -> None:
    for file in DATA.glob("*.csv"):
        shutil.copy(file, tmp_path / file.name)
    text = (DATA / "cameo.csv").read_text(encoding="utf-8").replace(",CONSULT,visit,", ",CONSULT,aerial,", 1)
    (tmp_path / "cameo.csv").write_text(text, encoding="utf-8")
    with pytest.raises(VerbaleError, match="has the mode 'aerial'"):
        load_codes(tmp_path)
