"""Whatever comes in, the person is told what to do next, and nothing is lost or done twice."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlmodel import SQLModel

from bot.people import Person, Surface
from handlers.playground.double import Double, Reply
from handlers.playground.double.payloads import envelope
from handlers.service import Charter
from handlers.talking import Talking
from storage import ledger
from storage.database import Database
from tests.handlers.talk import eventually, mentioned, new_project, typed, written

pytestmark = pytest.mark.parametrize("transport", ["http"], indirect=True)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

QUESTION = "<@U0CHARTER> who owns the data pipeline?"


def mention(text: str = QUESTION, **more: object) -> dict[str, object]:
    event = {"type": "app_mention", "user": "U0ANA", "text": text, "channel": "C0FRAUD"}
    return {**event, "ts": "1795467409.000100", "event_ts": "1795467409.000100", **more}


def delivered(workspace: Double, event: dict[str, object], times: int = 1) -> list[Reply]:
    """One event, sent as often as Slack may send it."""
    payload = envelope(workspace.space, event)
    send = workspace.courier.deliver
    return [send("events_api", payload, "test", "U0ANA") for _ in range(times)]


def posts(workspace: Double) -> int:
    return [call.method for call in workspace.calls].count("chat.postMessage")


class TestEvents:
    def test_edge_47_a_repeated_event_has_one_effect(
        self, workspace: Double, talking: Talking
    ) -> None:
        replies = delivered(workspace, mention(), times=4)
        assert [reply.failure for reply in replies] == [""] * 4
        workspace.wait(lambda: posts(workspace) == 1)
        mentioned(workspace.person("ana"), "@Charter")
        assert posts(workspace) == 2

    @pytest.mark.parametrize(
        "event",
        [
            mention(edited={"user": "U0ANA", "ts": "1"}),
            mention(type="message", channel_type="channel"),
            mention(type="message", channel_type="im", subtype="message_deleted"),
            mention(type="message", channel_type="im", subtype="bot_message", bot_id="B1"),
            {"type": "team_rename", "name": "New"},
            {"type": "user_change", "user": {"id": "U0NOBODY", "name": "nobody"}},
        ],
    )
    def test_what_is_no_question_is_acknowledged_and_nothing_else(
        self, workspace: Double, talking: Talking, event: dict[str, object]
    ) -> None:
        [reply] = delivered(workspace, event)
        assert reply.failure == ""
        mentioned(workspace.person("ana"), "@Charter")
        assert posts(workspace) == 1

    def test_the_mention_may_stand_anywhere(self, workspace: Double, talking: Talking) -> None:
        new_project(workspace)
        ana = workspace.person("ana")
        typed(ana, "raci data pipeline A @Bea Lind")
        for text in (
            "@Charter who owns the data pipeline?",
            "who owns the data pipeline, @Charter?",
            "so who @Charter: owns the data pipeline @Charter",
        ):
            assert "Bea Lind" in mentioned(ana, text).said

    def test_a_file_with_words_is_answered(self, workspace: Double, talking: Talking) -> None:
        ana = workspace.person("ana")
        channel = workspace.space.im_with("U0ANA").id
        event = mention("help", type="message", subtype="file_share", channel_type="im")
        delivered(workspace, {**event, "channel": channel})
        assert "who owns" in ana.hears("ask").said


@on_sqlite
class TestSlackRefuses:
    def test_blocks_and_the_answer_comes_as_words(
        self, workspace: Double, talking: Talking, logs: io.StringIO
    ) -> None:
        new_project(workspace)
        ana = workspace.person("ana")
        typed(ana, "raci data pipeline A @Bea Lind")
        # Neither with the control to rate it nor with plain buttons instead.
        workspace.refuse("chat.postMessage", "invalid_blocks", times=2)
        answer = mentioned(ana, "@Charter who owns the data pipeline?")
        assert "Bea Lind is accountable" in answer.said
        assert answer.blocks == ()
        assert "blocks_refused" in logs.getvalue()

    def test_an_old_trigger_and_the_person_is_told(
        self, workspace: Double, talking: Talking
    ) -> None:
        workspace.refuse("views.open", "expired_trigger_id")
        assert "Please try again" in typed(workspace.person("ana"), "new").said

    def test_for_a_reason_nobody_foresaw_and_a_reference_is_given(
        self, workspace: Double, talking: Talking, logs: io.StringIO
    ) -> None:
        ana = workspace.person("ana")
        workspace.refuse("chat.postMessage", "restricted_action")
        said = ana.says("@Charter", "ml-fraud")
        told = ana.hears("Something went wrong on my side", "ml-fraud", after=said)
        assert told.only_for == ana.id
        lines = [json.loads(line) for line in logs.getvalue().splitlines()]
        assert told.thread_ts is None  # there is no thread yet, and nobody would look there
        [line] = [line for line in lines if line["event"] == "unexpected"]
        assert line["reference"] in told.said
        assert "restricted_action" in line["error"]
        assert any("questions.py" in place for place in line["trace"])

    def test_something_in_a_thread_and_the_person_is_told_there(
        self, workspace: Double, talking: Talking
    ) -> None:
        ana = workspace.person("ana")
        root = ana.says("hello", "ml-fraud")
        workspace.refuse("chat.postMessage", "restricted_action")
        ana.says("@Charter", "ml-fraud", root)
        told = ana.hears("Something went wrong on my side", "ml-fraud", root)
        assert (told.thread_ts, told.only_for) == (root.ts, ana.id)

    def test_everything_and_it_stands_in_the_log(
        self, workspace: Double, talking: Talking, logs: io.StringIO
    ) -> None:
        workspace.refuse("chat.postMessage", "restricted_action")
        workspace.refuse("chat.postEphemeral", "restricted_action")
        workspace.person("ana").says("@Charter", "ml-fraud")
        workspace.wait(lambda: "not_told" in logs.getvalue(), 1)
        mentioned(workspace.person("ana"), "@Charter")
        assert "not_told" in logs.getvalue()


LONG = "who owns " + "x" * 40_000


@on_sqlite
@pytest.mark.parametrize(
    "command",
    [
        "ask " + LONG,
        "raci " + "ö" * 5_000 + " A @Bea Lind",
        "new " + "n" * 5_000,
        "raci data pipeline A " + "@Bea Lind " * 300,
        "scope goal: " + "g" * 39_000,
        "alias 👩‍🔬 = data pipeline",
        "alias \u202eevil = data pipeline",
        "alias <!channel> *_~ = data pipeline",
        "raci nowhere A @Bea Lind",
        "raci data pipeline Q @Bea Lind",
        "raci data pipeline A @Bea Lind since 2099-01-01",
        "raci data pipeline A vacant",
        "due data pipeline tomorrowish",
        "show nothing at all",
        "unbind Nothing",
        "unarchive Fraud Radar",
        "list 0",
        "list 999999",
        "“who” owns",
        "\u0000",
    ],
)
def test_odd_commands_get_a_sentence(workspace: Double, talking: Talking, command: str) -> None:
    new_project(workspace)
    ana, before = workspace.person("ana"), len(workspace.calls)
    if command.startswith("new "):
        ana.slash(f"/charter {command}", "ml-fraud")
        assert len(ana.gets_modal("New project").labels) >= 3
        return
    answer = typed(ana, command)
    assert answer.only_for == ana.id
    assert "went wrong" not in answer.said
    assert workspace.problems == []
    assert "<!channel>" not in answer.text
    assert [call.error for call in workspace.calls[before:] if not call.ok] == []


@contextmanager
def busy(database: Database, workspace: int) -> Iterator[None]:
    """Somebody else holds the record for writing."""
    with database.begin() as session:
        ledger.lock(session, workspace)
        yield


class TestDatabase:
    def test_a_form_says_so_keeps_what_was_typed_and_is_taken_later(
        self, workspace: Double, talking: Talking, database: Database
    ) -> None:
        ana = workspace.person("ana")
        ana.slash("/charter new Fraud Radar", "ml-fraud")
        ana.gets_modal("New project")
        with busy(database, talking.workspace):
            assert ana.submits() is None
            assert "nothing was written" in ana.gets_modal("Charter").said
        ana.closes()
        form = ana.gets_modal("New project")
        assert form.values["name"]["value"]["value"] == "Fraud Radar"
        assert ana.submits() is None
        ana.hears("Fraud Radar", "ml-fraud")

    def test_a_command_and_a_mention_say_so(
        self, workspace: Double, talking: Talking, database: Database
    ) -> None:
        new_project(workspace)
        ana = workspace.person("ana")
        with busy(database, talking.workspace):
            late = typed(ana, "raci data pipeline A @Ana Silva")
            assert "nothing was written" in late.said
        assert "Ana Silva" in typed(ana, "raci data pipeline A @Ana Silva").said
        assert "Ana Silva" in mentioned(ana, "@Charter who owns the data pipeline?").said


@on_sqlite
def test_a_profile_that_changes_is_kept_up_with(
    workspace: Double, talking: Talking, charter: Charter
) -> None:
    bea = workspace.person("bea")
    written(bea, "what do I own?")

    def becomes(**facts: object) -> Person:
        def seen() -> Person | None:
            found = charter.people.known(talking.workspace, "U0BEA")
            same = [getattr(found, name) == value for name, value in facts.items()]
            return found if all(same) else None

        return eventually(seen)

    workspace.change_user("bea", real_name="Bea Berg", tz="Asia/Tokyo", title="Data Engineer")
    becomes(name="Bea Berg", timezone="Asia/Tokyo", job_title="Data Engineer")
    workspace.change_user("bea", deleted=True)
    becomes(name="Bea Berg", timezone="Asia/Tokyo", active=False)


@on_sqlite
def test_u3_a_status_in_slack_says_that_somebody_is_away_and_its_words_are_kept_nowhere(
    workspace: Double, talking: Talking, charter: Charter, database: Database
) -> None:
    bea = workspace.person("bea")
    written(bea, "what do I own?")
    known = charter.people.known(talking.workspace, "U0BEA")
    assert known is not None
    actor = charter.people.actor(talking.workspace, known, Surface.COMMAND)

    def becomes(*, away: bool) -> None:
        def seen() -> bool | None:
            shown = charter.presences.shown(actor, None)
            return True if shown.presence.is_away(shown.today) is away else None

        eventually(seen)

    words = "Out sick, the zebra pox"
    workspace.change_user("bea", status_text=words, status_emoji=":face_with_thermometer:")
    becomes(away=True)
    assert "as your status in Slack says" in typed(bea, "away").said
    with database.read() as session:
        kept = [
            repr(row)
            for table in SQLModel.metadata.sorted_tables
            for row in session.connection().execute(table.select())
        ]
    assert any("AbsenceSet" in row for row in kept)
    assert not [row for row in kept if "zebra" in row or "thermometer" in row]
    workspace.change_user("bea", status_text="", status_emoji="")
    becomes(away=False)


@on_sqlite
def test_somebody_who_left_cannot_take_a_letter(workspace: Double, talking: Talking) -> None:
    new_project(workspace)
    workspace.change_user("bea", deleted=True)
    answer = typed(workspace.person("ana"), "raci data pipeline A @Bea Lind")
    assert "Bea Lind has left" in answer.said
