"""The flow `evaluate`: codes the texts of a gold standard and measures the result against it."""

from __future__ import annotations

from pathlib import Path

from verbale import sources
from verbale.app.flows.common import Progress, ProgressHook, check_confidence
from verbale.app.flows.evaluation import Evaluation, read_gold, score
from verbale.app.flows.pipeline import code_one
from verbale.core import Document, Rejection, VerbaleError
from verbale.ledger import ScoreRecord, score_records
from verbale.parse import load_parser
from verbale.vocab import load_vocabulary


def evaluate(
    gold: str | Path,
    *,
    texts: str | Path | None = None,
    model: str | None = None,
    igo: bool = False,
    min_confidence: float = 0.0,
    progress: ProgressHook | None = None,
) -> Evaluation:
    """Code the texts of a gold standard and return precision, recall and F1 at all levels, by document and type, with misses.

    `gold` is a file with one event a line, or a folder with `gold.jsonl`; `texts` the folder with the documents as `NAME.txt`
    (by default `texts` beside the file); `igo` turns every organisation's code into IGO, for gold that knows no others.
    Raises VerbaleError `file-missing` or `gold-malformed`, and where a text cannot be read or coded.
    """
    check_confidence(min_confidence)
    path = Path(gold)
    path = path / "gold.jsonl" if path.is_dir() else path
    if not path.is_file():
        raise VerbaleError("file-missing", path=path)
    documents = _Texts(Path(texts) if texts is not None else path.parent / "texts")
    events = read_gold(path, text_of=lambda name: documents[name].text)
    parser, vocabulary = load_parser(model), load_vocabulary()
    predicted: dict[str, list[ScoreRecord]] = {}
    found = 0
    for name in dict.fromkeys(event.doc for event in events):
        coded = code_one(documents[name], parser, vocabulary, min_confidence=min_confidence)
        predicted[name] = score_records(name, coded.events, igo=igo)
        found += len(coded.events)
        if progress is not None:
            progress(Progress(len(predicted), found, 0, name))
    return score(events, predicted)


class _Texts:
    """The documents of a gold standard by name, read as any document is read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Document] = {}

    def __getitem__(self, name: str) -> Document:
        if name not in self._read:
            path = self._folder / f"{name}.txt"
            # a gold file may come from elsewhere; its names must not lead out of the folder of texts
            if "/" in name or "\\" in name or not path.is_file():
                raise VerbaleError("file-missing", path=path)
            item = next(iter(sources.read([path])))
            if isinstance(item, Rejection):
                raise VerbaleError("gold-malformed", where=path, reason=item.reason)
            self._read[name] = item
        return self._read[name]
