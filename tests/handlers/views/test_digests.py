"""Digests in words: Slack takes them, nobody is pinged, and they stay one message."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cadence import Cadence, plan
from bot.changes import (
    AliasChanged,
    ArchiveChanged,
    GateAsked,
    ItemRenamed,
    ScopeApproved,
    ScopeChanged,
)
from bot.condition import Blocker
from bot.digests import (
    Audience,
    Decision,
    Digest,
    DigestPreview,
    DigestShown,
    Edit,
    Linked,
    Material,
    Window,
    compose,
)
from bot.evidence import Sighting
from bot.outcome import Place
from bot.people import Person
from bot.project import Channel, Item, Kind, Metric, Project, Scope, Status
from bot.sources.base import PullRequest, PullState, Run, RunState, Trouble, Why
from handlers.views import digests
from handlers.views.digests import LONGEST
from handlers.views.kit import Message
from tests.handlers.views.worlds import (
    CHURN,
    PEOPLE,
    ROLLOUT,
    buttons,
    names,
    projects,
    sound,
    words,
)
from tests.handlers.views.worlds import people as everybody
from tests.support.clock import T0
from tests.support.evidence import PULL, RUN

DAY = timedelta(days=1)
WINDOW = Window(T0 - 7 * DAY, T0, "Europe/Berlin")
HERE = Audience(Place("C1", "churn-radar"), Cadence.WEEKLY, is_portfolio=False)
SECRET = replace(HERE, place=Place("C2", "secret", is_private=True))


def composed(*some: Project, people: dict[int, Person] | None = None, **more: object) -> Digest:
    edits = tuple(
        Edit(one.id, None, ScopeChanged(one.id, "goal", "", "Less churn"), 1, T0 - DAY)
        for one in some
    )
    material = Material(tuple(some), people or PEOPLE, edits, **more)  # type: ignore[arg-type]  # its fields
    digest = compose(material, WINDOW)
    assert digest is not None
    return digest


def linked(seen: PullRequest | Run, **more: object) -> Linked:
    sighting = Sighting(seen.ref, seen, T0 - DAY, T0 - DAY, **more)  # type: ignore[arg-type]  # its fields
    return Linked(1, 1, sighting, T0 - 30 * DAY)


def test_several_blockers_are_drawn_by_age_the_oldest_first() -> None:
    def charts(*ages: int) -> list[tuple[str, int]]:
        items = tuple(
            replace(
                ROLLOUT, id=90 + n, title=f"Stage {n}", status=Status.BLOCKED, blockers=(hurdle,)
            )
            for n, age in enumerate(ages)
            for hurdle in (Blocker(n + 1, "no export", 2, T0 - age * DAY),)
        )
        said = sound(digests.digest(composed(replace(CHURN, items=items)), HERE))
        drawn = [one for one in said.blocks if one["type"] == "data_visualization"]
        [series] = drawn[0]["chart"]["series"] if drawn else [{"data": []}]
        return [(one["label"], one["value"]) for one in series["data"]]

    assert charts(7) == []
    assert charts(7, 14) == [("Stage 1", 10), ("Stage 0", 5)]


def test_it_says_what_changed_what_is_stuck_and_who_is_missing() -> None:
    said = sound(digests.digest(composed(CHURN), HERE)).text
    assert said.startswith("Weekly digest of #churn-radar\nSince Monday 2026-11-16, 11:00")
    assert "goal nothing → Less churn (by Ana Ruiz)" in said
    assert "Data quality: waiting for the export – nobody owns it, since before the record" in said
    assert "nobody accountable" in said


def test_a_digest_words_changes_as_the_chat_does() -> None:
    item = CHURN.items[0]
    changes = (
        (None, ScopeApproved(CHURN.id, 1, "x", None)),
        (None, ArchiveChanged(CHURN.id, archived=True)),
        (None, AliasChanged(CHURN.id, None, "radar", added=True)),
        (item.id, GateAsked(CHURN.id, item.id, "please")),
        (item.id, ItemRenamed(CHURN.id, item.id, "Frame", item.title)),
    )
    edits = tuple(Edit(CHURN.id, key, change, 1, T0 - DAY) for key, change in changes)
    digest = compose(Material((CHURN,), PEOPLE, edits), WINDOW)
    assert digest is not None
    said = digests.digest(digest, HERE).text
    assert "Scope v1 is approved (by Ana Ruiz)" in said
    assert "Churn Radar is archived (by Ana Ruiz)" in said
    assert "Churn Radar is also called “radar” now (by Ana Ruiz)" in said
    assert f"{item.title}: its gate is asked for: please (by Ana Ruiz)" in said
    assert f"{item.title}: title Frame → {item.title} (by Ana Ruiz)" in said
    assert "scope approved nothing" not in said


def test_lateness_and_slip_are_told_in_days() -> None:
    late = replace(ROLLOUT, due=date(2026, 11, 21), baseline_due=date(2026, 11, 7))
    soon = replace(late, id=6, key="x", title="Go-live", due=date(2026, 11, 24))
    today = replace(late, id=7, key="y", title="Review", due=date(2026, 11, 23), baseline_due=None)
    said = digests.digest(composed(replace(CHURN, items=(late, soon, today))), HERE).text
    assert "Roll-out – due 2026-11-21, 2 days late, 14 days later than first planned" in said
    assert "Go-live – due 2026-11-24, in 1 day, 17 days later than first planned" in said
    assert "Review – due 2026-11-23, today" in said


def test_g6_of_a_private_repository_only_a_private_channel_of_the_project_reads_titles() -> None:
    hidden = linked(replace(PULL, private=True, title="Secret feature"))
    digest = composed(CHURN, evidence=(hidden,))
    portfolio = replace(SECRET, is_portfolio=True)
    for place in (HERE, SECRET, portfolio):
        told = str(digests.digest(digest, place).blocks)
        assert "#7 in a private repository" in told
        for word in ("Secret feature", "acme/churn", "cy-m", "github.com"):
            assert word not in told
    own = replace(CHURN, channels=(*CHURN.channels, Channel("C2", "secret", is_private=True)))
    told = digests.digest(composed(own, evidence=(hidden,)), SECRET).text
    assert "acme/churn#7 Secret feature" in told


def test_g6_what_cannot_be_merged_says_so_but_not_of_a_private_repository() -> None:
    torn = replace(PULL, mergeable=False, base="release")
    told = digests.digest(composed(CHURN, evidence=(linked(torn),)), HERE).text
    assert "CI pending, conflicts with release" in told
    hidden = linked(replace(torn, private=True))
    assert "conflicts" not in digests.digest(composed(CHURN, evidence=(hidden,)), HERE).text


def test_a_server_that_is_away_leaves_its_last_word() -> None:
    silent = linked(PULL, trouble=Trouble(Why.RATE_LIMITED, T0 + timedelta(hours=2)))
    said = digests.digest(composed(CHURN, evidence=(silent,)), HERE).text
    assert "acme/churn#7 Retry the weather feed" in said
    assert "last seen 24 h ago (rate limited until 13:00)" in said


def test_a_run_is_held_against_the_target() -> None:
    recall = Metric("Recall", (), True, "", 0.5, 0.9, None, None)
    project = replace(CHURN, scope=Scope(metrics=(recall,)))
    run = linked(replace(RUN, state=RunState.FINISHED, metrics={"recall": 0.8}))
    said = digests.digest(composed(project, evidence=(run,)), HERE).text
    assert (
        "Recall 0.8: 75 % of the gap from 0.5 to 0.9 (↑ higher is better), best run gbm-wind"
        in said
    )


def test_merged_is_told_once_as_merged() -> None:
    merged = linked(replace(PULL, state=PullState.MERGED))
    said = digests.digest(composed(CHURN, evidence=(merged,)), HERE).text
    assert "acme/churn#7 Retry the weather feed – merged" in said


def test_its_buttons_show_the_project_and_fill_a_few_gaps() -> None:
    labels = [one["text"]["text"] for one in buttons(digests.digest(composed(CHURN), HERE).blocks)]
    assert labels[0] == "Show"
    assert len(labels) == 3
    assert all(label.startswith("Assign ") for label in labels[1:])


def test_two_hundred_projects_stay_one_message_the_worst_first() -> None:
    items = tuple(
        Item(n, f"s{n}", Kind.STAGE, f"Stage {n}", status=Status.BLOCKED, note="x" * 900)
        for n in range(12)
    )
    many = [replace(CHURN, id=n, key=f"p{n}", name=f"Project {n:03}") for n in range(199)]
    worst = replace(CHURN, id=999, key="worst", name="Worst of all", items=items)
    message = sound(digests.digest(composed(*many, worst), replace(HERE, is_portfolio=True)))
    shown = sum(block["type"] == "actions" for block in message.blocks)
    assert message.text.index("Worst of all") < message.text.index("Project 000")
    assert f"and {200 - shown} more projects, with {200 - shown} items blocked" in str(
        message.blocks
    )
    assert length(message) <= LONGEST + 500


def length(message: Message) -> int:
    return len(words(message.blocks))


def test_how_a_digest_is_set_is_said_in_words() -> None:
    set_so = DigestShown(
        place=HERE.place,
        plan=plan(Cadence.WEEKLY, {4}, None, "Asia/Kolkata", T0),
        set_by=PEOPLE[1],
        since=T0,
        next_at=T0 + 4 * DAY,
        projects=("Churn Radar",),
        is_portfolio=False,
    )
    said = sound(digests.shown(set_so)).text
    assert "#churn-radar gets a digest weekly on Friday at 09:00 (Asia/Kolkata)." in said
    assert "The next one: Friday 2026-11-27, 15:30 (Asia/Kolkata)." in said
    none = replace(set_so, plan=None, next_at=None)
    assert "#churn-radar gets no digest." in sound(digests.shown(none)).text
    silent = replace(set_so, projects=())
    assert "stays silent" in sound(digests.shown(silent)).text


def test_a_preview_of_nothing_says_so() -> None:
    preview = DigestPreview(HERE, WINDOW, None, is_set=True)
    said = sound(digests.previewed(preview)).text
    assert said.startswith("Nothing is what #churn-radar would be told now: nothing has changed")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(projects(), min_size=1, max_size=3), names, everybody, st.booleans())
def test_whatever_things_are_called_slack_takes_it(
    some: list[Project], name: str, people: dict[int, Person], is_private: bool
) -> None:
    some = [replace(one, id=number, archived_at=None) for number, one in enumerate(some, 1)]
    pull = replace(PULL, title=name, repo=name, requested=(name,), failing=(name,), base=name)
    pull = replace(pull, mergeable=False)
    run = replace(RUN, state=RunState.FINISHED, name=name, metrics={name: 0.5})
    digest = composed(
        *some,
        people=people,
        decisions=(Decision(1, 4, name, 1, T0, "https://x.example/1"),),
        evidence=(linked(pull, trouble=Trouble(Why.AWAY)), linked(run)),
    )
    place = Place("C1", name, is_private=is_private)
    audience = Audience(place, Cadence.DAILY, is_portfolio=not is_private)
    sound(digests.digest(digest, audience))
    sound(digests.previewed(DigestPreview(audience, WINDOW, digest, is_set=False)))
    who = people[1]
    sound(
        digests.shown(
            DigestShown(
                place, plan(Cadence.DAILY, None, None, "UTC", T0), who, T0, T0, (name,), is_private
            )
        )
    )
