"""What somebody asks in their own words, and help."""

from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.commands.chapter import Command
from bot.commands.looking import ShowQuestions
from bot.commands.orders import Ask, Help, Order
from bot.commands.reading import project_of
from bot.commands.words import normalised, unwrapped, words
from bot.errors import BadInput, Why

_WHO_VERBS = (
    *("owns", "own", "owned", "is", "are", "was", "were", "am", "has", "have", "had", "holds"),
    *("can", "could", "should", "must", "will", "would", "does", "do", "did", "gets", "needs"),
    *("leads", "led", "works", "worked", "builds", "built", "makes", "made", "signs", "decides"),
    *("knows", "handles", "runs", "manages", "maintains", "approves", "labels", "reviews"),
    *("on", "to", "in", "at", "else", "all"),
)


def _help(rest: str, today: date) -> Order:
    """The topic as typed: whether there is such a one is for the table to say."""
    topic = normalised(rest).casefold().removeprefix("/charter").strip()
    return Help(topic or None)


def _who(rest: str, today: date) -> Order:
    """`who owns the ETL` is a question already; `who data pipeline` becomes one."""
    text = unwrapped(rest)
    if not text:
        raise BadInput(Why.EMPTY_TEXT, {"field": "question"}, field="question")
    first = words(text)[0].text.casefold() if words(text) else ""
    near = process.extractOne(
        first[:40], _WHO_VERBS, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.75
    )
    return Ask(f"who {text}" if near or first.startswith("'s") else f"who owns {text}")


def _ask(rest: str, today: date) -> Order:
    text = unwrapped(rest)
    if not text:
        raise BadInput(Why.EMPTY_TEXT, {"field": "question"}, field="question")
    return Ask(text)


def _questions(rest: str, today: date) -> Order:
    return ShowQuestions(project_of(rest))


QUESTIONS: tuple[Command, ...] = (
    Command(
        "help",
        ("help", "help TOPIC", "help COMMAND"),
        "help raci",
        "what Charter understands, by topic and with examples",
        _help,
        ("A topic is what commands are listed under here and there: `help what may go wrong`.",),
    ),
    Command(
        "who",
        ("who QUESTION", "who ITEM"),
        "who owns the data pipeline in Churn Radar",
        "who does what: any question that begins with “who”, or just the thing",
        _who,
    ),
    Command(
        "ask",
        ("ask QUESTION",),
        "ask whom do I talk to about labelling?",
        "a question in your own words",
        _ask,
        ("You can also mention Charter in a channel, or write to it directly.",),
    ),
    Command(
        "unanswered",
        ("unanswered", "unanswered in PROJECT"),
        "unanswered in Churn Radar",
        "what was asked and could not be answered, or not rightly",
        _questions,
        (
            "Without a project it is the channel's; where there is none, all that you answer for. "
            "Each question can be settled there: its words become another name, or a stage, or "
            "it is none of yours. Who asked is told the answer, and named to nobody.",
        ),
        ("questions",),
    ),
)
