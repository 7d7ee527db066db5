"""Two workspaces in one database: whatever is done in one, nothing of the other is ever sent there.

Both hold the same team, with the same keys; in Acme's every name and every text has a mark. All of
Charter is run in Bolt's, and the mark is looked for in whatever Slack was sent, in what was logged
and counted, and in what the command line says of Bolt's. Meanwhile every statement on a table of
workspaces has to say whose rows it means.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Table, event, select, update
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BinaryExpression, ColumnClause
from sqlmodel import SQLModel

from bot.commands import COMMANDS
from bot.people import Actor, Surface
from handlers import meters
from handlers.metrics import Prometheus
from handlers.playground.double import PATIENCE, Double, Message, Person, payloads
from storage.belonging import rows_of
from storage.database import Database
from storage.tables import ItemRow, PersonRow, table_of
from tests.fuzz.doors import PULL, VERSION, github, mlflow
from tests.handlers.company import Company, Replica, company
from tests.handlers.talk import eventually
from tests.support.documents import SAMPLE
from tests.support.shell import Shell

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

MARK = "zorq"
TEXTS = frozenset(
    {
        *("aliases", "blocker", "current_system", "email", "first_name", "goal", "in_scope"),
        *("job_title", "message", "name", "note", "org", "out_of_scope", "problem", "said"),
        *("summary", "text", "title", "today", "yesterday"),
    }
)
QUESTIONS = (
    "who owns the data pipeline?",
    "who is on berth?",
    "what is blocked?",
    "what changed this week?",
    "what does nia do?",
    "who is accountable for modelling in berth planner?",
    "what is the goal of berth planner?",
    "which stages have nobody?",
    "what is late?",
    "who is away?",
    "how is the model doing?",
    "what needs my attention?",
)
MOST_PRESSED = 120
THEIRS, OURS = "Churn Radar", "Berth Planner"
"""The project of the grammar's examples, and that of the sample."""
MOST_REFUSED = 30
"""Commands of all that may be refused: others than those have to have done something."""
LINK = "https://github.com/acme/churn/pull/7"
SHEET = b"Stage,Responsible,Accountable\nData pipeline,Bea,Nia\nModelling,Cy,Nia\n"
COMMAND_LINE = (
    ("dump",),
    ("ask", "who owns the data pipeline in Berth Planner?"),
    ("export", "portfolio", "--out", "all.xlsx"),
    ("export", "berth", "--out", "berth.json"),
    ("lint", "berth"),
    ("brief", "--as", "nia"),
    ("audit", "export", "record.csv"),
    ("person", "identities"),
    ("person", "export", "key:bea"),
)
"""What the operator asks of one workspace."""


def marked(value: Any, key: str = "") -> Any:
    """The same document of other people: whatever somebody reads has the mark."""
    match value:
        case dict():
            return {name: marked(one, name) for name, one in value.items()}
        case list():
            return [marked(one, key) for one in value]
        case str() if key == "slack_id":
            return value.replace("U0", f"U0{MARK.upper()}")
        case str() if key == "channel":
            return f"#{MARK}-{value.removeprefix('#')}"
        case str() if key == "url":
            return value.replace("https://", f"https://{MARK}.")
        case str() if key in TEXTS:
            return f"{MARK.title()} {value}" if key != "email" else f"{MARK}.{value}"
        case _:
            return value


def settle(double: Double, document: dict[str, Any]) -> None:
    """The people and channels of a document in Slack; the first of them is an admin."""
    for number, person in enumerate(document["people"]):
        if person["slack_id"]:
            double.add_user(person["slack_id"], person["name"], person["key"], is_admin=number == 0)
    for project in document["projects"]:
        if project["channel"]:
            double.add_channel(project["channel"].removeprefix("#"))


# --- who means which rows -----------------------------------------------------------------------

OF_WORKSPACES = frozenset(
    table.name for table in SQLModel.metadata.sorted_tables if rows_of(table, 0) is not None
)
FOR_ALL = frozenset({"installations"})
"""Where Charter is installed is asked of all workspaces at once, by who serves all of them."""
KEYS = frozenset({"merged_into", "project_id", "was_id"})
"""Keys of other rows, wherever the database is not told so."""
BY_AGE = frozenset({"threads"})
"""What was asked long ago is forgotten in all workspaces at once: it is deleted, and never read."""


def unbound(statement: Any) -> set[str]:
    """The tables of workspaces in a statement of which nothing says whose rows are meant: neither
    the workspace, nor a key, nor what a row hangs on, which were read by it.
    """
    meant: set[tuple[str, str]] = set()
    tables: set[Table] = set()
    for part in visitors.iterate(statement):
        if isinstance(part, Table):
            tables.add(part)
        if isinstance(part, BinaryExpression):
            for side in visitors.iterate(part):
                if isinstance(side, ColumnClause) and isinstance(side.table, Table):
                    meant.add((side.table.name, side.name))
    asked = {table for table in tables if table.name in OF_WORKSPACES - FOR_ALL}
    return {
        table.name
        for table in asked
        if not any((table.name, name) in meant for name in binding(table))
    }


def binding(table: Table) -> set[str]:
    """The columns by which rows of a workspace are asked for: its number, and keys of rows."""
    keys = {one.name for one in table.columns if one.foreign_keys or one.name in KEYS}
    return {"workspace_id", "id"} | keys


@contextmanager
def watched(database: Database) -> Iterator[list[str]]:
    """Every statement that means rows of nobody in particular."""
    found: list[str] = []
    known: dict[int, Any] = {}

    def look(_connection: Any, statement: Any, *_rest: Any) -> None:
        if id(statement) in known or getattr(statement, "is_insert", False):
            return
        known[id(statement)] = statement
        if getattr(statement, "is_dml", False) or getattr(statement, "is_select", False):
            names = unbound(statement)
            names -= BY_AGE if getattr(statement, "is_delete", False) else frozenset()
            found.extend(f"{name}: {statement}" for name in names)

    event.listen(database.engine, "before_execute", look)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_execute", look)


# --- all of Charter -----------------------------------------------------------------------------


def sent(double: Double) -> str:
    """Whatever Slack was sent, files included, in lower case."""
    said = [json.dumps(call.args, default=str) for call in double.calls]
    for messages in double.space.messages.values():
        for message in messages.values():
            said += [told(file.content) for file in message.files]
    return "\n".join(said).casefold()


def told(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def rest(replica: Replica) -> None:
    """Let what was begun be finished: until all threads stand here, one of them is at work."""
    pool = replica.bolt.listener_runner.listener_executor
    threads: int = pool._max_workers  # type: ignore[attr-defined]  # it has no public name
    together = Barrier(threads, timeout=PATIENCE)
    list(pool.map(lambda _: together.wait(), range(threads)))


def used(person: Person, replica: Replica) -> None:
    """A form that stands open is sent in as it is, and closed."""
    rest(replica)
    for _ in range(3):
        if person.modal is None:
            return
        try:
            person.submits()
        except (AssertionError, LookupError, ValueError):
            break
        rest(replica)
    person.closes(all_of_them=True)


def pressable(message: Message) -> list[tuple[str, str]]:
    return [
        (str(block.get("block_id")), str(element["action_id"]))
        for block in message.blocks
        for element in [*block.get("elements", ()), block.get("accessory") or {}]
        if isinstance(element, dict) and element.get("type") == "button" and "url" not in element
    ]


def everything(double: Double, replica: Replica, person: Person, channel: str) -> int:
    """Each command, each question, Home, and buttons of what comes of them; gives how many were
    pressed.
    """
    for entry in COMMANDS:
        example = re.sub(r"@\w+", f"@{person.user.name}", entry.example).replace(THEIRS, OURS)
        assert not person.slash(f"/charter {example}", channel).failure
        used(person, replica)
    for question in QUESTIONS:
        person.says(f"@Charter {question}", channel)
        person.dms(question)
        rest(replica)
    by_other_ways(double, replica, person, channel)
    for tab in ("home", "messages"):
        person.opens_home(tab)
    rest(replica)
    pressed = 0
    for message in [*person.sees(channel), *person.sees()]:
        for block, action in pressable(message):
            if pressed < MOST_PRESSED:
                pressed += press(double, replica, person, message, block, action)
    return pressed


def by_other_ways(double: Double, replica: Replica, person: Person, channel: str) -> None:
    """The menus, a reaction, a link, a file, and what GitHub and MLflow say by themselves."""
    said = person.says(f"We keep the old model, see {LINK}", channel)
    for menu in double.app.shortcuts:
        person.picks(menu.name, None if menu.is_global else said)
        used(person, replica)
    person.reacts(said, "scroll")
    person.unreacts(said, "scroll")
    found = [{"domain": "github.com", "url": LINK}]
    link = payloads.envelope(double.space, payloads.link_shared(double.space, said, found))
    assert not double.courier.deliver("events_api", link, "link_shared", person.id).failure
    person.shares("team.csv", SHEET, "into Berth Planner")
    rest(replica)
    for door, heard in ((github, PULL), (mlflow, VERSION)):
        door(replica.charter).push(json.dumps(heard).encode())


def of_the_command_line(folder: Path, url: str, workspace: int) -> str:
    """Whatever the operator is told of a workspace, files included, in lower case."""
    shell, told_them = Shell(folder, url), []
    for words in COMMAND_LINE:
        done = shell.run(*words, "--workspace", str(workspace))
        assert done.code == (1 if words[0] == "lint" else 0), (
            words,
            done.err,
        )  # it finds something
        told_them += [done.out, done.err]
    told_them += [told(file.read_bytes()) for file in folder.iterdir() if file.suffix != ".db"]
    return "\n".join(told_them).casefold()


def refused(logged: str) -> list[str]:
    """The requests of commands that were refused."""
    lines = [json.loads(line) for line in logged.splitlines()]
    commands = [one for one in lines if one.get("kind") == "command"]
    return [
        str(one.get("why", one.get("refusal"))) for one in commands if one["event"] == "refused"
    ]


def press(
    double: Double, replica: Replica, person: Person, message: Message, block: str, action: str
) -> bool:
    """Press a button; False where an earlier one took it away."""
    try:
        double.hands.act(person.user, message, block, action)
    except LookupError:
        return False
    used(person, replica)
    return True


def days_go_by(firm: Company, replica: Replica, days: int) -> None:
    for _ in range(days * 4):
        firm.clock.passes(hours=6)
        for _ in range(2):
            replica.pulse.tick()
            eventually(lambda: replica.pulse.is_idle or None)
            firm.clock.passes(seconds=2)


@pytest.fixture
def firm(database: Database) -> Iterator[Company]:
    with company(database) as made:
        yield made


@on_sqlite
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_nothing_of_one_workspace_is_sent_in_another(
    firm: Company,
    database: Database,
    database_url: str,
    logs: io.StringIO,
    tmp_path: Path,
) -> None:
    plain = json.loads(SAMPLE.read_text(encoding="utf-8"))
    documents = {"T0ACME": marked(plain), "T0BOLT": plain}
    replica = firm.replica()
    for team, document in documents.items():
        double = firm.teams.doubles[team]
        settle(double, document)
        firm.install(double, replica)
        tenant = replica.many.of(team)
        assert tenant is not None
        operator = Actor(tenant.workspace, None, Surface.LOAD, is_admin=True)
        replica.charter.documents.load(operator, json.dumps(document).encode(), firm.clock())
    counts = Prometheus(replica.charter, list)
    meters.listen(counts.listen)
    firm.parts.callback(meters.listen, None)
    begun = len(logs.getvalue())
    acme, bolt = firm.teams.doubles["T0ACME"], firm.teams.doubles["T0BOLT"]
    with watched(database) as found:
        pressed = everything(bolt, replica, bolt.person("nia"), "proj-berth")
        logged = logs.getvalue()[begun:]
        days_go_by(firm, replica, 3)
        acme.person("nia").slash("/charter portfolio", f"{MARK}-proj-berth")
        rest(replica)
    assert pressed >= 10
    assert len(bolt.calls) > 100
    assert MARK in sent(acme), "it would be found"
    assert MARK not in sent(bolt)
    assert sorted(set(found)) == []
    assert len(refused(logged)) <= MOST_REFUSED, refused(logged)
    assert MARK not in logged.casefold()
    assert MARK not in counts.told().casefold()
    for team, is_marked in (("T0BOLT", False), ("T0ACME", True)):
        tenant = replica.many.of(team)
        assert tenant is not None
        folder = tmp_path / team
        folder.mkdir()
        said = of_the_command_line(folder, database_url, tenant.workspace)
        assert (MARK in said) is is_marked


def test_a_statement_that_means_nobody_in_particular_is_noticed() -> None:
    people, items = table_of(PersonRow), table_of(ItemRow)
    assert unbound(select(people.c.name)) == {"people"}
    assert unbound(select(people.c.name).where(people.c.active.is_(True))) == {"people"}
    assert unbound(update(people).values(name="x").where(people.c.key == "nia")) == {"people"}
    assert unbound(select(people.c.name).where(people.c.workspace_id == 1)) == set()
    assert unbound(select(items.c.title).where(items.c.project_id.in_([1]))) == set()
    both = select(items.c.title, people.c.name).where(items.c.project_id == 1)
    assert unbound(both) == {"people"}
