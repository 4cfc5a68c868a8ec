"""From bytes to text: byte-order marks, UTF-8, declared and detected encodings, and the few characters that are changed."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from verbale.core import VerbaleError

# The longer marks first: that of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Detection reads this much: its accuracy does not grow beyond some ten thousand characters, its time does.
_SAMPLE_BYTES = 65_536
# Prose holds no control characters but tabs and line ends; a stray one per hundred bytes may come from old word processors.
_MAX_CONTROL_SHARE = 0.02
_MIN_CONTROLS = 2
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Control characters, soft hyphens, and what has no width and hides a word from every search: joiners, marks of direction.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def detect_encoding(data: bytes, *, path: str, declared: str | None = None) -> str:
    """Return the Python codec of the bytes: by their mark, UTF-8 if they are valid, as declared, else detected.

    `data` may be the first part of a longer text. Bytes that are no text raise `file-binary`.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec
    if wide := _wide(data):
        return wide
    if b"\x00" in data:
        raise VerbaleError("file-binary", path=path, reason="it has NUL bytes")
    sample = data[:_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if controls > max(_MIN_CONTROLS, len(sample) * _MAX_CONTROL_SHARE):
        raise VerbaleError("file-binary", path=path, reason="it is full of control characters")
    if _is_utf8(data):
        return "utf-8"
    if declared and _decodes(data, declared):
        return declared
    return _guess(data, path)


def decode(data: bytes, *, path: str, declared: str | None = None) -> str:
    """Return the bytes as text, without a byte-order mark, otherwise unchanged; errors as for `detect_encoding`.

    A byte that the detected encoding does not know becomes U+FFFD.
    """
    text = data.decode(detect_encoding(data, path=path, declared=declared), "replace")
    return text.removeprefix("\ufeff")


def normalise(text: str) -> str:
    """Return the text with every line end as a newline, without soft hyphens and other characters that nobody sees.

    A lone surrogate, which no file could hold, becomes U+FFFD.
    """
    text = _LINE_ENDS.sub("\n", text)
    return _SURROGATE.sub("\ufffd", _DROPPED.sub("", text))


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: in Western text every second byte is NUL, in a program or picture hardly ever."""
    sample = data[:2048]
    if len(sample) < 4:
        return None
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.7 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.05 else None


def _is_utf8(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)  # a character cut at the end of a sample is no error
    except UnicodeDecodeError:
        return False
    return True


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except (UnicodeDecodeError, LookupError, ValueError):
        return False
    return True


def _guess(data: bytes, path: str) -> str:
    # The detector needs the bytes beyond ASCII; these may stand far behind the beginning.
    first = next((index for index, byte in enumerate(data) if byte > 127), 0)
    start = max(0, first - _SAMPLE_BYTES // 2)
    matches = charset_normalizer.from_bytes(data[start : start + _SAMPLE_BYTES])
    codecs_found = [match.encoding for match in matches]
    if not codecs_found:
        raise VerbaleError("file-binary", path=path, reason="its encoding could not be told")
    # A few accented letters and curly quotes fit a dozen code pages alike; English texts of this kind are Windows-1252.
    return "cp1252" if "cp1252" in codecs_found else codecs_found[0]
