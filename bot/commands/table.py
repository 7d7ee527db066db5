"""The table of commands: each with its forms, an example, one line of help, and what reads it.

`/charter help`, docs/commands.md and the hint in Slack's composer are all made from it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.commands.digests import read_digest
from bot.commands.items import read_alias, read_due, read_scope, read_stage
from bot.commands.links import read_link
from bot.commands.orders import (
    Archive,
    Ask,
    Bind,
    Export,
    Help,
    ListProjects,
    OpenNew,
    Order,
    Show,
    Unbind,
)
from bot.commands.raci import read_raci
from bot.commands.reading import reference
from bot.commands.standups import read_standup
from bot.commands.words import cleaned, normalised, unwrapped, words
from bot.errors import BadInput, NotFound, Why

_WHO_VERBS = (
    *("owns", "own", "owned", "is", "are", "was", "were", "am", "has", "have", "had", "holds"),
    *("can", "could", "should", "must", "will", "would", "does", "do", "did", "gets", "needs"),
    *("leads", "led", "works", "worked", "builds", "built", "makes", "made", "signs", "decides"),
    *("knows", "handles", "runs", "manages", "maintains", "approves", "labels", "reviews"),
    *("on", "to", "in", "at", "else", "all"),
)


@dataclass(frozen=True, slots=True)
class Command:
    """One sub-command. `read` takes what follows its name, and today's date where the person is."""

    name: str
    forms: tuple[str, ...]
    example: str
    help: str
    read: Callable[[str, date], Order]
    more: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def _help(rest: str, today: date) -> Order:
    topic = normalised(rest).casefold().removeprefix("/charter").strip()
    if not topic:
        return Help()
    return Help(_known(topic.split()[0]).name)


def _new(rest: str, today: date) -> Order:
    return OpenNew(unwrapped(rest))


def _list(rest: str, today: date) -> Order:
    page = normalised(rest).casefold().removeprefix("page").strip()
    if not page:
        return ListProjects()
    if not re.fullmatch(r"[1-9]\d{0,5}", page, re.ASCII):
        raise BadInput(Why.BAD_NUMBER, {"number": page}, field="page")
    return ListProjects(int(page))


def _project(rest: str) -> str | None:
    some = words(rest)
    if some and some[0].key == "in":
        some = some[1:]
    return reference(some, "project") if some else None


def _needed_project(rest: str) -> str:
    project = _project(rest)
    if project is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "project"}, field="project")
    return project


def _export(rest: str, today: date) -> Order:
    """`portfolio` is the whole; in quotation marks it is a project of that name."""
    some = words(rest)
    if len(some) == 1 and not some[0].quoted and some[0].key == "portfolio":
        return Export(whole=True)
    return Export(_project(rest))


def _ask(rest: str, today: date) -> Order:
    text = unwrapped(rest)
    if not text:
        raise BadInput(Why.EMPTY_TEXT, {"field": "question"}, field="question")
    return Ask(text)


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


COMMANDS: tuple[Command, ...] = (
    Command(
        "help",
        ("help", "help COMMAND"),
        "help raci",
        "what Charter understands, with examples",
        _help,
    ),
    Command(
        "new",
        ("new", "new NAME"),
        "new Churn Radar",
        "start a project: a form asks for the rest",
        _new,
        (
            "The project begins with the stages of an ML project and the usual job roles as vacant "
            "seats, so that you only have to fill in people.",
        ),
        ("create",),
    ),
    Command(
        "list",
        ("list", "list PAGE"),
        "list 2",
        "the projects that you can see",
        _list,
        also=("projects",),
    ),
    Command(
        "show",
        ("show", "show PROJECT"),
        "show Churn Radar",
        "a project at a glance: its stages, who leads it, what is missing",
        lambda rest, today: Show(_project(rest)),
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
        "raci",
        (
            "raci",
            "raci ITEM",
            "raci ITEM LETTERS HOLDER",
            "raci ITEM LETTERS HOLDER since DATE",
            "raci ITEM A HOLDER hand over",
            "raci ITEM clear LETTERS",
            "raci ITEM clear LETTERS HOLDER",
        ),
        "raci data pipeline A @bea since 1 March in Churn Radar",
        "see, give or clear the RACI letters of a stage or component",
        read_raci,
        (
            "LETTERS: A (accountable, exactly one), R (responsible), C (consulted), I (informed), "
            "also together: A/R, AR or A,R.",
            "HOLDER: a @mention, a name, `me`, a @user-group (not for A), or a seat that is still "
            "open: `vacant Data Engineer DE-114`.",
            "Where somebody is accountable already, nothing is written until you say `hand over`.",
        ),
    ),
    Command(
        "stage",
        ("stage ITEM", "stage ITEM STATUS", "stage ITEM STATUS: NOTE"),
        "stage data pipeline blocked: waiting for the export",
        "see where a stage stands, or move it",
        read_stage,
        (
            "STATUS: not started, in progress, at risk, blocked, done, skipped, on hold. "
            "Blocked and skipped need a note that says why.",
            "The note may also follow the word `because`. The project stands before the note: "
            "`stage rollout blocked in Churn Radar: no GPUs`.",
        ),
    ),
    Command(
        "due",
        ("due ITEM DATE", "due ITEM none"),
        "due rollout 1 March in Churn Radar",
        "set or remove the date by which something is due",
        read_due,
        ("DATE: 2026-03-01, 1 March, March 1, 1 Mar 2026, today or tomorrow.",),
    ),
    Command(
        "scope",
        ("scope", "scope FIELD", "scope FIELD: VALUE"),
        "scope goal: 10 % fewer returns",
        "see what a project is for, or set one field of it",
        read_scope,
        (
            "FIELD: problem, goal, why ml, current system, expected saving, deadline, sponsor, "
            "in scope, out of scope (the last two take one thing a line).",
            "For another project: `scope goal in Churn Radar: 10 % fewer returns`.",
        ),
    ),
    Command(
        "alias",
        ("alias NAME = ITEM", "alias NAME = project", "alias remove NAME = ITEM"),
        "alias click stream = data pipeline in Churn Radar",
        "give a stage, component or project another name, or take it away",
        read_alias,
        ("`for` does the same as `=`: `alias CR for project Churn Radar`.",),
    ),
    Command(
        "standup",
        ("standup", "standup show", "standup off"),
        "standup show in Churn Radar",
        "ask everybody of a project how it goes, and report it in its channel",
        read_standup,
        (
            "`standup` opens a form: questions, days, time, channel, and who else is asked. "
            "Everybody with an R or an A of something open is in, each is asked at their own "
            "local time, and the channel gets one report a day.",
            "`standup show` tells how it is set, who is in and when they are asked next.",
        ),
        ("standups",),
    ),
    Command(
        "digest",
        (
            "digest",
            "digest daily at TIME",
            "digest weekly DAY at TIME",
            "digest preview",
            "digest off",
        ),
        "digest weekly Monday at 9:00 in Europe/Berlin",
        "tell this channel regularly what changed in its projects, and what is stuck",
        read_digest,
        (
            "TIME: 9:00, 17:30 or 9am, in your own time zone unless another one follows: "
            "`in Europe/Berlin`. Daily means from Monday to Friday; weekly is on Monday unless you "
            "name a day.",
            "`digest` shows how it is set, `digest preview` what it would say now, to you alone.",
            "Where nothing has changed since the last one, nothing is posted.",
        ),
    ),
    Command(
        "export",
        ("export", "export portfolio", "export PROJECT"),
        "export Churn Radar",
        "get a workbook (xlsx): portfolio, RACI matrix, stages, blockers and changes",
        _export,
        (
            "The file comes in your direct message with Charter and holds only what you can see. "
            "Without a name it is about the project of the channel, or else about all projects.",
        ),
        ("download",),
    ),
    Command(
        "link",
        ("link URL", "link URL to ITEM", "link URL to ITEM in PROJECT"),
        "link https://github.com/acme/churn/pull/7 to data pipeline",
        "link a pull request, an experiment run or any page to a stage or project",
        read_link,
        (
            "Of a pull request or run it posts a card that is kept up to date: in this channel if "
            "everybody here may know of the project, else in your direct messages. Pasting the "
            "address in the project's channel does the same, in the thread.",
            "Any other address is kept among the project's links, and never called.",
        ),
    ),
    Command(
        "bind",
        ("bind PROJECT",),
        "bind Churn Radar",
        "make a project the default of this channel",
        lambda rest, today: Bind(_needed_project(rest)),
    ),
    Command(
        "unbind",
        ("unbind", "unbind PROJECT"),
        "unbind Churn Radar",
        "release this channel from its project",
        lambda rest, today: Unbind(_project(rest)),
    ),
    Command(
        "archive",
        ("archive", "archive PROJECT"),
        "archive Churn Radar",
        "put a project away: it can still be read, nothing is deleted",
        lambda rest, today: Archive(_project(rest)),
        ("For the project's lead (or who created it, where it has none) and admins.",),
    ),
    Command(
        "unarchive",
        ("unarchive PROJECT",),
        "unarchive Churn Radar",
        "bring an archived project back",
        lambda rest, today: Archive(_needed_project(rest), archived=False),
        also=("restore",),
    ),
)

_BY_NAME = {name: command for command in COMMANDS for name in (command.name, *command.also)}
_BY_NAME["?"] = COMMANDS[0]


def parse(text: str, today: date) -> Order:
    """What somebody typed after `/charter`. `today` is the date where that person is.

    Raises `NotFound` (what "command", with the two nearest) or `BadInput`, and nothing else.
    """
    found = re.match(r"\s*(?:/charter\b\s*)?(\S*)\s*", text, re.IGNORECASE)
    if found is None or not (name := normalised(found[1]).casefold()):
        return Help()
    rest = text[found.end() :]
    if name in {"who's", "whos", "whose", "whom"}:
        return Ask(unwrapped(text[found.start(1) :]))
    if name not in _BY_NAME and rest.strip() and cleaned(text).endswith(("?", "？", "؟")):
        return Ask(unwrapped(text[found.start(1) :]))
    return _known(name).read(rest, today)


def _known(name: str) -> Command:
    if command := _BY_NAME.get(name.rstrip(":,.")):
        return command
    raise NotFound("command", name[:40], nearest(name))


def nearest(name: str) -> tuple[str, ...]:
    """The two commands whose names are nearest to a word."""
    found = process.extract(
        name[:40],
        [command.name for command in COMMANDS],
        scorer=DamerauLevenshtein.normalized_similarity,
        limit=2,
    )
    return tuple(near for near, _, _ in found)


def command(name: str) -> Command | None:
    return _BY_NAME.get(name)


def markdown() -> str:
    """docs/commands.md."""
    lines = [
        "# Commands",
        "",
        "Everything that `/charter` understands. This page is generated from the table in",
        "`bot/commands/table.py`; `/charter help` says the same in Slack.",
        "",
        "Every command about something in a project takes `in PROJECT` at its end; without it,",
        "the project of the channel is meant. Names of several words need no quotes, unless they",
        'contain a word that the command itself uses: `raci "what is in scope" A @bea`.',
        "",
        "| Command | What it does |",
        "|---|---|",
        *(f"| [`{c.name}`](#{c.name}) | {c.help} |" for c in COMMANDS),
    ]
    for entry in COMMANDS:
        lines += ["", f"## {entry.name}", "", f"{entry.help[0].upper()}{entry.help[1:]}.", ""]
        lines += [f"    /charter {form}" for form in entry.forms]
        lines += ["", f"Example: `/charter {entry.example}`"]
        lines += [line for more in entry.more for line in ("", more)]
        if entry.also:
            names = ", ".join(f"`{name}`" for name in entry.also)
            lines += ["", f"Also understood: {names}."]
    return "\n".join(lines) + "\n"


def usage_hint() -> str:
    """The hint that Slack shows behind `/charter` in the composer."""
    return "[" + " | ".join(entry.name for entry in COMMANDS) + "]"
