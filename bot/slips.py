"""How far a day has moved from the one that was planned first: the same words everywhere."""

from datetime import date


def slip(baseline: date | None, forecast: date | None) -> int | None:
    """Days after the baseline, negative where it is earlier."""
    return (forecast - baseline).days if baseline and forecast else None


def words(days: int | None, moves: int = 0) -> str:
    """ "14 days later than first planned, re-dated 3 times"; empty where it never moved."""
    told = [
        f"{_days(abs(days))} {'later' if days > 0 else 'earlier'} than first planned"
        if days
        else "",
        _times(moves) if moves else "",
    ]
    return ", ".join(one for one in told if one)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _times(moves: int) -> str:
    return "re-dated once" if moves == 1 else f"re-dated {moves} times"
