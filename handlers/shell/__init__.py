"""The grammar of the command line: every command of app.py, its options, and what they are for.

`app.py COMMAND --help` and docs/command-line.md are made from it.
"""

import argparse
from collections.abc import Mapping

from bot.version import VERSION
from handlers.shell import keeping, running, working
from handlers.shell.commands import Commands, Deed, common

__all__ = ["Deed", "grammar"]


def grammar(deeds: Mapping[str, Deed]) -> argparse.ArgumentParser:
    """All commands; `run` of what is parsed is the deed of its name, which is `deed`."""
    parser = argparse.ArgumentParser(
        prog="app.py",
        description="Charter: who does what, why, and where it stands.",
        parents=[common(None)],
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"Charter {VERSION}",
        help="print Charter's version, and do nothing else",
    )
    parser.set_defaults(run=deeds["serve"], person=None, empty=False)
    commands = Commands(parser.add_subparsers(metavar="COMMAND"), deeds, common(argparse.SUPPRESS))
    running.add_service(commands)
    running.add_app(commands)
    keeping.add_record(commands)
    keeping.add_people(commands)
    working.add_sheets(commands)
    working.add_answers(commands)
    working.add_sources(commands)
    return parser
