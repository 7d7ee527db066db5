"""Names in one cell, and what somebody writes beside a file."""

from bot.imports.said import MOST_WORDS, beside, is_carried, joined, wishes_in
from bot.imports.settling import Settled, Side
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
    many = "\n".join(f"a{number} = b" for number in range(9_000))
    assert len(beside(many).words) <= MOST_WORDS
    assert is_carried(beside(many).words)


def test_x8_what_forms_say_joins_what_was_said_before() -> None:
    first = joined("project Atlas", ["1!C4 = A", "Zoe -> Bea Lind", "theirs: 0a1b2c3d ffffffff"])
    again = joined(first.words, ["1!C4 = not read", "Zoe → left out", "ours: ffffffff"])
    assert (again.project, again.placed) == ("Atlas", {"1!C4": "not read"})
    assert again.people == {"Zoe": "left out"}
    ours = Side.OURS
    assert again.settled.sides == {"0a1b2c3d": Side.THEIRS, "ffffffff": Side.OURS}
    assert wishes_in(again.words) == again
    alike = joined(again.words, ["theirs: all"])
    assert alike.settled == Settled({}, Side.THEIRS)
    one = joined(alike.words, ["ours: ffffffff"])
    assert (one.settled, wishes_in(one.words)) == (Settled({"ffffffff": ours}, Side.THEIRS), one)
    assert joined(one.words, ["open: all"]).settled == Settled({"ffffffff": ours})
    assert joined(again.words, ["open: 0a1b2c3d"]).settled == Settled({"ffffffff": ours})
    assert not is_carried("1!C4 = not read\n" * 120)
