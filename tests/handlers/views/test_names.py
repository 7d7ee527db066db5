"""People of the same name are told apart."""

from handlers.views.names import told_apart
from tests.handlers.views.worlds import person


def _told(*mails: str | None) -> list[str]:
    people = [person(n, "Sam Lindqvist", email=mail) for n, mail in enumerate(mails, 1)]
    return [each.name for each in told_apart({one.id: one for one in people}.copy()).values()]


def test_by_the_initial_of_their_mail() -> None:
    assert _told("s.lind@x.example", "t@x.example") == ["Sam Lindqvist (s…@)", "Sam Lindqvist (t@)"]


def test_by_as_much_of_their_mail_as_it_takes() -> None:
    assert _told("sam.a@x.example", "sam.b@x.example") == [
        "Sam Lindqvist (sam.a@)",
        "Sam Lindqvist (sam.b@)",
    ]


def test_by_their_keys_where_there_is_no_mail() -> None:
    assert _told(None, "sam@x.example") == ["Sam Lindqvist (p1)", "Sam Lindqvist (p2)"]
    assert _told("sam@x.example", "sam@y.example") == ["Sam Lindqvist (p1)", "Sam Lindqvist (p2)"]


def test_whoever_has_a_name_alone_keeps_it() -> None:
    people = {1: person(1, "Sam Lindqvist"), 2: person(2, "Bea Lind")}
    assert told_apart(people) == people


def test_case_makes_no_difference() -> None:
    people = {1: person(1, "Sam lindqvist"), 2: person(2, "Sam Lindqvist")}
    assert [each.name for each in told_apart(people).values()] == [
        "Sam lindqvist (p1)",
        "Sam Lindqvist (p2)",
    ]
