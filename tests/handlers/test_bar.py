"""The bar at the command line: what it draws on a terminal, and that it draws nothing elsewhere."""

from io import StringIO

from handlers.bar import WIDTH, Bar


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_each_step_is_drawn_in_the_place_of_the_one_before() -> None:
    screen = Terminal()
    bar = Bar(screen)
    bar("reading", 0, 0)
    bar("writing", 1, 4)
    bar("writing", 4, 4)
    bar.clear()
    lines = screen.getvalue().split("\r")
    assert lines[1:4] == [
        "Reading the record …",
        f"Writing sheets [{'#' * (WIDTH // 4)}{'.' * (WIDTH - WIDTH // 4)}] 1/4",
        f"Writing sheets [{'#' * WIDTH}] 4/4",
    ]
    assert lines[4].strip() == ""
    assert lines[5] == ""


def test_where_nobody_looks_nothing_is_drawn() -> None:
    piped = StringIO()
    bar = Bar(piped)
    bar("writing", 1, 4)
    bar.clear()
    assert piped.getvalue() == ""
