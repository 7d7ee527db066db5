"""Cards of pull requests and runs, as far as other tests do not show them already."""

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.acting import Acting
from bot.evidence import Sighting
from bot.links import Card, Linked, Question, Sight, Synced, sight
from bot.project import Letter, Offer
from bot.sources.base import ModelVersion, PullRequest, Run, RunState, Trouble, Why
from handlers.views import links, modals
from tests.handlers.views.worlds import (
    CHURN,
    PEOPLE,
    PIPELINE,
    T0,
    button_of,
    buttons,
    sound,
    sound_view,
)
from tests.support.evidence import PULL, RUN


def card(
    seen: PullRequest | Run | None = PULL, item: str | None = "data_pipeline", **more: object
) -> Card:
    told = Sighting((seen or PULL).ref, seen, T0, T0)
    logins = {"cy-m": 3, "bea": 99}
    made = Card(Linked(12, 1, item, told), Sight.FULL, CHURN, PEOPLE, logins)
    return replace(made, **more)  # type: ignore[arg-type]  # the card's own fields


def lines(made: Card) -> list[str]:
    return sound(links.card(made)).text.splitlines()


def test_the_accountable_of_the_stage_stands_on_the_card() -> None:
    assert lines(card()) == [
        "Retry the weather feed acme/churn#7",
        "Open · by bea-x · retry-feed → main",
        "Waiting for Cy Moss · CI pending",
        "Linked to Churn Radar, stage Data pipeline. Accountable: Bea Lind.",
    ]


def test_g1_a_pull_request_that_cannot_be_merged_says_so_where_its_branches_may_be_known() -> None:
    torn = replace(PULL, mergeable=False, base="release")
    assert lines(card(torn))[2] == "Waiting for Cy Moss · CI pending · conflicts with release"
    hidden = card(replace(torn, private=True), sight=Sight.NUMBER)
    assert "conflicts" not in links.card(hidden).text
    assert lines(card(replace(PULL, mergeable=True))) == lines(card())


def test_a_card_of_a_run_says_what_it_is_made_of_and_what_became_of_it() -> None:
    made = replace(
        RUN,
        datasets=("churn (v1)", "weather (a1b2)"),
        commit="0123456789abcdef",
        models=(
            ModelVersion("ranker", "3", aliases=("production",)),
            ModelVersion("ranker", "2"),
        ),
        usage={"system/cpu_percent": 81.25},
    )
    assert lines(card(made, commit_of=PULL.ref))[-2] == (
        "Data: churn (v1) and weather (a1b2). Commit 0123456789 of acme/churn#7. "
        "Model ranker version 3 (production). Model ranker version 2. "
        "Used: system/cpu_percent 81.25."
    )
    assert "Commit" not in "".join(lines(card(RUN, commit_of=PULL.ref)))


def test_r8_r9_a_card_names_the_owner_as_answers_do() -> None:
    offer = Offer(1, CHURN.id, PIPELINE.id, 2, 3, (Letter.A,), None, T0, 2)
    handed = replace(CHURN, items=(replace(PIPELINE, offer=offer), *CHURN.items[1:]))
    assert lines(card(project=handed))[-1].endswith(
        "Accountable: Bea Lind (hand-over to Cy Moss offered on 2026-11-23 10:00 UTC)."
    )
    away = {2: Acting(3, until=date(2027, 8, 14))}
    assert lines(card(acting=away))[-1].endswith(
        "Accountable: Cy Moss (acting until 2027-08-14; owner Bea Lind)."
    )


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("data_quality", "Nobody accountable, the seat is vacant (Data Engineer, DE-114)."),
        ("rollout", "Nobody accountable, Leo Park (left on 2026-10-01)."),
        ("image_ingestion", "component Image ingestion. Accountable: Bea Lind."),
        ("gone", "Linked to Churn Radar, no stage yet."),
        (None, "Linked to Churn Radar, no stage yet."),
    ],
)
def test_whom_a_stage_names(item: str | None, words: str) -> None:
    assert lines(card(item=item))[-1].endswith(words)


def test_a_run_without_a_metric_in_the_scope_shows_what_it_logs() -> None:
    bare = replace(CHURN, scope=replace(CHURN.scope, metrics=()))
    many = {f"m{n}": n / 3 for n in range(7)} | {"loss": math.nan}
    run = replace(RUN, metrics=many, params={f"p{n}": "x" * 99 for n in range(9)})
    told = lines(card(run, project=bare))
    assert told[2] == (
        "M0 0, m1 0.3333, m2 0.6667, m3 1, m4 1.333 and 3 more. The scope names no success metric "
        "to hold it against."
    )
    assert told[3].startswith("Parameters: p0 xxx")
    assert told[3].endswith("… and 3 more")
    empty = replace(RUN, metrics={}, params={})
    assert lines(card(empty, project=bare))[2].startswith("Nothing logged.")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "took 0 min"), (59, "took 59 min"), (125, "took 2 h 5 min"), (3000, "took 2 d 2 h")],
)
def test_how_long_a_run_took(minutes: int, words: str) -> None:
    ended = T0 + timedelta(minutes=minutes)
    run = replace(RUN, started=T0, ended=ended, state=RunState.FINISHED)
    assert lines(card(run))[1].endswith(words)
    assert "took" not in lines(card(replace(run, ended=None)))[1]
    assert "took" not in lines(card(replace(run, started=ended, ended=T0 - timedelta(1))))[1]


def test_the_age_of_a_look_is_slacks_to_tell() -> None:
    troubled = Sighting(PULL.ref, PULL, T0, T0, Trouble(Why.RATE_LIMITED, T0 + timedelta(hours=4)))
    made = sound(links.card(card(linked=Linked(12, 1, None, troubled))))
    dates = [
        piece
        for block in made.blocks
        for section in block.get("elements", ())
        for piece in section.get("elements", ())
        if piece["type"] == "date"
    ]
    assert [one["format"] for one in dates] == ["{ago}", "{date_short_pretty} at {time}"]
    assert made.text.splitlines()[-1] == (
        "Last seen 2026-11-23 10:00 UTC (rate limited until 2026-11-23 14:00 UTC)."
    )


@pytest.mark.parametrize(
    ("thing", "knows", "inside", "expected"),
    [
        (PULL, True, False, Sight.FULL),
        (replace(PULL, private=True), True, False, Sight.NUMBER),
        (replace(PULL, private=True), True, True, Sight.FULL),
        (PULL, False, True, Sight.BARE),
        (RUN, True, False, Sight.FULL),
        (RUN, False, False, Sight.BARE),
        (None, True, False, Sight.NUMBER),
        (None, True, True, Sight.FULL),
    ],
)
def test_how_much_a_place_may_know(
    thing: PullRequest | Run | None, knows: bool, inside: bool, expected: Sight
) -> None:
    linked = Linked(1, 1, None, Sighting((thing or PULL).ref, thing))
    assert sight(linked, knows_project=knows, inside=inside) is expected


def test_a_bare_card_holds_nothing_but_its_address() -> None:
    made = sound(links.card(card(sight=Sight.BARE, project=None)))
    assert made.text == "acme/churn#7"
    assert buttons(made.blocks) == []
    assert "12" not in str(made.blocks), "no number of Charter's either"


def test_the_buttons_know_what_they_are_about() -> None:
    made = links.card(card())
    assert button_of(made.blocks, "Open")["url"] == PULL.ref.url
    assert button_of(made.blocks, "Change stage")["value"] == '{"k":"pull_request","n":12}'
    assert button_of(links.card(card(item=None)).blocks, "Set stage")
    number = links.card(card(replace(PULL, private=True), sight=Sight.NUMBER))
    assert [one["text"]["text"] for one in buttons(number.blocks)] == ["Change stage", "Unlink"]
    assert "acme" not in str(number)


def test_the_form_offers_all_items_and_none() -> None:
    form = sound_view(modals.link_stage(card()), "modal")
    [field] = [block for block in form["blocks"] if block["type"] == "input"]
    options = [one["value"] for one in field["element"]["options"]]
    assert options[:2] == ["-", "data_pipeline"]
    assert field["element"]["initial_option"]["value"] == "data_pipeline"
    state = {"item": {"value": {"selected_option": {"value": "-"}}}}
    view = {"private_metadata": form["private_metadata"], "state": {"values": state}}
    order = modals.read_link_stage(view)
    assert (order.kind.value, order.number, order.item) == ("pull_request", 12, None)


def test_a_question_names_the_projects() -> None:
    options = tuple((f"Project {n}", f"p{n}") for n in range(8))
    made = sound(links.asked(Question(PULL.ref, options, 2), "1.1", "1.0"))
    assert [one["text"]["text"] for one in buttons(made.blocks)][-2:] == ["Project 7", "Not now"]
    assert '"m":"1.1","p":"p0","t":"1.0"' in buttons(made.blocks)[0]["value"]
    assert "For 2 more projects:" in made.text


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (Synced("github", 0), "github: nothing to look at"),
        (Synced("github", 3), "github: 3 looked at; none changed"),
        (
            Synced("github", 3, ("acme/churn#7 merged",), {Why.AWAY: 1}),
            "github: 3 looked at; 1 changed: acme/churn#7 merged; 1 not seen (no answer)",
        ),
    ],
)
def test_a_pass_in_a_line(one: Synced, line: str) -> None:
    assert links.synced(one) == line
