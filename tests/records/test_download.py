"""Installs that fetch their file, from a host on this machine: what arrives, what is refused and why, what goes on later."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pooch  # type: ignore[import-untyped]
import pytest
from tests.records import download_server as play
from tests.records.record_samples import states_text, zip_file

from verbale.core import Settings, VerbaleError
from verbale.records import DATASETS, Address, Installed, install
from verbale.records.download import CHUNK

# Three chunks of a transfer, so that a broken one leaves something: empty lines are no rows.
TEXT = states_text().encode() + b"\n" * 3 * CHUNK
KEPT = (len(TEXT) // 2) // CHUNK * CHUNK
PATH = "/files/states2016.csv"


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[play.Host]:
    monkeypatch.setattr(pooch.core, "time", SimpleNamespace(sleep=lambda _seconds: None))
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(variable, raising=False)
    with play.running() as host:
        host.files[PATH] = TEXT
        yield host


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    return At(monkeypatch)


class At:
    """Lets the catalogue say that the states lie at addresses of the host."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, *addresses: str, name: str = "cow-states", sha256: str | None = None) -> None:
        found = tuple(Address(url, f"e{number}", sha256) for number, url in enumerate(addresses))
        self._monkeypatch.setitem(DATASETS, name, dataclasses.replace(DATASETS[name], addresses=found))


def take(folder: Path, name: str = "cow-states", *, settings: Settings | None = None, again: bool = False) -> Installed:
    return install(name, folder=folder, partial=True, settings=settings, again=again)


def refused(folder: Path, *, settings: Settings | None = None, edition: str | None = None) -> VerbaleError:
    with pytest.raises(VerbaleError) as caught:
        install("cow-states", folder=folder, partial=True, settings=settings, edition=edition)
    assert not list(folder.glob("*.parquet"))
    return caught.value


def parts(folder: Path) -> list[int]:
    return [one.stat().st_size for one in sorted(folder.glob("downloads/*.part"))]


def test_a_file_is_fetched_and_installed(host: play.Host, at: At, folder: Path) -> None:
    url = host.plays(PATH)
    at(url)
    done = take(folder)
    assert (done.provenance.rows_out, done.provenance.source, done.provenance.addresses) == (4, "states2016.csv", (url,))
    assert done.provenance.source_sha256 == hashlib.sha256(TEXT).hexdigest()
    assert host.asked[0][1]["User-Agent"].startswith("verbale/")
    assert parts(folder) == []
    take(folder)
    assert len(host.asked) == 1, "what was fetched before is used again"
    take(folder, again=True)
    assert len(host.asked) == 2
    host.plays(PATH, *[play.status(404)])
    with pytest.raises(VerbaleError, match="404"):
        take(folder, again=True)
    assert take(folder).provenance.rows_out == 4, "what was there stays where a new download fails"
    assert len(host.asked) == 3


def test_two_datasets_of_one_archive_fetch_it_once(host: play.Host, at: At, folder: Path, tmp_path: Path) -> None:
    system = b"stateabb,ccode,year,version\nUSA,2,1816,2016\n"
    host.files["/both.zip"] = zip_file(tmp_path / "z.zip", {"states2016.csv": TEXT, "system2016.csv": system}).read_bytes()
    for name in ("cow-states", "cow-system"):
        at(host.plays("/both.zip"), name=name)
        assert take(folder, name).provenance.source == "both.zip"
    assert len(host.asked) == 1


def test_an_edition_is_chosen(host: play.Host, at: At, folder: Path) -> None:
    at(f"{host.url}/none.csv", host.plays(PATH))
    assert install("cow-states", folder=folder, partial=True, edition="e1").provenance.rows_out == 4
    error = refused(folder / "other", edition="1999")
    assert (error.code, "'1999' of cow-states" in str(error), "choose one of e0, e1" in str(error)) == (
        "download-edition",
        True,
        True,
    )


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_an_answer_that_is_final_is_named_and_not_asked_again(host: play.Host, at: At, folder: Path, code: int) -> None:
    at(host.plays(PATH, *[play.status(code)] * 4))
    error = refused(folder)
    assert error.code == "download-refused"
    assert f"(the host answered {code} " in str(error)
    assert "fetch states2016.csv or statelist2024.csv or States2024.zip from https://correlatesofwar.org/data-sets/" in str(
        error
    )
    assert "run `verbale records install cow-states --file PATH`" in str(error)
    assert len(host.asked) == 1


def test_a_host_that_is_busy_is_asked_again(host: play.Host, at: At, folder: Path) -> None:
    at(host.plays(PATH, play.status(503), play.status(429)))
    assert take(folder).provenance.rows_out == 4
    assert len(host.asked) == 3
    at(host.plays("/busy.csv", *[play.status(503)] * 9))
    error = refused(folder / "other", settings=Settings(download_retries=1))
    assert (error.code, "503" in str(error), len(host.asked)) == ("download-failed", True, 5)


def test_a_transfer_that_breaks_off_goes_on(host: play.Host, at: At, folder: Path) -> None:
    at(host.plays(PATH, play.cut, play.cut))
    done = take(folder)
    # the second answer begins anew and hangs up, too: what it sent replaces what was there
    assert done.provenance.source_sha256 == hashlib.sha256(TEXT).hexdigest()
    assert host.ranges() == [None, f"bytes={KEPT}-", f"bytes={KEPT}-"]
    assert parts(folder) == []


def test_a_later_run_goes_on_where_an_earlier_one_broke_off(host: play.Host, at: At, folder: Path) -> None:
    at(host.plays(PATH, play.cut))
    error = refused(folder, settings=Settings(download_retries=0))
    assert error.code == "download-failed"
    assert "run the same command again, which goes on where it broke off" in str(error)
    assert parts(folder) == [KEPT]
    assert take(folder).provenance.source_sha256 == hashlib.sha256(TEXT).hexdigest()
    assert host.ranges() == [None, f"bytes={KEPT}-"]


@pytest.mark.parametrize("answer", [play.without_ranges, play.wrong_part, play.status(416)])
def test_what_arrived_is_dropped_where_the_host_cannot_go_on(host: play.Host, at: At, folder: Path, answer: object) -> None:
    at(host.plays(PATH, play.cut, answer))  # type: ignore[arg-type]
    assert take(folder).provenance.source_sha256 == hashlib.sha256(TEXT).hexdigest()


def test_a_file_that_changed_meanwhile_is_fetched_anew(host: play.Host, at: At, folder: Path) -> None:
    at(host.plays(PATH, play.cut))
    refused(folder, settings=Settings(download_retries=0))
    host.files[PATH] = states_text(["USA,2,United States of America,1816,1,1,2016,12,31,2016"]).encode()
    assert take(folder).provenance.rows_out == 1


def test_a_wrong_checksum_is_named(host: play.Host, at: At, folder: Path) -> None:
    at(host.plays(PATH), sha256="0" * 64)
    error = refused(folder, settings=Settings(download_retries=1))
    assert error.code == "download-checksum"
    assert f"SHA-256 {hashlib.sha256(TEXT).hexdigest()}; the published one has {'0' * 64}" in str(error)
    assert len(host.asked) == 2
    assert [one for one in folder.rglob("*") if one.is_file()] == [], "nothing of a wrong file stays"
    at(host.plays(PATH), sha256=hashlib.sha256(TEXT).hexdigest())
    assert take(folder).provenance.rows_out == 4


def test_a_page_in_place_of_the_file_is_named(host: play.Host, at: At, folder: Path) -> None:
    at(host.plays(PATH, *[play.page] * 4))
    error = refused(folder)
    assert (error.code, len(host.asked)) == ("download-page", 1)
    assert "gave a web page in place of the file; open https://correlatesofwar.org/data-sets/" in str(error)


def test_another_file_than_expected_is_refused_and_forgotten(host: play.Host, at: At, folder: Path) -> None:
    host.files[PATH] = b"a,b\n1,2\n"
    at(host.plays(PATH))
    error = refused(folder)
    assert (error.code, "missing columns stateabb, ccode" in str(error)) == ("record-columns", True)
    host.files[PATH] = TEXT
    assert take(folder).provenance.rows_out == 4


def test_redirects_are_followed(host: play.Host, at: At, folder: Path) -> None:
    at(host.plays("/old.csv", play.to(PATH)))
    assert take(folder).provenance.rows_out == 4
    at(host.plays("/round.csv", *[play.to("/round.csv")] * 200))
    error = refused(folder / "other", settings=Settings(download_retries=0))
    assert (error.code, "redirects" in str(error)) == ("download-failed", True)


@pytest.mark.parametrize("answer", [play.endless, play.huge])
def test_what_is_too_large_is_refused_while_it_arrives(host: play.Host, at: At, folder: Path, answer: object) -> None:
    at(host.plays(PATH, answer))  # type: ignore[arg-type]
    error = refused(folder, settings=Settings(max_download_bytes=2 << 20))
    assert error.code == "download-too-large"
    assert "more than 2 MB; allowed are 2 MB" in str(error)


def test_a_host_that_is_not_there_is_named(at: At, folder: Path) -> None:
    at("http://127.0.0.1:1/states2016.csv")
    error = refused(folder, settings=Settings(download_retries=0))
    assert (error.code, "Connection refused" in str(error)) == ("download-failed", True)
    assert "\n" not in str(error)


def test_a_host_that_sends_nothing_is_left(host: play.Host, at: At, folder: Path) -> None:
    at(host.plays(PATH, lambda answer, _content: answer.begin(200, Content_Length="9")))
    error = refused(folder, settings=Settings(download_retries=0, download_timeout=0.2))
    assert error.code == "download-failed"


def test_files_that_belong_together_are_fetched_together(
    host: play.Host, at: At, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.files["/ksgmdw.txt"] = b"number\tabb\tname\tstart\tend\n2\tUSA\tUnited States\t1816-01-01\t2020-12-31\n"
    host.files["/microstates.txt"] = b"number\tabb\tname\tstart\tend\n54\tDMA\tDominica\t1978-11-03\t2020-12-31\n"
    found = tuple(Address(f"{host.url}/{name}", "2020") for name in ("ksgmdw.txt", "microstates.txt"))
    monkeypatch.setitem(DATASETS, "gw-states", dataclasses.replace(DATASETS["gw-states"], addresses=found))
    done = take(folder, "gw-states")
    assert (done.provenance.rows_out, done.provenance.members) == (2, ("ksgmdw.txt", "microstates.txt"))
    assert len(done.provenance.addresses) == 2


def test_progress_is_shown(host: play.Host, at: At, folder: Path) -> None:
    told: list[object] = []

    class Seen:
        total = 0

        def __init__(self, name: str) -> None:
            told.append(name)

        def update(self, amount: int) -> None:
            told.append(("update", self.total, amount))

        def reset(self) -> None:
            told.append("reset")

        def close(self) -> None:
            told.append("close")

    at(host.plays(PATH))
    install("cow-states", folder=folder, partial=True, watch=Seen)
    assert told[0] == "states2016.csv"
    assert ("update", len(TEXT), len(TEXT)) in told  # pooch fills the line at the end
    assert told[-1] == "close"


def test_datasets_whose_owners_do_not_want_it_are_never_fetched(folder: Path) -> None:
    for name, words in (("cow-alliances", "its maintainer asks"), ("sipri-transfers", "interactive page")):
        with pytest.raises(VerbaleError, match=words) as caught:
            install(name, folder=folder)
        assert caught.value.code == "record-by-hand"


def test_addresses_are_of_the_kinds_that_we_mean_to_use() -> None:
    for dataset in DATASETS.values():
        for address in dataset.addresses:
            assert address.url.startswith(("https://", "http://ksgleditsch.com/")), dataset.name
            assert "" not in (address.file, address.edition), dataset.name
    assert not any(DATASETS[name].addresses for name in DATASETS if name.startswith("cow-alliances"))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate that nobody has signed."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", f"{path}.key", "-out", f"{path}.crt"]
    subprocess.run(made, check=True, capture_output=True)
    path.write_text(Path(f"{path}.key").read_text() + Path(f"{path}.crt").read_text())
    return path


def test_a_certificate_that_nobody_vouches_for_is_refused(
    certificate: Path, at: At, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    with play.running(certificate) as host:
        host.files[PATH] = TEXT
        at(host.plays(PATH))
        error = refused(folder)
        assert error.code == "download-certificate"
        assert "cannot be verified (self" in str(error)
        assert "fetch states2016.csv or" in str(error)
        assert host.asked == []
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", f"{certificate}.crt")
        assert take(folder).provenance.rows_out == 4


def test_a_way_without_encryption_is_not_followed(
    certificate: Path, host: play.Host, at: At, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", f"{certificate}.crt")
    with play.running(certificate) as secure:
        at(secure.plays(PATH, play.to(f"{host.url}{PATH}")))
        error = refused(folder)
        assert (error.code, "without encryption" in str(error)) == ("download-failed", True)
        assert host.asked == []


def test_the_provenance_on_disk_has_the_address(host: play.Host, at: At, folder: Path) -> None:
    at(host.plays(PATH))
    take(folder)
    assert json.loads((folder / "cow-states.json").read_text())["addresses"] == [f"{host.url}{PATH}"]
