"""A host on this machine that plays what hosts do: whole files, parts of them, pages in their place, broken connections."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass
class Host:
    """What the host holds and how it behaves; `asked` are the requests so far, path and headers."""

    files: dict[str, bytes] = field(default_factory=dict)
    answers: dict[str, list[Callable[[Answer, bytes], None]]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def plays(self, path: str, *answers: Callable[[Answer, bytes], None]) -> str:
        """Let the path give these answers, one for each request, and the file after them; return its address."""
        self.answers[path] = list(answers)
        return f"{self.url}{path}"

    def ranges(self) -> list[str | None]:
        return [headers.get("Range") for _, headers in self.asked]


class Answer(BaseHTTPRequestHandler):
    """One request; the host is the server's attribute."""

    host: Host

    def do_GET(self) -> None:
        self.host.asked.append((self.path, dict(self.headers.items())))
        content = self.host.files.get(self.path, b"")
        waiting = self.host.answers.get(self.path, [])
        (waiting.pop(0) if waiting else whole)(self, content)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""

    def begin(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()


def whole(answer: Answer, content: bytes) -> None:
    """Give the file, or the part that was asked for, if the file is still the same."""
    etag = f'"{len(content)}"'
    wanted = answer.headers.get("Range")
    if wanted and answer.headers.get("If-Range") == etag:
        start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        rest = content[start:]
        place = f"bytes {start}-{len(content) - 1}/{len(content)}"
        answer.begin(206, Content_Length=str(len(rest)), Content_Range=place, ETag=etag)
        answer.wfile.write(rest)
    else:
        answer.begin(200, Content_Length=str(len(content)), ETag=etag)
        answer.wfile.write(content)


def cut(answer: Answer, content: bytes) -> None:
    """Promise the file and hang up in its middle."""
    answer.begin(200, Content_Length=str(len(content)), ETag=f'"{len(content)}"')
    answer.wfile.write(content[: len(content) // 2])


def without_ranges(answer: Answer, content: bytes) -> None:
    """Give the whole file, whatever part was asked for."""
    answer.begin(200, Content_Length=str(len(content)))
    answer.wfile.write(content)


def wrong_part(answer: Answer, _content: bytes) -> None:
    answer.begin(206, Content_Length="3", Content_Range="bytes 0-2/9")
    answer.wfile.write(b"abc")


def page(answer: Answer, _content: bytes) -> None:
    answer.begin(200, Content_Type="text/html")
    answer.wfile.write(b"\xef\xbb\xbf\n<!DOCTYPE html><html><body>Please register.</body></html>")


def status(code: int) -> Callable[[Answer, bytes], None]:
    return lambda answer, _content: answer.begin(code, Content_Length="0")


def to(address: str) -> Callable[[Answer, bytes], None]:
    return lambda answer, _content: answer.begin(302, Location=address, Content_Length="0")


def endless(answer: Answer, _content: bytes) -> None:
    """Send without an end, and without saying how much."""
    answer.begin(200)
    try:
        while True:
            answer.wfile.write(b"a,b,c\n" * 10_000)
    except OSError:
        pass


def huge(answer: Answer, _content: bytes) -> None:
    answer.begin(200, Content_Length=str(1 << 40))


@contextmanager
def running(certificate: Path | None = None) -> Iterator[Host]:
    """Run a host, with TLS if a certificate (with its key) is given."""
    host = Host()
    handler = type("Bound", (Answer,), {"host": host})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    host.url = f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
