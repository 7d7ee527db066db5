"""The table of a workspace's settings."""

import pytest

from bot import workspace_settings
from bot.errors import BadInput, NotFound
from bot.workspace_settings import DEFAULTS, SETTINGS, Setting, Value, checked, kept, named, told


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.name)
def test_every_default_is_one_that_could_be_set(setting: Setting) -> None:
    assert checked(setting, str(setting.default)) == setting.default
    assert checked(setting, told(setting, setting.default)) == setting.default
    assert getattr(DEFAULTS, setting.name) == setting.default
    assert setting.sentence.endswith(".")


@pytest.mark.parametrize("typed", ["load_limit", "Load limit", " load-limit "])
def test_a_setting_is_named_as_people_write_it(typed: str) -> None:
    assert named(typed).name == "load_limit"


def test_what_is_no_setting_is_told_with_what_is() -> None:
    with pytest.raises(NotFound) as caught:
        named("load")
    assert caught.value.suggestions == ("load limit",)
    with pytest.raises(NotFound) as caught:
        named("colour")
    assert set(caught.value.suggestions) == {one.words for one in SETTINGS}


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("load limit", "7", 7),
        ("load limit", "7 letters", 7),
        ("review days", "1 day", 1),
        ("review days", "0", 0),
        ("blocker days", "5 working days", 5),
        ("blocker days", "5 days", 5),
        ("load limit", "default", 5),
        ("holiday region", "Germany Bayern", "DE-BY"),
        ("holiday region", "none", ""),
        ("holiday region", "default", ""),
    ],
)
def test_values(name: str, typed: str, value: Value) -> None:
    assert checked(named(name), typed) == value


@pytest.mark.parametrize("typed", ["", "many", "-1", "0", "101", "1.5", "٣", "9" * 5000])
def test_what_is_no_value(typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        checked(named("load limit"), typed)
    assert caught.value.facts["range"] == "1 to 100"


def test_values_in_words() -> None:
    review, load = named("review days"), named("load limit")
    assert [told(review, 30), told(review, 1), told(review, 0)] == [
        "30 days",
        "1 day",
        "0: nobody is asked",
    ]
    assert (review.range, told(load, 1)) == ("1 to 365, or 0", "1 letter")


def test_what_the_record_keeps_is_laid_over_the_table() -> None:
    settings = kept({"load_limit": "9", "gone_by_now": "1", "holiday_region": "DE-BY"})
    assert settings == DEFAULTS.with_one("load_limit", 9).with_one("holiday_region", "DE-BY")
    assert workspace_settings.kept({}) == DEFAULTS
