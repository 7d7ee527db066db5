"""The grammar of the command line: every command of app.py, its options, and its line of help."""

import argparse
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from bot.settings import Settings
from bot.version import VERSION

Deed = Callable[[argparse.Namespace, Settings], int]
"""What a command does; gives its exit code."""


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no moment such as 2026-11-23T10:00:00Z"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _meaning(text: str) -> tuple[str, str]:
    head, is_said, meaning = text.rpartition("=")
    if not is_said:
        raise argparse.ArgumentTypeError(f"{text!r} is nothing such as “Owner=R”")
    return head, meaning


def _meant(text: str) -> tuple[str, str]:
    name, _, who = (part.strip() for part in text.rpartition("="))
    if not name or not who:
        raise argparse.ArgumentTypeError(f"{text!r} is nothing such as “Zoe=Bea Lind”")
    return name, who


def _address(text: str) -> str:
    """What Slack takes for an address of ours; it calls no other scheme."""
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no address such as https://charter.example.org"
        )
    return text


def _common(default: str | None) -> argparse.ArgumentParser:
    """The options that may stand before a command and after it.

    After it they have no default: argparse would put that over what stood before.
    """
    made = argparse.ArgumentParser(add_help=False, argument_default=default)
    made.add_argument("--database", metavar="URL", help="instead of DATABASE_URL")
    made.add_argument("--workspace", metavar="ID", type=int, help="where there are several")
    return made


def grammar(deeds: Mapping[str, Deed]) -> argparse.ArgumentParser:
    """All commands; `run` of what is parsed is the deed of its name."""
    common = _common(argparse.SUPPRESS)
    parser = argparse.ArgumentParser(
        prog="app.py",
        description="Charter: who does what, why, and where it stands.",
        parents=[_common(None)],
    )
    parser.add_argument("--version", action="version", version=f"Charter {VERSION}")
    parser.set_defaults(run=deeds["serve"], person=None, empty=False)
    commands = parser.add_subparsers(metavar="COMMAND")

    def command(name: str, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words, parents=[common])
        made.set_defaults(run=deeds[name])
        return made

    command("serve", "start Charter as the settings say (also without a command)")
    played = command("playground", "start Charter without Slack, in the browser")
    played.add_argument(
        "--empty", action="store_true", help="where nothing is kept yet: begin without projects"
    )
    command("migrate", "bring the database to the newest schema")
    made = command("manifest", "print the Slack app manifest")
    made.add_argument(
        "--url", type=_address, help="for HTTP mode: the public https address of this server"
    )
    made.add_argument(
        "--install",
        metavar="URL",
        type=_address,
        help="for several workspaces: the public https address at which they install Charter",
    )
    command("new-key", "print a new key for CHARTER_SECRET_KEYS")
    command("rotate-keys", "seal all tokens with the first key of CHARTER_SECRET_KEYS")
    command("doctor", "say what works, and how to mend the rest")
    audit = commands.add_parser("audit", help="the record of changes", parents=[common])
    audits = audit.add_subparsers(metavar="verify|export", required=True)
    verify = audits.add_parser("verify", help="verify the hash chain", parents=[common])
    verify.set_defaults(run=deeds["audit verify"])
    made = audits.add_parser("export", help="write the whole record out", parents=[common])
    made.set_defaults(run=deeds["office"], deed="audit export")
    made.add_argument("out", metavar="FILE", help="a file that ends in .csv or .xlsx")
    old = commands.add_parser("neptune", help="runs of Neptune, which is gone", parents=[common])
    olds = old.add_subparsers(metavar="import", required=True)
    words = "import the runs that neptune-exporter wrote (Parquet)"
    made = olds.add_parser("import", help=words, description=words, parents=[common])
    made.set_defaults(run=deeds["office"], deed="neptune import")
    made.add_argument("folder", metavar="DIR", help="the folder, searched with all below it")
    made.add_argument("--project", metavar="P", help="the project of all of them")
    person = commands.add_parser("person", help="people and their data", parents=[common])
    _add_people(person, common, deeds["office"])
    _add_whole(command)
    _add_work(command)
    _add_import(command)
    return parser


def _add_people(
    person: argparse.ArgumentParser, common: argparse.ArgumentParser, office: Deed
) -> None:
    people = person.add_subparsers(metavar="export|erase|identities", required=True)

    def command(name: str, words: str) -> argparse.ArgumentParser:
        made = people.add_parser(name, help=words, description=words, parents=[common])
        made.set_defaults(run=office, deed=f"person {name}")
        return made

    made = command("export", "print all that is kept of a person, as JSON")
    made.add_argument("who", metavar="PERSON", help="by key (key:bea), name or Slack id")
    made = command("erase", "take a person's name out of everything; there is no way back")
    made.add_argument("who", metavar="PERSON", help="by key (key:bea), name or Slack id")
    made.add_argument("--because", metavar="REASON", default="", help="kept in the record")
    made.add_argument("--yes", action="store_true", help="do it; without it, only say of whom")
    made = command("identities", "print people's names elsewhere as a table, or load one")
    made.add_argument(
        "file", metavar="FILE", nargs="?", help="a CSV or xlsx file (- for standard input)"
    )
    made.add_argument("--dry-run", action="store_true", help="only say what would change")


def _add_whole(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """What is done with the record as a whole: load, dump, move, backup, restore, export."""
    made = command("load", "load a workspace document (- for standard input)")
    made.add_argument("file", metavar="FILE")
    _add_person(made, "act as this person, by key")
    command("dump", "write the current truth as a workspace document")
    made = command("migrate-to", "move the whole database into another one, which is empty")
    made.add_argument("target", metavar="URL", help="such as postgresql://USER@HOST/NAME")
    made = command("backup", "write everything that the database holds to a file")
    made.add_argument("file", metavar="FILE", help="such as charter.jsonl, or charter.jsonl.gz")
    made.set_defaults(deed="backup")
    made = command("restore", "bring a backup into an empty database")
    made.add_argument("file", metavar="FILE", help="what backup wrote")
    made.set_defaults(deed="restore")
    made = command("export", "write a workbook: of what anybody may see, or PERSON")
    made.add_argument("what", metavar="portfolio|PROJECT", help="all projects, or one of them")
    made.add_argument(
        "--out", metavar="FILE", required=True, help="ends in .xlsx, .csv, .json or .md"
    )
    made.add_argument(
        "--sheet", metavar="NAME", help="only this one; a CSV holds RACI unless named"
    )
    _add_person(made, "what this person may see, by key")
    _add_moment(made)


def _add_work(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """What is done with what it says: lint, brief, burn-up, link, sync, ask."""
    made = command("lint", "check letters by rules; ends with 1 where something is wrong")
    made.add_argument("project", metavar="PROJECT", nargs="?", help="only this one")
    made.add_argument("--format", choices=("text", "json"), default="text")
    made.add_argument(
        "--fail-on",
        choices=("error", "warning", "note"),
        default="warning",
        help="how bad a finding must be to end with 1",
    )
    _add_person(made, "what this person may see, by key")
    made = command("brief", "what a leader should know: of what anybody may see, or PERSON")
    made.add_argument("projects", metavar="PROJECT", nargs="*", help="only these, else all")
    made.add_argument("--json", action="store_true", help="as a JSON object")
    _add_person(made, "what this person may see, by key")
    _add_moment(made)
    made = command("burn-up", "how far the runs of a project have closed the gap of its metrics")
    made.add_argument("project", metavar="PROJECT", help="by key, name or alias")
    _add_person(made, "what this person may see, by key")
    _add_moment(made)
    made = command("link", "link a pull request, a run or any page to a project")
    made.add_argument("url", metavar="URL")
    made.add_argument("--project", metavar="P", help="the project, by key, name or alias")
    made.add_argument("--item", metavar="I", help="its stage or component")
    _add_person(made, "act as this person, by key")
    made = command("sync", "look once at all that is linked and open")
    made.add_argument("--source", metavar="NAME", help="only at this one, such as github or mlflow")
    _add_moment(made)
    made = command("ask", "answer a question")
    made.add_argument("text", metavar="TEXT", nargs="?")
    made.add_argument("--batch", metavar="FILE", help="a question (JSON) a line")
    made.add_argument("--channel", metavar="PROJECT", help="as if asked in its channel")
    _add_person(made, "as if asked by this person, by key")
    _add_moment(made)
    made.add_argument("--json", action="store_true", help="the answer as a JSON object")
    made.add_argument("--explain", action="store_true", help="each step that leads to the answer")


def _add_import(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    made = command("import", "take RACI letters from a workbook or CSV file")
    made.add_argument("file", metavar="FILE", help="an xlsx or CSV file")
    made.add_argument("--dry-run", action="store_true", help="only say what would change")
    made.add_argument("--json", action="store_true", help="as a JSON object")
    _add_person(made, "act as this person, by key")
    made.add_argument("--project", metavar="P", help="the project, where the file names none")
    made.add_argument(
        "--partial", action="store_true", help="take what has no errors, although other cells have"
    )
    made.add_argument(
        "--map",
        metavar="HEAD=MEANING",
        type=_meaning,
        action="append",
        default=[],
        help="what a column means: stage, R, a person, “not read” …",
    )
    made.add_argument(
        "--person",
        dest="who",
        metavar="NAME=WHO",
        type=_meant,
        action="append",
        default=[],
        help="whom a name means: somebody, “vacant”, or “left out”",
    )
    made.add_argument(
        "--take",
        choices=("theirs", "ours"),
        help="settle all conflicts: by the file's word, or by what holds",
    )
    made.add_argument(
        "--dates", choices=("dmy", "mdy"), help="how days are written where that may be two days"
    )


def _add_person(command: argparse.ArgumentParser, words: str) -> None:
    command.add_argument("--as", dest="person", metavar="PERSON", help=words)


def _add_moment(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--now", metavar="ISO", type=_moment, help="instead of the clock: 2026-11-23T10:00:00Z"
    )
