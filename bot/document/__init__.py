"""The workspace document: a whole team in one JSON file that a person or another program wrote.

    document = read(text)      # everything that is wrong, at once, as BadDocument
    text = write(document)

The format stands in docs/workspace-document.md, its JSON Schema beside it.
"""

import json

from bot.document.base import Entry
from bot.document.entries import (
    AbsenceEntry,
    AssignmentEntry,
    ComponentEntry,
    DelegationEntry,
    Document,
    GroupEntry,
    HistoryEntry,
    LinkEntry,
    MetaEntry,
    MetricEntry,
    PersonEntry,
    ProjectEntry,
    PullRequestEntry,
    RunEntry,
    ScopeEntry,
    StageEntry,
    StandupEntry,
    StateEntry,
    VerdictEntry,
)
from bot.document.fields import known_zone, midnight, one_line
from bot.document.owners import ownership
from bot.document.plans import (
    DecisionEntry,
    ForecastEntry,
    MilestoneEntry,
    PlansEntry,
    RaidLine,
    ReviewEntry,
)
from bot.document.reading import LARGEST, read
from bot.document.report import Fate, LoadReport, Tally
from bot.document.work import (
    BlockerEntry,
    CriterionEntry,
    FinishEntry,
    HealthEntry,
    RemovedEntry,
    TickEntry,
    WorkEntry,
)
from bot.document.writing import plain, plain_entry, write

__all__ = [
    "LARGEST",
    "AbsenceEntry",
    "AssignmentEntry",
    "BlockerEntry",
    "ComponentEntry",
    "CriterionEntry",
    "DecisionEntry",
    "DelegationEntry",
    "Document",
    "Entry",
    "Fate",
    "FinishEntry",
    "ForecastEntry",
    "GroupEntry",
    "HealthEntry",
    "HistoryEntry",
    "LinkEntry",
    "LoadReport",
    "MetaEntry",
    "MetricEntry",
    "MilestoneEntry",
    "PersonEntry",
    "PlansEntry",
    "ProjectEntry",
    "PullRequestEntry",
    "RaidLine",
    "RemovedEntry",
    "ReviewEntry",
    "RunEntry",
    "ScopeEntry",
    "StageEntry",
    "StandupEntry",
    "StateEntry",
    "Tally",
    "TickEntry",
    "VerdictEntry",
    "WorkEntry",
    "known_zone",
    "midnight",
    "one_line",
    "ownership",
    "plain",
    "plain_entry",
    "read",
    "schema",
    "write",
]


def schema() -> str:
    """The format as JSON Schema, as it stands in docs/workspace-document.schema.json."""
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Charter workspace document",
        **{k: v for k, v in Document.model_json_schema().items() if k != "title"},
    }
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"
