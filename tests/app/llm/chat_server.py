"""A server on the loopback that plays the OpenAI chat API as a test tells it, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]
USAGE = {"prompt_tokens": 1_000, "completion_tokens": 100}


@dataclass
class Reply:
    """What the server sends: a body (bytes as they are, anything else as JSON), a status, headers."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hang_up: bool = False


Script = Callable[[Body], Reply]


def completion(content: str | None, *, finish: str = "stop", usage: Any = USAGE, **message: Any) -> Reply:
    """Return a chat completion with a text."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}
    return Reply({"id": "x", "object": "chat.completion", "choices": [choice], "usage": usage})


def answer(*events: Any, **changes: Any) -> Reply:
    """Return a chat completion with events."""
    return completion(json.dumps({"events": list(events)}), **changes)


def passage(body: Body) -> str:
    """Return the passage that a request asks about; empty for one that asks about none."""
    try:
        return str(json.loads(body["messages"][-1]["content"])["passage"])
    except (ValueError, KeyError, TypeError):
        return ""


@dataclass
class ChatServer:
    """The running server: its address, and the requests that it has been sent."""

    endpoint: str
    requests: list[Body] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def passages(self) -> list[str]:
        """Return the passages that it was asked about, in order."""
        return [text for body in self.requests if (text := passage(body))]


@contextmanager
def serve(script: Script) -> Iterator[ChatServer]:
    """Run a server that answers every request by a script."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                told.requests.append(body)
                told.headers.append(dict(self.headers))
                told.paths.append(self.path)
            self._send(script(body))

        def do_GET(self) -> None:
            with lock:
                told.paths.append(self.path)
            self._send(Reply(b"", 404))

        def _send(self, reply: Reply) -> None:
            if reply.hang_up:
                self.connection.close()
                return
            data = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            for name, value in ({"Content-Length": str(len(data))} | reply.headers).items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(data)
            except OSError:
                return  # the other side had enough

        def log_message(self, *_: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told = ChatServer(f"http://127.0.0.1:{server.server_address[1]}/v1")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()


def closed_endpoint() -> str:
    """Return an address at which nobody listens."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return f"http://127.0.0.1:{server.server_address[1]}/v1"
