"""What stands under an address that somebody pastes: what it is for, as far as all may know."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.orders import AddLink, NewProject, SetPrivacy
from bot.outcome import Place
from bot.sources.base import Page, RunState
from handlers.service.links import Where
from storage.database import Database
from storage.tables import OutboxRow
from tests.handlers.service.conftest import ELSEWHERE, HERE
from tests.handlers.service.linking import PRIVATE, Linking, accuracy
from tests.handlers.service.test_pages import REF, URL, Docs
from tests.support.evidence import RUN


@pytest.fixture
def docs() -> Docs:
    return Docs("docs", "docs.acme.example")


@pytest.fixture
def team(sqlite_url: str, docs: Docs) -> Iterator[Linking]:
    with closing(Database(sqlite_url)) as database:
        made = Linking(database)
        made.atlas()
        made.sources = (*made.sources, docs)
        made.charter.links.close()
        made.charter = made.replica()
        yield made
        made.charter.links.close()


def said(team: Linking) -> list[tuple[str, str | None, str]]:
    with team.database.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        some = [row for row in rows if row.key.startswith(("page/", "card/"))]
        return [(row.channel, row.thread_ts, row.text) for row in some]


def pastes(team: Linking, url: str, place: Place = HERE, by: str = "ana") -> None:
    where = Where(place.channel or "", "1.1", "1.1")
    actor = team.actor(by)
    for ref in team.charter.links.recognised(f"<{url}>"):
        team.charter.links.paste(actor, ref, place, where)
    for ref in team.charter.links.pages_in(f"<{url}>"):
        team.charter.links.paste_page(actor, ref, place, where)


def test_e4_a_pull_request_and_a_run_say_project_stage_owner_and_how_far(team: Linking) -> None:
    accuracy(team)
    team.mlflow.tells(replace(RUN, state=RunState.FINISHED, ended=team.now))
    team.link(item="data pipeline")
    team.link(RUN.ref.url, item="modelling")
    pastes(team, RUN.ref.url)
    pastes(team, "https://github.com/acme/churn/pull/7")
    run, pull = (text for _, thread, text in said(team) if thread == "1.1")
    assert "accuracy 0.77: 66.7 % of the gap from 0.71 to 0.80" in run
    assert "Linked to Atlas, stage Modelling. " in run
    assert "ccountable" in run
    assert "Linked to Atlas, stage Data pipeline. " in pull
    assert "ccountable" in pull


def test_e4_a_page_says_project_stage_and_who_looks_it_through(team: Linking, docs: Docs) -> None:
    docs.told = Page(REF, "The plan", "Bea", "", team.now - timedelta(days=3), "Cy")
    day = team.now.date() + timedelta(days=30)
    team.charter.links.link(
        team.actor("ana"), AddLink(URL, "data pipeline", None, review=day), HERE
    )
    looks = docs.looks
    pastes(team, URL)
    pastes(team, URL)
    [(channel, thread, text)] = said(team)
    assert (channel, thread) == (HERE.channel, "1.1")
    first, second = text.splitlines()
    assert first.startswith("The plan. By Bea. Last edited 2026-11-20 10:00 UTC by Cy.")
    assert first.endswith("Not edited since the scope changed (2026-11-23 10:00 UTC).")
    assert second == (
        "Among the links of Atlas, stage Data pipeline, looked through by Ana Sample by 2026-12-23."
    )
    assert docs.looks == looks, "nobody is asked anew"


@pytest.mark.parametrize("place", [HERE, ELSEWHERE])
def test_e4_of_a_page_that_nobody_keeps_nothing_is_said(team: Linking, place: Place) -> None:
    pastes(team, URL, place)
    assert said(team) == []


def test_e4_what_a_private_project_keeps_is_told_in_no_other_channel(
    team: Linking, docs: Docs
) -> None:
    docs.told = Page(REF, "The plan", "Bea")
    team.charter.projects.create(team.actor("ana"), NewProject("Vault", private=True), PRIVATE)
    team.charter.links.link(team.actor("ana"), AddLink(URL, None, "Vault"), PRIVATE)
    team.link(project="Vault", place=PRIVATE)
    before = said(team)
    for url in (URL, "https://github.com/acme/churn/pull/7"):
        pastes(team, url, ELSEWHERE)
    assert said(team) == before
    pastes(team, URL, PRIVATE)
    [(channel, _, text)] = said(team)[len(before) :]
    assert (channel, "Among the links of Vault" in text) == (PRIVATE.channel, True)


def test_e4_of_a_project_that_became_private_a_card_elsewhere_has_its_address_alone(
    team: Linking,
) -> None:
    team.link()
    pastes(team, "https://github.com/acme/churn/pull/7", ELSEWHERE)
    [row] = [text for channel, _, text in said(team) if channel == ELSEWHERE.channel]
    assert "Atlas" in row
    team.charter.access.set_privacy(team.actor("ana"), SetPrivacy(private=True), HERE)
    team.wait(minutes=10)
    team.sync()
    [row] = [text for channel, _, text in said(team) if channel == ELSEWHERE.channel]
    assert row == "acme/churn#7"
