"""The connection to a server that speaks the OpenAI chat API: requests with retries, in turn, and answers that are bounded."""

from __future__ import annotations

import datetime
import json
import math
import os
import threading
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Final

from verbale.app.flows.llm.answers import Answer
from verbale.app.flows.llm.dialect import Dialect
from verbale.app.flows.llm.faults import ComplaintError, PassageError, RefusedError, TemporaryError, TooLongError
from verbale.app.flows.llm.options import KEY_VARIABLE, LlmOptions, is_local
from verbale.app.flows.llm.pace import Pace
from verbale.core import VerbaleError

if TYPE_CHECKING:
    import httpx
    import tenacity

# An answer of 4,096 tokens has some 20 kB; a million tokens of reasoning beside it would still fit.
LARGEST_REPLY: Final = 8_000_000
# What is read of an error's page, and what of it is told.
LARGEST_COMPLAINT: Final = 65_536
LONGEST_REASON: Final = 200
# A server that asks for more patience than five minutes is asked again after five, as often as retries allow.
LONGEST_WAIT: Final = 300.0
# After so many passages in a row that were given up, the server is asked whether it still answers anything: a run of a thousand
# documents must not wait for each.
MOST_LOST: Final = 10
# No connection within half a minute is none; the rest of the timeout is for the answer.
CONNECT_SECONDS: Final = 30.0
TRY_LATER: Final = frozenset({408, 409, 425, 429})
BAD_FORM: Final = frozenset({400, 422, 501})
# What a server is asked to learn how it may be asked: never the text of a document, so that none decides over others.
PROBE: Final = [{"role": "user", "content": 'Answer with the JSON object {"events": []} and nothing else.'}]
_FINISHED: Final = {"length": "answer-cut-off", "content_filter": "answer-refused"}


class ChatServer:
    """A server, a model on it, and how it has been asked so far; threads share one."""

    def __init__(
        self,
        endpoint: str,
        model: str,
        options: LlmOptions,
        *,
        sleep: Callable[[float], object],
        clock: Callable[[], float],
    ) -> None:
        """Keep the address and take the key from the environment. Raises VerbaleError `llm-missing` or `llm-key`."""
        self._httpx, self._tenacity = _libraries()
        self.endpoint, self.model = endpoint, model
        self.requests = 0
        self._options = options
        self._clock = clock
        self._sleep = sleep
        self._key = _key(endpoint)
        self._pace = Pace(options.requests_per_minute, clock=clock, sleep=sleep)
        self._lock = threading.Lock()
        self._dialect = Dialect()
        self._probed = False
        self._answered = self._served = False
        self._lost = 0
        self._client: httpx.Client | None = None

    def close(self) -> None:
        """Close the connections; the next request opens new ones."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _connected(self) -> httpx.Client:
        timeout = self._options.timeout
        with self._lock:
            if self._client is None:
                self._client = self._httpx.Client(
                    timeout=self._httpx.Timeout(timeout, connect=min(CONNECT_SECONDS, timeout)),
                    follow_redirects=False,  # text goes to no address but the one that was named
                    trust_env=not is_local(self.endpoint),  # nor, for a server on this machine, through a proxy
                    headers={"Authorization": f"Bearer {self._key}"} if self._key else {},
                    cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # nothing is carried over
                )
            return self._client

    def ask(self, messages: list[dict[str, str]]) -> Answer:
        """Return the answer to messages.

        Raises PassageError where this one cannot be had, VerbaleError `llm-key`, `llm-model`, `llm-redirect` or
        `llm-unreachable` where none can. Which of the two it is, a question without any document's text decides.
        """
        try:
            answer = self._in_its_dialect(messages)
        except TemporaryError as error:
            self._count_lost(error)
            raise
        except RefusedError as refused:
            if not self._served and not self._serves():
                raise refused.problem from refused
            raise
        with self._lock:
            self._served, self._lost = True, 0
        return answer

    def _in_its_dialect(self, messages: list[dict[str, str]]) -> Answer:
        dialect = self._dialect
        try:
            return self._patiently(messages, dialect)
        except ComplaintError as complaint:
            if self._learn() != dialect:
                return self._in_its_dialect(messages)
            raise _own_fault(str(complaint)) from complaint

    def _serves(self) -> bool:
        """Tell whether the server answers a question that is always the same."""
        try:
            self._patiently(PROBE, self._dialect)
        except ComplaintError:
            return True  # it answers, in another dialect
        except PassageError:
            return False
        return True

    def _learn(self) -> Dialect:
        """Find out once which dialect the server speaks, by a request that is always the same."""
        with self._lock:
            if self._probed:
                return self._dialect
        dialect: Dialect | None = Dialect()
        while dialect is not None:
            try:
                self._patiently(PROBE, dialect)
                break
            except ComplaintError as complaint:
                dialect = dialect.without(str(complaint))
            except RefusedError as refused:
                raise refused.problem from refused
        with self._lock:
            self._probed = True
            self._dialect = dialect or self._dialect
            return self._dialect

    def _patiently(self, messages: list[dict[str, str]], dialect: Dialect) -> Answer:
        """Ask as often as the options allow, with growing pauses."""
        backoff = self._tenacity.wait_exponential_jitter(initial=1, max=60, jitter=1)
        attempts = self._tenacity.Retrying(
            retry=self._tenacity.retry_if_exception_type(TemporaryError),
            stop=self._gives_up,
            wait=lambda state: _asked_pause(state) or backoff(state),
            sleep=self._sleep,
            reraise=True,
        )
        body = {"model": self.model, "messages": messages, **dialect.parameters(self._options.answer_tokens)}
        answer: Answer = attempts(self._once, body)
        return answer

    def _gives_up(self, state: tenacity.RetryCallState) -> bool:
        """Tell whether to stop: after all retries, or after one where no server has ever been there."""
        error = state.outcome.exception() if state.outcome else None
        absent = isinstance(error, TemporaryError) and error.unreachable and not self._answered
        return state.attempt_number > (min(1, self._options.retries) if absent else self._options.retries)

    def _count_lost(self, error: TemporaryError) -> None:
        """Count a passage that was given up; end the run where it is the server that fails, not this passage."""
        with self._lock:
            self._lost += 1
            doubtful = not self._answered or self._lost >= MOST_LOST
        if not doubtful:
            return
        if (error.unreachable and not self._answered) or not self._serves():
            raise VerbaleError("llm-unreachable", endpoint=self.endpoint, reason=str(error)) from error
        with self._lock:
            self._lost = 0

    def _once(self, body: dict[str, Any]) -> Answer:
        """Make one request."""
        self._pace.wait()
        with self._lock:
            self.requests += 1
        started = self._clock()
        try:
            with self._connected().stream("POST", f"{self.endpoint}/chat/completions", json=body) as response:
                with self._lock:
                    self._answered = True
                if response.status_code != 200:
                    raise self._refusal(response, started)
                reply = self._read(response, LARGEST_REPLY, started)
        except (self._httpx.ConnectError, self._httpx.ConnectTimeout) as error:
            raise TemporaryError(_told(error), unreachable=True) from error
        except self._httpx.TimeoutException as error:
            raise TemporaryError(f"no answer within {self._options.timeout:g} seconds") from error
        except self._httpx.RequestError as error:
            raise TemporaryError(_told(error)) from error
        return Answer("", "answer-too-large") if len(reply) > LARGEST_REPLY else _answer(reply)

    def _read(self, response: httpx.Response, limit: int, started: float) -> bytes:
        """Return the body, or where it goes beyond the limit, a little more than that. Drips are not waited for."""
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > limit:
                break
            if self._clock() - started > self._options.timeout:
                raise TemporaryError(f"no complete answer within {self._options.timeout:g} seconds")
        return bytes(body)

    def _refusal(self, response: httpx.Response, started: float) -> Exception:
        """Return the error that a status other than 200 amounts to."""
        status = response.status_code
        reason = f"status {status}"
        if 300 <= status < 400:
            return RefusedError(reason, VerbaleError("llm-redirect", endpoint=self.endpoint))
        if status in (401, 403):
            problem = VerbaleError("llm-key", endpoint=self.endpoint, reason=reason, variable=KEY_VARIABLE)
            return problem if status == 401 else RefusedError(reason, problem)  # 403 may be a filter that dislikes the text
        if status == 404:
            return RefusedError(reason, VerbaleError("llm-model", endpoint=self.endpoint, model=self.model, reason=reason))
        if status in TRY_LATER or (status >= 500 and status not in BAD_FORM):
            return TemporaryError(reason, after=_seconds(response.headers.get("Retry-After")))
        words = self._read(response, LARGEST_COMPLAINT, started).decode("utf-8", "replace")
        if self._key:
            words = words.replace(self._key, "...")
        words = f"{reason}: {' '.join(words.split())[:LONGEST_REASON]}"
        if status == 413:
            return TooLongError(words)
        return ComplaintError(words) if status in BAD_FORM else PassageError(words)


def _libraries() -> tuple[Any, Any]:
    """Return httpx and tenacity, which come with the extra `llm`."""
    try:
        import httpx  # noqa: PLC0415 - optional
        import tenacity  # noqa: PLC0415 - optional
    except ImportError as error:
        raise VerbaleError("llm-missing", library=error.name) from error
    return httpx, tenacity


def _key(endpoint: str) -> str:
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        reason = "it holds characters that no key has"
        raise VerbaleError("llm-key", endpoint=endpoint, reason=reason, variable=KEY_VARIABLE)
    return key


def _own_fault(complaint: str) -> PassageError:
    """Return the error of a passage about which a server complains, although it takes others in the same form."""
    return TooLongError(complaint) if "context" in complaint.lower() else PassageError(complaint)


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:LONGEST_REASON] or type(error).__name__


def _asked_pause(state: tenacity.RetryCallState) -> float | None:
    error = state.outcome.exception() if state.outcome else None
    return error.after if isinstance(error, TemporaryError) else None


def _seconds(value: str | None) -> float | None:
    """Return the pause that a `Retry-After` asks for, in seconds or as a date; None where it says nothing of use."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=datetime.UTC)
        seconds = (moment - datetime.datetime.now(datetime.UTC)).total_seconds()
    return min(seconds, LONGEST_WAIT) if math.isfinite(seconds) and seconds > 0 else None


def _answer(reply: bytes) -> Answer:
    """Return the answer of a chat completion. Raises TemporaryError for a body that is none."""
    try:
        body = json.loads(reply)
        choice = body["choices"][0]
        message = choice["message"]
        content, refusal = message.get("content"), message.get("refusal")
        fault = _FINISHED.get(choice.get("finish_reason") or "", "")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise TemporaryError("the server's answer is no chat completion") from error
    usage = body.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    tokens = (_count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")))
    if refusal and not content:
        fault = "answer-refused"
    return Answer(content if isinstance(content, str) and not fault else "", fault, *tokens)


def _count(value: Any) -> int | None:
    """Return a number of tokens that can be one."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000_000_000 else None
