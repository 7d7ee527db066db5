"""Names at GitHub that change: whose they are goes by the account."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.accounts import Known, learned
from bot.attaching import By
from bot.changes import IdentityChanged
from bot.evidence import bounded
from bot.orders import Follow, LinkNames
from bot.sources.base import PullRequest, PullState
from storage import audit, identities
from tests.handlers.service.conftest import ELSEWHERE, HERE
from tests.handlers.service.linking import Linking, at_work
from tests.support.evidence import PULL

BEA, STRANGER = 583231, 9_999_999


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        made.atlas()
        made.github.tells(seen("bea-x", BEA))
        known = LinkNames("Bea", (("github", "bea-x"),))
        made.charter.identities.link(made.actor("ana"), known, ELSEWHERE)
        yield made


def seen(login: str, account: int, number: int = 7, **more: object) -> PullRequest:
    ref = replace(
        PULL.ref,
        key=f"acme/churn#{number}",
        url=f"https://github.com/acme/churn/pull/{number}",
    )
    made = replace(PULL, ref=ref, number=number, author=login, accounts={login: account})
    return replace(made, **more)  # type: ignore[arg-type]  # fields of a pull request


def names(team: Linking, first: str = "Bea") -> list[str]:
    shown = team.charter.identities.shown(team.actor("ana"), first, ELSEWHERE)
    return [one.value for one in shown.names if one.kind == "github"]


def accounts(team: Linking) -> dict[str, str | None]:
    with team.database.read() as session:
        known = identities.accounts(session, team.workspace, "github")
        return {one.value: one.account for one in known}


def test_edge_61_a_login_that_was_renamed_keeps_its_person(team: Linking) -> None:
    team.link()
    assert accounts(team) == {"bea-x": f"github.com/{BEA}"}
    team.wait(hours=2)
    team.github.tells(seen("bea-lind", BEA, updated=team.now))
    team.sync()
    assert names(team) == ["bea-x", "bea-lind"]
    assert set(accounts(team).values()) == {f"github.com/{BEA}"}
    assert "Bea Sample" in team.card(), "by the new name she is still herself"
    with team.database.read() as session:
        assert audit.verify(session).faults == ()
        line = audit.after(session, team.workspace, 0, ("IdentityChanged",))[-1]
        assert line.actor_id is None
        last = line.seq
    team.wait(hours=2)
    team.sync()
    with team.database.read() as session:
        after = audit.after(session, team.workspace, last, ("IdentityChanged",))
        assert after == [], "told again it changes nothing"


def test_edge_61_an_old_login_that_somebody_else_takes_is_theirs(team: Linking) -> None:
    team.link()
    team.wait(hours=2)
    team.github.tells(seen("bea-lind", BEA, updated=team.now))
    team.sync()
    team.github.tells(seen("bea-x", STRANGER, 8, updated=team.now))
    team.link("https://github.com/acme/churn/pull/8")
    assert names(team) == ["bea-lind"]
    card = team.cards()[-1].text
    assert "bea-x" in card
    assert "Bea Sample" not in card, "nobody becomes her by taking her old name"


def test_edge_61_also_where_both_are_seen_at_once_in_what_is_followed(team: Linking) -> None:
    team.link()
    team.wait(hours=2)
    order = Follow("acme/churn", By.STREAM, "", None, "Atlas")
    team.charter.follows.follow(team.actor("ana"), order, HERE)
    team.github.tells(
        seen("bea-lind", BEA, 8, updated=team.now),
        seen("bea-x", STRANGER, 9, updated=team.now - timedelta(minutes=1)),
        seen("bea-lind", BEA, 7, state=PullState.MERGED, updated=team.now),
    )
    team.sync()
    assert names(team) == ["bea-lind"]


def test_edge_61_who_is_said_to_have_a_name_has_it(team: Linking) -> None:
    team.link()
    known = LinkNames("Cy", (("github", "bea-lind"),))
    team.charter.identities.link(team.actor("ana"), known, ELSEWHERE)
    team.wait(hours=2)
    team.github.tells(seen("bea-lind", BEA, updated=team.now))
    team.sync()
    assert (names(team), names(team, "Cy")) == (["bea-x"], ["bea-lind"])


def test_edge_61_accounts_of_two_hosts_are_not_told_apart() -> None:
    known = (Known(1, "bea-x", "github.com/7"),)
    moved = learned("github", {"bea-x": ("bea-x", "ghes.acme.example/3")}, known)
    assert (moved.changes, moved.accounts) == ((), {"bea-x": "ghes.acme.example/3"})
    taken = learned("github", {"bea-x": ("bea-x", "github.com/8")}, known)
    assert taken.changes == (IdentityChanged(1, "github", ("bea-x",), ()),)


def test_edge_61_what_is_kept_of_a_pull_request_keeps_its_accounts() -> None:
    one = bounded(seen("bea-x", BEA))
    assert isinstance(one, PullRequest)
    assert one.accounts == {"bea-x": BEA}
