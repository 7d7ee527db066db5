"""A standup from its form to its report, in Slack, by a clock that the test moves."""

from tests.handlers.mornings import Morning
from tests.handlers.talk import typed


def test_three_people_in_three_zones_are_asked_at_their_own_morning(morning: Morning) -> None:
    morning.begin("ana", "bea", "cy")
    morning.until("00:29")
    assert [len(morning.questions(one)) for one in ("ana", "bea", "cy")] == [0, 0, 0]
    morning.until("00:31")  # 09:30 in Tokyo
    assert [len(morning.questions(one)) for one in ("ana", "bea", "cy")] == [0, 0, 1]
    morning.until("08:31")  # 09:30 in Stockholm
    assert [len(morning.questions(one)) for one in ("ana", "bea", "cy")] == [0, 1, 1]
    morning.until("09:31")  # 09:30 in Lisbon
    assert [len(morning.questions(one)) for one in ("ana", "bea", "cy")] == [1, 1, 1]
    asked = morning.questions("bea")[0]
    assert "What comes next?" in asked.said
    assert "Tuesday 24 November" in asked.said
    assert morning.reports() == []

    morning.answers("bea", a0="The loader.", a1="Its tests.", a2="No export <!channel>")
    cy = morning.person("cy")
    cy.presses(morning.questions("cy")[0], "Nothing new")
    cy.hears("Nothing new, you said.")
    morning.until("10:59")
    assert morning.reports() == []
    morning.until("11:01")
    [report] = morning.reports()
    assert "2 of 3 have answered." in report.said
    assert report.said.index("Blocked") < report.said.index("The loader.")
    assert "Bea Lind: No export <!channel>" in report.said
    assert "Nothing new: Cy Moss" in report.said
    assert "Not answered yet: Ana Silva" in report.said
    assert report.text is not None

    morning.answers("ana", a0="Talked to everybody")
    [again] = morning.reports()
    assert again.ts == report.ts
    assert "3 of 3 have answered." in again.said
    assert "Talked to everybody" in again.said


def test_what_is_blocked_is_moved(morning: Morning) -> None:
    morning.begin("ana")
    morning.until("09:31")
    ana = morning.person("ana")
    ana.presses(morning.questions("ana")[0], "Answer")
    ana.gets_modal("Standup")
    ana.fills({"blocked": "Data pipeline"})
    ana.fills({"a0": "Waited"})
    assert ana.submits() == {"a2": "Say why it is blocked."}
    ana.fills({"a2": "no export yet"})
    assert ana.submits() is None
    noted = ana.hears("Noted")
    assert "not started → blocked (no export yet)" in noted.said
    ana.presses(noted, "Undo")
    ana.hears("Taken back")
    assert "not started" in typed(ana, "stage data pipeline").said.casefold()
    typed(ana, "stage data pipeline blocked: no export yet")
    morning.until("11:01")
    assert "no export yet (Data pipeline is blocked)" in morning.reports()[0].said


def test_what_was_said_is_edited_skipped_and_said_again(morning: Morning) -> None:
    morning.begin("ana", "bea")
    morning.until("09:31")
    bea = morning.person("bea")
    bea.presses(morning.questions("bea")[0], "Skip")
    bea.hears("You skip it this time.")
    morning.answers("bea", a1="The loader")
    bea.presses(morning.questions("bea")[0], "Change")
    form = bea.gets_modal("Standup")
    assert form.values["a1"]["value"]["value"] == "The loader"
    bea.fills({"a1": "", "a0": ""})
    assert bea.submits() == {"a0": "Answer one of the questions, or press “Nothing new” instead."}
    bea.fills({"a1": "The loader, and its tests"})
    assert bea.submits() is None
    bea.hears("Noted")
    morning.until("11:01")
    [report] = morning.reports()
    assert "Next The loader, and its tests" in report.said
    assert [len(morning.questions(one)) for one in ("ana", "bea")] == [1, 1]

    # After the report it is put right where it stands.
    morning.answers("bea", a1="Only the tests")
    [again] = morning.reports()
    assert (again.ts, "Only the tests" in again.said) == (report.ts, True)
    assert "The loader, and its tests" not in again.said


def test_who_is_asked_only_after_the_report_is_listed_with_their_time(morning: Morning) -> None:
    morning.workspace.add_user("U0DEE", "Dee Park", tz="America/New_York")
    morning.begin("ana", "dee")
    morning.until("11:01")
    [report] = morning.reports()
    assert "Not answered yet: Ana Silva" in report.said
    assert "Later today: Dee Park (asked at 09:30 in New York)" in report.said
    morning.until("14:31")
    assert "Tuesday 24 November" in morning.questions("dee")[-1].said
    morning.answers("dee", a0="Late, but mine")
    [again] = morning.reports()
    assert again.ts == report.ts
    assert "Late, but mine" in again.said
    assert "Later today" not in again.said


def test_where_nobody_was_asked_nothing_is_posted(morning: Morning) -> None:
    morning.begin()
    morning.until("12:00", day=25)
    assert morning.reports() == []
    typed(morning.person("ana"), "raci modelling R @Bea Lind")
    morning.until("12:00", day=26)
    assert len(morning.questions("bea")) == 1
    [report] = morning.reports()
    assert "Thursday 26 November" in report.said
    morning.until("12:00", day=29)  # a weekend
    assert len(morning.reports()) == 2


def test_who_is_out_is_not_asked_and_who_is_new_is(morning: Morning) -> None:
    morning.begin("ana", "bea")
    ana = morning.person("ana")
    typed(ana, "raci modelling clear A")
    typed(ana, "raci rollout R @Cy Moss")
    morning.until("12:00")
    assert [len(morning.questions(one)) for one in ("ana", "bea", "cy")] == [1, 0, 1]
    typed(ana, "stage rollout done override: it is in")
    morning.until("12:00", day=25)
    assert [len(morning.questions(one)) for one in ("ana", "bea", "cy")] == [2, 0, 1]


def test_who_travels_is_asked_where_they_are_and_once_a_day(morning: Morning) -> None:
    morning.begin("bea")
    morning.until("08:31")
    assert len(morning.questions("bea")) == 1
    morning.workspace.change_user("U0BEA", tz="America/New_York")
    morning.until("16:00")
    assert len(morning.questions("bea")) == 1
    morning.until("14:29", day=25)
    assert len(morning.questions("bea")) == 1
    morning.until("14:31", day=25)
    assert len(morning.questions("bea")) == 2
    morning.workspace.change_user("U0BEA", deleted=True)
    morning.until("16:00", day=26)
    assert len(morning.questions("bea")) == 2


def test_how_it_is_set_is_shown_and_it_ends(morning: Morning) -> None:
    ana = morning.person("ana")
    morning.begin(
        "ana", "cy", questions="What did you learn?\nAnything blocked?", report_at="12:15"
    )
    shown = typed(ana, "standup show")
    assert "Monday to Friday at 09:30, local time" in shown.said
    assert "What did you learn?" in shown.said
    assert "#ml-fraud at 12:15 in Lisbon" in shown.said
    assert "Cy Moss: next Tuesday 24 November at 09:30 in Tokyo" in shown.said
    ended = typed(ana, "standup off")
    assert "standup Monday to Friday at 09:30, local time → nothing" in ended.said
    morning.until("12:16")
    assert morning.questions("ana") == []
    assert "has no standup" in typed(ana, "standup show").said
    refused = typed(ana, "standup off")
    assert "has no standup that could end" in refused.said


def test_ending_it_is_undone(morning: Morning) -> None:
    morning.begin("ana")
    ana = morning.person("ana")
    ana.presses(typed(ana, "standup off"), "Undo")
    ana.hears("Taken back", "ml-fraud")
    morning.until("09:31")
    assert len(morning.questions("ana")) == 1


def test_late_slots_are_missed(morning: Morning) -> None:
    morning.begin("ana")
    morning.clock.now = morning.clock.now.replace(day=24, hour=11, minute=45)
    morning.settle()
    assert morning.questions("ana") == []
    assert morning.reports() == []
    morning.until("12:00", day=25)
    assert len(morning.questions("ana")) == 1


def test_home_shows_what_waits_for_an_answer(morning: Morning) -> None:
    morning.begin("ana")
    ana = morning.person("ana")
    morning.until("09:31")
    ana.opens_home()
    home = ana.gets_home("My standup")
    ana.presses(home, "Answer")
    ana.gets_modal("Standup")
    ana.fills({"a0": "From Home"})
    assert ana.submits() is None
    morning.workspace.wait(lambda: ana.home is not None and "My standup" not in ana.home.said)
    morning.until("11:01")
    assert "From Home" in morning.reports()[0].said


def test_what_does_not_fit_follows_in_the_thread(morning: Morning) -> None:
    names = [f"Person {number:02}" for number in range(12)]
    for number, name in enumerate(names):
        morning.workspace.add_user(f"U0P{number:02}", name, name=f"p{number:02}", tz="UTC")
    morning.begin("ana", people=[f"p{number:02}" for number in range(12)])
    morning.until("09:31")
    for number in range(12):
        morning.answers(f"p{number:02}", a0=f"<!here> {number:02} " + "x" * 1500)
    morning.until("11:01")
    [parent] = morning.reports()
    thread = morning.person("ana").sees("ml-fraud", parent)
    assert len(thread) > 3
    assert all(page.thread_ts == parent.ts for page in thread[1:])
    said = "".join(page.said for page in thread)
    assert all(f"<!here> {number:02} x" in said for number in range(12))

    # Where less is said afterwards, the pages stay and say so.
    for number in range(12):
        morning.answers(f"p{number:02}", a0="short")
    after = morning.person("ana").sees("ml-fraud", parent)
    assert [page.ts for page in after] == [page.ts for page in thread]
    assert after[0].said.count("short") == 12
    assert {page.said for page in after[1:]} == {
        "Standup of Fraud Radar: all of it fits above now."
    }


def test_of_two_who_set_it_the_second_is_told(morning: Morning) -> None:
    morning.begin("ana")
    ana, bea = morning.person("ana"), morning.person("bea")
    bea.presses(typed(bea, "standup show"), "Change")
    bea.gets_modal("Standup")
    morning.standup(at="08:00")
    bea.fills({"at": "07:00"})
    assert bea.submits() is None
    notice = bea.gets_modal("Charter")
    assert "The standup of Fraud Radar has changed since you looked at it" in notice.said
    assert "08:00" in typed(ana, "standup show").said


def test_a_project_without_a_channel_says_what_to_do(morning: Morning) -> None:
    ana = morning.person("ana")
    ana.slash("/charter new Churn Radar")
    ana.gets_modal("New project")
    assert ana.submits() is None
    ana.hears("Churn Radar")
    ana.slash("/charter standup in Churn Radar")
    notice = ana.gets_modal("Charter")
    assert "Bind one first, in that channel: /charter bind PROJECT" in notice.said


def test_edge_54_a_private_projects_standup_stays_in_its_channel(morning: Morning) -> None:
    morning.workspace.add_channel("quiet", id="C0QUIET", is_private=True, members=["ana", "bea"])
    ana = morning.person("ana")
    ana.slash("/charter new Comet", "quiet")
    ana.gets_modal("New project")
    ana.fills({"private": ["yes"]})
    assert ana.submits() is None
    ana.hears("Comet", "quiet")
    typed(ana, "raci modelling R @Ana Silva", "quiet")
    ana.slash("/charter standup", "quiet")
    ana.gets_modal("Standup")
    ana.fills({"people": ["Cy Moss"]})
    assert ana.submits() is None
    morning.until("09:31")
    assert [len(morning.questions(one)) for one in ("ana", "cy")] == [1, 0]
    morning.answers("ana", a0="Something secret")
    morning.until("11:01")
    [report] = morning.reports("quiet")
    assert "Something secret" in report.said

    # The channel is opened: what is said later is not told there.
    morning.workspace.change_channel("quiet", is_private=False)
    morning.answers("ana", a0="Something more secret")
    assert "more secret" not in morning.reports("quiet")[0].said
    assert "Comet" not in "".join(one.said for one in morning.person("cy").sees())
