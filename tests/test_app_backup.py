"""A backup holds everything, and what it holds comes back the same; what is none is refused."""

import gzip
import os
from pathlib import Path

import pytest

from tests.support.shell import Shell

NOW = ("--now", "2026-11-23T10:00:00Z")


def restored(loaded: Shell, file: str, name: str = "other.db") -> Shell:
    other = Shell(loaded.folder, f"sqlite:///{loaded.folder}/{name}")
    said = other.run("restore", file)
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith(" lines of the record, 0 faults\n")
    return other


def exported(shell: Shell, name: str) -> bytes:
    done = shell.run("export", "portfolio", "--out", name, "--as", "nia", *NOW)
    assert done.code == 0
    return (shell.folder / name).read_bytes()


@pytest.mark.parametrize("file", ["all.jsonl", "all.jsonl.gz"])
def test_x10_what_is_restored_is_what_was_there(loaded: Shell, file: str) -> None:
    said = loaded.run("backup", file)
    assert (said.code, said.err) == (0, "")
    assert (loaded.folder / file).stat().st_mode & 0o777 == 0o600
    other = restored(loaded, file)
    assert other.run("backup", "again.jsonl").code == 0
    assert rows(loaded.folder / "again.jsonl") == rows(loaded.folder / file)
    assert exported(other, "other.xlsx") == exported(loaded, "own.xlsx")
    assert other.run("dump").out == loaded.run("dump").out
    assert other.run("audit", "verify").out == loaded.run("audit", "verify").out


def test_x10_a_link_to_the_newest_backup_stays_one(loaded: Shell) -> None:
    newest = loaded.folder / "newest.jsonl.gz"
    newest.symlink_to("monday.jsonl.gz")
    said = loaded.run("backup", newest.name)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("newest.jsonl.gz: ")
    assert newest.readlink() == Path("monday.jsonl.gz")
    assert rows(newest) == rows(loaded.folder / "monday.jsonl.gz")


@pytest.mark.parametrize(
    "command", [("backup",), ("audit", "export"), ("export", "portfolio", "--out")]
)
def test_a_link_to_a_pipe_is_refused_and_stays(loaded: Shell, command: tuple[str, ...]) -> None:
    os.mkfifo(loaded.folder / "pipe")
    (loaded.folder / "to-pipe.csv").symlink_to("pipe")
    said = loaded.run(*command, "to-pipe.csv")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"to-pipe.csv leads to {loaded.folder}/pipe, which is no file: ")
    assert (loaded.folder / "to-pipe.csv").readlink() == Path("pipe")


def rows(path: Path) -> list[str]:
    """All but the head, which tells the moment, and the end, whose check sum covers it."""
    read = gzip.open if path.suffix == ".gz" else open
    with read(path, "rt", encoding="utf-8") as file:
        return list(file)[1:-1]


def test_x10_a_restored_record_goes_on(loaded: Shell) -> None:
    assert loaded.run("backup", "all.jsonl").code == 0
    other = restored(loaded, "all.jsonl")
    linked = other.run("link", "https://docs.example.com/plan", "--project", "berth")
    assert linked.code == 0
    assert other.run("audit", "verify").out.endswith(" 0 faults\n")


def test_x10_what_is_no_whole_backup_writes_nothing(loaded: Shell) -> None:
    assert loaded.run("backup", "all.jsonl.gz").code == 0
    whole = (loaded.folder / "all.jsonl.gz").read_bytes()
    for name, content in (
        ("cut.jsonl.gz", whole[:-40]),
        ("other.jsonl.gz", whole[:20] + b"\0" * 20 + whole[40:]),
        ("none.jsonl.gz", b"not packed at all"),
        ("none.jsonl", whole),
        ("empty.jsonl", b""),
    ):
        (loaded.folder / name).write_bytes(content)
        other = Shell(loaded.folder, f"sqlite:///{loaded.folder}/other.db")
        said = other.run("restore", name)
        assert (name, said.code, said.out) == (name, 2, "")
        assert "backup" in said.err
        assert not (loaded.folder / "other.db").exists()


def test_x10_nothing_is_overwritten(loaded: Shell) -> None:
    assert loaded.run("backup", "all.jsonl").code == 0
    before = loaded.run("dump").out
    said = loaded.run("restore", "all.jsonl")
    assert (said.code, said.out) == (2, "")
    assert "The database is not empty" in said.err
    assert loaded.run("dump").out == before


@pytest.mark.parametrize(
    ("command", "file", "words"),
    [
        ("backup", ".", "is no file"),
        ("backup", "nowhere/all.jsonl", "cannot be written"),
        ("restore", "nowhere.jsonl", "cannot be read"),
        ("restore", ".", "cannot be read"),
    ],
)
def test_x10_a_file_that_will_not_do(loaded: Shell, command: str, file: str, words: str) -> None:
    said = loaded.run(command, file)
    assert (said.code, said.out) == (2, "")
    assert words in said.err
