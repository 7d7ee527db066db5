"""A standup that nobody answers for days is reported once, not every day."""

from datetime import datetime, timedelta

from tests.handlers.service.conftest import Team
from tests.handlers.service.standup_support import TUESDAY, begun

DAY = timedelta(days=1)


def test_a_silent_day_after_another_is_told_once_somebody_answers(team: Team) -> None:
    standup = begun(team)

    def goes_by(day: datetime) -> list[str]:
        standup.at(day.replace(hour=8, minute=30))
        standup.at(day.replace(hour=10))
        return [one.text for one in standup.report(day)]

    [told] = goes_by(TUESDAY)
    assert "0 of 3 have answered." in told
    wednesday = TUESDAY + DAY
    assert goes_by(wednesday) == []
    standup.answer_to("bea", standup.entries(wednesday)["bea"].id, "Merged the join")
    [told] = [one.text for one in standup.report(wednesday)]
    assert "1 of 3 have answered." in told
    assert "Merged the join" in told
    [told] = goes_by(wednesday + DAY)
    assert "0 of 3 have answered." in told
    assert goes_by(wednesday + 2 * DAY) == []
