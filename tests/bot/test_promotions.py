"""What was promoted from one look to the next, since when, and whether it was signed off."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.evidence import Sighting, looked
from bot.promotions import BY, Promoted, mark, merged, promoted, says_by, vacated
from bot.sources.base import ModelVersion, Run, Trouble, Why
from bot.sources.models import Post, Rank, Registered
from bot.versions import dated
from tests.support.clock import T0
from tests.support.evidence import RUN

PROD = Post("ranker", Rank.ALIAS, "production")
STAGE = Post("ranker", Rank.STAGE, "Production")
THREE = ModelVersion("ranker", "3")
LATER = T0 + timedelta(hours=1)
EARLIER = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("known", "holders", "new", "gone"),
    [
        ({}, {PROD: "3"}, [Promoted(PROD, "3")], []),
        ({PROD: "2"}, {PROD: "3"}, [Promoted(PROD, "3", "2")], []),
        ({PROD: "3"}, {PROD: "3"}, [], []),
        ({PROD: "3"}, {PROD: "3", STAGE: "3"}, [Promoted(STAGE, "3")], []),
        ({PROD: "3", STAGE: "3"}, {PROD: "3"}, [], [STAGE]),
    ],
)
def test_e7_what_is_held_otherwise_than_was_known(
    known: dict[Post, str], holders: dict[Post, str], new: list[Promoted], gone: list[Post]
) -> None:
    told = Registered(holders)
    assert [*promoted(known, told)] == new
    assert [*vacated(known, told)] == gone


@pytest.mark.parametrize(
    "told", [Registered(is_whole=False), Registered(trouble=Trouble(Why.AWAY))]
)
def test_e7_what_was_not_told_is_not_gone(told: Registered) -> None:
    assert [*vacated({PROD: "3"}, told)] == []


def test_edge_64_an_alias_and_a_stage_of_one_version_are_one_message() -> None:
    one, other = Promoted(STAGE, "3"), Promoted(PROD, "3", "2")
    later = Promoted(Post("ranker", Rank.ALIAS, "shadow"), "4")
    assert merged([one, later, other]) == {
        ("ranker", "3"): (other, one),
        ("ranker", "4"): (later,),
    }


@pytest.mark.parametrize(
    ("of_model", "of_version", "said"),
    [
        ({"charter.project": " Atlas/Rollout "}, {"charter.project": "other"}, "atlas/rollout"),
        ({}, {"charter.project": "atlas"}, "atlas"),
        ({}, {}, ""),
    ],
)
def test_e7_whose_a_model_is_by_its_own_word(
    of_model: dict[str, str], of_version: dict[str, str], said: str
) -> None:
    named = ("ranker", "3")
    versions = {named: replace(THREE, tags=of_version)}
    assert mark(Registered(tags={"ranker": of_model}, versions=versions), named) == said
    assert mark(Registered(tags={"ranker": of_model}, versions={named: None}), named) == (
        said if of_model else ""
    )


def test_e7_who_promoted_it_says_the_version_before_the_model() -> None:
    named = ("ranker", "3")
    versions = {named: replace(THREE, tags={BY: " bea "})}
    assert says_by(Registered(tags={"ranker": {BY: "cy"}}, versions=versions), named) == "bea"
    assert says_by(Registered(tags={"ranker": {BY: "cy"}}, versions={named: None}), named) == "cy"


# --- since when -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "told", "at"),
    [
        ([], replace(THREE, aliases=("production",)), LATER),
        ([], THREE, None),
        ([THREE], replace(THREE, aliases=("production",)), LATER),
        ([replace(THREE, aliases=("x",), promoted=T0)], replace(THREE, aliases=("x",)), T0),
        ([replace(THREE, aliases=("x",), promoted=T0)], replace(THREE, aliases=("x", "y")), LATER),
        ([replace(THREE, aliases=("x", "y"), promoted=T0)], replace(THREE, aliases=("y",)), T0),
        ([replace(THREE, aliases=("x",), promoted=T0)], THREE, T0),
        ([replace(THREE, aliases=("x",))], replace(THREE, aliases=("x",)), None),
        ([THREE], replace(THREE, stage="Production", promoted=EARLIER), EARLIER),
        (
            [replace(THREE, stage="Production", promoted=EARLIER)],
            replace(THREE, stage="Production", promoted=T0),
            EARLIER,
        ),
        ([replace(THREE, version="2", aliases=("x",))], replace(THREE, aliases=("x",)), LATER),
    ],
)
def test_m3_a_version_was_promoted_when_it_was_first_seen_so(
    before: list[ModelVersion], told: ModelVersion, at: datetime | None
) -> None:
    """Unless the registry tells; what is edited later moves no day."""
    [found] = dated([told], before, LATER)
    assert found == replace(told, promoted=at)


def test_m3_of_what_stands_at_the_first_look_it_is_not_known() -> None:
    named = replace(THREE, aliases=("production",))
    told = replace(RUN, models=(named,))
    first = looked(Sighting(RUN.ref), told, T0)
    again = looked(first, told, LATER)
    assert isinstance(again.seen, Run)
    assert again.seen.models == (named,)
    assert again.changed_at == T0
