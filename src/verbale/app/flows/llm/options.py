"""The options of the coder that asks a server, with the reason for every default; and the address, checked."""

from __future__ import annotations

import ipaddress
import math
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from verbale.core import VerbaleError

# The key is read from here only: a key in a command line stands in the shell's history, and one that was set for
# another service must not be sent to whatever address is named.
KEY_VARIABLE: Final = "VERBALE_LLM_KEY"
CACHE_VARIABLE: Final = "VERBALE_ANSWERS"
# Every answer for the same passage should be the same one; not all servers honour it.
SEED: Final = 1945
TEMPERATURE: Final = 0.0


@dataclass(frozen=True, slots=True)
class LlmOptions:
    """How a server is asked.

    `passage_size` is in characters: 4,000 are about 1,000 tokens, which with the codebook's 3,000 and the answer fit a context
    of 8,192. `answer_tokens` bounds an answer; a dense passage needs some 3,000. `requests_per_minute` None is as fast as the
    server answers. `retries` after a failure wait 1, 2, 4 ... seconds, so that five outlast a restart of half a minute.
    `timeout` (seconds) is for one whole answer: a large model on a laptop writes 5 tokens a second. `input_price` and
    `output_price` are per million tokens, in your currency. `answers` is the folder of the cache.
    """

    passage_size: int = 4_000
    answer_tokens: int = 4_096
    requests_per_minute: float | None = None
    retries: int = 5
    timeout: float = 900.0
    input_price: float | None = None
    output_price: float | None = None
    answers: str | Path | None = None

    def check(self) -> None:
        """Raise VerbaleError `llm-option` for the first option outside of its range."""
        _check("passage size", self.passage_size, lambda value: 500 <= value <= 100_000, "500 to 100,000 characters")
        _check("number of answer tokens", self.answer_tokens, lambda value: 256 <= value <= 1_000_000, "256 to 1,000,000")
        _check("number of retries", self.retries, lambda value: 0 <= value <= 100, "0 to 100")
        _check("timeout", self.timeout, lambda value: 0 < value <= 86_400, "seconds above 0, at most a day")
        _check("number of requests per minute", self.requests_per_minute, lambda value: value > 0, "a number above 0")
        _check("input price", self.input_price, lambda value: value >= 0, "a price per million tokens, 0 or more")
        _check("output price", self.output_price, lambda value: value >= 0, "a price per million tokens, 0 or more")

    def folder(self) -> Path:
        """Return the folder of the cache: the one that was named, else of the environment, else in the user's cache folder."""
        chosen = self.answers or os.environ.get(CACHE_VARIABLE)
        if chosen:
            return Path(chosen).expanduser()
        if sys.platform == "win32":
            base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Caches"
        else:
            base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        return base / "verbale" / "answers"


def _check(name: str, value: Any, allowed: Callable[[Any], bool], words: str) -> None:
    if value is not None and not (math.isfinite(value) and allowed(value)):
        raise VerbaleError("llm-option", option=name, value=value, allowed=words)


def checked_endpoint(endpoint: str) -> str:
    """Return the address under which the chat API lies, without a slash at its end. Raises VerbaleError `llm-endpoint`.

    An address with a user, a password or parameters is refused, because it is written into the ledger.

    >>> checked_endpoint("http://localhost:11434"), checked_endpoint("https://example.org/v1/chat/completions/")
    ('http://localhost:11434/v1', 'https://example.org/v1')
    """
    shown = endpoint.partition("?")[0].rpartition("@")[2]
    try:
        parts = urlsplit(endpoint.strip())
        port = parts.port
    except ValueError as error:
        raise _bad_endpoint(shown, "its host or port is malformed") from error
    if parts.scheme not in ("http", "https"):
        raise _bad_endpoint(shown, "it does not begin with http:// or https://")
    if not parts.hostname or any(character.isspace() or not character.isprintable() for character in endpoint.strip()):
        raise _bad_endpoint(shown, "it names no host")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise _bad_endpoint(shown, "a user, a password or parameters do not belong in it")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    path = parts.path.rstrip("/").removesuffix("/chat/completions").rstrip("/") or "/v1"
    return SplitResult(parts.scheme, host if port is None else f"{host}:{port}", path, "", "").geturl()


def is_local(endpoint: str) -> bool:
    """Tell whether an address is this machine's own."""
    host = urlsplit(endpoint).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bad_endpoint(endpoint: str, reason: str) -> VerbaleError:
    return VerbaleError("llm-endpoint", endpoint=endpoint, reason=reason, variable=KEY_VARIABLE)
