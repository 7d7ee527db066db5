"""Who is there, and by which clock."""

from bot.commands.away import read_away, read_zone_of
from bot.commands.chapter import Command

PRESENCE: tuple[Command, ...] = (
    Command(
        "away",
        (
            "away",
            "away until DAY",
            "away DAY",
            "away from DATE to DATE",
            "away 3 days",
            "away DAY afternoon",
            "away off",
            "away list",
            "away region DE-BY",
            "away PERSON until DAY",
        ),
        "away until Wednesday",
        "say when you are away: you are asked nothing, and miss nothing",
        read_away,
        (
            "DAY: `tomorrow`, `Friday`, `next Monday`, `3 August`, `2026-08-03`; `3-7 Aug` and "
            "`next week` are several. Days are yours, the last one is included, and `3 days` are "
            "three on which you work.",
            "Who is away is not asked in standups, is written to when they are back, and is "
            "listed as away. Why is not kept.",
            "Without anything it shows your own days; `list` names those of your projects who are "
            "away today. `off` ends what is under way, or else what comes next.",
            "REGION is the one whose public holidays you have: `DE-BY`, `US-CA`, `Scotland`, or "
            "`none`; `default` takes back what you said. Nobody has any until they say so.",
            "`away @bea until Wed` is for admins and for the leads of projects in which Bea is; "
            "she is told.",
        ),
        also=("ooo", "out", "vacation", "pto"),
    ),
    Command(
        "zone",
        ("zone", "zone ZONE", "zone slack"),
        "zone Europe/Berlin",
        "say in which time zone you are, where Slack has another one",
        read_zone_of,
        (
            "ZONE is a city or a name such as `Europe/Berlin`; `UTC+5` is five hours ahead. "
            "`slack` goes back to what Slack says. For standups it counts from the next day on.",
        ),
        also=("timezone",),
    ),
)
