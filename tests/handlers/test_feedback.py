"""Questions that were not answered, or not rightly: kept, listed weekly, settled, told once."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import Refused, Why
from bot.people import Actor, Person, Surface
from handlers.playground.double import Message
from handlers.service.feedback import again
from handlers.views.acts import Act
from storage.database import Database
from storage.feedback import askings, open_ones
from tests.handlers.mornings import FIRST, Morning
from tests.handlers.talk import mentioned, new_project, typed, written
from tests.handlers.views.rendered import parts

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
SUNDAY = MONDAY - timedelta(hours=10)
LISTED = "I could not answer this about Fraud Radar"
TOLD = "Now I can answer it"


def begin(morning: Morning, at: datetime = FIRST + timedelta(hours=9)) -> None:
    morning.run(at)
    new_project(morning.workspace)
    typed(morning.person("ana"), "raci annotation A @Bea Lind")


def heard(morning: Morning, name: str, words: str) -> list[Message]:
    return [one for one in morning.person(name).sees() if words in one.said]


def ask(morning: Morning) -> None:
    """Four times by three people, in their own words each."""
    bea, cy, ana = (morning.person(name) for name in ("bea", "cy", "ana"))
    assert "nothing called" in typed(bea, "ask who owns the vendor portal?").said
    typed(cy, "who is responsible for the vendor portal")
    mentioned(cy, f"<@{morning.workspace.app.bot_user_id}> hey, vendor portal owner please?")
    typed(ana, "ask whom do I talk to about vendor portal stuff?")


def first(message: Message, act: Act) -> str:
    """What the first button of this kind carries."""
    found = (part for part in parts(message.blocks) if part.get("action_id") == act.value)
    return str(next(found)["value"])


def kept(morning: Morning, database: Database) -> list[tuple[str, int, int]]:
    workspace = morning.talking.workspace
    with database.read() as session:
        found = open_ones(session, workspace)
        who = askings(session, [one.id for one in found])
    return sorted((one.said, one.times, len(who[one.id])) for one in found)


def test_q5_the_lead_gets_one_list_a_week_and_the_askers_are_told_once(
    morning: Morning, database: Database
) -> None:
    begin(morning, SUNDAY)
    ask(morning)
    typed(morning.person("bea"), "who owns lunch")
    assert kept(morning, database) == [("lunch", 1, 1), ("vendor portal", 4, 3)]
    morning.run(MONDAY + timedelta(hours=7))
    assert heard(morning, "ana", LISTED) == [], "nothing comes before the week, and the day, begin"
    morning.run(MONDAY + timedelta(hours=12))
    ana = morning.person("ana")
    [told] = heard(morning, "ana", LISTED)
    assert "vendor portal owner please?" in told.said
    assert "Asked 4 times by 3 people." in told.said
    for name in ("Bea", "Cy"):
        assert name not in told.said, "who asked is told to nobody"
    assert heard(morning, "bea", LISTED) == []
    ana.presses(told, Act.OPEN_ALIAS, first(told, Act.OPEN_ALIAS))
    form = ana.gets_modal("Add as alias")
    assert "vendor portal" in str(form.body)
    ana.fills({"item": "annotation"})
    assert ana.submits() is None
    done = ana.hears("is answered now")
    assert "Bea Lind" in done.said
    assert "Bea Lind" in typed(morning.person("cy"), "who owns the vendor portal").said
    morning.run(MONDAY + timedelta(hours=12, minutes=9))
    assert heard(morning, "cy", TOLD) == [], "it could still be undone"
    morning.run(MONDAY + timedelta(hours=13))
    bea = heard(morning, "bea", TOLD)
    assert [("Bea Lind" in one.said) for one in bea] == [True]
    assert heard(morning, "cy", TOLD) == [], "it is night where Cy is"
    morning.run(MONDAY + timedelta(days=1, hours=3))
    assert len(heard(morning, "cy", TOLD)) == 1
    assert kept(morning, database) == [("lunch", 1, 1)]
    typed(ana, "alias crowd portal = annotation")
    morning.run(MONDAY + timedelta(days=1, hours=6))
    assert [len(heard(morning, name, TOLD)) for name in ("ana", "bea", "cy")] == [1, 1, 1]
    assert len(heard(morning, "ana", LISTED)) == 1, "there is one a week"


def test_q5_what_is_undone_is_told_to_nobody_and_stays_on_the_list(
    morning: Morning, database: Database
) -> None:
    begin(morning, SUNDAY)
    ask(morning)
    morning.run(MONDAY + timedelta(hours=12, minutes=3))
    ana = morning.person("ana")
    [told] = heard(morning, "ana", LISTED)
    ana.presses(told, Act.OPEN_ALIAS)
    ana.gets_modal("Add as alias")
    ana.fills({"item": "annotation"})
    assert ana.submits() is None
    done = ana.hears("is answered now")
    morning.run(MONDAY + timedelta(hours=12, minutes=6))
    assert kept(morning, database) == []
    morning.run(MONDAY + timedelta(hours=12, minutes=11))
    assert heard(morning, "bea", TOLD) == [], "it can still be undone"
    ana.presses(done, "Undo")
    ana.hears("Taken back")
    morning.run(MONDAY + timedelta(hours=14))
    assert [heard(morning, name, TOLD) for name in ("ana", "bea", "cy")] == [[], [], []]
    assert kept(morning, database) == [("vendor portal", 4, 3)]
    assert "nothing called" in typed(ana, "who owns the vendor portal").said


def test_q5_not_ours_takes_it_off_the_list_and_back(morning: Morning, database: Database) -> None:
    begin(morning)
    ask(morning)
    ana = morning.person("ana")
    shown = typed(ana, "unanswered")
    ana.presses(shown, "Not ours")
    off = ana.hears("Off the list", "ml-fraud")
    assert kept(morning, database) == []
    assert "No question is open" in typed(ana, "questions").said
    ana.presses(off, "Undo")
    ana.hears("on the list again", "ml-fraud")
    assert kept(morning, database) == [("vendor portal", 4, 3)]


def test_q5_added_as_a_stage_the_question_is_answered(morning: Morning) -> None:
    begin(morning)
    ask(morning)
    ana = morning.person("ana")
    ana.presses(typed(ana, "unanswered"), "Add as item")
    ana.gets_modal("Add as item")
    assert ana.submits() is None
    done = ana.hears("is answered now", "ml-fraud")
    assert "vendor portal" in done.said
    for _ in range(2):
        morning.run(morning.clock.now + timedelta(minutes=15))
    assert len(heard(morning, "bea", TOLD)) == 1


def test_q5_assign_opens_the_form_that_there_is(morning: Morning) -> None:
    begin(morning)
    ask(morning)
    ana = morning.person("ana")
    ana.presses(typed(ana, "unanswered"), "Assign")
    ana.gets_modal("Assign")


def test_q5_wrong_is_kept_with_what_was_expected_and_told_once_it_is_otherwise(
    morning: Morning, database: Database
) -> None:
    begin(morning)
    cy, ana = morning.person("cy"), morning.person("ana")
    answer = typed(cy, "who owns rollout")
    cy.chooses(answer, Act.ANSWER_RATE, "Not right")
    cy.gets_modal("Not right")
    cy.fills({"expected": "Dan, he said so"})
    assert cy.submits() is None
    cy.hears("Noted: that was not right", "ml-fraud")
    assert heard(morning, "ana", "Dan") == []
    shown = typed(ana, "unanswered")
    assert "1 of them says the answer is not right" in shown.said
    assert "Dan, he said so" in shown.said
    assert "Cy" not in shown.said
    morning.run(morning.clock.now + timedelta(hours=1))
    assert kept(morning, database) == [("", 1, 1)], "the same answer is no new one"
    assert "→ Ana Silva" in typed(ana, "raci rollout A @Ana Silva").said
    morning.run(FIRST + timedelta(days=1, hours=2))
    [told] = heard(morning, "cy", "was not right. By now it is")
    assert "Ana Silva" in told.said
    assert kept(morning, database) == []


def test_q5_right_after_all_takes_it_back(morning: Morning, database: Database) -> None:
    begin(morning)
    cy = morning.person("cy")
    answer = typed(cy, "who owns annotation")
    cy.chooses(answer, Act.ANSWER_RATE, "Not right")
    cy.gets_modal("Not right")
    cy.closes()
    assert kept(morning, database) == [("", 1, 1)]
    cy.chooses(answer, Act.ANSWER_RATE, "Right")
    cy.hears("that was right", "ml-fraud")
    assert kept(morning, database) == []


def test_q5_small_talk_and_orders_are_not_kept(morning: Morning, database: Database) -> None:
    begin(morning)
    ana = morning.person("ana")
    for said in ("hello there", "thanks!", "make Bea the owner of annotation", "help"):
        written(ana, said)
    assert kept(morning, database) == []


def test_q5_of_a_private_project_only_those_read_who_see_it(
    morning: Morning, database: Database
) -> None:
    """What names it for somebody who may not see it is kept as what names nothing at all."""
    begin(morning)
    ana, bea, cy = (morning.person(name) for name in ("ana", "bea", "cy"))
    morning.workspace.add_channel("hush", ["ana", "bea"], id="C0HUSH", is_private=True)
    new_project(morning.workspace, "Moth Ledger", "hush")
    typed(ana, "access private", "hush")
    typed(bea, "ask who owns the wing scanner?", "hush")
    typed(cy, "ask who owns the antenna in Moth Ledger?")
    typed(cy, "ask who owns the antenna in Mist Ledger?")
    assert "wing scanner" in typed(ana, "unanswered", "hush").said
    assert "antenna" not in typed(ana, "unanswered", "hush").said
    here = typed(ana, "unanswered", "ml-fraud").said
    assert "Moth Ledger" in here, "in the list of the channel, as any name that is not held"
    assert "Mist Ledger" in here
    assert "wing scanner" not in here
    asked = typed(cy, "unanswered in Moth Ledger").said
    assert asked == typed(cy, "unanswered in Mist Ledger").said.replace("Mist", "Moth")
    with database.read() as session:
        found = open_ones(session, morning.talking.workspace)
    [number] = [one.id for one in found if "scanner" in one.said]
    feedback = morning.charter.feedback
    with database.read() as session:
        [cy_asked] = [one for one in found if "Moth" in one.said]
        [asking] = askings(session, [cy_asked.id])[cy_asked.id]
    cys = Person(asking.person, "cy", "Cy Moss", "Cy", slack_id="U0CY")
    outsider = Actor(morning.talking.workspace, cys, Surface.BUTTON)
    for act in (feedback.one, feedback.dismiss, feedback.reopen, feedback.again):
        for one in (number, number + 1000):
            with pytest.raises(Refused) as refused:
                act(outsider, one)
            assert (refused.value.why, refused.value.facts) == (Why.QUESTION_SETTLED, {})


def test_q5_questions_of_no_project_go_to_admins(morning: Morning) -> None:
    morning.workspace.add_user("U0ADA", "Ada Root", is_admin=True)
    begin(morning, SUNDAY)
    written(morning.person("ada"), "help")
    written(morning.person("cy"), "who pays for the coffee machine?")
    morning.run(MONDAY + timedelta(hours=12))
    ada = morning.person("ada")
    [told] = heard(morning, "ada", "I could not answer this about no project")
    assert "coffee machine" in told.said
    for name in ("ana", "bea", "cy"):
        assert heard(morning, name, "coffee machine?\u201d") == []
    ada.presses(told, Act.OPEN_ALIAS)
    ada.gets_modal("Add as alias")
    ada.fills({"Project": "Fraud Rodar"})
    assert ada.submits() == {"project": "I do not know a project called Fraud Rodar."}
    ada.fills({"Project": "Fraud Radar", "Stage or component": "annotation"})
    assert ada.submits() is None
    ada.hears("is also called “coffee machine” now", after=told)


HOSTILE = "who owns <!channel> *bold* <https://evil.test|here> `x` @everyone widget?"


def test_q5_hostile_words_stay_words(morning: Morning) -> None:
    begin(morning)
    typed(morning.person("bea"), f"ask {HOSTILE}")
    shown = typed(morning.person("ana"), "unanswered")
    assert "widget" in shown.said
    assert "<!channel>" not in shown.text
    assert "<https" not in shown.text
    for part in parts(shown.blocks):
        assert part.get("type") not in {"broadcast", "link", "user", "usergroup", "mrkdwn"}


def test_q5_where_slack_knows_no_such_control_there_are_plain_buttons(
    morning: Morning, database: Database
) -> None:
    begin(morning)
    cy = morning.person("cy")
    morning.workspace.refuse("chat.postMessage", "invalid_blocks", times=1)
    answer = mentioned(cy, f"<@{morning.workspace.app.bot_user_id}> who owns annotation?")
    assert "Bea Lind" in answer.said
    assert "context_actions" not in str(answer.blocks)
    before = morning.person("ana").sees("ml-fraud")
    cy.presses(answer, "Was this right? No")
    cy.gets_modal("Not right")
    cy.fills({"expected": "not Bea"})
    assert cy.submits() is None
    cy.hears("Noted", "ml-fraud")
    assert kept(morning, database) == [("", 1, 1)]
    assert morning.person("ana").sees("ml-fraud") == before, "nobody else reads of it"


def test_q5_in_a_form_it_is_a_button(morning: Morning, database: Database) -> None:
    begin(morning)
    cy = morning.person("cy")
    cy.picks("Who owns…?")
    cy.gets_modal("Who owns…?")
    cy.fills({"question": "who owns annotation in Fraud Radar?"})
    cy.submits()
    cy.presses(cy.gets_modal("Who owns…?"), "Not right")
    cy.gets_modal("Not right")
    cy.fills({"expected": "somebody else"})
    assert cy.submits() is None
    assert kept(morning, database) == [("", 1, 1)]


def test_q5_an_erasure_takes_what_somebody_asked(morning: Morning, database: Database) -> None:
    begin(morning)
    ask(morning)
    operator = Actor(morning.talking.workspace, None, Surface.CLI, is_admin=True)
    told = morning.charter.personal.export(operator, "Bea Lind")
    assert "who owns the vendor portal?" in told
    morning.charter.personal.erase(operator, "Bea Lind")
    assert kept(morning, database) == [("vendor portal", 4, 2)]


def test_q5_what_no_database_takes_is_left_out(morning: Morning, database: Database) -> None:
    begin(morning)
    cy, ana = morning.person("cy"), morning.person("ana")
    told = typed(cy, "ask who owns the ven\x00dor portal\ud83d?")
    assert "nothing called" in told.said
    assert [times for _, times, _ in kept(morning, database)] == [1]
    cy.chooses(typed(cy, "who owns annotation"), Act.ANSWER_RATE, "Not right")
    cy.gets_modal("Not right")
    cy.fills({"expected": "D\x00an\ud83d"})
    assert cy.submits() is None
    assert "Dan" in typed(ana, "unanswered").said


def test_q5_what_a_place_left_out_is_no_new_answer(morning: Morning, database: Database) -> None:
    """In a channel of two projects it is about these; asked again it is about all."""
    begin(morning)
    cy, ana = morning.person("cy"), morning.person("ana")
    morning.workspace.add_channel("elsewhere", ["ana", "cy"], id="C0ELSE")
    new_project(morning.workspace, "Moth Ledger", "elsewhere")
    typed(ana, "block data pipeline: no labels", "elsewhere")
    typed(ana, "block rollout: no servers")
    morning.workspace.add_channel("both", ["ana", "cy"], id="C0BOTH")
    new_project(morning.workspace, "Wing Scan", "both")
    typed(ana, "bind Fraud Radar", "both")
    answer = typed(cy, "what is blocked?", "both")
    assert "Roll-out" in answer.said
    assert "Moth" not in answer.said
    cy.chooses(answer, Act.ANSWER_RATE, "Not right")
    cy.gets_modal("Not right")
    cy.closes()
    morning.run(FIRST + timedelta(days=1, hours=2))
    assert heard(morning, "cy", "By now it is") == []
    assert len(kept(morning, database)) == 1
    typed(ana, "unblock rollout")
    morning.run(FIRST + timedelta(days=2, hours=2))
    assert len(heard(morning, "cy", "By now it is")) == 1


def test_q5_what_was_not_looked_at_for_longest_is_asked_again_first(
    morning: Morning, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often the record moves, and however many ask besides."""
    begin(morning)
    monkeypatch.setattr(again, "MOST", 1)
    ana, bea = morning.person("ana"), morning.person("bea")
    typed(bea, "who owns the vendor portal?")
    morning.run(morning.clock.now + timedelta(minutes=1))
    typed(bea, "who owns lunch?")
    typed(ana, "alias vendor portal = annotation")
    for day in range(1, 4):
        typed(ana, f"due rollout 2026-12-0{day}")
        morning.run(morning.clock.now + timedelta(minutes=5))
    assert kept(morning, database) == [("lunch", 1, 1)]


def test_q5_what_cannot_be_kept_promises_nothing(
    morning: Morning, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(morning)
    monkeypatch.setattr("storage.feedback.MOST_OF_ONE", 0)
    cy = morning.person("cy")
    cy.chooses(typed(cy, "who owns annotation"), Act.ANSWER_RATE, "Not right")
    told = str(cy.gets_modal("Charter").body)
    assert "I tell you" not in told
    assert "could not keep" in told
    assert kept(morning, database) == []
