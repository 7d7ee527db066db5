"""What was decided."""

from bot.commands.chapter import Command
from bot.commands.decisions import read_decision, read_decisions

DECISIONS: tuple[Command, ...] = (
    Command(
        "decision",
        ("decision TEXT", "decision for ITEM: TEXT", "decision D-3 withdraw because REASON"),
        "decision for data pipeline: we keep raw events for a year",
        "keep a decision, with who said it and where; or withdraw one",
        read_decision,
        (
            "A message becomes a decision by the reaction `:scroll:`, or by *Save as decision* in "
            "its menu. For another project: `decision in Churn Radar: TEXT`.",
            "Nothing is deleted: a withdrawn decision stays in the list as withdrawn, and "
            "`decision D-3 keep` lets it hold again.",
        ),
        ("decide",),
    ),
    Command(
        "decisions",
        ("decisions", "decisions in PROJECT"),
        "decisions in Churn Radar",
        "see what was decided in a project, the latest first",
        read_decisions,
    ),
)
