"""Corpora: columns and their mapping, bad rows among good ones, streaming, limits, ids and dates."""

from __future__ import annotations

import datetime
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from verbale.core import Document, Rejection, Settings, VerbaleError
from verbale.sources import read

Write = Callable[[str, str | bytes], Path]
Refused = Callable[..., Rejection]


def short(results: Iterator[Document | Rejection]) -> list[str]:
    return [
        result.name if isinstance(result, Document) else f"{result.code} {result.path.rpartition(':')[2]}" for result in results
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "c.jsonl",
            '{"id": "a", "text": "War came.", "date": "1939-03-03", "title": "T", "source": "S"}\n\n'
            '{"id": 7, "text": "Peace."}\n',
        ),
        (
            "c.ndjson",
            '\ufeff{"id": "a", "text": "War came.", "date": 19390303, "title": "T", "source": "S"}\n'
            '{"id": 7, "text": "Peace."}',
        ),
        (
            "c",
            '{"id": "a", "text": "War came.", "date": "1939-03-03T10:00:00Z", "title": "T", "source": "S"}\n'
            '{"id": 7, "text": "Peace."}',
        ),
        ("c.csv", "id,text,date,title,source\na,War came.,1939-03-03,T,S\n\n7,Peace.,,,\n"),
        ("c2.csv", "id;text;date;title;source\r\na;War came.;3 March 1939;T;S\r\n7;Peace.;;;\r\n"),
        ("c.tsv", "id\ttext\tdate\ttitle\tsource\na\tWar came.\t1939-03-03\tT\tS\n7\tPeace.\t\t\t\n"),
    ],
)
def test_rows_become_documents(name: str, content: str, write: Write) -> None:
    path = write(name, content)
    first, second = list(read(path))
    assert isinstance(first, Document)
    assert (first.name, first.text, first.date, first.title, first.source, first.path) == (
        "a", "War came.", "1939-03-03", "T", "S", str(path),
    )  # fmt: skip
    assert isinstance(second, Document)
    assert (second.name, second.date, second.title) == ("7", None, None)


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "c.parquet"
    table = pa.table(
        {"key": [1, 2, 2, 3], "body": ["War came.", "Peace.", "Again.", None], "when": [datetime.date(1939, 3, 3)] * 4}
    )
    pq.write_table(table, path)
    results = list(read(path, columns={"id": "key", "text": "body", "date": "when"}))
    assert short(iter(results)) == ["1", "2", "corpus-duplicate row 3", "corpus-row row 4"]
    assert isinstance(results[0], Document)
    assert results[0].date == "1939-03-03"
    (rejection,) = read(path, settings=Settings(max_unpacked_bytes=10), columns={"text": "body"})
    assert isinstance(rejection, Rejection)
    assert rejection.code == "archive-too-large"


def test_parquet_with_text_as_bytes(tmp_path: Path) -> None:
    path = tmp_path / "c.parquet"
    pq.write_table(pa.table({"text": [b"War came.", b"\xff\xfe"]}), path)
    assert short(read(path)) == ["c#1", "corpus-row row 2"]


def test_mapped_columns(write: Write) -> None:
    path = write("c.csv", "nr,body,day\n1,War came.,1939\n")
    (document,) = read(path, columns={"id": "nr", "text": "body", "date": "day"})
    assert isinstance(document, Document)
    assert (document.name, document.date) == ("1", "1939")


@pytest.mark.parametrize("content", ["nr,body\n1,War came.\n", '{"nr": 1, "body": "War came."}\n'])
def test_missing_column_is_told_with_those_that_are_there(content: str, write: Write, refused: Refused) -> None:
    path = write("c.csv" if content.startswith("nr") else "c.jsonl", content)
    assert (
        "has no column text; it has nr, body; say which column is meant, as in --text-column body or columns={'text': 'body'}"
        in refused(path).reason
    )
    (rejection,) = read(path, columns={"text": "body", "date": "day"})
    assert isinstance(rejection, Rejection)
    assert "has no column day; it has nr, body" in rejection.reason


def test_mapping_of_an_unknown_field_is_an_error_at_once() -> None:
    with pytest.raises(VerbaleError, match="'body' is no field of a document; map one of id, text, date, title, source"):
        read("corpus.csv", columns={"body": "text"})


def test_bad_rows_are_rejected_and_the_others_read(write: Write) -> None:
    rows = [
        '{"id": "a", "text": "War came."}', "{not json", "[1]", '{"id": "b"}', '{"id": "c", "text": 5}', "[" * 100_000,
        '{"id": "d", "text": "War.", "date": "1939-02-30"}', '{"id": "a", "text": "Peace came."}', '{"id": "e", "text": ""}',
        '{"text": "The \\ud800 war.\\u0000"}', '{"id": "f", "text": "Le roi a attaqué la ville et la reine a quitté le pays."}',
    ]  # fmt: skip
    results = list(read(write("c.jsonl", "\n".join(rows))))
    assert short(iter(results)) == [
        "a", "corpus-row row 2", "corpus-row row 3", "corpus-row row 4", "corpus-row row 5", "corpus-row row 6",
        "corpus-date row 7", "corpus-duplicate row 8", "file-empty row 9", "c#10", "f",
    ]  # fmt: skip
    reasons = [result.reason for result in results if isinstance(result, Rejection)]
    assert "it is no valid JSON" in reasons[0]
    assert "it holds list, not an object of columns" in reasons[1]
    assert "its column text is empty" in reasons[2]
    assert "has the date '1939-02-30'; write dates as YYYY" in reasons[5]
    assert "has the id 'a', as row 1 has; give every row its own id" in reasons[6]
    assert isinstance(results[9], Document)
    assert results[9].text == "The \ufffd war."


def test_ragged_rows_of_a_table(write: Write) -> None:
    results = list(read(write("c.csv", 'id,text\n1,War came.\n2\n3,a,b\n4,"Peace,\nat last."\n')))
    assert short(iter(results)) == ["1", "corpus-row row 2", "corpus-row row 3", "4"]
    assert "it has 1 fields, where the header has 2" in str(results[1])


def test_rows_in_another_language_and_encoding(write: Write) -> None:
    french = (
        "Le gouvernement a signé à Moscou un traité avec le gouvernement soviétique, et le ministre a quitté la ville. " * 3
    )
    path = write("c.csv", f'id,text\n1,Señor Peña left.\n2,"{french}"\n'.encode("cp1252"))
    first, second = list(read(path))
    assert isinstance(first, Document)
    assert first.text == "Señor Peña left."
    assert isinstance(second, Rejection)
    assert (second.code, second.path) == ("language-not-coded", f"{path}:row 2")


def test_long_line_is_passed_over(write: Write) -> None:
    path = write("c.jsonl", '{"text": "War."}\n{"text": "' + "x" * 5000 + '"}\n{"text": "Peace."}\n')
    assert short(read(path, settings=Settings(max_line_characters=1000))) == ["c#1", "corpus-row row 2", "c#3"]
    table = write("c.csv", "text\nWar.\n" + "x" * 5000 + "\nPeace.\n")
    assert short(read(table, settings=Settings(max_line_characters=1000))) == ["c#1", "corpus-row row 2", "c#3"]


def test_corpora_are_streamed(write: Write) -> None:
    path = write("c.jsonl", '{"text": "The king attacked the port of his neighbour."}\n' * 50_000)
    # Far above the file's limit for single documents; and the first rows are there before the last are read.
    results = read(path, settings=Settings(max_file_bytes=1000))
    assert isinstance(next(results), Document)
    assert isinstance(next(results), Document)


def test_packed_corpus_is_read_up_to_its_limit(write: Write) -> None:
    path = write("c.jsonl.gz", gzip.compress(b'{"text": "War."}\n' * 1000))
    results = list(read(path, settings=Settings(max_unpacked_bytes=170)))
    assert short(iter(results[:2])) == ["c#1", "c#2"]
    assert short(iter(results[-1:]))[0].startswith("archive-too-large")
    assert len(results) == 11
    assert len(list(read(path))) == 1000
