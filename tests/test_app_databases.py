"""The database that a command is given: none, one of a newer Charter, none that answers."""

import sqlite3
from contextlib import closing

import pytest

from tests.support.shell import Shell


def test_a_database_that_is_away_leaves_with_1(shell: Shell) -> None:
    url = "postgresql://charter:hidden@127.0.0.1:1/charter"
    for arguments in (("ask", "who?"), ("migrate",), ("audit", "verify"), ("dump",)):
        said = shell.run(*arguments, "--database", url)
        assert (said.code, said.out) == (1, "")
        assert "hidden" not in said.err
        assert "Traceback" not in said.err
    doctor = shell.run("doctor", "--database", url)
    assert doctor.code == 1
    assert "does not answer" in doctor.out
    assert "hidden" not in doctor.out + doctor.err


def test_a_database_of_a_newer_charter_is_left_alone(loaded: Shell) -> None:
    with closing(sqlite3.connect(loaded.folder / "charter.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    for arguments in (("ask", "who?"), ("migrate",), ("playground", "--database", loaded.url)):
        said = loaded.run(*arguments, PORT="0")
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith("The database belongs to a newer Charter than this one")
        assert said.err.count("\n") == 1
    doctor = loaded.run("doctor")
    assert doctor.code == 1
    assert "belongs to a newer Charter" in doctor.out
    assert "older" not in doctor.out


@pytest.mark.parametrize(
    ("url", "code", "words"),
    [
        ("sqlite:///notes.txt", 1, "sqlite:///notes.txt is no SQLite database"),
        (
            "sqlite:///notes.txt/charter.db",
            1,
            "The folder of sqlite:///notes.txt/charter.db cannot",
        ),
        ("sqlite:////proc/none/charter.db", 1, "The folder of sqlite:////proc/none/charter.db"),
        ("sqlite:///folder", 1, "I cannot reach the database"),
        ("sqlite://", 2, "DATABASE_URL"),
        ("sqlite:///", 2, "the name of a file"),
        ("sqlite:///:memory:", 2, "the name of a file"),
        ("sqlite://charter.db", 2, "the name of a file"),
        ("postgresql://127.0.0.1:many/charter", 2, "DATABASE_URL"),
    ],
)
def test_what_is_no_database_is_told_in_words(
    shell: Shell, url: str, code: int, words: str
) -> None:
    (shell.folder / "notes.txt").write_text("Not a database. " * 99, encoding="utf-8")
    (shell.folder / "folder").mkdir()
    asks = () if words.startswith("The folder") else (("dump",),)  # who asks makes no folder
    for arguments in (*asks, ("migrate",), ("playground",)):
        said = shell.run(*arguments, "--database", url, PORT="0")
        assert (said.code, said.out) == (code, "")
        assert words in said.err
        assert "Traceback" not in said.err
    doctor = shell.run("doctor", "--database", url)
    assert doctor.code == code
    assert "Traceback" not in doctor.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "who owns the data pipeline?"),
        ("dump",),
        ("lint",),
        ("audit", "verify"),
        ("export", "matrix", "--out", "matrix.xlsx"),
    ],
)
def test_who_asks_of_no_database_leaves_none_behind(
    shell: Shell, arguments: tuple[str, ...]
) -> None:
    said = shell.run(*arguments, "--database", "sqlite:///var/none.db")
    assert (said.code, said.out) == (2, "")
    assert "There is no workspace on record yet." in said.err
    assert list(shell.folder.iterdir()) == []


def test_doctor_makes_no_database(shell: Shell) -> None:
    said = shell.run("doctor", "--database", "sqlite:///var/new.db")
    assert said.code == 1
    assert "database: sqlite:///var/new.db is not there yet" in said.out
    assert "--database sqlite:///var/playground.db" in said.out
    assert list(shell.folder.iterdir()) == []
