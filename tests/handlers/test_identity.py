"""Who acts and where: known people cost no call, strangers and bots get nothing."""

import pytest

from bot.people import Profile
from bot.standups import MOST_PEOPLE
from handlers.people import acquaint
from handlers.playground.double import Double
from handlers.service import Charter
from handlers.slack import Slack
from handlers.talking import Talking, build
from handlers.tenants import One
from storage.database import Database
from tests.handlers.talk import (
    eventually,
    installed,
    mentioned,
    new_project,
    now,
    reached,
    typed,
    written,
)

pytestmark = [
    pytest.mark.parametrize("transport", ["http"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


def called(workspace: Double, method: str) -> list[str]:
    return [
        str(call.args.get("user") or call.args.get("channel"))
        for call in workspace.calls
        if call.method == method
    ]


def test_slack_is_asked_about_a_person_and_a_channel_once(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    for _ in range(3):
        mentioned(ana, "@Charter who owns the data pipeline?")
        typed(ana, "list")
    assert called(workspace, "users.info") == ["U0ANA"]
    assert called(workspace, "conversations.info") == ["C0FRAUD"]
    assert called(workspace, "auth.test") == [str(None)]


def test_people_who_are_mentioned_become_known_before_the_order_is_carried_out(
    workspace: Double, talking: Talking, charter: Charter
) -> None:
    new_project(workspace)
    assert charter.people.known(talking.workspace, "U0BEA") is None
    assert "Bea Lind" in typed(workspace.person("ana"), "raci data pipeline A @Bea Lind").said
    bea = charter.people.known(talking.workspace, "U0BEA")
    assert bea is not None
    assert (bea.name, bea.timezone) == ("Bea Lind", "Europe/Stockholm")


def test_somebody_slack_does_not_know_is_nobody(workspace: Double, talking: Talking) -> None:
    new_project(workspace)
    ana = workspace.person("ana")
    workspace.refuse("users.info", "user_not_found")
    answer = typed(ana, "raci data pipeline A @Bea Lind")
    assert "I do not know anybody" in answer.said


@pytest.mark.parametrize("changes", [{"is_admin": True}, {"is_owner": True}])
def test_admins_of_the_workspace_are_admins_of_charter(
    workspace: Double, talking: Talking, charter: Charter, changes: dict[str, bool]
) -> None:
    new_project(workspace)
    bea = workspace.person("bea")
    assert "Ask Ana Silva or an admin" in typed(bea, "archive Fraud Radar").said
    workspace.change_user("bea", **changes)

    def is_admin() -> bool | None:
        known = charter.people.known(talking.workspace, "U0BEA")
        return (known is not None and known.is_admin) or None

    eventually(is_admin)
    assert "is archived" in typed(bea, "archive Fraud Radar").said


def test_a_known_person_from_before_the_start_is_looked_at_again(
    workspace: Double, talking: Talking, charter: Charter
) -> None:
    charter.people.learned(talking.workspace, Profile("U0BEA", "Bea Before", "Bea"))
    written(workspace.person("bea"), "what do I own?")
    bea = charter.people.known(talking.workspace, "U0BEA")
    assert bea is not None
    assert bea.name == "Bea Lind"


def test_a_known_person_is_answered_while_slack_tells_nothing_about_them(
    workspace: Double, talking: Talking, charter: Charter
) -> None:
    charter.people.learned(talking.workspace, Profile("U0BEA", "Bea Before", "Bea"))
    workspace.refuse("users.info", "internal_error")
    assert "No project" in typed(workspace.person("bea"), "show").said


def test_people_of_another_organisation_are_told_nothing(
    workspace: Double, talking: Talking
) -> None:
    new_project(workspace)
    workspace.add_user("U0EVE", "Eve Outside", team_id="T0OTHER")
    workspace.add_channel("partners", id="C0PARTNERS", is_ext_shared=True)
    eve = workspace.person("eve")
    eve.says("@Charter who owns the data pipeline in Fraud Radar?", "partners")
    told = eve.hears("shared with another organisation", "partners")
    assert told.only_for == "U0EVE"
    assert "vacant" not in told.said
    assert called(workspace, "users.info") == ["U0ANA"]


def test_a4_whom_another_organisation_brought_along_holds_nothing(
    workspace: Double, talking: Talking, charter: Charter
) -> None:
    """Slack tells of them as it tells of one's own people: only their team is another one."""
    new_project(workspace)
    workspace.add_user("U0EVE", "Eve Outside", team_id="T0OTHER")
    workspace.add_channel("partners", id="C0PARTNERS", is_ext_shared=True)
    assert talking.slack.profile("U0EVE").team == "T0OTHER"
    ana = workspace.person("ana")
    for text in ("raci data pipeline A <@U0EVE>", "access <@U0EVE> editor"):
        refused = typed(ana, text).said
        assert "Eve Outside belongs to another organisation and cannot hold a letter" in refused
    assert "vacant" in typed(ana, "raci data pipeline").said
    assert charter.people.known(talking.workspace, "U0EVE") is None


def test_a_shared_channel_is_closed_also_for_ones_own_people(
    workspace: Double, talking: Talking
) -> None:
    workspace.add_channel("partners", id="C0PARTNERS", is_ext_shared=True)
    ana = workspace.person("ana")
    ana.says("@Charter who owns the data pipeline?", "partners")
    assert ana.hears("shared with another organisation", "partners").only_for == ana.id
    assert "shared with another organisation" in typed(ana, "list", "partners").said


def test_a_channel_that_becomes_shared_is_closed_at_the_next_mention(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    assert "I know who" in mentioned(ana, "@Charter").said
    workspace.change_channel("ml-fraud", is_ext_shared=True)
    said = ana.says("@Charter who?", "ml-fraud")
    assert ana.hears("shared with another organisation", "ml-fraud", after=said).only_for == ana.id


def test_a_bot_gets_no_answer(workspace: Double, talking: Talking) -> None:
    event = {
        "type": "app_mention",
        "user": "U0ROBOT",
        "bot_id": "B0ROBOT",
        "text": "<@U0CHARTER> who owns it?",
        "ts": "1.1",
        "channel": "C0FRAUD",
        "event_ts": "1.1",
    }
    before = len(workspace.calls)
    reply = workspace.courier.event(event, "U0ROBOT")
    assert reply is not None
    assert reply.failure == ""
    assert "I know who" in mentioned(workspace.person("ana"), "@Charter").said
    assert "U0ROBOT" not in called(workspace, "users.info")
    posted = [call for call in workspace.calls[before:] if call.method == "chat.postMessage"]
    assert len(posted) == 1


def test_in_an_organisation_of_several_teams(
    charter: Charter, database: Database, transport: str
) -> None:
    double = installed(enterprise_id="E0ACME")
    double.add_user("U0ANA", "Ana Silva")
    double.add_user("U0BEA", "Bea Lind", team_id="T0SIBLING")
    double.add_channel("ml-fraud", id="C0FRAUD")
    with double.serve():
        client = Slack.reach(double.app.bot_token, double.api_url)
        built = build(charter, One(client), now)
        assert built.installation.enterprise == "E0ACME"
        with reached(built, double, database, transport):
            assert "I know who" in mentioned(double.person("ana"), "@Charter").said
            bea = double.person("bea")
            bea.says("@Charter", "ml-fraud")
            bea.hears("shared with another organisation", "ml-fraud")
            assert called(double, "users.info") == ["U0ANA"]
        assert built.workspace == charter.workspaces.connect("T0CHARTER", "E0ACME", "")
        built.close()


def test_a_command_works_where_charter_was_not_invited(workspace: Double, talking: Talking) -> None:
    workspace.add_channel("closed", ["ana"], id="C0CLOSED", is_private=True, without_app=True)
    ana = workspace.person("ana")
    new_project(workspace)
    assert "Fraud Radar" in typed(ana, "show Fraud Radar", "closed").said
    assert "I am not in this channel" in typed(ana, "bind Fraud Radar", "closed").said
    ana.slash("/charter new Night Owl", "closed")
    ana.gets_modal("New project")
    errors = ana.submits()
    assert errors is not None
    assert "I am not in this channel" in errors["bind"]


def test_what_only_some_may_see_is_not_said_where_others_read(
    workspace: Double, talking: Talking
) -> None:
    workspace.add_channel("secret", ["ana", "bea"], id="C0SECRET", is_private=True)
    ana, cy = workspace.person("ana"), workspace.person("cy")
    new_project(workspace, "Night Owl", "secret")
    typed(ana, "raci data pipeline A @Bea Lind", "secret")

    question = "who owns the data pipeline in Night Owl?"
    assert "Bea Lind" in mentioned(ana, f"@Charter {question}", "secret").said
    assert "Bea Lind" in written(ana, question).said
    assert "Bea Lind" not in mentioned(ana, f"@Charter {question}").said
    assert "Bea Lind" not in written(cy, question).said
    assert "Night Owl" not in typed(cy, "list").said


def test_a_private_channel_that_became_public_hears_nothing_private(
    workspace: Double, talking: Talking
) -> None:
    workspace.add_channel("comet", id="C0COMET", is_private=True)
    ana, bea = workspace.person("ana"), workspace.person("bea")
    ana.slash("/charter new", channel="comet")
    ana.gets_modal("New project")
    ana.fills({"name": "Comet"})
    assert ana.submits() is None
    ana.hears("Comet", channel="comet")
    inside = bea.says("@Charter who leads Comet?", channel="comet")
    assert "Ana Silva" in bea.hears("Comet", channel="comet", thread=inside).said
    workspace.change_channel("comet", is_private=False)
    outside = bea.says("@Charter who leads Comet?", channel="comet")
    answer = bea.hears("Comet", channel="comet", thread=outside)
    assert "Ana Silva" not in answer.said


def test_a_form_from_before_a_channel_opened_is_answered_to_one_alone(
    workspace: Double, talking: Talking
) -> None:
    workspace.add_channel("comet", ["ana", "bea", "cy"], id="C0COMET", is_private=True)
    ana = workspace.person("ana")
    new_project(workspace, "Comet", "comet")
    typed(ana, "raci data pipeline A @Bea Lind", "comet")
    answer = mentioned(ana, "@Charter who owns the data pipeline?", "comet")
    assert answer.only_for is None
    for is_private, to, reader in ((True, "Cy Moss", None), (False, "Ana Silva", ana.id)):
        workspace.change_channel("comet", is_private=is_private)
        ana.presses(answer, "Hand over")
        ana.gets_modal("Hand over")
        ana.fills({"Person": to})
        last = ana.sees("comet")[-1]
        assert ana.submits() is None
        told = ana.hears(f"hand-over from Bea Lind to {to}", "comet", after=last)
        assert told.only_for == reader
        typed(ana, "raci data pipeline call off hand over", "comet")
    assert workspace.problems == []


def test_an_undo_from_before_a_channel_opened_is_told_to_one_alone(
    workspace: Double, talking: Talking
) -> None:
    workspace.add_channel("comet", ["ana", "bea", "cy"], id="C0COMET", is_private=True)
    ana = workspace.person("ana")
    new_project(workspace, "Comet", "comet")
    typed(ana, "raci data pipeline A @Bea Lind", "comet")
    answer = mentioned(ana, "@Charter who owns the data pipeline?", "comet")
    for is_private in (True, False):
        workspace.change_channel("comet", is_private=True)
        ana.presses(answer, "Hand over")
        ana.gets_modal("Hand over")
        ana.fills({"Person": "Cy Moss"})
        last = ana.sees("comet")[-1]
        assert ana.submits() is None
        handed = ana.hears("hand-over from Bea Lind to Cy Moss", "comet", after=last)
        assert handed.only_for is None
        workspace.change_channel("comet", is_private=is_private)
        last = ana.sees("comet")[-1]
        ana.presses(handed, "Undo")
        if is_private:
            assert ana.hears("Taken back", "comet", answer).ts == handed.ts
            continue
        assert ana.hears("Taken back", "comet", after=last).only_for == ana.id
        bea = workspace.person("bea")
        assert bea.hears("hand-over from Bea Lind to Cy Moss", "comet").ts == handed.ts
    assert workspace.problems == []


def test_as_many_strangers_become_known_as_a_form_lets_choose(
    workspace: Double, talking: Talking, charter: Charter
) -> None:
    team = [workspace.add_user(f"U0P{one:02}", f"P{one:02} Strange").id for one in range(60)]
    text = " ".join(f"<@{one}>" for one in team)
    acquaint(text, charter, talking.slack, talking.workspace)
    met = [one for one in team if charter.people.known(talking.workspace, one)]
    assert met == team[:MOST_PEOPLE]
    # Who is known already takes no room from those who are not.
    acquaint(text, charter, talking.slack, talking.workspace)
    assert charter.people.known(talking.workspace, team[-1])
