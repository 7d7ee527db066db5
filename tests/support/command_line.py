"""Writes docs/command-line.md anew: `python -m tests.support.command_line`."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import app
from handlers import shell
from tests.support.tree import ROOT

PAGE = ROOT / "docs" / "command-line.md"
BEGINNING = """# The command line

    .venv/bin/python app.py COMMAND …

Everything that `app.py` does; `app.py COMMAND --help` says the same. This page is generated from
the grammar in `handlers/shell`: `.venv/bin/python -m tests.support.command_line` writes it anew.

Results alone go to standard output; logs, and what is wrong, to standard error.
[Settings](settings.md) come from the environment; wrong ones are told before anything is done.

| It ends with | Where |
|---|---|
| 0 | it is done |
| 1 | it failed, as where the database does not answer; or it has found what is wrong |
| 2 | what was typed, a setting or a file makes no sense, or is not allowed: nothing is changed |

## For every command
"""
BEHIND = """
`--database` and `--workspace` may stand before the command or behind it. `--as` takes a person by
the key that [the workspace document](workspace-document.md) has for them (`dump` prints it), and
`--now` a moment in UTC, where it names no other zone.

## All commands
"""
READ_MORE = {
    "playground": "../README.md#start",
    "doctor": "observing.md",
    "serve": "deploying.md",
    "manifest": "slack-app.md",
    "new-key": "slack-app.md#several-workspaces",
    "rotate-keys": "slack-app.md#a-new-key",
    "migrate": "upgrading.md",
    "backup": "backups.md",
    "restore": "backups.md",
    "migrate-to": "backups.md#moving-to-another-database",
    "load": "workspace-document.md",
    "dump": "workspace-document.md",
    "audit verify": "people.md#the-record-of-changes",
    "audit export": "people.md#the-record-of-changes",
    "person export": "people.md#what-is-kept-of-somebody-and-taking-it-away",
    "person erase": "people.md#what-is-kept-of-somebody-and-taking-it-away",
    "person identities": "people.md",
    "export": "exports.md",
    "import": "imports.md",
    "ask": "questions.md",
    "lint": "linter.md",
    "brief": "brief.md",
    "burn-up": "metrics.md",
    "link": "links.md",
    "sync": "links.md",
    "neptune import": "links.md#runs-of-neptune",
}
"""Where each command is explained."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A command as it is typed (`audit verify`), its line of help, and its parser."""

    name: str
    words: str
    parser: argparse.ArgumentParser


def grammar() -> argparse.ArgumentParser:
    return shell.grammar(app.DEEDS)


def verbs(parser: argparse.ArgumentParser, before: str = "") -> Iterator[Verb]:
    """Every command that can be typed, in the order of `app.py --help`."""
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        words = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, below in action.choices.items():
            some = list(verbs(below, f"{before}{name} "))
            yield from some or [Verb(before + name, words[name], below)]


def arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What may stand behind a command, but for what may stand behind every one."""
    return [one for one in parser._actions if one.dest not in {"help", "database", "workspace"}]


def page() -> str:
    parser = grammar()
    found = list(verbs(parser))
    every = [action for action in parser._actions if action.option_strings]
    lines = [BEGINNING, *_table(every), BEHIND, "| Command | What it does |", "|---|---|"]
    lines += [f"| [`{one.name}`](#{_anchor(one.name)}) | {one.words} |" for one in found]
    for one in found:
        lines += ["", *_section(one)]
    return "\n".join(lines) + "\n"


def _section(verb: Verb) -> Iterator[str]:
    own = arguments(verb.parser)
    yield from (f"## {verb.name}", "", verb.parser.description or "", "")
    yield f"    app.py {' '.join([verb.name, *map(_used, own)])}"
    if own:
        yield from ("", *_table(own))
    if example := example_of(verb):
        yield from ("", f"Example: `{example}`")
    where = READ_MORE[verb.name]
    yield from ("", f"More: [{where.removeprefix('../')}]({where})")


def example_of(verb: Verb) -> str:
    """The example of the command's own help."""
    return (verb.parser.epilog or "").removeprefix("Example: ")


def _table(some: list[argparse.Action]) -> Iterator[str]:
    yield from ("| Argument | What it is | Default |", "|---|---|---|")
    for action in some:
        named = f"`{_spelled(action)}`".replace("|", "\\|")
        yield f"| {named} | {action.help} | {_default(action)} |"


def _spelled(action: argparse.Action) -> str:
    """An argument with its value, as it is typed."""
    value = "|".join(action.choices) if action.choices else action.metavar
    if not action.option_strings:
        return str(action.metavar)
    if action.nargs == 0:
        return ", ".join(action.option_strings)
    return f"{action.option_strings[-1]} {value or action.dest.upper()}"


def _used(action: argparse.Action) -> str:
    """An argument as it stands in the line of usage: what may be left out is in brackets."""
    used = _spelled(action) if _is_needed(action) else f"[{_spelled(action)}]"
    may_come_again = action.nargs == "*" or isinstance(action.default, list)
    return f"{used} …" if may_come_again else used


def _is_needed(action: argparse.Action) -> bool:
    return action.required and action.nargs != "*"


def _default(action: argparse.Action) -> str:
    if _is_needed(action):
        return "needed"
    return f"`{action.default}`" if isinstance(action.default, str) and action.choices else "–"


def _anchor(name: str) -> str:
    return name.replace(" ", "-")


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
