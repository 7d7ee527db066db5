"""Pages: kept among the links of a project by what their source tells, or by what somebody says."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from bot.commands import parse
from bot.errors import Refused
from bot.errors import Why as Unfit
from bot.links import LinkKept
from bot.orders import AddLink
from bot.pages import PageSight
from bot.sources.base import Kind, Page, Ref, Trouble, Why
from handlers.service import Charter
from handlers.views import links as views
from handlers.views import scope
from handlers.views import team as team_views
from storage import dumping
from storage import pages as stored
from storage.database import Database
from storage.tables import DocumentRow, LinkRow
from tests.handlers.service.conftest import HERE
from tests.handlers.service.linking import Linking
from tests.support.evidence import PULL, Told

URL = "https://docs.acme.example/plan"
SLITE = "https://slite.example/app/docs/guide"
REF = Ref("docs", Kind.PAGE, "plan", URL)


class Docs(Told):
    """A house of pages that knows one, or is in trouble."""

    told: Page | Trouble = Page(REF, "The plan", "Bea", "", None, "Cy")

    def recognises(self, url: str) -> Ref | None:
        return REF if url in (URL, self.also) else None

    looks = 0
    also = ""

    def fetch(self, refs: object, known: object = None) -> dict[Ref, Page | Trouble]:
        self.looks += 1
        return {REF: self.told}


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


def keeps(team: Linking, url: str = URL, title: str | None = None) -> LinkKept:
    order = AddLink(url, None, None, title)
    kept = team.charter.links.link(team.actor("ana"), order, HERE)
    assert isinstance(kept, LinkKept)
    return kept


def titles(team: Linking) -> list[str]:
    shown = team.charter.projects.shown(team.actor("ana"), "atlas", HERE)
    return [link.title for link in shown.project.scope.links]


def test_a_page_is_kept_by_its_title(team: Linking, docs: Docs) -> None:
    docs.told = Page(REF, "The plan", "Bea", "", team.now - timedelta(days=3), "Cy")
    kept = keeps(team)
    assert (kept.title, titles(team)) == ("The plan", ["The plan"])
    said = views.made(kept).text
    assert "is kept among the links of Atlas, as The plan. By Bea. Last edited" in said
    assert "by Cy." in said


def test_what_somebody_calls_it_goes_before(team: Linking) -> None:
    assert keeps(team, title="Our plan").title == "Our plan"
    assert keeps(team, "https://slite.example/x", "Notes").title == "Notes"
    assert keeps(team, "https://slite.example/y").title == "slite.example/y"
    assert titles(team) == ["Our plan", "Notes", "slite.example/y"]


def test_a_page_that_cannot_be_looked_at_is_kept_all_the_same(team: Linking, docs: Docs) -> None:
    docs.told = Trouble(Why.AWAY)
    kept = keeps(team)
    assert kept.title == "docs.acme.example/plan"
    assert "I could not look at it: no answer." in views.made(kept).text


def test_a_page_that_is_pasted_gets_no_card(team: Linking) -> None:
    assert team.charter.links.recognised(f"see <{URL}>") == ()


def test_the_scope_tells_of_its_pages(team: Linking, docs: Docs) -> None:
    docs.told = Page(REF, "The plan", "Bea", "", team.now - timedelta(days=3), "Cy")
    keeps(team)
    keeps(team, "https://slite.example/x", "Notes")
    found = team.charter.projects.shown(team.actor("ana"), "atlas", HERE)
    assert pages(team) == {URL: PageSight(docs.told, team.now, team.now)}
    said = scope.shown(found, pages(team)).text
    assert "The plan. By Bea. Last edited" in said
    assert "by Cy. Not edited since the scope changed (2026-11-23 10:00 UTC)." in said
    assert "Pages as last seen 2026-11-23 10:00 UTC" in said
    docs.told = replace(docs.told, edited=team.now)
    team.wait(minutes=11)
    assert team.sync()["docs"].changed == ("The plan",)
    fresh = scope.shown(found, pages(team)).text
    assert "Last edited 2026-11-23 10:00 UTC by Cy." in fresh
    assert "Pages as last seen 2026-11-23 10:11 UTC" in fresh
    assert "Not edited" not in fresh


def test_whoever_reads_a_scope_waits_for_no_source(team: Linking, docs: Docs) -> None:
    docs.told = Page(REF, "The plan", "Bea")
    keeps(team)
    team.wait(days=2)
    looks = docs.looks
    assert pages(team)[URL].seen_at == team.now - timedelta(days=2)
    assert pages(team, team.replica()) == pages(team)
    assert docs.looks == looks


def test_a_page_that_came_with_a_document_is_looked_at_once_and_then_polled(
    team: Linking, docs: Docs
) -> None:
    with team.database.begin() as session:
        session.add(
            LinkRow(project_id=1, title="Plan", url=URL, recorded_at=team.now, source="load")
        )
    team.charter = team.replica()
    docs.told = Trouble(Why.AWAY)
    assert pages(team) == {URL: PageSight(None, None, team.now, Trouble(Why.AWAY))}
    assert pages(team)[URL].looked_at == team.now
    assert docs.looks == 1
    assert team.is_scheduled()
    docs.told = Page(REF, "The plan", "Bea")
    team.wait(minutes=10)
    team.sync()
    assert pages(team) == {URL: PageSight(docs.told, team.now, team.now)}


def test_g7_a_page_whose_source_is_away_is_shown_as_it_was(team: Linking, docs: Docs) -> None:
    docs.told = Page(REF, "The plan", "Bea")
    keeps(team)
    found = team.charter.projects.shown(team.actor("ana"), "atlas", HERE)
    team.wait(minutes=11)
    until = team.now + timedelta(hours=4)
    docs.told = Trouble(Why.RATE_LIMITED, until)
    assert team.sync()["docs"].troubles == {Why.RATE_LIMITED: 1}
    team.wait(minutes=10)
    docs.told = Trouble(Why.RATE_LIMITED, until + timedelta(hours=1))
    team.sync()
    [sight] = pages(team).values()
    assert sight.trouble == Trouble(Why.RATE_LIMITED, until), "the same trouble goes on"
    said = scope.shown(found, pages(team)).text
    assert "The plan. By Bea." in said
    assert "Last seen 2026-11-23 10:00 UTC (rate limited until 2026-11-23 14:11 UTC)." in said
    assert "Pages as last seen" not in said


def test_a_pass_that_did_not_get_round_to_a_page_says_nothing_of_it(
    team: Linking, docs: Docs
) -> None:
    docs.told = Page(REF, "The plan", "Bea")
    keeps(team)
    before = pages(team)
    docs.told = Trouble(Why.RATE_LIMITED)
    team.wait(minutes=11)
    team.sync()
    assert pages(team) == before


def test_a_page_that_nobody_keeps_any_more_is_forgotten(team: Linking, docs: Docs) -> None:
    docs.told = Page(REF, "The plan", "Bea")
    kept = keeps(team)
    team.charter.projects.undo(team.actor("ana"), kept.done.seq)
    with team.database.read() as session:
        assert stored.seen(session, team.workspace, [REF]) != {}
    team.wait(minutes=11)
    team.charter.timers.run_due(team.workspace)
    with team.database.read() as session:
        assert stored.seen(session, team.workspace, [REF]) == {}
    assert not team.is_scheduled()


def pages(team: Linking, charter: Charter | None = None) -> dict[str, PageSight]:
    charter = charter or team.charter
    found = charter.projects.shown(team.actor("ana"), "atlas", HERE)
    return {**charter.links.pages(team.actor("ana"), found.project)}


# --- days of review -------------------------------------------------------------------------------


def plans(team: Linking, said: str, at: str = SLITE) -> LinkKept:
    order = parse(f"link {at} {said}", team.now.date())
    assert isinstance(order, AddLink)
    kept = team.charter.links.link(team.actor("ana"), order, HERE)
    assert isinstance(kept, LinkKept)
    return kept


def scope_of(team: Linking) -> str:
    found = team.charter.projects.shown(team.actor("ana"), "atlas", HERE)
    return scope.shown(found, pages(team)).text


def rows(team: Linking) -> list[tuple[date | None, str | None, bool]]:
    with team.database.read() as session:
        found = session.exec(select(DocumentRow).order_by(col(DocumentRow.id))).all()
        return [(row.review, row.item_key, row.until is None) for row in found]


def test_a_link_has_a_day_of_review_that_is_moved_taken_away_and_taken_back(team: Linking) -> None:
    first = plans(team, '"Labelling guide" to data pipeline review 2026-12-01')
    said = views.made(first).text
    assert "It is about Data pipeline. To be reviewed by 2026-12-01 by Ana Sample." in said
    assert "Labelling guide (Data pipeline, review by 2026-12-01)" in scope_of(team)
    version = first.done.project.scope.version
    team.wait(days=1)
    second = plans(team, "review in 3 months")
    assert "To be reviewed by 2027-02-24 by Ana Sample." in views.made(second).text
    assert second.done.project.scope.version == version, "the scope itself stays as it was"
    assert titles(team) == ["Labelling guide"]
    third = plans(team, "no review")
    assert "It is about Data pipeline." in views.made(third).text
    assert "review by" not in scope_of(team)
    key = "data_pipeline"
    day, later = date(2026, 12, 1), date(2027, 2, 24)
    assert rows(team) == [(day, key, False), (later, key, False), (None, key, True)]
    team.charter.projects.undo(team.actor("ana"), third.done.seq)
    assert "Labelling guide (Data pipeline, review by 2027-02-24)" in scope_of(team)
    with pytest.raises(Refused) as same:
        plans(team, "review 2027-02-24")
    assert same.value.why is Unfit.NOTHING_CHANGES


def test_one_page_by_another_address_is_the_same_document(team: Linking, docs: Docs) -> None:
    docs.told = Page(REF, "The plan", "Bea")
    docs.also = f"{URL}-renamed"
    plans(team, "review 2026-12-01", URL)
    kept = plans(team, "review 2026-12-02", docs.also)
    assert (kept.is_new, kept.url) == (False, URL)
    assert "The plan (review by 2026-12-02). By Bea." in scope_of(team)


def test_a_link_that_is_taken_back_has_no_day_and_gets_it_again(team: Linking) -> None:
    kept = plans(team, "review 2026-12-01")
    undone = team.charter.projects.undo(team.actor("ana"), kept.done.seq)
    assert undone.project.scope.links == ()
    assert rows(team) == [(date(2026, 12, 1), None, False)]
    plans(team, '"Again"')
    assert "Again (" not in scope_of(team)


def test_what_is_late_is_a_gap_and_stands_in_the_workspace_document(team: Linking) -> None:
    plans(team, '"Labelling guide" review 2026-12-01')
    team.wait(days=10)
    shown = team.charter.team.gaps(team.actor("ana"), "atlas", HERE, whole=False)
    late = "Labelling guide is to be reviewed by Ana Sample, due 2026-12-01, 2 days late"
    assert f"review · {late}" in team_views.gaps(shown).text
    with team.database.read() as session:
        document = dumping.dump(session, team.workspace, team.now)
    [link] = document.projects[0].scope.links
    assert (link.title, link.review, link.item) == ("Labelling guide", date(2026, 12, 1), None)


def test_a_pull_request_has_no_day_of_review(team: Linking) -> None:
    with pytest.raises(Refused) as refused:
        team.charter.links.link(
            team.actor("ana"), AddLink(PULL.ref.url, review=date(2026, 12, 1)), HERE
        )
    assert refused.value.why is Unfit.NO_DOCUMENT
