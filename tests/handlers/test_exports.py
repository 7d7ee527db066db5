"""`/charter export`: answered at once, prepared in one message, and the file beside it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.orders import NewProject
from bot.outcome import Place
from bot.people import Surface
from bot.sheets import read
from handlers import exports
from handlers.playground.double import Double, Message, Person
from handlers.service import Charter
from handlers.talking import Talking
from tests.bot.exported import SHEETS
from tests.handlers.talk import new_project, typed, written

pytestmark = pytest.mark.parametrize("transport", ["http"], indirect=True)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def delivered(person: Person) -> tuple[Message, str, bytes]:
    """The message with the file in somebody's direct message, its name and its content."""
    person.hears("Here is the workbook")
    message = next(message for message in reversed(person.sees()) if message.files)
    (file,) = message.files
    return message, file.name, person.downloads(message, file.name)


def columns(content: bytes, sheet: str, at: int = 0) -> list[object]:
    return [row[at] for row in read(content)[sheet][1:]]


def calls(workspace: Double) -> list[str]:
    """What Charter did in Slack, in order, without what it looked up."""
    return [call.method for call in workspace.calls if call.method.startswith(("chat", "files"))]


def test_an_export_is_answered_at_once_and_delivered_in_the_direct_message(
    workspace: Double, talking: Talking
) -> None:
    ana, cy = workspace.person("ana"), workspace.person("cy")
    new_project(workspace)
    typed(ana, "stage data pipeline blocked: =no export")
    before = len(calls(workspace))

    answer = typed(ana, "export")
    assert "I am preparing the workbook Fraud Radar" in answer.said
    assert answer.only_for == ana.id
    message, name, content = delivered(ana)

    progress = ana.hears("Here is the workbook Fraud Radar, with 1 project that you can see")
    assert name in progress.said
    assert name.startswith("charter-fraud-radar-")
    assert progress.channel == message.channel
    made = calls(workspace)[before:]
    assert [made[0], *made[-3:]] == [
        "chat.postMessage",
        "files.getUploadURLExternal",
        "files.completeUploadExternal",
        "chat.update",
    ]
    assert set(made[1:-3]) <= {"chat.update"}, "how far it is"
    opened = load_workbook(BytesIO(content))
    assert opened.sheetnames == SHEETS
    assert columns(content, "Portfolio") == ["Fraud Radar"]
    assert columns(content, "Blockers", 7) == ["=no export"]
    changed = columns(content, "Changes", 3)[0]
    assert "status: not started → blocked (=no export); blocker: –" in str(changed)
    with pytest.raises(LookupError):
        cy.downloads(message, name)
    assert workspace.problems == []


def test_the_whole_portfolio_from_home_and_one_project_from_its_overview(
    workspace: Double, talking: Talking
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    bea.opens_home()
    bea.presses(bea.gets_home("Projects"), "Export all")
    _, name, content = delivered(bea)
    assert name.startswith("charter-portfolio-")
    assert columns(content, "Portfolio") == ["Fraud Radar"]

    ana.presses(typed(ana, "show"), "Export")
    _, name, _ = delivered(ana)
    assert name.startswith("charter-fraud-radar-")
    assert workspace.problems == []


def test_a_private_project_is_in_its_members_file_alone(
    workspace: Double, talking: Talking, charter: Charter
) -> None:
    ana, bea = workspace.person("ana"), workspace.person("bea")
    new_project(workspace)
    typed(bea, "list")
    known = charter.people.known(talking.workspace, bea.id)
    assert known is not None
    actor = charter.people.actor(talking.workspace, known, Surface.COMMAND)
    charter.projects.create(actor, NewProject("Lighthouse", private=True), Place())

    typed(ana, "export portfolio")
    _, _, content = delivered(ana)
    assert columns(content, "Portfolio") == ["Fraud Radar"]
    assert "Lighthouse" not in repr(read(content))

    typed(bea, "export portfolio")
    _, _, content = delivered(bea)
    assert columns(content, "Portfolio") == ["Fraud Radar", "Lighthouse"]
    assert "It contains private projects: Lighthouse" in bea.hears("Here is the workbook").said

    told = typed(ana, "export Lighthouse")
    assert "I do not know a project called “Lighthouse”" in told.said


def test_x9_here_it_is_shared_with_what_all_who_read_the_channel_may_see(
    workspace: Double, talking: Talking, charter: Charter
) -> None:
    ana, cy = workspace.person("ana"), workspace.person("cy")
    new_project(workspace)
    known = charter.people.known(talking.workspace, ana.id)
    assert known is not None
    actor = charter.people.actor(talking.workspace, known, Surface.COMMAND)
    charter.projects.create(actor, NewProject("Lighthouse", private=True), Place())

    typed(ana, "export portfolio here")
    told = ana.hears("Left out", "ml-fraud")
    assert told.said == (
        "Left out: 1 project that you can see, and not everybody there: Lighthouse."
    )
    assert told.only_for == ana.id
    done = cy.hears("Here is the workbook Portfolio", "ml-fraud")
    assert "with 1 project that everybody here can see" in done.said
    (message,) = [one for one in cy.sees("ml-fraud") if one.files]
    assert message.thread_ts == done.ts
    content = cy.downloads(message, message.files[0].name)
    assert columns(content, "Portfolio") == ["Fraud Radar"]
    assert "Lighthouse" not in repr(read(content))
    assert ana.sees() == [], "nothing by direct message"

    hidden = typed(ana, "export Lighthouse here")
    assert "Not everybody who reads #ml-fraud may know of Lighthouse" in hidden.said
    assert hidden.only_for == ana.id
    assert workspace.problems == []


@on_sqlite
def test_a4_of_a_file_that_is_shared_with_a_guest_there_is_no_more_than_they_may_see(
    workspace: Double, talking: Talking, charter: Charter
) -> None:
    """Also one whom Charter never met: Slack tells that they are a guest."""
    ana = workspace.person("ana")
    new_project(workspace)
    known = charter.people.known(talking.workspace, ana.id)
    assert known is not None
    actor = charter.people.actor(talking.workspace, known, Surface.COMMAND)
    charter.projects.create(actor, NewProject("Lighthouse"), Place())
    workspace.add_user("U0GIL", "Gil Frost", is_restricted=True)
    workspace.change_channel("ml-fraud", members=workspace.channel("ml-fraud").members | {"U0GIL"})

    typed(ana, "export portfolio here as json")
    told = ana.hears("Left out", "ml-fraud")
    assert told.said.endswith("and not everybody there: Lighthouse.")
    (message,) = [one for one in ana.sees("ml-fraud") if one.files]
    content = ana.downloads(message, message.files[0].name).decode()
    assert "Fraud Radar" in content
    assert "Lighthouse" not in content
    assert "/charter export PROJECT" in typed(ana, "export Lighthouse here").said
    assert charter.people.known(talking.workspace, "U0GIL") is None
    assert workspace.problems == []


@on_sqlite
def test_the_one_message_tells_each_step(
    workspace: Double, talking: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PACE_SECONDS", 0)
    ana = workspace.person("ana")
    new_project(workspace)
    typed(ana, "export")
    delivered(ana)
    edits = [call.args["text"] for call in workspace.calls if call.method == "chat.update"]
    steps = [text.rpartition(": ")[2] for text in edits[:-1]]
    of = len(SHEETS)
    sheets = [f"writing sheet {number} of {of} …" for number in range(1, of + 1)]
    assert steps == ["reading the record …", *sheets, "sending the file …"]


@on_sqlite
def test_in_the_direct_message_itself_there_is_one_message_and_the_file(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    progress = typed(ana, "export portfolio", written(ana, "hello").channel)
    assert "workbook Portfolio" in progress.said
    delivered(ana)
    assert len([one for one in ana.sees() if "workbook" in one.said and not one.files]) == 1


@on_sqlite
def test_a_wrong_name_is_told_where_it_was_typed_and_can_be_put_right(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    told = typed(ana, "export Fraud Rader")
    assert "I do not know a project called “Fraud Rader”" in told.said
    assert ana.sees() == []
    ana.presses(told, "Fraud Radar")
    _, name, _ = delivered(ana)
    assert name.startswith("charter-fraud-radar-")


@on_sqlite
@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_an_error_midway_turns_the_message_into_one_clear_sentence(
    workspace: Double, talking: Talking, method: str
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    workspace.refuse(method, "internal_error")
    typed(ana, "export")
    told = ana.hears("I cannot reach Slack just now")
    assert [message.ts for message in ana.sees()] == [told.ts]
    assert "Preparing" not in told.said

    typed(ana, "export")
    _, name, _ = delivered(ana)
    assert name.startswith("charter-fraud-radar-")


@on_sqlite
def test_without_the_scope_it_says_who_can_mend_that(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    workspace.revoke("files:write")
    typed(ana, "export")
    told = ana.hears("An admin can install me anew, with the scope files:write")
    assert [message.ts for message in ana.sees()] == [told.ts]


@on_sqlite
def test_what_nobody_foresaw_is_told_in_the_message_too(
    workspace: Double, talking: Talking
) -> None:
    ana = workspace.person("ana")
    new_project(workspace)
    workspace.refuse("files.completeUploadExternal", "posting_to_channel_denied")
    typed(ana, "export")
    told = ana.hears("Something went wrong on my side")
    assert [message.ts for message in ana.sees()] == [told.ts]
