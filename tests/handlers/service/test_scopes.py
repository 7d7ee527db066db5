"""The scope in the record: versions, sign-off, clashes, who may see and decide, and its cost."""

from collections.abc import Callable, Mapping

import pytest
from sqlmodel import col, select

from bot import scope
from bot.errors import BadInput, CharterError, Forbidden, NotFound, Refused, Why
from bot.orders import (
    ApproveScope,
    Assign,
    EditScope,
    GiveVerdict,
    NewProject,
    RemoveMetric,
    SetMetric,
    SetScope,
)
from bot.outcome import Done, Place, ScopeClash
from bot.project import Call, Letter
from bot.scope import MetricWish
from storage.tables import OutboxRow
from tests.handlers.service.conftest import HERE, Team
from tests.support.counting import counted


def set_field(team: Team, name: str, value: str, by: str = "bea") -> Done:
    return team.charter.scopes.scope(team.actor(by), SetScope(name, value), HERE)


def set_metric(team: Team, by: str = "bea", **wish: float) -> Done:
    order = SetMetric("AUC", MetricWish(**wish))  # type: ignore[arg-type] # numbers alone
    return team.charter.scopes.set_metric(team.actor(by), order, HERE)


def edit(
    team: Team, seen: int, values: Mapping[str, str], metric: str = "", by: str = "ana"
) -> Done:
    order = EditScope(values, metric, "atlas", seen)
    return team.charter.scopes.edit(team.actor(by), order, HERE)


def edits(team: Team, first: int, last: int) -> list[tuple[str, str, str]]:
    found = team.charter.scopes.diff(team.actor("ana"), first, last, "atlas", HERE)
    return [(edit.cell, edit.before, edit.after) for edit in found.edits]


def test_s4_what_is_saved_at_once_is_one_version(team: Team) -> None:
    team.atlas()
    done = edit(team, 0, {"goal": "Less churn", "in_scope": "a\nb", "problem": ""})
    assert done.project.scope.version == 1
    assert done.project.scope.changed_at == team.now
    assert [line.label for line in done.lines] == ["goal", "in scope"]
    team.wait(minutes=1)
    set_metric(team, baseline=0.7, target=0.8)
    set_field(team, "goal", "Half the churn")
    history = team.charter.scopes.history(team.actor("cy"), "atlas", HERE)
    assert [(one.number, one.by) for one in history.versions] == [
        (3, team.person("bea").id),
        (2, team.person("bea").id),
        (1, team.person("ana").id),
    ]
    assert edits(team, 1, 3) == [
        ("goal", "Less churn", "Half the churn"),
        ("metric/AUC/baseline", "", "0.7"),
        ("metric/AUC/direction", "", "higher"),
        ("metric/AUC/target", "", "0.8"),
    ]
    assert edits(team, 3, 1) == edits(team, 1, 3)


def test_s4_what_is_measured_is_no_version_and_an_undo_is_one(team: Team) -> None:
    team.atlas()
    set_metric(team, baseline=0.7, target=0.8)
    measured = set_metric(team, now=0.75)
    assert measured.project.scope.version == 1
    [metric] = measured.project.scope.metrics
    assert (metric.current, metric.updated) == (0.75, team.now.date())
    done = set_field(team, "goal", "Less churn")
    undone = team.charter.projects.undo(team.actor("bea"), done.seq)
    assert undone.project.scope.version == 3
    assert edits(team, 1, 3) == []


def test_s4_a_version_that_is_to_come_is_refused(team: Team) -> None:
    team.atlas()
    set_field(team, "goal", "Less churn")
    with pytest.raises(BadInput) as refused:
        edits(team, 1, 4)
    assert refused.value.why is Why.BAD_SCOPE_VERSION
    assert refused.value.facts["last"] == "v1"


def test_s5_the_lead_and_the_a_of_framing_sign_off(team: Team) -> None:
    team.atlas()
    set_field(team, "goal", "Less churn")
    scopes = team.charter.scopes
    with pytest.raises(Forbidden) as refused:
        scopes.approve(team.actor("cy"), ApproveScope("atlas"), HERE)
    assert "Ana Sample" in refused.value.who_can
    give = Assign("framing", (Letter.A,), "<@UCY>", "atlas")
    team.charter.raci.assign(team.actor("ana"), give, HERE)
    signed = scopes.approve(team.actor("cy"), ApproveScope("atlas"), HERE).project.scope
    assert signed.approval is not None
    assert (signed.approval.version, signed.approval.by) == (1, team.person("cy").id)
    assert not scope.is_stale(signed)


def test_s5_a_sign_off_taken_back_gives_the_one_before_back(team: Team) -> None:
    team.atlas()
    set_field(team, "goal", "Less churn")
    scopes, ana = team.charter.scopes, team.actor("ana")
    first = scopes.approve(ana, ApproveScope("atlas"), HERE).project.scope.approval
    set_field(team, "notes", "nothing material")
    second = scopes.approve(ana, ApproveScope("atlas"), HERE)
    assert second.project.scope.approval != first
    undone = team.charter.projects.undo(ana, second.seq)
    assert undone.project.scope.approval == first


def told(team: Team, first: str) -> list[str]:
    """What Charter has for somebody, in the order in which it came up."""
    with team.database.read() as session:
        mine = select(OutboxRow.text).where(OutboxRow.channel == f"U{first.upper()}")
        return list(session.exec(mine.order_by(col(OutboxRow.id))))


def test_s5_whoever_signed_is_asked_again_once(team: Team) -> None:
    team.atlas()
    set_field(team, "goal", "Less churn")
    team.charter.scopes.approve(team.actor("ana"), ApproveScope("atlas"), HERE)
    set_field(team, "notes", "nothing material")
    assert told(team, "ana") == []
    set_field(team, "goal", "Half the churn")
    set_field(team, "goal", "No churn")
    [said] = told(team, "ana")
    assert said.splitlines()[0] == "Bea Sample changed the scope of Atlas. “goal”"
    assert told(team, "bea") == told(team, "cy") == []


def test_edge_46_only_the_same_field_clashes(team: Team) -> None:
    team.atlas()
    edit(team, 0, {"goal": "Less churn", "notes": "a"})
    set_field(team, "goal", "Half the churn", by="bea")
    kept = edit(team, 1, {"goal": "Less churn", "notes": "b"})
    assert scope.value(kept.project.scope, "goal") == "Half the churn"
    assert scope.value(kept.project.scope, "notes") == "b"
    with pytest.raises(ScopeClash) as clash:
        edit(team, 1, {"goal": "No churn", "notes": "a", "cost": "1 EUR"})
    [taken] = clash.value.taken
    assert (taken.field, taken.mine, taken.theirs) == ("goal", "No churn", "Half the churn")
    assert taken.by == team.person("bea").id
    assert clash.value.typed["cost"] == "1 EUR"
    assert clash.value.typed["notes"] == "b"
    assert clash.value.project.scope.version == 3
    assert edit(team, 3, {"goal": "No churn"}).project.scope.version == 4


def test_edge_46_a_metric_that_somebody_took_away_meanwhile(team: Team) -> None:
    team.atlas()
    set_metric(team, baseline=0.7, target=0.8)
    remove = RemoveMetric("AUC")
    team.charter.scopes.remove_metric(team.actor("bea"), remove, HERE)
    same = {"metric": "AUC", "direction": "higher", "baseline": "0.7", "target": "0.8"}
    with pytest.raises(Refused) as nothing:
        edit(team, 1, same, metric="AUC")
    assert nothing.value.why is Why.NOTHING_CHANGES
    with pytest.raises(ScopeClash) as clash:
        edit(team, 1, {**same, "target": "0.9"}, metric="AUC")
    assert [one.field for one in clash.value.taken] == ["target"]


def test_a_sponsor_is_kept_as_a_person(team: Team) -> None:
    team.atlas()
    done = set_field(team, "sponsor", "<@UCY>")
    assert scope.value(done.project.scope, "sponsor") == scope.of_person(team.person("cy").id)
    assert [line.after for line in done.lines] == ["Cy Sample"]
    typed = set_field(team, "sponsor", "person:1")
    assert scope.value(typed.project.scope, "sponsor") == "person 1"
    with pytest.raises(NotFound):
        set_field(team, "sponsor", "<@UNOBODY>")


ELSEWHERE = Place("C0OTHER", "random")
WISHES = ("approve", "verdict", "history", "feasibility", "field", "metric")


def try_out(team: Team, wish: str, name: str) -> CharterError:
    scopes, cy = team.charter.scopes, team.actor("cy")
    ways: dict[str, Callable[[], object]] = {
        "approve": lambda: scopes.approve(cy, ApproveScope(name), ELSEWHERE),
        "verdict": lambda: scopes.give_verdict(cy, GiveVerdict(Call.GO, "x", name), ELSEWHERE),
        "history": lambda: scopes.history(cy, name, ELSEWHERE),
        "feasibility": lambda: scopes.feasibility(cy, name, ELSEWHERE),
        "field": lambda: scopes.scope(cy, SetScope("goal", "x", name), ELSEWHERE),
        "metric": lambda: scopes.set_metric(cy, SetMetric("AUC", MetricWish(), name), ELSEWHERE),
    }
    with pytest.raises(CharterError) as caught:
        ways[wish]()
    return caught.value


@pytest.mark.parametrize("wish", WISHES)
def test_s6_a_private_project_is_as_unknown_as_any_name(team: Team, wish: str) -> None:
    team.atlas(private=True)
    hidden, unknown = (try_out(team, wish, name) for name in ("Atlas", "Walrus"))
    assert isinstance(hidden, NotFound)
    assert isinstance(unknown, NotFound)
    assert (hidden.what, hidden.suggestions) == (unknown.what, unknown.suggestions)


def many(team: Team, number: int) -> None:
    for at in range(number):
        new = NewProject(f"Project {at:02}", bind_here=False, template="recsys")
        team.charter.projects.create(team.actor("ana"), new, ELSEWHERE)


def test_the_portfolio_is_paged_in_order_and_counts_nothing_hidden(team: Team) -> None:
    many(team, 21)
    before = [team.charter.scopes.portfolio(team.actor("cy"), page, HERE) for page in (1, 2)]
    assert [len(page.rows) for page in before] == [20, 1]
    assert [row.project.name for row in before[0].rows][:2] == ["Project 00", "Project 01"]
    team.charter.projects.create(
        team.actor("ana"), NewProject("Hidden", bind_here=False, private=True), ELSEWHERE
    )
    after = [team.charter.scopes.portfolio(team.actor("cy"), page, HERE) for page in (1, 2)]
    assert after == before
    mine = team.charter.scopes.portfolio(team.actor("ana"), 1, HERE)
    assert "Hidden" in [row.project.name for row in mine.rows]


def test_the_portfolio_takes_as_many_statements_for_one_project_as_for_twenty(team: Team) -> None:
    many(team, 1)
    with counted(team.database) as few:
        team.replica().scopes.portfolio(team.actor("ana"), 1, HERE)
    many_more = range(1, 20)
    for at in many_more:
        new = NewProject(f"Project {at:02}", bind_here=False, template="recsys")
        team.charter.projects.create(team.actor("ana"), new, ELSEWHERE)
    with counted(team.database) as many_ones:
        assert len(team.replica().scopes.portfolio(team.actor("ana"), 1, HERE).rows) == 20
    assert len(many_ones) == len(few)


def test_history_takes_as_many_statements_for_one_version_as_for_ten(team: Team) -> None:
    team.atlas()
    set_field(team, "goal", "0")
    team.charter.scopes.history(team.actor("ana"), "atlas", HERE)
    with counted(team.database) as few:
        team.charter.scopes.history(team.actor("ana"), "atlas", HERE)
    for at in range(1, 12):
        set_field(team, "goal", str(at))
    team.charter.scopes.history(team.actor("ana"), "atlas", HERE)
    with counted(team.database) as many_ones:
        shown = team.charter.scopes.history(team.actor("ana"), "atlas", HERE)
    assert [one.number for one in shown.versions] == list(range(12, 2, -1))
    assert len(many_ones) == len(few)
