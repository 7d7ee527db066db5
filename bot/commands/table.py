"""The table of commands: each with its forms, an example, one line of help, and what reads it.

It stands in `bot.commands.chapters`. `/charter help`, docs/commands.md and the hint in Slack's
composer are all made from it.
"""

import re
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.commands.chapter import Chapter, Command
from bot.commands.chapters import CHAPTERS
from bot.commands.looking import Welcome
from bot.commands.orders import Ask, Help, Order
from bot.commands.words import cleaned, normalised, unwrapped
from bot.errors import NotFound

NEAR = 0.5
"""How like a command's name a word must be to be taken for a slip of it."""

COMMONEST = (
    *("ask", "who", "raci", "stage", "due", "scope", "new", "list", "show", "standup", "digest"),
    *("link", "export"),
)
"""What the hint in the composer names, where there is no room for all."""

COMMANDS: tuple[Command, ...] = tuple(entry for chapter in CHAPTERS for entry in chapter.commands)

_BY_NAME = {name: command for command in COMMANDS for name in (command.name, *command.also)}
_BY_NAME["?"] = _BY_NAME["help"]


def parse(text: str, today: date) -> Order:
    """What somebody typed after `/charter`. `today` is the date where that person is.

    Raises `NotFound` (what "command", with at most two near ones) or `BadInput`, and nothing else.
    """
    found = re.match(r"\s*(?:/charter\b\s*)?(\S*)\s*", text, re.IGNORECASE)
    if found is None or not (name := normalised(found[1]).casefold()):
        return Welcome()
    rest = text[found.end() :]
    if name in {"who's", "whos", "whose", "whom"}:
        return Ask(unwrapped(text[found.start(1) :]))
    if name not in _BY_NAME and rest.strip() and cleaned(text).endswith(("?", "？", "؟")):
        return Ask(unwrapped(text[found.start(1) :]))
    order = _known(name).read(rest, today)
    return Help(_topic(order.topic)) if isinstance(order, Help) and order.topic else order


def _topic(text: str) -> str:
    """The command or the chapter that somebody wants to know more of.

    A command's own name comes before a title, and that before what a command is called besides.
    """
    first = text.split(maxsplit=1)[0]
    titles = {_in_words(chapter.title): chapter.title for chapter in CHAPTERS}
    named = _BY_NAME.get(text)
    if named is not None and named.name == text:
        return named.name
    if title := titles.get(_in_words(text)):
        return title
    wanted = set(_in_words(text))
    alike = [title for said, title in titles.items() if wanted and wanted <= set(said)]
    return alike[0] if len(alike) == 1 and first not in _BY_NAME else _known(first).name


def _in_words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _known(name: str) -> Command:
    if command := _BY_NAME.get(name.rstrip(":,.")):
        return command
    raise NotFound("command", name[:40], nearest(name))


def nearest(name: str) -> tuple[str, ...]:
    """The two commands whose names are nearest to a word; fewer where they are not near at all."""
    found = process.extract(
        name[:40],
        [command.name for command in COMMANDS],
        scorer=DamerauLevenshtein.normalized_similarity,
        limit=2,
        score_cutoff=NEAR,
    )
    return tuple(near for near, _, _ in found)


def command(name: str) -> Command | None:
    return _BY_NAME.get(name)


def chapter(title: str) -> Chapter | None:
    return next((one for one in CHAPTERS if one.title == title), None)


def markdown() -> str:
    """docs/commands.md."""
    lines = [
        "# Commands",
        "",
        "Everything that `/charter` understands. This page is generated from the table in",
        "`bot/commands/chapters`; `/charter help` says the same in Slack.",
        "",
        "Every command about something in a project takes `in PROJECT` at its end; without it,",
        "the project of the channel is meant. Where words of your own follow (a reason, a note),",
        "the project stands before the colon, or in quotes at the end, or it is taken for your",
        'words: `block labels: no export in "Churn Radar"`. Elsewhere names of several words need',
        "no quotes, unless they contain a word that the command itself uses:",
        '`raci "what is in scope" A @bea`.',
    ]
    for chapter in CHAPTERS:
        lines += _chapter(chapter)
    return "\n".join(lines) + "\n"


def _chapter(chapter: Chapter) -> list[str]:
    lines = [
        *("", f"## {chapter.title}", ""),
        *("| Command | What it does |", "|---|---|"),
        *(f"| [`{entry.name}`](#{entry.name}) | {entry.help} |" for entry in chapter.commands),
    ]
    for entry in chapter.commands:
        lines += ["", f"### {entry.name}", "", f"{entry.help[0].upper()}{entry.help[1:]}.", ""]
        lines += [f"    /charter {form}" for form in entry.forms]
        lines += ["", f"Example: `/charter {entry.example}`"]
        lines += [line for more in entry.more for line in ("", more)]
        if entry.also:
            names = ", ".join(f"`{name}`" for name in entry.also)
            lines += ["", f"Also understood: {names}."]
    return lines


def usage_hint() -> str:
    """The hint that Slack shows behind `/charter` in the composer: one line, so not all there is.

    Slack takes 1000 characters and shows far fewer.
    """
    return "[" + " | ".join((*COMMONEST, "…", "help")) + "]"
