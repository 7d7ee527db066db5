"""`app.py migrate-to`: what it says, what it ends with, and that no password is ever shown."""

import re

import pytest

from tests.support.shell import Said, Shell

PASSWORD = "hunter2-of-the-target"


def moved(shell: Shell, target: str) -> Said:
    return shell.run("migrate-to", target)


def at(shell: Shell, url: str) -> Shell:
    return Shell(shell.folder, url)


def test_the_sample_goes_to_a_server_and_back(loaded: Shell, new_postgres: object) -> None:
    assert callable(new_postgres)
    url = new_postgres()
    said = moved(loaded, url)
    assert (said.code, said.err) == (0, "")
    rows = r"\d+ tables, ([\d,]+) rows, the same on both; (\d+) lines of the record, 0 faults"
    first, second = said.out.splitlines()
    found = re.fullmatch(f"(.+) → (.+): {rows}", first)
    assert found is not None
    assert found[1] == loaded.url
    assert int(found[3].replace(",", "")) > int(found[4]) > 0
    assert second == "Set DATABASE_URL to the new one before you start Charter again."
    server, back = at(loaded, url), at(loaded, f"sqlite:///{loaded.folder}/back.db")
    assert moved(server, back.url).code == 0
    dumps = [one.run("dump").out for one in (loaded, server, back)]
    assert dumps[0] == dumps[1] == dumps[2] != ""
    assert back.run("audit", "verify").out == loaded.run("audit", "verify").out
    question = ("ask", "who owns data pipeline?", "--channel", "berth", "--as", "nia")
    assert server.run(*question).out == loaded.run(*question).out


@pytest.mark.parametrize(
    ("target", "code", "words"),
    [
        ("sqlite:///charter.db", 1, "The target is not empty: name a new database"),
        ("sqlite:///app.txt", 1, "is no SQLite database: name another one"),
        ("sqlite:///app.txt/new.db", 1, "The folder of sqlite:///app.txt/new.db cannot be made"),
        ("sqlite://", 2, "The target: expected the name of a file"),
        ("mysql://somebody@127.0.0.1/charter", 2, "The target: expected a URL such as"),
        ("nowhere", 2, "The target: expected a URL such as"),
        (f"postgresql://u:{PASSWORD}@127.0.0.1:1/charter", 1, "://u:***@127.0.0.1:1/charter does"),
        (f"postgresql://127.0.0.1:1/c?user=u&password={PASSWORD}", 1, "does not answer: check"),
    ],
)
def test_a_target_that_will_not_do(loaded: Shell, target: str, code: int, words: str) -> None:
    (loaded.folder / "app.txt").write_text("This is no database, and never was one." * 40)
    said = moved(loaded, target)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert PASSWORD not in said.err


def test_where_there_is_nothing_to_move_no_file_is_made(shell: Shell) -> None:
    said = moved(shell, "sqlite:///new.db")
    assert (said.code, said.out) == (1, "")
    assert said.err == "The source holds nothing yet: there is nothing to move.\n"
    assert not (shell.folder / "new.db").exists()


def test_a_password_is_shown_nowhere(loaded: Shell) -> None:
    """Not in what `doctor` says either, wherever in the address it stands."""
    url = f"postgresql://127.0.0.1:1/charter?user=u&password={PASSWORD}"
    for command in (("doctor",), ("migrate-to", loaded.url)):
        said = at(loaded, url).run(*command)
        assert said.code != 0
        assert PASSWORD not in said.out + said.err
    assert "password=hidden" in at(loaded, url).run("doctor").out
