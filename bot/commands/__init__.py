"""The `/charter` grammar: text → order, order → text, and the help that describes it."""

from bot.commands.chapter import Chapter, Command
from bot.commands.chapters import CHAPTERS
from bot.commands.orders import (
    Archive,
    Ask,
    Bind,
    Export,
    Help,
    ListProjects,
    OpenNew,
    OpenStandup,
    Order,
    PreviewDigest,
    Show,
    ShowDigest,
    ShowMatrix,
    ShowRow,
    ShowScope,
    ShowStandup,
    Unbind,
)
from bot.commands.reading import STATUSES, read_date
from bot.commands.spoken import spoken
from bot.commands.table import COMMANDS, command, markdown, nearest, parse, usage_hint
from bot.commands.words import as_slack_sends, cleaned, normalised

__all__ = [
    "CHAPTERS",
    "COMMANDS",
    "STATUSES",
    "Archive",
    "Ask",
    "Bind",
    "Chapter",
    "Command",
    "Export",
    "Help",
    "ListProjects",
    "OpenNew",
    "OpenStandup",
    "Order",
    "PreviewDigest",
    "Show",
    "ShowDigest",
    "ShowMatrix",
    "ShowRow",
    "ShowScope",
    "ShowStandup",
    "Unbind",
    "as_slack_sends",
    "cleaned",
    "command",
    "markdown",
    "nearest",
    "normalised",
    "parse",
    "read_date",
    "spoken",
    "usage_hint",
]
