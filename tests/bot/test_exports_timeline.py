"""Bars that say how late something is, on the screen, in grey and in words."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from bot.exports import book
from bot.project import Status
from bot.sheets import Look, plain
from tests.bot.exported import ATLAS, days, stage
from tests.bot.rich import rich
from tests.support.clock import T0


def test_x3_how_late_something_is_stands_in_words_and_what_was_before_is_not_lost() -> None:
    late = replace(stage("modelling", number=91, due=days(-10)), status=Status.IN_PROGRESS)
    done = replace(
        stage("idea", number=92, due=days(-90)),
        status=Status.DONE,
        baseline_due=days(-95),
        updated=T0 - timedelta(days=92),
    )
    on_time = replace(stage("rollout", number=93, due=days(30)), baseline_due=days(30))
    project = replace(ATLAS, items=(late, done, on_time))
    made = next(one for one in book(rich(project)).sheets if one.name == "Timeline")
    told = {plain(row[1]): [plain(cell) for cell in row] for row in made.rows}
    assert [told[name][8] for name in ("Modelling", "Idea", "Rollout")] == [
        "10 days overdue",
        "done 3 days late",
        None,
    ]
    assert [told[name][9] for name in ("Modelling", "Idea", "the whole project")] == [
        None,
        "◂ done",
        "◂",
    ]
    # It is overdue from the week after its day to this one.
    assert made.rules[0].look is Look.BAR_LATE
    today = (T0.date() - date(1899, 12, 30)).days
    assert made.rules[0].formula == (
        f'AND(RIGHT($I3,7)="overdue",$G3<{today},K$2<={today},OR(K$2>$G3,K$2+7>{today}))'
    )


def test_x3_in_grey_the_bars_still_differ() -> None:
    from bot.sheets.looks import painted

    def grey(look: Look) -> float:
        red, green, blue = (int(painted(look)[at : at + 2], 16) for at in (0, 2, 4))
        return 0.3 * red + 0.59 * green + 0.11 * blue

    looks = [Look.BAR_WHOLE, Look.BAR_RED, Look.BAR, Look.BAR_DONE, Look.BAR_SLIP, Look.BAR_LATE]
    shades = sorted(grey(look) for look in looks)
    assert min(later - sooner for sooner, later in pairwise(shades)) > 8
