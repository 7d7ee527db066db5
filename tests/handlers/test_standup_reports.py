"""The report of a standup in its channel: whom it pings, and what comes after it."""

from handlers.playground.double import Message
from tests.handlers.mornings import Morning
from tests.handlers.talk import typed


def late_ones(morning: Morning, parent: Message) -> list[Message]:
    """What stands in the thread of a report."""
    return morning.person("ana").sees("ml-fraud", parent)[1:]


def pinged(message: Message) -> list[str]:
    """Whom a message pings, by their Slack ids."""

    def inside(part: object) -> list[str]:
        if isinstance(part, list | tuple):
            return [one for inner in part for one in inside(inner)]
        if not isinstance(part, dict):
            return []
        own = [str(part["user_id"])] if part.get("type") == "user" else []
        return own + inside(part.get("elements"))

    return inside(message.blocks)


def test_u4_a_late_answer_updates_the_report_and_lands_in_its_thread(morning: Morning) -> None:
    morning.begin("ana", "bea")
    morning.until("09:31")
    morning.answers("ana", a0="On time")
    morning.until("11:01")
    [parent] = morning.reports()
    morning.answers("ana", a0="On time, said better")  # an edit tells nobody anything
    [parent] = morning.reports()
    assert "On time, said better" in parent.said
    assert late_ones(morning, parent) == []

    morning.answers("bea", a0="The loader", a2="No export")
    [parent] = morning.reports()
    assert "2 of 2 have answered." in parent.said
    [late] = late_ones(morning, parent)
    assert late.thread_ts == parent.ts
    assert late.said.splitlines() == [
        "Bea Lind has answered, Tuesday 24 November.",
        "Blocked: No export",
        "Done The loader",
    ]
    morning.answers("bea", a0="The loader, and its tests", a2="")
    [again] = late_ones(morning, parent)
    assert again.ts == late.ts
    assert again.said.splitlines()[1:] == ["Done The loader, and its tests"]
    assert "Blocked" not in morning.reports()[0].said

    bea = morning.person("bea")
    morning.until("09:31", day=25)
    bea.presses(morning.questions("bea")[-1], "Nothing new")
    bea.hears("Nothing new, you said.")
    morning.until("11:01", day=25)
    assert late_ones(morning, morning.reports()[1]) == []
    morning.answers("bea", a0="Something after all")
    [late] = late_ones(morning, morning.reports()[1])
    assert "Something after all" in late.said


def test_u5_whom_somebody_waits_for_is_pinged_once_and_nobody_else(morning: Morning) -> None:
    morning.begin("ana", "bea", "cy")
    morning.until("09:31")
    morning.answers("ana", a0="Talked to Cy Moss", a2="Bea Lind has the keys, and @bea knows")
    morning.until("11:01")
    [parent] = morning.reports()
    assert pinged(parent) == ["U0BEA"]
    assert "Not answered yet: Bea Lind, Cy Moss" in parent.said

    # An edit pings nobody: whom it names anew is named alone.
    morning.answers("ana", a2="Bea Lind has the keys, Cy Moss the lock")
    [parent] = morning.reports()
    assert pinged(parent) == ["U0BEA"]
    assert "Cy Moss the lock" in parent.said

    # A late answer pings whom the report did not, where it lands.
    morning.answers("bea", a2="Waiting for @cy")
    [parent] = morning.reports()
    assert pinged(parent) == ["U0BEA"]
    [late] = late_ones(morning, parent)
    assert pinged(late) == ["U0CY"]
    morning.answers("bea", a2="Waiting for @cy and Ana Silva")
    assert [pinged(one) for one in late_ones(morning, parent)] == [["U0CY"]]


def test_u5_who_blocks_themselves_or_is_of_no_project_is_not_pinged(morning: Morning) -> None:
    morning.begin("ana")
    morning.until("09:31")
    morning.answers("ana", a2="I, Ana Silva, wait for Bea Lind, who holds nothing here")
    morning.until("11:01")
    assert pinged(morning.reports()[0]) == []


def test_u5_a_report_by_stage(morning: Morning) -> None:
    morning.begin("ana", "bea", order="stage")
    ana = morning.person("ana")
    assert "by stage" in typed(ana, "standup show").said
    typed(ana, "stage modelling in progress")
    morning.until("09:31")
    morning.answers("ana", a0="modelling: 200 runs\nTalked to everybody", a2="modelling: no GPU")
    morning.answers("bea", a1="data pipeline: the loader")
    morning.until("11:01")
    [report] = morning.reports()
    assert report.said.splitlines()[1:] == [
        "Blocked",
        "Ana Silva: modelling: no GPU",
        "Data pipeline (not started)",
        "Bea Lind Next the loader",
        "Modelling (in progress)",
        "Ana Silva Done 200 runs",
        "Fraud Radar",
        "Ana Silva Done Talked to everybody",
    ]
    morning.answers("bea", a0="modelling: a review")
    [again] = morning.reports()
    assert again.ts == report.ts
    assert "Ana Silva Done 200 runs\nBea Lind Done a review" in again.said


def test_edge_42_a_window_over_midnight_is_set_in_a_line(morning: Morning) -> None:
    morning.begin("ana", "bea")
    ana = morning.person("ana")
    told = typed(ana, "standup 22:00-02:00 by person")
    assert "from 22:00 until 02:00, local time" in told.said
    assert "with time until 02:00" in typed(ana, "standup show").said
    morning.until("00:30", day=25)
    assert not [one for one in morning.reports() if "24 November" in one.said]
    assert "Tuesday 24 November" in morning.questions("ana")[-1].said
    assert "You are on time until 02:00" in morning.questions("ana")[-1].said
    ana.opens_home()
    assert "Tuesday 24 November" in ana.gets_home("My standup").said
    morning.answers("ana", a0="Before two")
    morning.until("02:01", day=25)
    report = morning.reports()[-1]
    assert "Tuesday 24 November" in report.said
    assert "1 of 2 have answered." in report.said
    morning.answers("bea", a0="After two")
    again = morning.reports()[-1]
    assert "Bea Lind (late)" in again.said
    [late] = late_ones(morning, again)
    assert "Bea Lind has answered late" in late.said
    looked_up = typed(morning.person("bea"), "standups of Ana Silva 24 Nov")
    assert "Done Before two" in looked_up.said
    undone = typed(ana, "standup until never")
    ana.presses(undone, "Undo")
    ana.hears("Taken back", "ml-fraud")
    assert "with time until 02:00" in typed(ana, "standup show").said


def test_home_offers_the_standup_of_each_project_that_one_holds(morning: Morning) -> None:
    morning.begin("ana")
    ana = morning.person("ana")
    ana.opens_home()
    home = ana.gets_home("What you hold")
    ana.presses(home, "Standup of Fraud Radar")
    assert ana.gets_modal("Standup").values["at"]["value"]["selected_time"] == "09:30"
