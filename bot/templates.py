"""What an ML project can begin from: the questions that its kind asks, the usual metrics, and the
stages that it does without.

A template guesses nothing: its metrics have neither a baseline nor a target, and what it knows of
problem and data stands as a hint until somebody writes their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import BadInput, Why
from bot.spelling import folded


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric that projects of a kind are usually judged by."""

    name: str
    higher: bool
    unit: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """`hints` are questions by the name of the scope's field that answers them; `skips` gives the
    reason by the key of each stage that such a project seldom has.
    """

    key: str
    title: str
    says: str
    aliases: tuple[str, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    metrics: tuple[Measure, ...] = ()
    skips: Mapping[str, str] = field(default_factory=dict)


GENERIC = Template(
    "generic",
    "Any ML project",
    "all nine stages, no metrics yet",
    ("general", "default", "other"),
    {
        "problem": "What goes wrong today, for whom, and how often?",
        "data_sources": "Which tables, logs or files; who owns them; how far back do they go?",
    },
)

TEMPLATES: tuple[Template, ...] = (
    GENERIC,
    Template(
        "recsys",
        "Recommender",
        "what to show to whom: clicks are the labels",
        ("recommender", "recommendation", "recommendations", "ranking", "personalisation"),
        {
            "problem": "Who chooses among what, and how do they find it today?",
            "data_sources": "Impressions, clicks, purchases; the catalogue; who saw what, where?",
        },
        (
            Measure("NDCG@10", higher=True, aliases=("NDCG",)),
            Measure("Click-through rate", higher=True, unit="%", aliases=("CTR",)),
            Measure("Catalogue coverage", higher=True, unit="%", aliases=("coverage",)),
        ),
        {"annotation": "What people click and buy are the labels."},
    ),
    Template(
        "forecasting",
        "Forecasting",
        "a number ahead of time: what happens next is the label",
        ("forecast", "time series", "timeseries", "demand"),
        {
            "problem": "Which number must be known how far ahead, and what is decided by it?",
            "data_sources": "The history of the number, calendar, prices; is it complete?",
        },
        (
            Measure("MAPE", higher=False, unit="%", aliases=("mean absolute percentage error",)),
            Measure("Bias", higher=False, unit="%"),
        ),
        {"annotation": "The time that goes by brings the labels."},
    ),
    Template(
        "nlp",
        "Text classification",
        "what a text is, or says: people label examples",
        ("text", "classification", "classifier", "nlp classification", "language"),
        {
            "problem": "Which texts does who read and sort today, and what comes of it?",
            "data_sources": "Which texts, in which languages; may they be read; who labelled them?",
        },
        (
            Measure("F1", higher=True, aliases=("F-score", "macro F1")),
            Measure("Precision", higher=True),
            Measure("Recall", higher=True),
        ),
    ),
    Template(
        "vision",
        "Computer vision",
        "what is on a picture: people label examples",
        ("cv", "images", "image", "detection", "computer vision"),
        {
            "problem": "Who looks at which pictures today, and what do they miss?",
            "data_sources": "Which cameras, how many pictures, who is on them, who labels them?",
        },
        (
            Measure("mAP", higher=True, aliases=("mean average precision",)),
            Measure("Recall", higher=True, aliases=("hit rate",)),
            Measure("Latency", higher=False, unit="ms"),
        ),
    ),
)


def named(text: str) -> Template:
    """The template of that key, title or alias; `BadInput` for none, with those that there are."""
    wanted = folded(text)
    for one in TEMPLATES:
        if wanted in {folded(name) for name in (one.key, one.title, *one.aliases)}:
            return one
    known = ", ".join(one.key for one in TEMPLATES)
    raise BadInput(Why.BAD_TEMPLATE, {"template": text, "known": known}, field="template")


def of_key(key: str) -> Template:
    """The template that a project began from, as far as it is still one; else the generic one."""
    return next((one for one in TEMPLATES if one.key == key), GENERIC)
