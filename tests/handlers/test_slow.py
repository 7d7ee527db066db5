"""Edge 48: however slow the database is, forms open in time, and nothing that was typed is lost."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from threading import Event

import pytest
from slack_bolt import BoltRequest
from sqlalchemy import event

from handlers.buttons import ON_PRESS, Opens
from handlers.forms import ORDERED
from handlers.manifest import IMPORT, QUESTION, SHORTCUTS
from handlers.opening import SHORTCUTS as OPENING
from handlers.playground.double import PATIENCE, Double, Message
from handlers.playground.double.model import View
from handlers.talking import Talking
from handlers.views import kit
from handlers.views.acts import Act, Values
from storage.database import Database
from tests.handlers.mornings import Clock, Morning
from tests.handlers.talk import new_project, runner_of, typed

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
over_http = pytest.mark.parametrize("transport", ["http"], indirect=True)

P: Values = {"p": "fraud_radar"}
ROW: Values = {**P, "i": "data_pipeline", "v": 1}

NOT_YOURS: Values = {"f": "F0SHEET", "u": "0"}
BUTTONS: dict[Act, tuple[Values, str]] = {
    Act.PROJECT_NEW: ({"name": "Churn Radar"}, "New project"),
    Act.ASSIGN_OPEN: (ROW, "Assign"),
    Act.STAGE_OPEN: (ROW, "Move a stage"),
    Act.STAGE_REOPEN: (ROW, "Move a stage"),
    Act.SCOPE_EDIT: (P, "Scope"),
    Act.VERDICT_OPEN: ({**P, "c": "go"}, "Verdict"),
    Act.STANDUP_OPEN: (P, "Standup"),
    Act.STANDUP_TEAM: ({}, "Charter"),
    Act.DIGEST_OPEN: ({}, "Digest"),
    Act.OWN_DIGEST_OPEN: ({}, "Digest"),
    Act.EXPORT_PLAN: ({}, "Scheduled file"),
    Act.IMPORT_COLUMNS: (NOT_YOURS, "Charter"),
    Act.IMPORT_PEOPLE: (NOT_YOURS, "Charter"),
    Act.IMPORT_CONFLICTS: (NOT_YOURS, "Charter"),
    Act.RAID_OPEN: ({**P, "k": "risk"}, "Risk"),
    Act.MILESTONE_ADD: (P, "New milestone"),
    Act.MILESTONE_MOVE: ({**P, "m": "nothing"}, "Charter"),
    Act.MILESTONE_MEET: ({**P, "m": "nothing"}, "Charter"),
    Act.WAIVER_OPEN: (P, "Set a rule aside"),
    Act.ROLE_OPEN: ({"r": "data engineer"}, "Edit a role"),
    Act.ANSWER_RATE: ({"q": "who owns the data pipeline?", "g": False}, "Not right"),
    # What is asked about is not there (any more), and the one who pressed is told so.
    Act.GATE_TICK: ({**P, "i": "data_pipeline", "k": "nothing"}, "Charter"),
    Act.OFFER_SAY: ({"f": 99}, "Charter"),
    Act.LEFT_OPEN: ({"w": "nobody"}, "Charter"),
    Act.PERSON_NAMES: ({"w": "nobody"}, "Charter"),
    Act.STANDUP_ANSWER: ({"e": 99}, "Charter"),
    Act.LINK_STAGE: ({"k": "pull_request", "n": 99}, "Charter"),
    Act.CONSULTATION_OPEN: ({"n": 99}, "Charter"),
    Act.OPEN_ALIAS: ({"n": 99}, "Charter"),
    Act.OPEN_ITEM: ({"n": 99}, "Charter"),
}
"""What each button that opens a form carries here, and the title of what it opens."""

COMMANDS: dict[str, tuple[str, str]] = {
    "OpenNew": ("new Churn Radar", "New project"),
    "OpenScope": ("scope edit", "Scope"),
    "OpenStandup": ("standup", "Standup"),
    "OpenDigest": ("digest set", "Digest"),
    "OpenOwnDigest": ("digest me set", "Digest"),
    "OpenExport": ("export set", "Scheduled file"),
    "OpenRaid": ("risk add", "Risk"),
    "OpenRole": ("role edit data engineer", "Edit a role"),
    "OpenDelegate": ("delegate", "Delegate"),
}

MENU = {"decision.message": "Save as decision", QUESTION: "Who owns…?"}
WITHOUT_FORM = {IMPORT}
"""Entries of the menu that answer in words."""


@contextmanager
def slow(database: Database, clock: Clock) -> Iterator[None]:
    """Whatever is asked, the database answers when a trigger is dead."""

    def wait(*_asked: object) -> None:
        clock.now += timedelta(seconds=PATIENCE + 1)

    event.listen(database.engine, "before_cursor_execute", wait)
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", wait)


def button(morning: Morning, act: Act, values: Values) -> Message:
    """A message of Charter's with this button."""
    space = morning.workspace.space
    blocks = kit.actions(kit.button("Press me", act, values))
    return space.post("C0FRAUD", morning.workspace.app.bot_user_id, "here", blocks=blocks)


def opened(morning: Morning, title: str) -> View:
    """Ana's form, which came in time; it is closed then."""
    ana = morning.person("ana")
    view = ana.gets_modal(title)
    refused = [call for call in morning.workspace.calls if not call.ok]
    assert [(call.method, call.error) for call in refused] == []
    ana.closes()
    return view


def test_every_way_to_a_form_is_tried_here() -> None:
    assert set(BUTTONS) == {
        act for act, on_press in ON_PRESS.items() if isinstance(on_press, Opens)
    }
    assert set(COMMANDS) == {order.__name__ for order in ORDERED}
    entries = {entry["callback_id"] for entry in SHORTCUTS}
    assert entries - WITHOUT_FORM == OPENING | {QUESTION} == set(MENU)


@on_sqlite
def test_edge_48_every_button_opens_its_form_in_time(morning: Morning, database: Database) -> None:
    morning.workspace.change_user("ana", is_admin=True)
    new_project(morning.workspace)
    ana = morning.person("ana")
    for act, (values, title) in BUTTONS.items():
        message = button(morning, act, values)
        with slow(database, morning.clock):
            ana.presses(message, "Press me")
            view = opened(morning, title)
        assert view.title == title, act


@on_sqlite
def test_edge_48_every_command_and_menu_entry_opens_its_form_in_time(
    morning: Morning, database: Database
) -> None:
    morning.workspace.change_user("ana", is_admin=True)
    new_project(morning.workspace)
    ana = morning.person("ana")
    for command, title in COMMANDS.values():
        with slow(database, morning.clock):
            ana.slash(f"/charter {command}", "ml-fraud")
            assert opened(morning, title).title == title
    for run, title in (("scope edit in Fraud Radar", "Scope"), ("delegate", "Delegate")):
        message = button(morning, Act.COMMAND_RUN, {"c": run})
        with slow(database, morning.clock):
            ana.presses(message, "Press me")
            assert opened(morning, title).title == title
    said = ana.says("We go with Postgres", "ml-fraud")
    for entry in (one for one in SHORTCUTS if one["callback_id"] not in WITHOUT_FORM):
        with slow(database, morning.clock):
            ana.picks(entry["name"], said if entry["type"] == "message" else None)
            title = MENU[entry["callback_id"]]
            assert opened(morning, title).title == title


@on_sqlite
def test_edge_48_a_trigger_that_is_too_old_gets_one_clear_sentence(morning: Morning) -> None:
    morning.workspace.refuse("views.open", "expired_trigger_id")
    told = typed(morning.person("ana"), "new Fraud Radar")
    assert told.said == (
        "Slack waits three seconds for a form, and this one came too late; nothing was changed. "
        "Please try again: press the button once more, or send the command again."
    )
    assert morning.person("ana").modal is None


@on_sqlite
@over_http
def test_edge_48_a_form_that_takes_too_long_keeps_what_was_typed_and_tells_its_outcome(
    workspace: Double, talking: Talking
) -> None:
    """Who acts is not known at once: "one moment" stands on the form, then how it ended."""
    runner = runner_of(talking)
    runner.form_wait = 0.0
    known, before = Event(), runner._before

    def slowly(request: BoltRequest, names: Sequence[str]) -> None:
        assert known.wait(PATIENCE)
        before(request, names)

    runner._before = slowly
    ana = workspace.person("ana")

    def sends_in() -> View:
        known.clear()
        assert ana.submits() is None
        ana.gets_modal("One moment")
        known.set()
        return ana.gets_modal("Charter")

    def opens() -> None:
        known.set()
        ana.slash("/charter new Fraud Radar", "ml-fraud")
        ana.gets_modal("New project")
        ana.fills({"How you work": "Start-up"})

    opens()
    assert "Fraud Radar stands" in sends_in().said
    assert ana.hears("Fraud Radar stands", "ml-fraud").only_for == ana.id
    ana.closes()
    assert ana.modal is None  # the form is closed with it

    opens()
    assert "There is a project called Fraud Radar already" in sends_in().said
    ana.closes()
    kept = ana.gets_modal("New project")
    assert kept.values["mode"]["value"]["selected_option"]["value"] == "startup"
    ana.fills({"Name": "Churn Radar"})
    assert "Churn Radar stands" in sends_in().said
