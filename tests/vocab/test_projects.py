"""A project file is found, checked key by key, and hashed with the files that it names."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from tests.vocab.project_samples import project_of, vocabulary_of, write_project

from verbale.core import Settings, VerbaleError
from verbale.vocab import find_project, load_vocabulary, read_project

ACTORS = "code,name\nFRA,Zorvania\n"


def test_a_project_is_found_in_the_folder_or_the_nearest_above(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_project(inner) is None
    outer = write_project(tmp_path, actors=ACTORS)
    assert find_project(inner) == outer.resolve()
    nearer = write_project(tmp_path / "a", actors=ACTORS)
    assert find_project(inner) == nearer.resolve()


def test_file_names_are_relative_to_the_project_file_and_one_needs_no_list(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "who.csv").write_text(ACTORS)
    (tmp_path / "verbale.toml").write_text('[vocabulary]\nactors = "lists/who.csv"\n')
    project = read_project(tmp_path)
    assert [(file.kind, file.name, file.path) for file in project.files] == [
        ("actors", "lists/who.csv", tmp_path.resolve() / "lists" / "who.csv")
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[vocabulary\n", "is no project file: Expected ']' at the end of a table declaration"),
        ("[vocabulry]\n", "has the key vocabulry, which is not known; allowed is [vocabulary] and [dictionaries]"),
        (
            "[vocabulary]\nactor = 'a.csv'\n",
            "has the key actor in [vocabulary], which is not known; allowed is actors, agents, actions, places",
        ),
        (
            "[dictionaries]\nactors = 'a.csv'\n",
            "has the key actors in [dictionaries], which is not known; allowed is petrarch-actors, petrarch-agents",
        ),
        ("vocabulary = 3\n", "is no project file: vocabulary is no table; write [vocabulary] on a line of its own"),
        ("[vocabulary]\nactors = [3]\n", "is no project file: actors in [vocabulary] is no list of file names"),
        ("[vocabulary]\nactors = ['']\n", "actors in [vocabulary] is no list of file names"),
        ("[vocabulary]\nactors = 'gone.csv'\n", "names gone.csv, which cannot be used: there is no such file"),
        ("[vocabulary]\nactors = '.'\n", "names ., which cannot be used: there is no such file"),
        ("x = " + "[" * 5000 + "]" * 5000, "is no project file: its lists are nested too deep"),
        ("# " + "x" * 1024 * 1024, "is no project file: it is larger than 1,048,576 bytes"),
    ],
)
def test_a_slip_in_a_project_file_is_named_with_what_is_allowed(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "verbale.toml"
    path.write_text(content)
    with pytest.raises(VerbaleError) as caught:
        read_project(path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)


def test_a_project_file_that_is_not_there_or_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(VerbaleError, match=r"there is no file or folder at .*verbale\.toml"):
        read_project(tmp_path)
    (tmp_path / "verbale.toml").write_bytes(b"# caf\xe9\n")
    with pytest.raises(VerbaleError, match="it is not UTF-8 at byte 5"):
        read_project(tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"code,name\n" + b"x" * 100, "it is larger than 50 bytes (max_vocabulary_bytes)"),
        ("code,name\n".encode("utf-16"), "it is no text, or text in UTF-16; save it in UTF-8"),
    ],
)
def test_a_vocabulary_file_that_is_too_large_or_no_text_stops_the_run(tmp_path: Path, content: bytes, message: str) -> None:
    path = write_project(tmp_path, actors=content)
    with pytest.raises(VerbaleError) as caught:
        read_project(path, settings=Settings(max_vocabulary_bytes=50))
    assert f"names actors.csv, which cannot be used: {message}" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it holds no header line"),
        ("code,name\nFRA,Zorvan\xeda\n".encode("latin-1"), "it is not UTF-8 at byte 20"),
        (b"code,name\n" * 8, "it has 9 lines, more than 5 (max_vocabulary_lines)"),
    ],
)
def test_a_table_of_which_no_row_can_be_read_stops_the_run(tmp_path: Path, content: bytes, message: str) -> None:
    project = read_project(write_project(tmp_path, actors=content), settings=Settings(max_vocabulary_lines=5))
    with pytest.raises(VerbaleError) as caught:
        load_vocabulary(project=project)
    assert f"names actors.csv, which cannot be used: {message}" in str(caught.value)


def test_the_digest_follows_the_contents_and_not_the_names(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "same", "other", "moved")]
    for folder in folders:
        folder.mkdir()
    one = vocabulary_of(folders[0], actors=ACTORS)
    same = vocabulary_of(folders[1], actors=ACTORS)
    other = vocabulary_of(folders[2], actors=ACTORS + "FRA,Zorvonia\n")
    (folders[3] / "who.csv").write_text(ACTORS)
    (folders[3] / "verbale.toml").write_text('# the same under another name\n[vocabulary]\nactors = ["who.csv"]\n')
    moved = load_vocabulary(project=read_project(folders[3]))
    assert len({one.digest, same.digest, moved.digest}) == 1
    assert len({one.digest, other.digest, load_vocabulary().digest}) == 3


def test_a_project_without_files_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "verbale.toml").write_text("[vocabulary]\n")
    assert load_vocabulary(project=read_project(tmp_path)) is load_vocabulary()


def test_an_edited_file_is_loaded_anew_and_one_edited_during_a_run_is_noticed(tmp_path: Path) -> None:
    project = project_of(tmp_path, actors=ACTORS)
    assert load_vocabulary(project=project) is load_vocabulary(project=pickle.loads(pickle.dumps(project)))  # noqa: S301
    (tmp_path / "actors.csv").write_text("code,name\nDEU,Zorvania\n")
    edited = load_vocabulary(project=read_project(tmp_path))
    assert [name.code for name in edited.actors.names if name.name == "Zorvania"] == ["DEU"]
    (tmp_path / "actors.csv").write_text("code,name\nITA,Zorvania\n")
    with pytest.raises(VerbaleError, match="was changed while documents were being coded; run again"):
        read_project(tmp_path), project.contents()
