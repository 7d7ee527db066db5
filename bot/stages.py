"""The ladder of stages an ML project climbs, and the default RACI: which job roles usually hold
which letters. The roles themselves stand in `bot.roles`.

Source of the stages and roles: the questions every ML project passes through (what needs ML,
framing, data, quality, annotation, resources, roll-out, metrics), plus modelling, which they imply.
Nobody can guess who holds Resourcing and Success metrics, so the seed leaves their Accountable
vacant and asks.
"""

from dataclasses import dataclass
from datetime import date

from bot import moments
from bot.project import Item, Letter


@dataclass(frozen=True, slots=True)
class LadderStage:
    """One rung: a stage that projects of the workspace begin with, with the words for it.

    One that is not offered (any more) still gives its names to the projects that have it.
    """

    key: str
    title: str
    question: str
    aliases: tuple[str, ...]
    is_offered: bool = True


LADDER: tuple[LadderStage, ...] = (
    LadderStage(
        "idea",
        "Feature choice",
        "Which feature or component needs ML?",
        ("idea", "feature choice", "feature idea", "opportunity", "use case"),
    ),
    LadderStage(
        "framing",
        "Problem framing",
        "How does the business problem become a data-science problem, is it feasible, does it pay?",
        (
            "framing",
            "problem definition",
            "feasibility",
            "feasibility study",
            "ROI",
            "business case",
        ),
    ),
    LadderStage(
        "data_pipeline",
        "Data pipeline",
        "Which data do we need, and what takes it in and stores it?",
        ("pipeline", "pipelines", "ETL", "ingestion", "data ingestion", "data engineering"),
    ),
    LadderStage(
        "data_quality",
        "Data quality",
        "Is the data good enough?",
        ("DQ", "data checks", "data validation", "data QA"),
    ),
    LadderStage(
        "annotation",
        "Annotation",
        "Which labels and which further data must be acquired?",
        (
            "annotations",
            "labelling",
            "labeling",
            "labels",
            "tagging",
            "data acquisition",
            "ground truth",
        ),
    ),
    LadderStage(
        "modelling",
        "Modelling",
        "Which models are trained, tracked and compared?",
        ("modeling", "model training", "training", "experiments", "experimentation"),
    ),
    LadderStage(
        "resourcing",
        "Resourcing",
        "Do we have the people, the compute and the time?",
        ("resources", "staffing", "headcount", "compute", "GPUs", "GPU budget", "capacity"),
    ),
    LadderStage(
        "rollout",
        "Roll-out",
        "How does the model reach its users?",
        (
            "rollout",
            "deployment",
            "deploy",
            "serving",
            "release",
            "launch",
            "go-live",
            "production",
        ),
    ),
    LadderStage(
        "metrics",
        "Success metrics",
        "Which metrics tell us that it works?",
        ("metrics", "KPIs", "KPI", "measurement", "success criteria"),
    ),
)

MODELLING = next(stage for stage in LADDER if stage.key == "modelling")

_COLUMNS = (
    "product_manager",
    "business_stakeholder",
    "data_analyst",
    "data_engineer",
    "data_scientist",
    "research_scientist",
    "ml_engineer",
    "developer",
    "annotation_team",
)

_SEED: dict[str, str] = {
    "idea": "AR C R I C I I I -",
    "framing": "C C C I AR C I I -",
    "data_pipeline": "I I C AR C I C I -",
    "data_quality": "I I R C AR I I - C",
    "annotation": "I I C C A I I - R",
    "modelling": "I I C C AR RC C I -",
    "resourcing": "- C I C C - C I -",
    "rollout": "C I I C C - AR R -",
    "metrics": "- C R I R I I I -",
}


def seed(stage: str) -> tuple[tuple[Letter, str], ...]:
    """The usual (letter, role) pairs of a stage; empty for a stage that the seed does not know.

    At most one Accountable; none where nobody can be guessed (resourcing, metrics).
    """
    cells = _SEED.get(stage, "").split()
    return tuple(
        (Letter(letter), role)
        for role, cell in zip(_COLUMNS, cells, strict=False)
        for letter in cell
        if letter != "-"
    )


def with_modelling(ladder: tuple[LadderStage, ...]) -> tuple[LadderStage, ...]:
    """A workspace's ladder for a new project: with Modelling, and without what was taken out."""
    return tuple(stage for stage in known(ladder) if stage.is_offered)


def known(ladder: tuple[LadderStage, ...]) -> tuple[LadderStage, ...]:
    """All that a workspace calls its stages, also those that new projects begin without: with
    Modelling after annotation (else at the end) if it never had it.
    """
    if not ladder:
        return LADDER
    if any(stage.key == MODELLING.key for stage in ladder):
        return ladder
    at = next((n + 1 for n, stage in enumerate(ladder) if stage.key == "annotation"), len(ladder))
    return (*ladder[:at], MODELLING, *ladder[at:])


def silent_days(item: Item, today: date, zone: str) -> int:
    """For how many days something under way has had no update, on a day of a zone; 0 for all else.

    What has not started waits for nobody's word, and what was so before the record began has none.
    """
    if not item.status.is_under_way or item.updated is None:
        return 0
    return moments.days_since(item.updated, today, zone)
