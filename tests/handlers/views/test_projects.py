"""Projects in words: one, and a page of them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.acting import Acting
from bot.outcome import Listing, Shown
from bot.project import Approval, Channel, Letter, Offer, Project, Scope, Status
from bot.scope import fingerprint
from handlers.views import home, projects, seats
from handlers.views.acts import Act, act_of, unpack
from tests.handlers.views.homes import home_page
from tests.handlers.views.worlds import (
    CHURN,
    PEOPLE,
    PIPELINE,
    T0,
    button_of,
    buttons,
    shown,
    sound,
)
from tests.handlers.views.worlds import projects as some_projects


def test_a_project_at_a_glance() -> None:
    lines = sound(projects.shown(shown())).text.splitlines()
    assert lines[0] == "Churn Radar is led by Ana Ruiz. 1 item blocked and 5 seats without anybody."
    assert lines[1] == "• Data quality: Blocked: waiting for the export"
    assert "• Data pipeline – in progress, due 2026-12-01 – Bea Lind" in lines
    assert lines[-2:] == [
        "Channels: #churn-radar · 1 component · also called CR",
        "Scope: not written down yet.",
    ]


def test_r8_r9_a_project_names_owners_as_answers_do() -> None:
    offer = Offer(1, CHURN.id, PIPELINE.id, 2, 3, (Letter.A,), None, T0 - timedelta(days=2), 2)
    handed = replace(CHURN, items=(replace(PIPELINE, offer=offer), *CHURN.items[1:]))
    told = sound(projects.shown(replace(shown(project=handed), now=T0))).text
    assert "– Bea Lind (hand-over to Cy Moss offered 2 d ago)" in told
    away = {2: Acting(3, until=date(2027, 8, 14))}
    told = sound(projects.shown(replace(shown(), acting=away, now=T0))).text
    assert "– Cy Moss (acting until 2027-08-14; owner Bea Lind)" in told


def test_s5_the_card_has_a_badge_of_the_scope() -> None:
    def badge(scope: Scope) -> str:
        return sound(projects.shown(Shown(replace(CHURN, scope=scope), None, PEOPLE))).text

    assert "Scope: not written down yet." in badge(Scope())
    written = Scope(fields={"problem": "Churn is high"}, version=2)
    assert "Scope v2. Not approved yet." in badge(written)
    signed = replace(written, approval=Approval(2, fingerprint(written), 1, T0))
    assert "Scope v2. Approved v2 by Ana Ruiz." in badge(signed)
    moved = replace(signed, fields={"problem": "Churn is low"}, version=3)
    assert "Scope v3. Approved v2 by Ana Ruiz, changed since." in badge(moved)


def test_t2_not_started_is_told_otherwise_than_no_update() -> None:
    today = T0.date()
    twelve_days_ago = T0 - timedelta(days=12)

    def told(status: Status, updated: datetime | None) -> str:
        stage = replace(PIPELINE, status=status, updated=updated, due=None, note=None)
        world = Shown(CHURN, stage, PEOPLE, today=today, stale_days=7)
        return seats.standing(world, stage, PEOPLE)

    assert told(Status.IN_PROGRESS, twelve_days_ago) == "In progress, no update for 12 days"
    assert told(Status.IN_PROGRESS, T0) == "In progress"
    assert told(Status.NOT_STARTED, twelve_days_ago) == "Not started"
    assert told(Status.NOT_STARTED, None) == "Not started"
    assert told(Status.ON_HOLD, twelve_days_ago) == "On hold"


def test_an_archived_project_says_so_at_once() -> None:
    said = projects.shown(shown(project=replace(CHURN, archived_at=T0)))
    assert "archived 2026-11-23 10:00 UTC and can only be read" in said.text.splitlines()[0]


def test_a_lead_who_left_is_said_to_have_left() -> None:
    assert (
        "was led by Leo Park, who has left"
        in projects.shown(shown(project=replace(CHURN, lead=4))).text
    )
    assert "has no lead" in projects.shown(shown(project=replace(CHURN, lead=None))).text


def test_a_page_of_projects_leads_to_its_neighbours() -> None:
    said = sound(projects.listed(Listing((CHURN,), PEOPLE, 2, 3, 4, T0.date())))
    assert "page 2 of 3" in said.text
    row = "#churn-radar | Data pipeline, in progress | Bea Lind | ▲ Red | 1 | 5"
    assert row in said.text
    (table,) = [block for block in said.blocks if block["type"] == "data_table"]
    assert table["rows"][1][6] == {"type": "raw_number", "value": 1, "text": "1"}
    assert "4 archived projects not shown." in said.text
    pages = {one["text"]["text"]: unpack(one["value"])["n"] for one in buttons(said.blocks)}
    assert pages == {"Previous": 1, "Next": 3}


def test_r8_r9_the_list_names_the_owner_as_answers_do() -> None:
    acting = {CHURN.id: {2: Acting(1, date(2026, 12, 4))}}
    said = projects.listed(Listing((CHURN,), PEOPLE, 1, 1, 0, T0.date(), acting, T0))
    assert "| Ana Ruiz (acting until 2026-12-04; owner Bea Lind) |" in said.text


def test_the_first_and_last_page_have_one_neighbour() -> None:
    for page, label in ((1, "Next"), (3, "Previous")):
        said = projects.listed(Listing((CHURN,), PEOPLE, page, 3, 0))
        assert [one["text"]["text"] for one in buttons(said.blocks)] == [label]
        assert "archived" not in said.text


def test_no_projects_offer_to_begin_one() -> None:
    said = sound(projects.listed(Listing((), {}, 1, 1, 0)))
    assert act_of(button_of(said.blocks, "New project")["action_id"]) is Act.PROJECT_NEW


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some_projects(), st.booleans())
def test_of_a_project_that_everybody_sees_no_private_channel_is_named(
    project: Project, is_private: bool
) -> None:
    channels = (Channel("C1", "open-talk"), Channel("C2", "falcon-takeover", is_private=True))
    project = replace(project, channels=channels, private=is_private)
    listing = Listing((project,), PEOPLE, 1, 1, 0)
    page = home_page(projects=(project,))
    told = (
        repr(projects.shown(Shown(project, None, PEOPLE))),
        repr(projects.listed(listing)),
        repr(home.home(page)),
    )
    for payload in told:
        assert "#open-talk" in payload
        assert ("falcon-takeover" in payload) is is_private
        assert is_private or "a private channel" in payload
