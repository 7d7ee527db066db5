"""The ladder and the default RACI."""

from bot.project import Letter
from bot.roles import CATALOGUE
from bot.stages import LADDER, LadderStage, seed, with_modelling


def test_the_nine_stages_in_order() -> None:
    assert [stage.key for stage in LADDER] == [
        "idea",
        "framing",
        "data_pipeline",
        "data_quality",
        "annotation",
        "modelling",
        "resourcing",
        "rollout",
        "metrics",
    ]


def test_a_name_means_one_stage() -> None:
    names = [
        name
        for one in LADDER
        for name in {spelled.casefold() for spelled in (one.title, one.key, *one.aliases)}
    ]
    assert len(names) == len(set(names))


def test_the_seed_has_at_most_one_accountable_and_asks_where_nobody_can_guess() -> None:
    accountable = {
        stage.key: [role for letter, role in seed(stage.key) if letter is Letter.A]
        for stage in LADDER
    }
    assert accountable == {
        "idea": ["product_manager"],
        "framing": ["data_scientist"],
        "data_pipeline": ["data_engineer"],
        "data_quality": ["data_scientist"],
        "annotation": ["data_scientist"],
        "modelling": ["data_scientist"],
        "resourcing": [],
        "rollout": ["ml_engineer"],
        "metrics": [],
    }
    assert all(role in CATALOGUE for stage in LADDER for _letter, role in seed(stage.key))
    assert seed("a stage of one's own") == ()


def test_modelling_joins_a_ladder_that_lacks_it() -> None:
    own = (LadderStage("annotation", "Labels", "", ()), LadderStage("ship", "Ship", "", ()))
    assert [stage.key for stage in with_modelling(own)] == ["annotation", "modelling", "ship"]
    assert with_modelling(LADDER) == LADDER
    assert with_modelling(()) == LADDER
