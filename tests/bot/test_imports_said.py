"""Names in one cell, and what somebody writes beside a file."""

from bot.imports.said import MOST_WORDS, wishes_in
from bot.imports.words import parts_of, turned


def test_x7_several_names_of_a_cell() -> None:
    assert parts_of("David + Eli") == ("David", "Eli")
    assert parts_of("David, Eli und Ana") == ("David", "Eli", "Ana")
    assert parts_of("张伟、李娜") == ("张伟", "李娜")
    assert turned("Lind, Bea") == "Bea Lind"
    assert turned("a, b, c") == "a, b, c"


def test_x7_what_stands_beside_a_file_says_how_it_is_read() -> None:
    found = wishes_in("Our letters!\nproject: Fraud Radar\nThe boss = Bea Lind\nMood=not read\nDMY")
    assert (found.project, found.dates) == ("Fraud Radar", "dmy")
    assert found.placed == {"The boss": "Bea Lind", "Mood": "not read"}
    assert "Our letters" not in found.words
    assert wishes_in(found.words) == found
    assert wishes_in("the letters of today").project is None
    assert len(wishes_in("a = b\n" * 9_000).words) <= MOST_WORDS
