""" "Still true?", asked by the clock of whoever is accountable."""

from datetime import timedelta

from tests.handlers.mornings import FIRST, Morning
from tests.handlers.talk import new_project, typed


def asked(morning: Morning, name: str) -> int:
    return sum("Is it all still true" in one.said for one in morning.person(name).sees())


def test_s9_the_accountable_is_asked_once_and_still_true_begins_anew(morning: Morning) -> None:
    ana, cy = morning.person("ana"), morning.person("cy")
    morning.run(FIRST + timedelta(hours=9))
    new_project(morning.workspace)
    assert "Ask Ana Silva" in typed(cy, "review every 3 days").said
    told = typed(ana, "review every 3 days")
    assert "review as in the whole workspace → every 3 days" in told.said
    morning.run(FIRST + timedelta(days=9, hours=16))
    assert asked(morning, "ana") == 1
    assert asked(morning, "cy") == 0
    assert "Unconfirmed for 9 days." in typed(ana, "show").said
    answer = typed(ana, "who owns framing")
    assert "Unconfirmed for 9 days." in answer.said
    assert "9 days" not in str(answer.blocks[0]), "it is said quietly, under the answer"
    typed(cy, "stage framing in progress")
    assert "unconfirmed 9 d" in typed(ana, "digest preview").said
    ana.presses(ana.hears("Is it all still true?"), "Still true")
    ana.hears("confirmed as still true")
    morning.settle()
    assert "Confirmed today." in typed(ana, "show").said
    morning.run(FIRST + timedelta(days=11, hours=16))
    assert asked(morning, "ana") == 0, "the answer stands in the place of the question"
    assert "Confirmed 2 d ago." in typed(ana, "show").said
    assert "Confirmed 2 d ago." in typed(ana, "who owns framing").said


def test_s9_off_asks_nobody_and_confirm_is_undone(morning: Morning) -> None:
    ana = morning.person("ana")
    morning.workspace.change_user("U0ANA", is_admin=True)
    morning.run(FIRST + timedelta(hours=9))
    new_project(morning.workspace)
    assert "3 days" in typed(ana, "settings review days 3").said
    typed(ana, "review off")
    assert "confirmed" in typed(ana, "confirm").said
    morning.run(FIRST + timedelta(minutes=9 * 60 + 5))
    told = typed(ana, "confirm")
    ana.presses(told, "Undo")
    ana.hears("Taken back", "ml-fraud")
    morning.run(FIRST + timedelta(days=12))
    assert asked(morning, "ana") == 0
    assert "Confirmed 12 d ago." in typed(ana, "show").said


def test_edge_37_the_days_are_those_of_the_lead(morning: Morning) -> None:
    ana = morning.person("ana")
    morning.workspace.change_user("U0ANA", tz="Asia/Tokyo")
    morning.run(FIRST + timedelta(hours=9))  # the evening there
    new_project(morning.workspace)
    typed(ana, "review every 3 days")
    morning.run(FIRST + timedelta(days=2, hours=22, minutes=30))
    assert asked(morning, "ana") == 0, "it is half past seven in her morning"
    morning.run(FIRST + timedelta(days=2, hours=23, minutes=30))
    assert asked(morning, "ana") == 1
    assert "Unconfirmed for 3 days." in typed(ana, "show").said
    assert "Unconfirmed for 3 days." in typed(ana, "who owns framing").said
