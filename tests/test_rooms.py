"""The house rules that a program can check: who imports whom, one room each for engines and parsers, docstrings, file sizes."""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "verbale"

# The table of the design: what each room may import. Rooms on one floor do not know each other; they meet in a flow.
MAY_IMPORT: dict[str, set[str]] = {
    "core": set(),
    "vocab": {"core"},
    "engine": {"core"},
    "sources": {"core"},
    "parse": {"core"},
    "coding": {"core", "vocab"},
    "ledger": {"core", "engine"},
    "records": {"core", "vocab", "engine"},
    "measures": {"core", "vocab"},
    "review": {"core", "vocab", "measures"},
    "report": {"core"},
    "app": {"core", "vocab", "engine", "sources", "parse", "coding", "ledger", "records", "measures", "review", "report"},
    "": {"core", "app"},
}
# Within app: the command line and the pages call flows (and speak of core's types), flows call rooms.
WITHIN_APP: dict[str, set[str]] = {"flows": set(), "cli": {"flows"}, "web": {"flows"}, "": set()}
# Libraries that one room alone may name.
ONLY_IN = {
    "spacy": {"parse"},
    "thinc": {"parse"},
    "onnxruntime": {"parse"},
    "duckdb": {"engine"},
    "pyspark": {"engine"},
    "sqlite3": set(),
    "pooch": {"records"},
    "requests": set(),
}
# Calls that open a database, a connection or the network, by the room that may make them.
OPENERS = {"connect": "engine", "read_parquet": "engine", "urlopen": ""}
MAX_LINES = 500


@dataclass(frozen=True)
class Import:
    """An import as it stands in a file: the module, what is taken from it, the line, and whether a function hides it."""

    module: str
    names: tuple[str, ...]
    line: int
    hidden: bool
    typing_only: bool


@functools.cache
def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if "models" not in path.relative_to(SOURCE).parts)


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(tree: ast.Module) -> list[Import]:
    return list(_walk(tree, hidden=False, typing_only=False))


def _walk(node: ast.AST, *, hidden: bool, typing_only: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for name in child.names:
                yield Import(name.name, (), child.lineno, hidden, typing_only)
        elif isinstance(child, ast.ImportFrom):
            module = "." * child.level + (child.module or "")
            yield Import(module, tuple(name.name for name in child.names), child.lineno, hidden, typing_only)
        else:
            inside = hidden or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            checking = typing_only or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test))
            yield from _walk(child, hidden=inside, typing_only=checking)


def room_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).parts
    return parts[0] if len(parts) > 1 else ""


def targets(found: Import) -> list[str]:
    """Return our modules that an import names, without the leading `verbale.`; `from verbale import x` names x."""
    if found.module == "verbale":
        return list(found.names) or [""]
    return [found.module.removeprefix("verbale.")] if found.module.startswith("verbale.") else []


def label(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", modules(), ids=label)
def test_imports_follow_the_table(path: Path) -> None:
    room = room_of(path)
    assert room in MAY_IMPORT, f"{label(path)} stands in no room of the table"
    for found in imports(parsed(path)):
        where = f"{label(path)}:{found.line}"
        assert not found.module.startswith("."), f"{where} imports relatively; write the module out"
        for target in targets(found):
            other = target.split(".")[0]
            assert other in MAY_IMPORT[room] | {room}, (
                f"{where}: {room or 'verbale'} may not import {other or 'verbale itself'}"
            )
            if other == room == "app":
                own, theirs = (name.split(".")[1] if "." in name else "" for name in (_dotted(path), target))
                allowed = WITHIN_APP[own] | {own, ""}
                assert theirs in allowed, f"{where}: app.{own} may not import app.{theirs}"


@pytest.mark.parametrize("path", modules(), ids=label)
def test_no_function_hides_an_import_of_ours_or_of_what_is_always_there(path: Path) -> None:
    for found in imports(parsed(path)):
        if found.hidden:
            first = found.module.split(".")[0]
            where = f"{label(path)}:{found.line}"
            assert first != "verbale", f"{where} hides an import of {found.module} in a function"
            assert first not in sys.stdlib_module_names, f"{where} hides an import of the standard library in a function"


@pytest.mark.parametrize("path", modules(), ids=label)
def test_one_room_alone_names_an_engine_or_a_parser(path: Path) -> None:
    for found in imports(parsed(path)):
        library = found.module.split(".")[0]
        if library in ONLY_IN:
            assert room_of(path) in ONLY_IN[library], f"{label(path)}:{found.line} imports {library}"


@pytest.mark.parametrize("path", modules(), ids=label)
def test_only_the_engine_room_opens_a_connection(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            name = called.rpartition(".")[2]
            ours = called.startswith(("ibis.", "duckdb.", "urllib.")) or called in OPENERS
            if name in OPENERS and ours:
                assert room_of(path) == OPENERS[name], f"{label(path)}:{node.lineno} calls {called}"


def test_rooms_form_no_cycle() -> None:
    edges: dict[str, set[str]] = {}
    for path in modules():
        for found in imports(parsed(path)):
            if not found.typing_only:
                edges.setdefault(room_of(path), set()).update(target.split(".")[0] for target in targets(found))
    done: set[str] = set()
    while ready := [room for room in edges.keys() - done if edges[room] - {room} <= done | (MAY_IMPORT.keys() - edges.keys())]:
        done.update(ready)
    assert done == set(edges), f"these rooms import each other in a ring: {sorted(set(edges) - done)}"


def test_modules_form_no_cycle() -> None:
    known = {_dotted(path): path for path in modules()}
    edges: dict[str, set[str]] = {name: set() for name in known}
    for name, path in known.items():
        for found in imports(parsed(path)):
            if found.typing_only:
                continue
            for target in targets(found):
                taken = {f"{target}.{part}" for part in found.names} & known.keys()
                edges[name] |= (taken or ({target} & known.keys())) - {name}
    done: set[str] = set()
    while ready := [name for name in edges.keys() - done if edges[name] <= done]:
        done.update(ready)
    left = {name: sorted(edges[name] - done) for name in sorted(edges.keys() - done)}
    assert not left, f"these modules import each other in a ring: {left}"


@pytest.mark.parametrize("path", modules(), ids=label)
def test_every_module_says_what_it_is_for_and_stays_short(path: Path) -> None:
    assert ast.get_docstring(parsed(path)), f"{label(path)} has no docstring"
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_LINES, f"{label(path)} has {lines} lines; {MAX_LINES} are the limit"


def test_the_checks_see_what_they_are_for() -> None:
    tree = ast.parse(
        "from typing import TYPE_CHECKING\n"
        "import verbale.core\n"
        "if TYPE_CHECKING:\n    from verbale.vocab import A\n"
        "def f():\n    from verbale import ledger, parse\n    return lambda: 1\n"
    )
    found = imports(tree)
    assert [(one.module, one.hidden, one.typing_only) for one in found] == [
        ("typing", False, False),
        ("verbale.core", False, False),
        ("verbale.vocab", False, True),
        ("verbale", True, False),
    ]
    assert [targets(one) for one in found] == [[], ["core"], ["vocab"], ["ledger", "parse"]]


def _dotted(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
