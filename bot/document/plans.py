"""What is planned in a project and what was decided: milestones, decisions, risks and the like."""

from typing import Annotated, Literal

from pydantic import Field

from bot.document.base import Entry
from bot.document.fields import GREATEST_NUMBER, Day, Key, Line, Moment, Text

Number = Annotated[int, Field(ge=1, le=GREATEST_NUMBER)]
Level = Literal["low", "medium", "high"]


class ForecastEntry(Entry):
    """A day that was told of a milestone, when, by whom and why."""

    extras = frozenset({"reason", "by"})

    due: Day
    at: Moment
    by: Key | None = None
    reason: Text = ""


class MilestoneEntry(Entry):
    """A milestone; the first of its days is its baseline, the last one holds."""

    extras = frozenset({"item", "met_on", "removed"})

    title: Line
    forecasts: list[ForecastEntry]
    item: Key | None = None
    met_on: Day | None = None
    removed: bool = False


class DecisionEntry(Entry):
    """A decision, by its number in the project."""

    extras = frozenset(
        {
            *("item", "by", "said_by", "permalink", "withdrawn", "withdrawn_by"),
            "withdrawn_because",
        }
    )

    number: Number
    text: Text
    at: Moment
    item: Key | None = None
    by: Key | None = None
    said_by: Key | None = None
    permalink: Text = ""
    withdrawn: Moment | None = None
    withdrawn_by: Key | None = None
    withdrawn_because: Text = ""


class RaidLine(Entry):
    """What was said of a risk, assumption, issue or dependency at a moment; the last line of each
    holds.
    """

    extras = frozenset(
        {
            *("item", "owner", "likelihood", "impact", "mitigation", "due", "closed", "because"),
            "by",
        }
    )

    kind: Literal["risk", "assumption", "issue", "dependency"]
    number: Number
    text: Text
    at: Moment
    by: Key | None = None
    item: Key | None = None
    owner: Key | None = None
    likelihood: Level | None = None
    impact: Level | None = None
    mitigation: Text = ""
    due: Day | None = None
    closed: bool = False
    because: Text = ""


class ReviewEntry(Entry):
    """After how many days it is asked whether all is still true; 0 is never."""

    days: Annotated[int, Field(ge=0, le=365)]


class PlansEntry(Entry):
    extras = frozenset({"milestones", "decisions", "raid", "review"})

    milestones: list[MilestoneEntry] = []
    decisions: list[DecisionEntry] = []
    raid: list[RaidLine] = []
    review: ReviewEntry | None = None
