"""The shared files that panels are checked against, installed once for all tests of a session."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.records.record_samples import SHARED

from verbale.records import install

DATA = SHARED.parent
FILES = {
    "cow-states": "raw/cow/states2016.csv",
    "isard-cow-system": "isard/cw_system.csv",
    "isard-gw-system": "isard/gw_system.csv",
    "cow-majors": "raw/cow/majors2016.csv",
    "cow-mid-participants": "raw/cow/MIDB 5.0.csv",
    "cow-mid-disputes": "raw/cow/MIDA 5.0.csv",
    "cow-contiguity": "raw/cow/contdir.csv",
    "ps-cow-contiguity": "peacesciencer/cow_contdir.csv",
    "cow-capabilities": "raw/cow/NMC-60-abridged.csv",
    "ps-gml-disputes": "peacesciencer/gml_dirdisp.csv.gz",
    "ps-atop": "peacesciencer/atop_alliance.csv.gz",
    "ps-cow-wars": "peacesciencer/cow_war_inter.csv",
    "isard-cow-democracy": "isard/cw_democracy.csv.gz",
    "isard-cow-gdp-pop": "isard/cw_gdppop.csv.gz",
}


@pytest.fixture(scope="session")
def shared_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the shared files installed; skips where they are not there."""
    missing = [file for file in FILES.values() if not (DATA / file).is_file()]
    if missing:
        pytest.skip(f"needs ../shared/records/data: {', '.join(missing)}")
    folder = tmp_path_factory.mktemp("records")
    for name, file in FILES.items():
        assert not install(name, file=DATA / file, folder=folder).rejections
    return folder
