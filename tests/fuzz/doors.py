"""The doors but Slack's: each takes whatever is thrown, or says no in Charter's own words."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from bot import codeowners
from bot.commands import COMMANDS, parse
from bot.document import read
from bot.errors import CharterError
from bot.people import Actor, Surface
from bot.qa.answer import answer
from bot.settings import Settings
from bot.sources import sources
from bot.sources.base import Ref
from handlers import webhooks
from handlers.service import Charter
from handlers.service.importing import Asked
from tests.bot.qa.tables import table, world
from tests.fuzz.mutating import bytes_changed, json_changed, zip_changed
from tests.handlers.hooked import SECRET, said, said_by_mlflow
from tests.handlers.service.test_imports_wild import kept
from tests.handlers.service.wild.made import WILD
from tests.support.clock import T0
from tests.support.shell import SAMPLE
from tests.support.tree import ROOT

TODAY = date(2026, 11, 23)
TABLES = ("first_contact", "fifth_contact", "first_days")
ADDRESSES = (
    b"https://github.com/acme/churn/pull/7#issuecomment-1",
    b"https://ml.example.org/mlflow/#/experiments/1/runs/0123456789abcdef0123456789abcdef",
    b"https://wandb.ai/acme/churn/runs/abc123?workspace=user-bea",
    b"https://www.notion.so/acme/Plan-0123456789abcdef0123456789abcdef",
    b"https://docs.google.com/document/d/1aB/edit",
    b"http://[::1]:80@github.com/acme/churn/pull/7",
)
PULL: dict[str, Any] = {
    "action": "opened", "number": 7, "repository": {"full_name": "acme/churn", "id": 1},
    "pull_request": {"number": 7, "html_url": ADDRESSES[0].decode(), "id": 1,
                     "head": {"ref": "data/x", "sha": "a" * 40}},
}  # fmt: skip
VERSION: dict[str, Any] = {
    "entity": "model_version", "action": "created", "timestamp": "2026-11-23T10:00:00Z",
    "data": {"name": "churn", "version": "3", "run_id": "a" * 32, "tags": {"by": "x"}},
}  # fmt: skip
TAKEN = frozenset({HTTPStatus.OK, HTTPStatus.ACCEPTED, HTTPStatus.BAD_REQUEST})


@dataclass(frozen=True, slots=True)
class Door:
    """`thrown` makes what is thrown at it; `push` throws it, and raises where it went through."""

    thrown: st.SearchStrategy[bytes]
    push: Callable[[bytes], None]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace")


def _lone(data: bytes) -> str:
    """Text as a client could send it: halves of characters come through JSON."""
    try:
        return _text(data)
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def question() -> Door:
    """Any text as a question: an answer that can be shown, whoever asks."""
    seeds = [row["text"].encode() for name in TABLES for row in table(name)]

    def push(data: bytes) -> None:
        for asker in (None, "bruno"):
            answer(_lone(data), world("grid").facts(asker)).text.encode()

    return Door(bytes_changed(seeds), push)


def command() -> Door:
    """Any text behind /charter: an order, or a sentence about it."""
    seeds = [entry.example.encode() for entry in COMMANDS]

    def push(data: bytes) -> None:
        with suppress(CharterError):
            parse(_lone(data), TODAY)

    return Door(bytes_changed(seeds), push)


def document() -> Door:
    """Any file as a workspace document: read, or every fault with its place."""
    whole = json.loads(SAMPLE.read_text(encoding="utf-8"))
    short = {key: part[:3] if isinstance(part, list) else part for key, part in whole.items()}
    thrown = st.one_of(
        json_changed([short]).map(lambda value: json.dumps(value).encode()),
        bytes_changed([json.dumps(short).encode()]),
    )

    def push(data: bytes) -> None:
        with suppress(CharterError):
            read(data)

    return Door(thrown, push)


def workbook(charter: Charter) -> Door:
    """Any file as a sheet of letters: a preview with all that is wrong, or a sentence about it."""
    sheets = [one.content for one in WILD.values()]
    packed = [one for one in sheets if one.startswith(b"PK")]
    actor = Actor(charter.workspaces.only(None), None, Surface.CLI, is_admin=True)

    def push(data: bytes) -> None:
        for name in ("team.xlsx", "team.csv"):
            with suppress(CharterError):
                charter.importing.preview(actor, data, name, Asked("berth-planner"))

    return Door(st.one_of(zip_changed(packed), bytes_changed(sheets)), push)


def address() -> Door:
    """Any address: a source knows it, or does not."""
    settings = Settings.read(
        {
            "github_token": "ghp_1",
            "mlflow_tracking_uri": "https://ml.example.org/mlflow",
            "wandb_api_key": "k" * 40,
            "notion_token": "secret_1",
        }
    )
    known = [*sources(settings, None, lambda: T0)]

    def push(data: bytes) -> None:
        for source in known:
            found = source.recognises(_lone(data))
            assert found is None or isinstance(found, Ref)

    return Door(bytes_changed(ADDRESSES), push)


def owners() -> Door:
    """Any text as CODEOWNERS: its lines, held against a rule and mended."""
    file = b"# owners\n*  @acme/ml\n/data/** @ana @bea-x\ndocs/*.md mail@example.org\n\\#x @ana\n"
    claims = [codeowners.Claim("/data/**", "data pipeline", ("@ana",), frozenset({"@ana"}))]
    known = codeowners.Standing(frozenset({"@bea-x"}), frozenset({"@ana"}))

    def push(data: bytes) -> None:
        read_so = codeowners.read(_lone(data))
        codeowners.differences(read_so, claims, known)
        for line in codeowners.proposed(read_so, claims, known):
            assert "\n" not in line.text

    return Door(bytes_changed([file]), push)


def github(charter: Charter) -> Door:
    """Any body that GitHub signed: taken, passed over or refused, and never an error."""
    seeds: list[dict[str, Any]] = [
        PULL,
        {"action": "renamed", "repository": {"full_name": "acme/new", "id": 1},
         "changes": {"repository": {"name": {"from": "churn"}}}},
        {"action": "deleted", "installation": {"id": 1, "account": {"login": "acme"}}},
    ]  # fmt: skip
    events = ("pull_request", "repository", "installation", "check_suite", "push", "issues")
    hook = webhooks.github(SECRET, charter.deliveries.said_by_github)

    def push(data: bytes) -> None:
        number = sum(data) % len(events)
        told = said(data, event=events[number], delivery=f"72d3162e-{len(data):04x}-{number}")
        assert hook(_lower(told), data) in TAKEN

    return Door(_signed(seeds), push)


def mlflow(charter: Charter) -> Door:
    """Any body that MLflow signed."""
    seeds: list[dict[str, Any]] = [
        VERSION,
        {"entity": "model_version_alias", "action": "created",
         "data": {"name": "churn", "alias": "champion", "version": "3"}},
    ]  # fmt: skip
    hook = webhooks.mlflow(SECRET, charter.registry.said_by_mlflow, lambda: T0)

    def push(data: bytes) -> None:
        told = said_by_mlflow(data, T0, delivery=f"72d3162e-{len(data):04x}")
        assert hook(_lower(told), data) in TAKEN

    return Door(_signed(seeds), push)


def _signed(seeds: list[dict[str, Any]]) -> st.SearchStrategy[bytes]:
    return st.one_of(
        json_changed(seeds).map(lambda value: json.dumps(value).encode()),
        bytes_changed([json.dumps(seed).encode() for seed in seeds]),
    )


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@contextmanager
def doors(folder: Path) -> Iterator[dict[str, Door]]:
    """All doors, with a database of their own in this folder."""
    from tests.fuzz import files
    from tests.fuzz.slack import slack
    from tests.fuzz.words import words

    with ExitStack() as parts:
        charter = parts.enter_context(kept(folder))
        yield {
            "question": question(),
            "command": command(),
            "document": document(),
            "workbook": workbook(charter),
            "exports": files.exports(charter),
            "names": files.names(charter),
            "redirect": parts.enter_context(files.redirect(folder)),
            "address": address(),
            "owners": owners(),
            "github": github(charter),
            "mlflow": mlflow(charter),
            "slack": parts.enter_context(slack(folder)),
            "words": parts.enter_context(words(folder)),
        }


CORPUS = ROOT / "tests" / "fuzz" / "corpus"
"""What once went through a door, in a folder by the door's name."""
