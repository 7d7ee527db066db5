"""Where something was said: channels as Slack last told of them."""

from bot.outcome import Place
from storage import directory
from storage.tables import ChannelRow
from tests.storage.support import World


def test_a_channel_is_told_as_slack_last_told_of_it(world: World) -> None:
    with world.database.begin() as session:
        for slack_id, private, shared in (("C1", False, True), ("C2", True, False)):
            session.add(
                ChannelRow(
                    workspace_id=world.workspace,
                    slack_id=slack_id,
                    name=slack_id.lower(),
                    is_private=private,
                    is_shared=shared,
                )
            )
    with world.database.read() as session:
        told = [directory.place(session, world.workspace, name) for name in ("C1", "C2", "C9")]
        assert directory.place(session, world.workspace + 1, "C1") is None
    assert told == [
        Place("C1", "c1", is_private=False, is_shared=True),
        Place("C2", "c2", is_private=True, is_shared=False),
        None,
    ]
