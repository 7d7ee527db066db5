"""What a project is for, and whether it is worth it."""

from bot import scope
from bot.commands.chapter import Command
from bot.commands.scope import (
    read_history,
    read_metric,
    read_portfolio,
    read_scope,
    read_verdict,
)

_FIELDS = ", ".join(field.words for field in scope.FIELDS)
_MATERIAL = ", ".join(field.words for field in scope.FIELDS if not field.material)

SCOPE: tuple[Command, ...] = (
    Command(
        "scope",
        (
            "scope",
            "scope FIELD",
            "scope FIELD: VALUE",
            "scope clear FIELD",
            "scope edit",
            "scope approve",
            "scope diff v1 v3",
        ),
        "scope goal: 10 % fewer returns",
        "see what a project is for, write it down, and approve it",
        read_scope,
        (
            f"FIELD: {_FIELDS}. In scope and out of scope take one thing a line, the deadline a "
            "day, expected saving and cost an amount such as `120k EUR a year` or `40k EUR once`.",
            "For another project: `scope goal in Churn Radar: 10 % fewer returns`.",
            "`scope edit` opens a form with all of it, and the metric that tells whether it works. "
            "Whatever is saved at once is one version.",
            "`scope approve` is for whoever is accountable: the project's lead, or the A of "
            f"framing. A later change of anything but {_MATERIAL} and links says so beside the "
            "approval: approved v2, changed since.",
        ),
    ),
    Command(
        "metric",
        (
            "metric",
            "metric NAME baseline NUMBER target NUMBER",
            "metric NAME higher|lower unit UNIT measured HOW",
            "metric NAME now NUMBER",
            "metric remove NAME",
        ),
        'metric AUC baseline 0.71 target 0.80 higher measured "offline, weekly"',
        "see or set by which numbers a project is judged, and where they stand",
        read_metric,
        (
            "A target needs a baseline: where does it stand before anything changes? `higher` or "
            "`lower` says which way it improves; where both numbers are given, they say so.",
            "`now` is measured, not agreed upon: it makes no new version of the scope.",
        ),
        ("metrics",),
    ),
    Command(
        "history",
        ("history scope", "history ITEM", "history ITEM page NUMBER"),
        "history data pipeline in Churn Radar",
        "see what became of a row, or of what a project is for: who, when, before and after",
        read_history,
    ),
    Command(
        "verdict",
        ("verdict", "verdict go because REASON", "verdict no-go because REASON"),
        "verdict go because it pays within a year",
        "see whether a project is worth doing, or decide it",
        read_verdict,
        (
            "For the project's lead and the A of framing. For another project: "
            "`verdict no-go in Churn Radar because the data may not be used`.",
        ),
    ),
    Command(
        "portfolio",
        ("portfolio", "portfolio PAGE"),
        "portfolio 2",
        "compare the projects that you can see: saving, cost, verdict, metric, health, next date",
        read_portfolio,
    ),
)
