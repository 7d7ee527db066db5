"""What is due is looked at as of one moment before it goes; what is left out is written down, and
what cannot be looked at holds up nothing else.
"""

import pytest
from sqlalchemy import select, update

from bot.orders import CloseRaid, RaiseRaid
from bot.raid import RaidKind
from storage.projects.sheet import Sheet
from storage.tables import OutboxRow, columns, table_of
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.mailing import MONDAY, delivered, give, staffed, until

MORNING = MONDAY.replace(day=24, hour=12)


@pytest.fixture
def evening(team: Team) -> Team:
    """Bea has two risks to see to, of which she hears in the morning; one is closed by then."""
    staffed(team)
    until(team, MONDAY.replace(hour=20))
    ana = team.actor("ana")
    for text in ("no labels", "no disk"):
        values = (("text", text), ("owner", "bea"))
        team.charter.raid.lift(ana, RaiseRaid(RaidKind.RISK, values), HERE)
    team.charter.raid.close(ana, CloseRaid(RaidKind.RISK, 1, because="bought"), HERE)
    return team


def test_what_is_left_out_of_a_message_was_not_said(evening: Team) -> None:
    [sent] = [one for one in until(evening, MORNING) if one.to == "bea"]
    [explained] = evening.charter.reasons.keyed(evening.actor("bea"), sent.key, HERE).sent
    assert [one.note for one in explained.tells] == ["R-2: no disk"]
    with evening.database.read() as session:
        row = session.scalars(select(OutboxRow).where(columns(OutboxRow).key == sent.key)).one()
    assert row.text == sent.text
    assert [one["note"] for one in row.why["tells"]] == ["R-2: no disk"]


@pytest.mark.parametrize("is_private", [False, True])
def test_one_message_that_cannot_be_looked_at_goes_as_it_is_with_the_others_if_it_tells_no_secret(
    evening: Team, *, is_private: bool
) -> None:
    give(evening, "R", "ana")
    give(evening, "C", "cy", by="bea")
    outbox = columns(OutboxRow)
    with evening.database.begin() as session:
        unknown = {"tells": [{"event": "of a later version"}]}
        session.execute(
            update(table_of(OutboxRow))
            .where(outbox.channel == "UBEA")
            .values(why=unknown, confidential=is_private)
        )
    evening.now = MORNING
    sent = {one.to: one.text for one in delivered(evening)}
    assert sent.keys() == ({"cy"} if is_private else {"bea", "cy"})
    assert is_private or "R-1" in sent["bea"]


def test_a_change_while_it_is_looked_at_leaves_no_project_of_two_moments(
    evening: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process, which knows nothing of the project yet, sends while a letter is given."""
    ana, fetch = evening.actor("ana"), Sheet.fetch
    evening.now = MORNING
    other = evening.replica()
    given: list[str] = []

    def fetch_while_written(self: Sheet, what: str, **also: object) -> object:
        if what == "projects" and not given:
            given.append(what)
            give(evening, "R", "ana")
        return fetch(self, what, **also)

    monkeypatch.setattr(Sheet, "fetch", fetch_while_written)
    assert [one.channel for one in other.outbox.claim(evening.workspace, 10)] == ["UBEA"]
    assert given
    monkeypatch.undo()
    there, here = (
        charter.projects.row(ana, "data pipeline", "Atlas", HERE).item
        for charter in (other, evening.replica())
    )
    assert there == here
