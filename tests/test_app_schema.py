"""A database of an older Charter: brought forward by `migrate`, and by nothing that only asks."""

from contextlib import closing

from storage import migrate
from storage.database import Database
from storage.migrate import Schema
from tests.support.shell import Shell


def schema(url: str) -> Schema:
    with closing(Database(url)) as database:
        return migrate.schema(database)


def test_a_database_of_an_older_charter_is_brought_forward_on_purpose_alone(shell: Shell) -> None:
    migrate.upgrade(shell.url, "0012")
    for arguments in (("ask", "who?"), ("backup", "all.jsonl"), ("link", "https://example.org")):
        said = shell.run(*arguments)
        assert (said.code, said.out) == (1, "")
        assert said.err == (
            "The database has the schema of an older Charter: stop that wherever it runs, and run "
            "`app.py migrate` first.\n"
        )
    assert "has an older schema" in shell.run("doctor").out
    assert not (shell.folder / "all.jsonl").exists()
    assert schema(shell.url) is Schema.OLDER
    assert shell.run("migrate").code == 0
    assert schema(shell.url) is Schema.CURRENT
    assert shell.run("backup", "all.jsonl").code == 0
