"""The flow `evaluate`: codes the texts of a gold standard and measures the result against it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from verbale import sources
from verbale.app.flows.choosing import choose_coder
from verbale.app.flows.coder import Coder
from verbale.app.flows.common import Progress, ProgressHook
from verbale.app.flows.evaluation import Evaluation, read_gold, score
from verbale.app.flows.llm.options import LlmOptions
from verbale.app.flows.projects import ProjectLike
from verbale.coding import CODER
from verbale.core import Document, Rejection, VerbaleError
from verbale.ledger import ScoreRecord, score_records


def evaluate(
    gold: str | Path,
    *,
    texts: str | Path | None = None,
    coder: str | Coder = CODER,
    model: str | None = None,
    endpoint: str | None = None,
    llm: LlmOptions | None = None,
    igo: bool = False,
    min_confidence: float = 0.0,
    workers: int = 1,
    progress: ProgressHook | None = None,
    project: ProjectLike = None,
) -> Evaluation:
    """Code the texts of a gold standard and return precision, recall and F1 at all levels, by document and type, with misses.

    `gold` is a file with one event a line, or a folder with `gold.jsonl`; `texts` the folder with the documents as `NAME.txt`
    (by default `texts` beside the file); `igo` turns every organisation's code into IGO, for gold that knows no others.
    Coder and `project` are chosen as in `code`. Raises VerbaleError `file-missing` or `gold-malformed`, and where a text
    cannot be read or coded.
    """
    chosen = choose_coder(
        coder,
        model=model,
        endpoint=endpoint,
        llm=llm,
        min_confidence=min_confidence,
        workers=workers,
        project=project,
    )
    path = Path(gold)
    path = path / "gold.jsonl" if path.is_dir() else path
    if not path.is_file():
        raise VerbaleError("file-missing", path=path)
    documents = _Texts(Path(texts) if texts is not None else path.parent / "texts")
    events = read_gold(path, text_of=lambda name: documents[name].text)
    predicted: dict[str, list[ScoreRecord]] = {}
    found = 0
    dropped: Counter[str] = Counter()
    names = list(dict.fromkeys(event.doc for event in events))
    for name, coded in zip(names, chosen.code_all(documents[name] for name in names), strict=True):
        if isinstance(coded, Rejection):
            raise VerbaleError(coded.code, **coded.parts)
        predicted[name] = score_records(name, coded.events, igo=igo)
        found += len(coded.events)
        dropped.update(coded.dropped)
        if progress is not None:
            progress(Progress(len(predicted), found, 0, name))
    return replace(score(events, predicted), coder=chosen.name, dropped=dict(dropped), usage=chosen.usage())


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
