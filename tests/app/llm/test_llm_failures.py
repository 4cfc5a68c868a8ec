"""What a server may do wrong: busy, gone, slow, strange, hostile; each has its answer, and nobody waits in a test."""

from __future__ import annotations

import datetime
import json
import socket
import threading
from collections.abc import Callable, Iterator
from email.utils import format_datetime
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from tests.app.llm.chat_samples import TEXTS, good
from tests.app.llm.chat_server import Body, Reply, closed_endpoint, completion, passage, serve
from tests.app.llm.conftest import Clock

from verbale import sources
from verbale.app.flows.coding import CodeReport, code
from verbale.app.flows.llm import server as server_module
from verbale.app.flows.llm.coder import LlmCoder
from verbale.app.flows.llm.faults import TemporaryError
from verbale.app.flows.llm.options import KEY_VARIABLE, LlmOptions, is_local
from verbale.app.flows.llm.pace import Pace
from verbale.core import Block, Document, VerbaleError

Maker = Callable[..., LlmCoder]


def run(notes: Path, coder: LlmCoder) -> CodeReport:
    return code(notes, ledger=notes.parent / "L.duckdb", coder=coder)


def failing(times: int, reply: Reply) -> Callable[[Body], Reply]:
    """Fail so many times for each passage before a good answer."""
    left: dict[str, int] = {}

    def script(body: Body) -> Reply:
        left[passage(body)] = left.get(passage(body), times) - 1
        return reply if left[passage(body)] >= 0 else good(body)

    return script


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504, 529])
def test_what_may_pass_is_tried_again_with_growing_pauses(notes: Path, make_coder: Maker, clock: Clock, status: int) -> None:
    with serve(failing(3, Reply(b"busy", status))) as server:
        report = run(notes, make_coder(server.endpoint))
    assert (report.documents, report.events, report.rejections) == (3, 5, ())
    assert report.usage is not None
    assert report.usage.requests == 12
    pauses = clock.slept[:3]
    assert pauses[0] < pauses[1] < pauses[2]
    for pause, least in zip(pauses, (1, 2, 4), strict=True):
        assert least <= pause <= least + 1


@pytest.mark.parametrize(
    ("value", "pause"),
    [("7", 7.0), ("0.5", 0.5), ("86400", 300.0), ("-1", None), ("nan", None), ("soon", None), ("0", None)],
)
def test_the_pause_that_a_server_asks_for_is_kept(
    notes: Path, make_coder: Maker, clock: Clock, value: str, pause: float | None
) -> None:
    with serve(failing(1, Reply(b"", 429, {"Retry-After": value}))) as server:
        run(notes, make_coder(server.endpoint))
    assert clock.slept[0] == pause if pause else 1 <= clock.slept[0] <= 2


def test_the_pause_may_be_told_as_a_date(notes: Path, make_coder: Maker, clock: Clock) -> None:
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=100)
    with serve(failing(1, Reply(b"", 503, {"Retry-After": format_datetime(moment, usegmt=True)}))) as server:
        run(notes, make_coder(server.endpoint))
    assert 1 < clock.slept[0] <= 100


def test_after_all_retries_the_document_is_a_rejection_and_the_others_go_on(notes: Path, make_coder: Maker) -> None:
    broken = True

    def script(body: Body) -> Reply:
        return Reply(b"", 500) if broken and passage(body) == TEXTS["suez"] else good(body)

    with serve(script) as server:
        report = run(notes, make_coder(server.endpoint, retries=2))
        assert (report.documents, len(server.requests)) == (2, 5)
        broken = False
        again = run(notes, make_coder(server.endpoint, retries=2))
        assert len(server.requests) == 6
    (rejection,) = report.rejections
    assert rejection.code == "llm-passage"
    assert "suez could not be coded: the server failed on one of its passages (status 500)" in rejection.reason
    assert (again.documents, again.skipped, again.rejections) == (1, 2, ())


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<html>It works!</html>"),
        Reply(b""),
        Reply({"choices": []}),
        Reply({"choices": [{"message": None}]}),
        Reply({"choices": [{"message": "text"}]}),
        Reply({"error": "overloaded"}),
        Reply([1]),
        Reply(b"\xff\xfe{"),
        Reply(b'{"choices": ' + b"[" * 100_000),
        Reply(b"", hang_up=True),
        Reply(b"{}", headers={"Content-Encoding": "gzip"}),
        Reply(b"{}", headers={"Content-Length": "1000"}),
    ],
    ids=lambda reply: str(reply.body)[:20],
)
def test_what_is_no_chat_completion_is_tried_again_and_then_rejected(notes: Path, make_coder: Maker, reply: Reply) -> None:
    with serve(lambda body: reply if passage(body) == TEXTS["suez"] else good(body)) as server:
        report = run(notes, make_coder(server.endpoint, retries=1, timeout=5))
        assert [text for text in server.passages() if text == TEXTS["suez"]] == [TEXTS["suez"]] * 2
    assert (report.documents, [rejection.code for rejection in report.rejections]) == (2, ["llm-passage"])


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (completion(""), "answer-malformed"),
        (completion(None), "answer-malformed"),
        (completion("[" * 100_000), "answer-malformed"),
        (completion('{"events": [NaN]}'), "answer-malformed"),
        (completion('{"events": [{"quote": "\\u0000\x1b[2J"}]}'), "event-malformed"),
        (completion("{}", finish="content_filter"), "answer-refused"),
        (completion("", refusal="I will not."), "answer-refused"),
        (completion("x" * 2_000_000), "answer-malformed"),
        (completion("x" * 9_000_000), "answer-too-large"),
    ],
)
def test_a_bad_answer_costs_its_passage_only_and_is_not_kept(notes: Path, make_coder: Maker, reply: Reply, reason: str) -> None:
    with serve(lambda body: reply if passage(body) == TEXTS["suez"] else good(body)) as server:
        report = run(notes, make_coder(server.endpoint))
        assert (report.documents, report.events, report.dropped) == (3, 4, {reason: 1})
        kept = list((notes.parent / "answers").rglob("*.json"))
    assert len(kept) == (3 if reason == "event-malformed" else 2)


def test_a_server_that_does_not_answer_in_time_is_given_up(notes: Path, make_coder: Maker) -> None:
    release = threading.Event()

    def script(body: Body) -> Reply:
        if passage(body) == TEXTS["crimea"]:
            release.wait(30)
        return good(body)

    with serve(script) as server:
        try:
            report = run(notes, make_coder(server.endpoint, timeout=0.2, retries=0))
        finally:
            release.set()
    (rejection,) = report.rejections
    assert "no answer within 0.2 seconds" in rejection.reason
    assert report.documents == 2


def test_a_server_that_only_drips_is_given_up(make_coder: Maker, clock: Clock) -> None:
    server = make_coder("http://127.0.0.1:9", timeout=10)._server

    class Dripping:
        def iter_bytes(self) -> Iterator[bytes]:
            while True:
                clock.now += 3
                yield b" "

    with pytest.raises(TemporaryError, match="no complete answer within 10 seconds"):
        server._read(cast(httpx.Response, Dripping()), 1_000_000, clock())


def test_a_server_that_is_not_there_ends_the_run_at_once(notes: Path, make_coder: Maker, clock: Clock) -> None:
    endpoint = closed_endpoint()
    with pytest.raises(VerbaleError, match=f"no server answers at {endpoint} .*the same command goes on") as caught:
        run(notes, make_coder(endpoint, retries=50))
    assert caught.value.code == "llm-unreachable"
    assert len(clock.slept) == 1


def test_a_server_that_goes_away_costs_some_documents_and_then_ends_the_run(tmp_path: Path, make_coder: Maker) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(server_module.MOST_LOST + 5):
        (folder / f"{number:02}.txt").write_text(f"France praised Spain in {1900 + number}.", encoding="utf-8")
    with serve(good) as server:
        coder = make_coder(server.endpoint, retries=1)
        items = coder.code_all(verbale_documents(folder))
        first = next(items)
    results: list[Any] = []
    with pytest.raises(VerbaleError, match="no server answers"):
        results.extend(items)
    assert not hasattr(first, "reason")
    assert len(results) < server_module.MOST_LOST + 5


def verbale_documents(folder: Path) -> Iterator[Any]:
    return iter(sources.read([folder]))


@pytest.mark.parametrize(
    ("status", "code_name", "words"),
    [
        (401, "llm-key", f"does not accept the key .status 401.; put a valid one into the environment variable {KEY_VARIABLE}"),
        (403, "llm-key", "does not accept the key .status 403."),
        (404, "llm-model", "has no model test-model, or no chat API at this address"),
        (301, "llm-redirect", "text is sent to no address that you did not name"),
        (302, "llm-redirect", "points to another address"),
        (307, "llm-redirect", "points to another address"),
        (308, "llm-redirect", "points to another address"),
    ],
)
def test_what_no_retry_can_mend_ends_the_run_without_one(
    notes: Path, make_coder: Maker, status: int, code_name: str, words: str
) -> None:
    with serve(good) as elsewhere, serve(lambda _: Reply(b"", status, {"Location": elsewhere.endpoint})) as server:
        with pytest.raises(VerbaleError, match=words) as caught:
            run(notes, make_coder(server.endpoint))
        assert (caught.value.code, elsewhere.paths) == (code_name, [])
        # beside the first passage only the question that holds no document's text
        assert server.passages() == [TEXTS["crimea"]]
        assert len(server.requests) == (1 if status == 401 else 2)


@pytest.mark.parametrize("status", [403, 404, 302])
@pytest.mark.parametrize("disliked", ["crimea", "winter"])
def test_a_filter_that_dislikes_one_text_costs_no_other(notes: Path, make_coder: Maker, status: int, disliked: str) -> None:
    with serve(lambda body: Reply(b"", status) if passage(body) == TEXTS[disliked] else good(body)) as server:
        report = run(notes, make_coder(server.endpoint))
    assert (report.documents, [rejection.code for rejection in report.rejections]) == (2, ["llm-passage"])


def test_documents_that_break_a_server_one_after_the_other_do_not_end_the_run(tmp_path: Path, make_coder: Maker) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(server_module.MOST_LOST + 2):
        (folder / f"{number:02}.txt").write_text(f"Break! France praised Spain in {1900 + number}.", encoding="utf-8")
    (folder / "good.txt").write_text(TEXTS["suez"], encoding="utf-8")
    with serve(lambda body: Reply(b"", 500) if passage(body).startswith("Break") else good(body)) as server:
        report = code(folder, ledger=tmp_path / "L.duckdb", coder=make_coder(server.endpoint, retries=0))
    assert (report.documents, report.events, len(report.rejections)) == (1, 1, server_module.MOST_LOST + 2)


def test_a_server_that_only_fails_ends_the_run(tmp_path: Path, make_coder: Maker) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(server_module.MOST_LOST + 5):
        (folder / f"{number:02}.txt").write_text(f"France praised Spain in {1900 + number}.", encoding="utf-8")
    with serve(lambda _: Reply(b"", 500)) as server, pytest.raises(VerbaleError, match=r"no server answers at .*status 500"):
        code(folder, ledger=tmp_path / "L.duckdb", coder=make_coder(server.endpoint, retries=0))
    assert len(server.passages()) == server_module.MOST_LOST


def test_of_a_long_document_only_one_passage_is_waited_for_in_vain(tmp_path: Path, make_coder: Maker) -> None:
    text = "\n\n".join(f"In {1800 + number} France praised Spain. " + "It rained. " * 40 for number in range(20))
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    with serve(lambda _: Reply(b"", 500)) as server:
        report = code(
            tmp_path / "long.txt", ledger=tmp_path / "L.duckdb", coder=make_coder(server.endpoint, retries=1, passage_size=500)
        )
    assert (len(report.rejections), len(server.passages())) == (1, 2)


def test_a_server_cannot_have_itself_reminded(notes: Path, make_coder: Maker) -> None:
    def sets_cookie(body: Body) -> Reply:
        reply = good(body)
        return Reply(reply.body, headers={"Set-Cookie": "story=Britain invaded France; Path=/"})

    with serve(sets_cookie) as server:
        run(notes, make_coder(server.endpoint))
    assert not any("Cookie" in headers for headers in server.headers)


def picky(*, accepts: tuple[str | None, ...], refuses: tuple[str, ...] = ()) -> Callable[[Body], Reply]:
    """Accept only some forms of answers, and refuse some parameters by name."""

    def script(body: Body) -> Reply:
        for name in refuses:
            if name in body:
                hint = " Use 'max_completion_tokens' instead." if name == "max_tokens" else ""
                return Reply({"error": {"message": f"Unsupported parameter: '{name}'.{hint}", "param": name}}, 400)
        if body.get("response_format", {}).get("type") not in accepts:
            return Reply({"error": {"message": "response_format is not supported"}}, 400)
        return good(body)

    return script


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (picky(accepts=("json_schema",)), {"response_format", "max_tokens", "temperature", "seed"}),
        (picky(accepts=("json_object",)), {"response_format", "max_tokens", "temperature", "seed"}),
        (picky(accepts=(None,)), {"max_tokens", "temperature", "seed"}),
        (picky(accepts=("json_schema",), refuses=("max_tokens", "temperature")), {"response_format", "max_completion_tokens"}),
        (picky(accepts=(None,), refuses=("max_tokens", "seed")), {"max_completion_tokens"}),
    ],
    ids=["schema", "object", "plain", "reasoning model", "plain reasoning model"],
)
def test_a_servers_dialect_is_learned_once_and_remembered(
    notes: Path, make_coder: Maker, script: Callable[[Body], Reply], expected: set[str]
) -> None:
    with serve(script) as server:
        report = run(notes, make_coder(server.endpoint))
        asked = list(server.requests)
    assert (report.documents, report.events, report.rejections) == (3, 5, ())
    assert all(set(body) - {"model", "messages", "stream"} == expected for body in asked[-3:])
    # no text of a document is sent in vain but the first; the dialect is learned from a question that is always the same
    assert server.passages().count(TEXTS["crimea"]) <= 2
    assert [server.passages().count(TEXTS[name]) for name in ("suez", "winter")] == [1, 1]


def test_the_cache_does_not_care_in_which_dialect_an_answer_came(notes: Path, make_coder: Maker) -> None:
    with serve(picky(accepts=(None,))) as server:
        run(notes, make_coder(server.endpoint))
        before = len(server.requests)
        report = code(notes, ledger=notes.parent / "M.duckdb", coder=make_coder(server.endpoint))
        assert (report.events, len(server.requests)) == (5, before)


@pytest.mark.parametrize("reply", [Reply(b"the context is full", 400), Reply(b"", 413)])
def test_a_passage_that_does_not_fit_is_asked_about_in_halves(notes: Path, make_coder: Maker, reply: Reply) -> None:
    with serve(lambda body: reply if len(passage(body)) > 60 else good(body)) as server:
        report = run(notes, make_coder(server.endpoint))
    assert report.rejections == ()
    with serve(lambda body: reply if passage(body) else good(body)) as server:
        report = code(notes, ledger=notes.parent / "M.duckdb", coder=make_coder(server.endpoint))
    assert [rejection.code for rejection in report.rejections] == ["llm-passage"] * 3


def test_other_refusals_are_told_in_the_servers_words_bounded(notes: Path, make_coder: Maker) -> None:
    with serve(lambda _: Reply(b"you\x1b[2J have\n no credit " * 5_000, 402)) as server:
        report = run(notes, make_coder(server.endpoint))
        assert len(server.requests) == 3
    reason = report.rejections[0].reason
    assert "(status 402: you" in reason
    assert len(reason) < 500


def test_requests_keep_their_distance(notes: Path, make_coder: Maker, clock: Clock) -> None:
    with serve(failing(1, Reply(b"", 503, {"Retry-After": "1"}))) as server:
        run(notes, make_coder(server.endpoint, requests_per_minute=10))
        assert len(server.requests) == 6
    assert clock.now == pytest.approx(1_000 + 5 * 6)


def test_threads_share_one_pace() -> None:
    slept: list[float] = []
    pace = Pace(60, clock=lambda: 5.0, sleep=slept.append)
    threads = [threading.Thread(target=pace.wait) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(slept) == [1.0, 2.0, 3.0, 4.0]


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        ("http://localhost:11434/v1", True),
        ("http://127.0.0.1/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://192.168.0.7/v1", False),
        ("https://localhost.example.org/v1", False),
    ],
)
def test_whether_an_address_is_this_machines_own(endpoint: str, expected: bool) -> None:
    assert is_local(endpoint) is expected


def test_text_for_a_server_on_this_machine_goes_through_no_proxy(
    notes: Path, make_coder: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", closed_endpoint())
    monkeypatch.setenv("ALL_PROXY", closed_endpoint())
    with serve(good) as server:
        assert run(notes, make_coder(server.endpoint)).documents == 3


@pytest.mark.parametrize("key", ["two words", "ключ", "a\nX-Injected: b"])
def test_a_key_that_cannot_be_one_is_told_and_not_shown(make_coder: Maker, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv(KEY_VARIABLE, key)
    with pytest.raises(VerbaleError, match="it holds characters that no key has") as caught:
        make_coder("http://localhost")
    assert key not in str(caught.value)


def test_a_cache_that_cannot_be_written_ends_the_run(notes: Path, tmp_path: Path, make_coder: Maker) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    with serve(good) as server, pytest.raises(VerbaleError, match="cannot be written"):
        run(notes, make_coder(server.endpoint, answers=blocked))


def test_a_text_that_no_request_can_hold_costs_no_other(make_coder: Maker) -> None:
    bad = Document("bad", "France attacked \udcff Spain in 1808.", (Block(0, 35),))
    fine = Document("fine", TEXTS["suez"], (Block(0, len(TEXTS["suez"])),))
    with serve(good) as server:
        first, second = make_coder(server.endpoint).code_all([bad, fine])
    assert getattr(first, "code", "") == "coding-failed"
    assert len(getattr(second, "events", [])) == 1


def test_defaults_are_within_their_own_limits() -> None:
    LlmOptions().check()
    assert json.dumps(LlmOptions().timeout)
    assert socket.getdefaulttimeout() is None
