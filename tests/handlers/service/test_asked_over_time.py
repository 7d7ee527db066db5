"""Questions about another time, and about what changed, answered from the record itself."""

from datetime import date, timedelta

from sqlalchemy import insert

from bot.decisions import Source
from bot.orders import Assign, Clear, Due, KeepDecision, Move, NewProject, SetPrivacy
from bot.orders.delegations import Delegate
from bot.outcome import Place
from bot.project import Letter, Status
from bot.qa.replies import Answer, AnswerKind
from handlers.service.questions import Thread
from handlers.views.matrix import row
from storage import threads
from storage.tables import StandupRow
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.support.clock import T0
from tests.support.counting import counted

A, R = Letter.A, Letter.R


def ask(
    team: Team, said: str, by: str = "ana", place: Place = HERE, private: bool = True
) -> Answer:
    return team.charter.questions.ask(team.actor(by), said, place, private_reply=private)


def give(team: Team, holder: str, since: date | None = None, item: str = "data_pipeline") -> None:
    order = Assign(item, (A,), holder, since=since, hand_over=True, unasked="agreed")
    team.charter.raci.assign(team.actor("ana"), order, HERE)


def history(team: Team) -> None:
    """Atlas, whose data pipeline Bea has from 24 November on and Cy from 4 December on."""
    team.atlas()
    team.charter.raci.clear(team.actor("ana"), Clear("data_pipeline", (A, R)), HERE)
    team.wait(days=1)
    give(team, "<@UBEA>")
    team.wait(days=10)
    give(team, "<@UCY>")
    team.wait(days=10)


def test_q7_who_owned_it_then_is_read_from_the_record(team: Team) -> None:
    history(team)
    bea, cy = team.person("bea").id, team.person("cy").id
    assert ask(team, "who owned the data pipeline on 25 November?").people == (bea,)
    assert ask(team, "who owned the data pipeline on 5 December?").people == (cy,)
    both = ask(team, "who owned the data pipeline on 4 December?")
    assert both.people == (bea, cy)
    assert both.text == (
        "On 2026-12-04, Bea Sample (since 2026-11-24, set by Ana Sample; until 2026-12-04) and "
        "Cy Sample (since 2026-12-04, set by Ana Sample) were accountable for Data pipeline in "
        "Atlas."
    )
    assert ask(team, "who owned the data pipeline before Cy?").people == (bea,)
    never = ask(team, "who owned the data pipeline in October?")
    assert (never.kind, never.people) == (AnswerKind.UNKNOWN, ())
    assert never.text.startswith("No record before 2026-11-24 tells who was accountable")


def test_q7_what_somebody_held_then_is_read_from_the_record(team: Team) -> None:
    history(team)
    found = ask(team, "what did Bea own on 25 November?")
    assert found.stages == (("atlas", "data_pipeline"),)
    assert found.text == (
        "On 2026-11-25, Bea Sample was accountable for: Data pipeline in Atlas (since 2026-11-24; "
        "until 2026-12-04)."
    )
    assert ask(team, "did Bea own anything today?").verdict == "no"
    assert ask(team, "what did Cy own in December?").stages == (("atlas", "data_pipeline"),)
    assert "nothing on record" in ask(team, "what did Cy own on 25 November?").text
    took = ask(team, "who took over the data pipeline after Bea left?")
    assert took.people == (team.person("cy").id,)


def test_edge_53_what_somebody_held_in_a_project_out_of_sight_is_not_told(team: Team) -> None:
    history(team)
    said = "what did Bea own on 25 November?"
    told = ask(team, said, by="dan")
    order = SetPrivacy(private=True)
    team.charter.access.set_privacy(team.actor("ana"), order, HERE)
    hidden = ask(team, said, by="dan")
    assert told.stages
    assert (hidden.stages, "Atlas" in hidden.text) == ((), False)
    assert hidden.text == ("On 2026-11-25, Bea Sample was accountable for nothing on record.")


def test_q7_what_was_taken_back_never_was(team: Team) -> None:
    history(team)
    order = Assign("data_pipeline", (A,), "<@UANA>", hand_over=True, unasked="a slip")
    done = team.charter.raci.assign(team.actor("ana"), order, HERE)
    team.wait(minutes=1)
    team.charter.projects.undo(team.actor("ana"), done.seq)
    assert ask(team, "who owned the data pipeline today?").people == (team.person("cy").id,)


def test_q7_what_changed_since_is_grouped_by_project_with_who_and_when(team: Team) -> None:
    history(team)
    team.charter.projects.create(team.actor("bea"), NewProject("Borealis"), ELSEWHERE)
    team.charter.stages.due(team.actor("ana"), Due("data_pipeline", date(2027, 1, 8)), HERE)
    team.wait(days=1)
    team.charter.stages.due(team.actor("bea"), Due("data_pipeline", date(2027, 1, 15)), HERE)
    found = ask(team, "what changed since yesterday?", place=Place(None))
    assert found.text == (
        "Changed since 2026-12-14: Atlas: Data pipeline, due: 2027-01-08 → 2027-01-15 "
        "(2026-12-15, Bea Sample); Data pipeline, due: – → 2027-01-08 (2026-12-14, Ana Sample). "
        f"Borealis: {found.text.partition('Borealis: ')[2]}"
    )
    assert "(2026-12-14, Bea Sample)" in found.text.partition("Borealis: ")[2]
    assert "Borealis" not in ask(team, "what changed since yesterday?").text, "here is Atlas"
    last = ask(team, "who changed the due date of the data pipeline last?")
    assert last.people == (team.person("bea").id,)
    assert last.text.startswith("2026-12-15 [Atlas]: Data pipeline, due: 2027-01-08 → 2027-01-15")


def test_q7_since_when_it_is_blocked(team: Team) -> None:
    history(team)
    blocked = Move("data_pipeline", Status.BLOCKED, "no access")
    team.charter.stages.move(team.actor("cy"), blocked, HERE)
    team.wait(days=3)
    want = "Data pipeline in Atlas is blocked since 2026-12-14, set by Cy Sample."
    assert ask(team, "since when is the data pipeline blocked?").text == want
    assert ask(team, "when did the data pipeline become blocked?").text == want
    team.charter.stages.move(team.actor("cy"), Move("data_pipeline", Status.IN_PROGRESS), HERE)
    assert ask(team, "when did the data pipeline become blocked?").text == (
        "Data pipeline in Atlas was last blocked from 2026-12-14, set by Cy Sample, until "
        "2026-12-17; it is in progress now."
    )


def test_q6_since_when_somebody_is_the_owner_and_who_set_it(team: Team) -> None:
    history(team)
    found = ask(team, "since when is Cy the owner of the data pipeline?")
    assert (found.verdict, found.people) == (None, (team.person("cy").id,))
    assert found.text.startswith(
        "Cy Sample is accountable for Data pipeline in Atlas, since 2026-12-04, set by Ana Sample."
    )
    other = ask(team, "since when is Bea the owner of the data pipeline?")
    assert other.text.startswith("Bea Sample is not. Cy Sample is accountable for Data pipeline")


def test_q6_a_status_says_who_set_it_and_when(team: Team) -> None:
    history(team)
    blocked = Move("data_pipeline", Status.BLOCKED, "no access")
    team.charter.stages.move(team.actor("cy"), blocked, HERE)
    team.wait(days=3)
    found = ask(team, "how is the data pipeline doing?").text
    assert "Status of 2026-12-14, set by Cy Sample, no update for 3 days." in found
    shown = team.charter.projects.row(team.actor("bea"), "data_pipeline", None, HERE)
    said = str(row(shown).blocks)
    assert "'Status set by Cy Sample on'" in said
    assert "|2026-12-14 " in said


def test_q6_a_decision_is_told_with_the_message_that_says_it(team: Team) -> None:
    history(team)
    link = "https://sample.slack.com/archives/C0ATLAS/p1"
    source = Source("C0ATLAS", "1.0", "UBEA", link)
    kept = KeepDecision("We keep Postgres", source=source)
    team.charter.decisions.keep(team.actor("ana"), kept, HERE)
    found = ask(team, "what changed since today?")
    assert found.text.endswith(f"(2026-12-14, Ana Sample, {link}).")
    assert f"({link})." in ask(team, "when was Postgres decided?").text


def test_q7_since_my_last_standup_is_since_it_was_posted(team: Team) -> None:
    history(team)
    asked = "what changed since my last standup?"
    assert ask(team, asked).text.startswith("No standup of yours is on record.")
    entry = {
        "workspace_id": team.workspace,
        "person_id": team.person("ana").id,
        "day": team.now.date(),
        "state": "posted",
        "posted_at": team.now,
        "recorded_at": team.now,
        "source": "load",
    }
    with team.database.begin() as session:
        session.execute(insert(StandupRow), [entry])
    team.wait(minutes=5)
    team.charter.stages.due(team.actor("ana"), Due("data_pipeline", date(2027, 1, 8)), HERE)
    assert ask(team, asked).text == (
        "Changed since your last standup (2026-12-14 11:00): Atlas: Data pipeline, due: – → "
        "2027-01-08 (2026-12-14, Ana Sample)."
    )


def test_q7_who_acted_then(team: Team) -> None:
    history(team)
    away = Delegate("<@UBEA>", date(2026, 12, 14), date(2026, 12, 20), person="<@UCY>")
    team.charter.delegations.set_up(team.actor("ana"), away, HERE)
    assert ask(team, "who is acting for Cy?").people == (team.person("bea").id,)
    team.wait(days=10)
    assert ask(team, "is anybody acting for Cy?").verdict == "no"
    found = ask(team, "who owned the data pipeline on 15 December?")
    assert found.people == (team.person("cy").id,)
    assert "; Bea Sample acted)" in found.text
    assert ask(team, "who was acting for Cy on 15 December?").people == (team.person("bea").id,)


def test_q7_what_is_out_of_sight_changes_no_answer(team: Team) -> None:
    """For somebody outside, with and without a private project."""
    history(team)
    asked = (
        "what changed since yesterday?",
        "who owned the data pipeline in Nightjar last week?",
        "what changed in Nightjar since yesterday?",
    )
    before = [ask(team, said, "bea", Place(None)) for said in asked]
    secret = NewProject("Nightjar", private=True)
    made = team.charter.projects.create(team.actor("ana"), secret, Place("C0DARK", "dark"))
    assert made.project.private
    assert [ask(team, said, "bea", Place(None)) for said in asked] == before
    assert "Nightjar" in ask(team, "what changed since yesterday?", place=Place(None)).text


def test_q7_no_count_of_statements_grows_with_the_rows(team: Team) -> None:
    history(team)
    asked = (
        "who owned the data pipeline on 25 November?",
        "what changed since October?",
        "who changed the due date of the data pipeline last?",
        "when did the data pipeline become blocked?",
    )

    def counts() -> list[int]:
        found = []
        for said in asked:
            ask(team, said)
            with counted(team.database) as statements:
                ask(team, said)
            found.append(len(statements))
        return found

    few = counts()
    for number in range(12):
        give(team, "<@UBEA>" if number % 2 else "<@UANA>")
        due = Due("data_pipeline", date(2027, 1, 8) + timedelta(days=number))
        team.charter.stages.due(team.actor("ana"), due, HERE)
        team.wait(days=1)
    assert counts() == few


def test_q1_half_a_character_and_nul_are_kept_as_the_rest_of_the_question(team: Team) -> None:
    ana = team.actor("ana")
    thread = Thread("C0ATLAS", "1.0")
    team.charter.questions.keep_asked(ana, thread, "who owns \ud83d\x00it?")
    with team.database.read() as session:
        assert threads.last(session, team.workspace, *thread, T0) == "who owns it?"
