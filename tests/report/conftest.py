"""A seeded generator of dossier data of any size, a browser for looking at the page, and small helpers."""

from __future__ import annotations

import base64
import contextlib
import datetime
import json
import os
import random
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest

from verbale.core import Actor, Block, Document, Event, EventDate, Evidence, Place, Rejection, Run
from verbale.core.events import Precision
from verbale.core.schema import EVENT_SCHEMA, event_to_row
from verbale.measures import balance, directed_counts, fitting_period
from verbale.report import DossierData, DossierDocument

# Type, sentence over source and target, words of the quote, intensity, mutual.
_ACTS: list[tuple[Any, str, float, bool]] = [
    ("AGREE", "{a} and {b} signed an agreement on fishing grounds", 5.0, True),
    ("CONSULT", "{a} and {b} held talks on the border", 1.0, True),
    ("SUPPORT", "{a} recognised the new government of {b}", 3.5, False),
    ("CONCEDE", "{a} gave up its claim against {b}", 2.0, False),
    ("COOPERATE", "{a} delivered grain to {b}", 6.4, False),
    ("AID", "{a} granted {b} a loan for railways", 7.4, False),
    ("RETREAT", "{a} withdrew its troops from {b}", 5.0, False),
    ("REQUEST", "{a} asked {b} to open the strait", -1.0, False),
    ("ACCUSE", "{a} accused {b} of shelling a village", -2.0, False),
    ("REJECT", "{a} rejected the note of {b}", -4.0, False),
    ("THREATEN", "{a} threatened {b} with an embargo", -6.0, False),
    ("SANCTION", "{a} stopped the sale of oil to {b}", -6.5, False),
    ("MOBILIZE", "{a} moved two divisions to the border with {b}", -7.6, False),
    ("COERCE", "{a} seized three ships of {b}", -8.0, False),
    ("ASSAULT", "{a} attacked the port of {b}", -10.0, False),
]
_FILLER = [
    "The harvest of that year was poor, and prices rose in every province.",
    "Historians differ about the reasons.",
    "Newspapers on both sides wrote at length about the matter, though few of them had a correspondent on the spot.",
    "Trade by land had always been slow there.",
]
_STATES = {
    "NOR": "Norway",
    "SWE": "Sweden",
    "DNK": "Denmark",
    "FIN": "Finland",
    "ISL": "Iceland",
    "POL": "Poland",
    "DEU": "Germany",
}


def generate(
    events: int,
    documents: int,
    *,
    seed: int = 7,
    dyad: tuple[str, str] | None = ("SWE", "NOR"),
    years: tuple[int, int] = (1805, 1995),
) -> DossierData:
    """Return dossier data of about the wanted size; the same seed gives the same data."""
    draw = random.Random(seed)  # noqa: S311 - no secrets here
    held: list[DossierDocument] = []
    found: list[Event] = []
    for number in range(documents):
        wanted = events // documents + (number < events % documents)
        document, sentences, planned = _document(draw, number, wanted, dyad, years)
        held.append(DossierDocument(document, sentences, sorted({index for index, _ in planned} | {0})))
        found.extend(_event(document, sentences[index], plan) for index, plan in planned)
    return with_measures(
        DossierData(
            title="Sweden and Norway" if dyad else "The North",
            documents=held,
            events=found,
            dyad=dyad,
            names=_STATES,
            rejections=[
                Rejection("in/broken.pdf", "file-empty", "in/broken.pdf holds no text; check how it was made [file-empty]")
            ],
            runs=[
                Run(
                    "r1",
                    datetime.datetime(2026, 3, 1, 9, 30),
                    "0.1.0",
                    "verbale",
                    "1",
                    "verbale-ud",
                    "5f0c9e",
                    '{"min_confidence":0.0}',
                )
            ],
            version="0.1.0",
            made="1 March 2026",
        )
    )


def with_measures(data: DossierData) -> DossierData:
    """Add the measures' tables to data, as a flow does."""
    table = ibis.memtable(pa.Table.from_pylist([event_to_row(event) for event in data.events], schema=EVENT_SCHEMA))
    years = [event.date.start.year for event in data.events if event.date and event.status == "actual"] or [2000]
    period = fitting_period(min(years), max(years))
    values = {name: getattr(data, name) for name in data.__dataclass_fields__}
    values |= {
        "period": period,
        "balance": balance(table, period=period).to_pyarrow().to_pylist(),
        "directed": directed_counts(table).to_pyarrow().to_pylist(),
    }
    return DossierData(**values)


def _document(
    draw: random.Random, number: int, wanted: int, dyad: tuple[str, str] | None, years: tuple[int, int]
) -> tuple[Document, list[tuple[int, int]], list[tuple[int, dict[str, Any]]]]:
    text = f"Essay {number + 1} 𝔸 on the neighbours"  # a character outside the basic plane, before every offset
    blocks = [Block(0, len(text), "heading")]
    sentences = [(0, len(text))]
    planned: list[tuple[int, dict[str, Any]]] = []
    while len(planned) < wanted or len(blocks) < 4:
        text += "\n\n"
        start = len(text)
        for _ in range(draw.randint(3, 6)):
            if text[-1] != "\n":
                text += " "
            sentence, plan = (draw.choice(_FILLER), None)
            if len(planned) < wanted and draw.random() < 0.55:
                sentence, plan = _sentence(draw, dyad, years)
                planned.append((len(sentences), plan))
            sentences.append((len(text), len(text) + len(sentence)))
            text += sentence
        blocks.append(Block(start, len(text)))
    title = None if number % 9 == 8 else f"Neighbours across the water, part {number + 1}"
    origin = {"author": "A. Writer", "date": "1998", "source": "https://example.org/essays" if number % 2 else "Our archive"}
    return Document(f"essay-{number + 1}", text, tuple(blocks), title=title, **origin), sentences, planned


def _sentence(draw: random.Random, dyad: tuple[str, str] | None, years: tuple[int, int]) -> tuple[str, dict[str, Any]]:
    first, second = draw.sample(dyad or sorted(_STATES), 2)
    kind, words, intensity, mutual = draw.choice(_ACTS)
    quote = words.format(a=_STATES[first], b=_STATES[second])
    year = draw.randint(*years)
    precision: Precision = draw.choice(["day", "month", "year", "year", "year", "decade"])
    start = datetime.date(year, draw.randint(1, 12), draw.randint(1, 28))
    start = {"day": start, "month": start.replace(day=1)}.get(precision, datetime.date(year, 1, 1))
    if precision == "decade":
        start = datetime.date(year // 10 * 10, 1, 1)
    end = datetime.date(year + draw.randint(1, 4), 12, 31) if precision == "year" and draw.random() < 0.1 else None
    date = None if draw.random() < 0.04 else EventDate(start, end, precision, f"in {year}")
    status = draw.choices(["actual", "denied", "intended", "omitted"], [92, 3, 3, 2])[0]
    plan = {
        "quote": quote,
        "source": first,
        "target": second,
        "type": kind,
        "intensity": intensity,
        "mutual": mutual,
        "date": date,
    }
    plan |= {
        "status": status,
        "said_by": draw.choice(["", "", "", "the Norwegian press"]),
        "confidence": round(draw.uniform(0.4, 0.98), 2),
    }
    plan["object"] = "Treaty of Karlstad" if kind == "AGREE" and draw.random() < 0.5 else ""
    return f"In {year}, {quote}, as both sides later confirmed.", plan


def _event(document: Document, sentence: tuple[int, int], plan: dict[str, Any]) -> Event:
    start = document.text.index(plan["quote"], sentence[0])
    evidence = Evidence(document.document_id, start, start + len(plan["quote"]), plan["quote"])
    entity = "Norway" if plan["source"] == "NOR" else ""
    return Event(
        evidence,
        Actor(plan["source"], "MIL" if plan["type"] == "ASSAULT" else "", _STATES[plan["source"]], entity),
        Actor(plan["target"], "", _STATES[plan["target"]]),
        plan["type"],
        place=Place("Karlstad", "SWE") if plan["object"] else None,
        **{key: plan[key] for key in ("mutual", "intensity", "status", "said_by", "date", "object", "confidence")},
    )


@pytest.fixture(scope="session")
def make_data() -> Callable[..., DossierData]:
    return generate


@pytest.fixture(scope="session")
def measured() -> Callable[[DossierData], DossierData]:
    return with_measures


class Browser:
    """Headless Chromium over its debugging pipe: opens files with the network off, and keeps what the console says."""

    def __init__(self, path: str, profile: Path) -> None:
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()
        quiet = (
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
        )
        # The browser reads commands on descriptor 3 and answers on 4; the shell moves the pipes there.
        command = [
            path,
            "--headless",
            "--no-sandbox",
            *quiet,
            "--disable-sync",
            f"--user-data-dir={profile}",
            "--remote-debugging-pipe",
        ]
        script = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
        self._process = subprocess.Popen(
            ["bash", "-c", script, "chromium", *command], pass_fds=(to_browser, from_browser), stderr=subprocess.DEVNULL
        )
        os.close(to_browser)
        os.close(from_browser)
        self._number, self._rest, self._session = 0, b"", ""
        self.errors: list[str] = []
        self.requests: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                found: dict[str, Any] = answer["result"]
                return found
            self._note(answer)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            if not select.select([self._read], [], [], 60)[0]:
                raise TimeoutError("Chromium does not answer")
            self._rest += os.read(self._read, 1 << 20)
        answer, self._rest = self._rest.split(b"\0", 1)
        found: dict[str, Any] = json.loads(answer)
        return found

    def _note(self, event: dict[str, Any]) -> None:
        parameters = event.get("params", {})
        if event["method"] == "Runtime.exceptionThrown":
            self.errors.append(str(parameters["exceptionDetails"].get("exception", parameters)))
        elif event["method"] == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.errors.append(parameters["entry"]["text"])
        elif event["method"] == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
            self.errors.append(str(parameters["args"]))
        elif event["method"] == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])

    def open(
        self, path: Path, *, width: int = 1280, height: int = 900, dark: bool = False, scripts: bool = True, hash: str = ""
    ) -> None:
        self.errors.clear()
        self.requests.clear()
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", features=[*scheme, {"name": "prefers-reduced-motion", "value": "reduce"}])
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=path.as_uri() + hash)
        self.wait("document.documentElement.dataset.ready" if scripts else "document.readyState === 'complete'")

    def run(self, expression: str) -> Any:
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, expression: str, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while True:
            with contextlib.suppress(AssertionError):
                if self.run(f"Boolean({expression})"):
                    return
            if time.monotonic() > end:
                raise AssertionError(f"never true: {expression}; the console says {self.errors}")
            time.sleep(0.05)

    def click(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def point(self, x: float, y: float) -> None:
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def screenshot(self, path: Path, *, whole: bool = False) -> None:
        picture = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(picture["data"]))

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self._session = ""
            self.call("Browser.close")
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        os.close(self._write)
        os.close(self._read)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        pytest.skip("Chromium is not installed (apt-get install chromium); how the page behaves is not tested")
    found = Browser(path, tmp_path_factory.mktemp("chromium"))
    yield found
    found.close()
