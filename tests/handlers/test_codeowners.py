"""`/charter codeowners`: a file against the letters, through Slack, with a GitHub over HTTP."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.orders import LinkNames
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.people import Person as KnownPerson
from handlers.playground.double import Double, Message, Person
from handlers.service import Charter, services
from handlers.talking import Talking
from storage.database import Database
from tests.handlers.talk import eventually, new_project, now, typed
from tests.sources.answering import Answering, answering
from tests.sources.codehost import CodeHost
from tests.sources.support import github

FILE = b"""\
*       @acme/everyone
/data/  @ana-s @dan-x
/docs/  @eve-x
"""
PLACE = ".github/CODEOWNERS"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
pytestmark = [on_sqlite, pytest.mark.parametrize("transport", ["http"], indirect=True)]


@pytest.fixture
def host() -> CodeHost:
    return CodeHost(
        {PLACE: FILE}, writers=["ana-s", "bea-x", "dan-x"], teams={"everyone": ["cy-m"]}
    )


@pytest.fixture
def server(host: CodeHost) -> Iterator[Answering]:
    with answering(host) as made:
        yield made


@pytest.fixture
def charter(database: Database, server: Answering) -> Iterator[Charter]:
    made = services(database, now, sources=(github(server.url),))
    with closing(made.links):
        yield made


@pytest.fixture
def workspace(workspace: Double) -> Double:
    workspace.add_user("U0DAN", "Dan Roe")
    return workspace


@pytest.fixture
def radar(workspace: Double, talking: Talking, charter: Charter) -> Person:
    """Ana leads Fraud Radar; data/ belongs to its data pipeline, for which Bea is responsible."""
    ana = workspace.person("ana")
    new_project(workspace)
    for name in ("Ana Silva", "Bea Lind", "Dan Roe"):
        typed(ana, f"raci framing I @{name}")
    typed(ana, "raci data pipeline A @Ana Silva")
    typed(ana, "raci data pipeline R @Bea Lind")
    typed(ana, "follow acme/churn path data/ to data pipeline")
    operator = Actor(talking.workspace, None, Surface.CLI, is_admin=True)
    for name, login in (("Ana Silva", "ana-s"), ("Bea Lind", "Bea-X"), ("Dan Roe", "dan-x")):
        charter.identities.link(operator, LinkNames(name, (("github", login),)), Place())
    return ana


def known(charter: Charter, talking: Talking, user: str) -> KnownPerson:
    found = charter.people.known(talking.workspace, user)
    assert found is not None
    return found


def asks(who: Person, what: str = "acme/churn", channel: str = "ml-fraud") -> str:
    return typed(who, f"codeowners {what}", channel).said


def test_codeowners_where_file_and_letters_disagree_with_the_lines_that_settle_it(
    radar: Person, workspace: Double, talking: Talking, charter: Charter, server: Answering
) -> None:
    workspace.change_user("U0DAN", deleted=True)
    eventually(lambda: None if known(charter, talking, "U0DAN").active else True)
    told: Message = typed(radar, "codeowners acme/churn")
    lines = told.said.splitlines()
    assert lines == [
        ".github/CODEOWNERS of acme/churn (main) and the letters of Fraud Radar disagree about "
        "this:",
        "@dan-x (Dan Roe) owns /data/ by line 2, and has left the team.",
        "@eve-x owns /docs/ by line 3, and may not write there: GitHub does not ask for their "
        "review.",
        "@Bea-X (Bea Lind) is responsible for Data pipeline (data/); line 2 does not name them.",
        "By the letters it would say:",
        "# .github/CODEOWNERS",
        "# in place of line 2: /data/ @ana-s @dan-x",
        "/data/ @ana-s @Bea-X",
        "I write nothing there: copy what you agree with.",
    ]
    [snippet] = [
        part
        for block in told.blocks
        if block["type"] == "rich_text"
        for part in block["elements"]
        if part["type"] == "rich_text_preformatted"
    ]
    assert snippet["elements"][0]["text"].endswith("\n/data/ @ana-s @Bea-X")
    assert {one.method for one in server.asked} == {"GET"}


def test_codeowners_agree_once_the_lines_were_copied(radar: Person, host: CodeHost) -> None:
    host.files[PLACE] = b"* @acme/everyone\n/data/ @ana-s @Bea-X\n"
    assert asks(radar) == (
        ".github/CODEOWNERS of acme/churn (main) and the letters of Fraud Radar agree."
    )


def test_codeowners_where_there_is_none_all_of_it_is_proposed(
    radar: Person, host: CodeHost
) -> None:
    host.files.clear()
    assert asks(radar).splitlines() == [
        "acme/churn has no CODEOWNERS on main: GitHub looks in .github/, at the root and in docs/, "
        "in this order.",
        "data/ belongs to Data pipeline, for which Ana Silva and Bea Lind answer, and nobody "
        "owns it.",
        "By the letters it would say:",
        "# .github/CODEOWNERS",
        "/data/ @Bea-X",
        "I write nothing there: copy what you agree with.",
    ]


def test_codeowners_is_for_who_sees_a_project_that_has_to_do_with_the_repository(
    radar: Person, workspace: Double, server: Answering
) -> None:
    typed(radar, "access private in Fraud Radar")
    cy = workspace.person("cy")
    server.asked.clear()
    hidden = asks(cy)
    nowhere = asks(cy, "acme/nonsense")
    assert hidden == nowhere.replace("nonsense", "churn")
    assert "I do not know a repository called “acme/churn”." in hidden
    assert server.asked == [], "nobody is asked for who may not be told"
    assert "disagree" in asks(radar)


def test_codeowners_of_a_project_that_has_nothing_to_do_with_it(
    radar: Person, workspace: Double, server: Answering
) -> None:
    new_project(workspace, "Churn Radar", "ml-fraud")
    server.asked.clear()
    assert "I do not know a repository" in asks(radar, "acme/churn in Churn Radar")
    assert server.asked == []
    assert "disagree" in asks(radar, f"{server.url}/acme/churn in Fraud Radar")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"refuses": {"/CODEOWNERS"}},
            "GitHub does not let me read CODEOWNERS of acme/churn. It takes the repository "
            "permission Contents, to read. Ask an owner of it to set that right for my GitHub App "
            "or token.",
        ),
        (
            {"refuses": {"/collaborators", "/members"}},
            "Who may write, or is in a team, was not told in full: it takes Metadata and Members "
            "(read).",
        ),
        (
            {"files": {PLACE: b"/data/ @ana-s\n" * 230_000}},
            "has 3.1 MB. GitHub reads no more than 3 MB, so nobody owns anything.",
        ),
        (
            {"name": "Acme/churn-model"},
            "It is Acme/churn-model today: follow it by that name, and unfollow the old one.",
        ),
    ],
)
def test_codeowners_says_in_one_sentence_what_is_in_the_way(
    radar: Person, host: CodeHost, change: dict[str, object], words: str
) -> None:
    for name, value in change.items():
        setattr(host, name, value)
    assert words in asks(radar)


def test_codeowners_what_cannot_be_meant(radar: Person) -> None:
    assert asks(radar, "churn") == (
        "“churn” is no repository of the code host that I am set up to read. Write its owner and "
        "its name: /charter codeowners acme/churn."
    )
    assert asks(radar, "") == "Say which repository: /charter codeowners acme/churn."


def test_codeowners_who_has_no_name_at_github_is_said_to_have_none(
    radar: Person, charter: Charter
) -> None:
    typed(radar, "raci data pipeline R @Cy Moss")
    typed(radar, "follow acme/churn path src/ to modelling")
    told = asks(radar)
    assert (
        "data/ belongs to Data pipeline: nobody said what Cy Moss, who is responsible, is called "
        "at GitHub." in told
    )
    assert "src/ belongs to Modelling, for which nobody is responsible." in told


def test_codeowners_of_a_private_repository_are_for_who_is_in_there(
    radar: Person, workspace: Double, talking: Talking, charter: Charter, host: CodeHost
) -> None:
    cy = workspace.person("cy")
    host.private = False
    assert "disagree" in asks(cy)
    host.private = True
    hidden = asks(cy)
    assert "I do not know a repository called “acme/churn”." in hidden
    assert hidden == asks(cy, "acme/nonsense").replace("nonsense", "churn")
    assert "disagree" in asks(radar), "who writes there"
    operator = Actor(talking.workspace, None, Surface.CLI, is_admin=True)
    charter.identities.link(operator, LinkNames("Cy Moss", (("github", "Cy-M"),)), Place())
    assert "disagree" in asks(cy), "who owns something there, in a team"
