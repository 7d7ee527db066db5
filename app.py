"""Charter's command line, and the one place where its parts are put together.

Results alone go to standard output, logs to standard error. Exit codes: 0 done, 1 failed, 2 refused
or invalid.
"""

import argparse
import errno
import gc
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import CharterError, NotFound, Unavailable
from bot.people import Actor, Surface
from bot.setting_values import CONNECTIONS
from bot.settings import BadSettings, RunMode, Settings
from handlers import shell

if TYPE_CHECKING:
    from handlers.service.asking import Asker
    from handlers.service.records import Records

DONE, FAILED, INVALID = 0, 1, 2
GARBAGE = 50_000
"""New objects after which Python looks for garbage among them."""
PLAYGROUND_DATABASE = "sqlite:///var/playground.db"


class Stopped(Exception):
    """A command cannot be carried out; `str()` says why, in a sentence."""


def clock() -> datetime:
    """Now, aware, in UTC. Everything below is told the time by this."""
    return datetime.now(UTC)


def main(arguments: Sequence[str] | None = None) -> int:
    # What modules bring along stays: to look for garbage among it as often as Python does by itself
    # takes a tenth of the time in which a command starts.
    gc.set_threshold(GARBAGE)
    options = shell.grammar(DEEDS).parse_args(arguments)
    try:
        settings = Settings.read({"database_url": options.database} if options.database else None)
    except BadSettings as error:
        return _told(str(error), INVALID)
    from handlers import observe

    observe.configure(settings.log_level)
    try:
        run: Callable[[argparse.Namespace, Settings], int] = options.run
        code = run(options, settings)
        sys.stdout.flush()
        return code
    except BadSettings as error:
        return _told(str(error), INVALID)
    except Stopped as error:
        return _told(str(error), FAILED)
    except CharterError as error:
        from handlers.views.errors import plain

        return _told(plain(error), FAILED if isinstance(error, Unavailable) else INVALID)
    except BrokenPipeError:  # whoever reads the results has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return _told(f"Port {settings.port} is in use: set PORT to a free one.", FAILED)
    except KeyboardInterrupt:
        return FAILED


def _told(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


# --- serving --------------------------------------------------------------------------------------


def serve(_options: argparse.Namespace, settings: Settings) -> int:
    """Start as the settings say: in Socket Mode, over HTTP, or (without Slack) the playground."""
    match settings.mode():
        case RunMode.PLAYGROUND:
            return playground(_options, settings)
        case RunMode.SOCKET:
            return _serve_slack(settings, over_http=False)
        case RunMode.HTTP:
            return _serve_slack(settings, over_http=True)


def _serve_slack(settings: Settings, *, over_http: bool) -> int:
    from handlers import serving

    most = settings.charter_database_connections
    with _open(settings.database_url, most, brings_forward=True) as records:
        return serving.serve(settings, records.database, clock, over_http=over_http)


def playground(_options: argparse.Namespace, settings: Settings) -> int:
    """Start the playground: a sample team's workspace, with the real bot in it, in the browser."""
    from handlers.playground import house

    url = _options.database or PLAYGROUND_DATABASE
    # What is wrong with the database is told before anything is started.
    _open(url, brings_forward=True).close()
    return house.serve(url, settings, clock, empty=_options.empty)


# --- the record -----------------------------------------------------------------------------------


def _open(
    url: str,
    connections: int = CONNECTIONS,
    *,
    must_exist: bool = False,
    brings_forward: bool = False,
) -> "Records":
    """The record; closes at the end of its `with` block. With `must_exist` it is there already: who
    only asks something of it leaves none behind. One of an older Charter is brought forward by what
    starts Charter, and by `migrate`: no other command changes it under one that is at work.
    """
    from handlers.service.records import BadDatabase, Records, is_there

    try:
        if must_exist and not is_there(url):
            raise NotFound("workspace", "")
        return Records(url, connections, brings_forward=brings_forward)
    except BadDatabase as error:
        raise Stopped(str(error)) from error


def run_migrate(_options: argparse.Namespace, settings: Settings) -> int:
    with _open(settings.database_url, brings_forward=True):
        return DONE


def load(options: argparse.Namespace, settings: Settings) -> int:
    """Load a workspace document: all of it, or on any fault nothing."""
    from handlers.service.documents import Documents
    from handlers.service.workspaces import Workspaces

    try:
        source = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    except OSError as error:
        return _told(f"{options.file} cannot be read: {error.strerror or error}.", INVALID)
    with _open(settings.database_url) as records:
        database = records.database
        documents = Documents(database)
        actor = None
        if options.workspace is not None or options.person:
            workspace = Workspaces(database, clock).only(options.workspace)
            actor = _actor(options, settings, database, workspace)
        report = documents.load(actor, source, clock())
        print(json.dumps(asdict(report), indent=2))
    return DONE


def dump(options: argparse.Namespace, settings: Settings) -> int:
    """Write the current truth as a workspace document."""
    from handlers.service.documents import Documents
    from handlers.service.workspaces import Workspaces

    with _open(settings.database_url, must_exist=True) as records:
        database = records.database
        workspace = Workspaces(database, clock).only(options.workspace)
        print(Documents(database).dump(workspace, clock()))
    return DONE


def migrate_to(options: argparse.Namespace, settings: Settings) -> int:
    """Move the whole database into another one, and hold both against each other."""
    from handlers import relocation

    with _open(settings.database_url) as records:
        return relocation.move(options, records, settings.database_url)


def carry(options: argparse.Namespace, settings: Settings) -> int:
    """Write all that is kept to a file, or bring it back into an empty database."""
    from handlers import backups

    if options.deed == "restore":
        return backups.restore(options, settings)
    with _open(settings.database_url) as records:
        return backups.backup(options, records, clock)


def _actor(options: argparse.Namespace, settings: Settings, database: Any, workspace: int) -> Actor:
    """The person of `--as`, else the operator, who administers."""
    from handlers import service

    if not options.person:
        return Actor(workspace, None, Surface.CLI, is_admin=True)
    people = service.services(database, clock, settings.admins()).people
    person = people.keyed(workspace, options.person)
    if person is None:
        raise NotFound("person", options.person)
    return people.actor(workspace, person, Surface.CLI)


def audit_verify(_options: argparse.Namespace, settings: Settings) -> int:
    """Verify the hash chain of the record; names the first line that does not stand, and all."""
    from storage import audit

    with (
        _open(settings.database_url, must_exist=True) as records,
        records.database.read() as session,
    ):
        found = audit.verify(session)
    if found.faults:
        first = found.faults[0]
        print(f"The first broken line is line {first.seq} of workspace {first.workspace}.")
    for fault in found.faults:
        print(f"workspace {fault.workspace}, line {fault.seq}: {fault.what}")
    print(f"{found.lines} lines, {found.erased} with erased words, {len(found.faults)} faults")
    return FAILED if found.faults else DONE


def office(options: argparse.Namespace, settings: Settings) -> int:
    """What the operator does with people's data and with the record as a whole."""
    from handlers.office import DEEDS as OFFICE

    with _open(settings.database_url, must_exist=True) as records:
        return OFFICE[options.deed](options, settings, records.database, clock)


# --- asking ---------------------------------------------------------------------------------------


def ask(options: argparse.Namespace, settings: Settings) -> int:
    """Answer one question, or a file of them (a JSON object a line)."""
    from handlers.service.asking import Asker

    if not options.batch and options.text is None:
        return _told('Ask something: app.py ask "who owns the data pipeline?"', INVALID)
    if options.batch and options.explain:
        return _told('One question is explained at a time: app.py ask --explain "…"', INVALID)
    with _open(settings.database_url, must_exist=True) as records:
        asker = Asker(records.database, clock, options.workspace, options.now)
        if options.batch:
            return _ask_batch(asker, options.batch)
        if options.explain:
            made, answer = asker.explain(options.text, options.channel, options.person)
            words = made.text
        else:
            answer = asker.ask(options.text, options.channel, options.person)
            words = answer["text"]
    print(json.dumps(answer, ensure_ascii=False) if options.json else words)
    return DONE


def _ask_batch(asker: "Asker", file: str) -> int:
    from handlers.service.asking import BadLine

    try:
        lines = Path(file).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        return _told(f"{file} cannot be read: {why}.", INVALID)
    try:
        for answer in asker.batch(lines):
            print(json.dumps(answer, ensure_ascii=False))
    except BadLine as error:
        wanted = 'one JSON object with "id", "text" and "context"'
        return _told(f"{file}, line {error.number}: expected {wanted}.", INVALID)
    return DONE


def _looking(deed: str) -> shell.Deed:
    def look(options: argparse.Namespace, settings: Settings) -> int:
        from handlers.looking import DEEDS as LOOKS

        with _open(settings.database_url, must_exist=True) as records:
            code: int = LOOKS[deed](options, records.database, clock)
            return code

    return look


def _acting(module: str, deed: str) -> shell.Deed:
    """A command that somebody carries out: the person of `--as`, or the operator."""

    def act(options: argparse.Namespace, settings: Settings) -> int:
        deeds = import_module(f"handlers.{module}").DEEDS

        with _open(settings.database_url, must_exist=True) as records:
            database = records.database

            def acting(workspace: int) -> Actor:
                return _actor(options, settings, database, workspace)

            code: int = deeds[deed](options, settings, database, clock, acting)
            return code

    return act


def manifest(options: argparse.Namespace, settings: Settings) -> int:
    """Print the Slack app manifest."""
    from handlers.manifest import hosts
    from handlers.manifest import manifest as made

    print(json.dumps(made(options.url, hosts(settings), options.install), indent=2))
    return DONE


def new_key(_options: argparse.Namespace, _settings: Settings) -> int:
    """Print a new key that seals tokens of workspaces."""
    from handlers.service.installations import new_key as made

    print(made())
    return DONE


def rotate_keys(_options: argparse.Namespace, settings: Settings) -> int:
    """Seal all tokens of workspaces with the first key."""
    from handlers import keys

    with _open(settings.database_url) as records:
        return keys.rotate(settings, records.database, clock)


def doctor(_options: argparse.Namespace, settings: Settings) -> int:
    """Say what works, and how to mend the rest."""
    from handlers.doctor import examined

    findings = examined(settings, clock)
    for finding in findings:
        print(f"{'ok   ' if finding.is_well else 'wrong'}  {finding.what}")
        if finding.mend:
            print(f"       {finding.mend}")
    return DONE if all(finding.is_well for finding in findings) else FAILED


DEEDS: dict[str, shell.Deed] = {
    "serve": serve,
    "playground": playground,
    "migrate": run_migrate,
    "manifest": manifest,
    "new-key": new_key,
    "rotate-keys": rotate_keys,
    "doctor": doctor,
    "audit verify": audit_verify,
    "audit export": office,
    "person export": office,
    "person erase": office,
    "person identities": office,
    "neptune import": office,
    "load": load,
    "dump": dump,
    "migrate-to": migrate_to,
    "backup": carry,
    "restore": carry,
    "export": _acting("exporting", "export"),
    "import": _acting("importing", "import"),
    "lint": _looking("lint"),
    "brief": _looking("brief"),
    "burn-up": _looking("burn-up"),
    "link": _acting("linking", "link"),
    "sync": _acting("linking", "sync"),
    "ask": ask,
}
"""What each command does; `handlers.shell` is their grammar."""


if __name__ == "__main__":
    sys.exit(main())
