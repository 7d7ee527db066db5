"""Who stands behind the letters that CODEOWNERS is held against, and what is in the way of it."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.attaching import By
from bot.codeowners import Claim, Kind
from bot.commands import ShowCodeowners
from bot.errors import NotFound, Refused, Why
from bot.orders import Assign, Follow, LinkNames, MergePeople
from bot.ownership import OwnershipShown
from bot.project import Group, Letter
from handlers.views.errors import plain
from storage.database import Database
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.sources.answering import Answer, answering
from tests.sources.codehost import CodeHost
from tests.sources.support import github

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WORKSHOP = Group("S0ML", "ml-team")


@pytest.fixture
def host() -> CodeHost:
    return CodeHost({"CODEOWNERS": b"/data/ @ana-s\n"}, writers=["ana-s", "bea-x"])


@pytest.fixture
def team(database_url: str, host: CodeHost) -> Iterator[Team]:
    """Atlas follows a repository, of which data/ belongs to its data pipeline; Ana leads it."""
    database = Database(database_url)
    with answering(host) as server, closing(database):
        made = Team(database, sources=(github(server.url),))
        made.atlas()
        says = Follow("acme/churn", By.PATH, "data/", "data pipeline", "Atlas")
        made.charter.follows.follow(made.actor("ana"), says, HERE)
        named(made, "Ana", "ana-s")
        gives(made, "Ana", Letter.A)
        with closing(made.charter.links):
            yield made


def gives(team: Team, who: str, letter: Letter) -> None:
    order = Assign("data pipeline", (letter,), who, "Atlas", hand_over=True, unasked="sorted out")
    team.charter.raci.assign(team.actor("ana"), order, ELSEWHERE)


def named(team: Team, first: str, login: str) -> None:
    order = LinkNames(first, (("github", login),))
    team.charter.identities.link(team.actor("ana"), order, ELSEWHERE)


def shown(team: Team, where: str = "acme/churn") -> OwnershipShown:
    return team.charter.codeowners.shown(team.actor("ana"), ShowCodeowners(where), ELSEWHERE)


def test_codeowners_who_is_in_a_user_group_is_responsible_with_it(team: Team) -> None:
    gives(team, "<!subteam^S0ML|ml-team>", Letter.R)
    [claim] = shown(team).claims
    assert (claim.responsible, claim.nameless) == ((), ("@ml-team",))
    team.charter.user_groups.learned(team.workspace, {WORKSHOP: ("UBEA", "UCY")})
    named(team, "Bea", "bea-x")
    found = shown(team)
    assert found.claims == (
        Claim(
            "data/",
            "Data pipeline",
            ("@bea-x",),
            frozenset({"@ana-s", "@bea-x"}),
            ("Ana Sample", "Bea Sample", "Cy Sample"),
            ("Cy Sample",),
        ),
    )
    assert [one.kind for one in found.differences] == [Kind.NO_NAME, Kind.NOT_OWNER]


def test_codeowners_of_two_accounts_that_are_one_persons(team: Team) -> None:
    named(team, "Bea", "bea-x")
    gives(team, "Bea", Letter.R)
    team.charter.identities.merge(team.actor("ana"), MergePeople("Bea", "Cy"), ELSEWHERE)
    [claim] = shown(team).claims
    assert (claim.responsible, claim.answering) == (("@bea-x",), ("Ana Sample", "Cy Sample"))


def test_codeowners_of_a_whole_repository_that_belongs_to_a_stage(team: Team) -> None:
    says = Follow("acme/churn", By.STREAM, "", "modelling", "Atlas")
    team.charter.follows.follow(team.actor("ana"), says, HERE)
    found = shown(team)
    assert [one.pattern for one in found.claims] == ["data/", "*"]
    assert Kind.NOBODY in {one.kind for one in found.differences if one.stage == "Modelling"}


def test_codeowners_without_a_code_host_says_what_to_set(database_url: str) -> None:
    with closing(Database(database_url)) as database:
        team = Team(database)
        with pytest.raises(Refused) as refused:
            shown(team)
        assert refused.value.why is Why.NO_CODE_HOST
        assert "GITHUB_TOKEN" in plain(refused.value)


def test_codeowners_unfollowed_is_as_if_it_were_not_there(team: Team) -> None:
    with pytest.raises(NotFound):
        shown(team, "acme/other")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(401, {}), "does not accept my credentials"),
        (Answer(404, {}), "or hides it from me"),
        (Answer(429, {}, {"retry-after": "900"}), "asked too much"),
        (Answer(200, []), "makes no sense"),
        (None, "in a few minutes"),
    ],
)
def test_g7_codeowners_in_trouble_is_one_sentence(
    team: Team, monkeypatch: pytest.MonkeyPatch, answer: Answer | None, words: str
) -> None:
    monkeypatch.setattr(CodeHost, "__call__", lambda _host, _asked: answer)
    with pytest.raises(Refused) as refused:
        shown(team)
    told = plain(refused.value)
    assert words in told
    assert "acme/churn" in told or "app.py doctor" in told
    assert told.count("\n") == 0


def test_codeowners_case_tells_no_repositories_apart(team: Team) -> None:
    assert shown(team, "ACME/Churn").asked == "acme/churn"
