"""The programs that Charter is compared with: `python -m tests.bench.plain stock|bare DATABASE`.

Each answers a slash command and a mention with one message about one row, and no more.

`stock` is written as slack_bolt's documentation shows: an app with its token, its secret and the
client that slack_sdk makes, listeners that acknowledge, read, and `say`.
`bare` differs in one thing: what it says goes over Charter's own keep-alive client.

Both are served like Charter, by waitress with the same settings: Bolt's documentation leaves the
server to the reader, and its own development server is not meant for this.
"""

import os
import re
import sys
from collections.abc import Iterable
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from sqlalchemy.orm import registry
from sqlmodel import Field, Session, SQLModel, create_engine, select

from handlers import web
from handlers.leaving import Leaving
from handlers.slack import Slack

QUESTION = re.compile(r"who owns the (.+) in (.+)\?")


class Apart(SQLModel, registry=registry()):
    """What these programs keep is no table of Charter's."""


class Owner(Apart, table=True):
    """Who owns a stage of a project."""

    id: int | None = Field(default=None, primary_key=True)
    project: str = Field(index=True)
    stage: str
    person: str


def made(url: str, rows: Iterable[tuple[str, str, str]]) -> None:
    """A database with these rows: project, stage, person."""
    engine = create_engine(url)
    Owner.metadata.tables["owner"].create(engine)
    with Session(engine) as session:
        session.add_all(Owner(project=row[0], stage=row[1], person=row[2]) for row in rows)
        session.commit()
    engine.dispose()


class Record:
    """The one row that a question needs."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)

    def answer(self, text: str) -> str:
        asked = QUESTION.search(text)
        if asked is None:
            return "Ask who owns something."
        with Session(self._engine) as session:
            row = session.exec(
                select(Owner).where(Owner.project == asked[2], Owner.stage == asked[1])
            ).one()
            return f"{row.person} owns {row.stage} in {row.project}."


def stock(record: Record, token: str, secret: str, url: str) -> App:
    app = App(client=WebClient(token=token, base_url=url), signing_secret=secret)

    @app.command("/charter")
    def on_command(ack: Any, command: dict[str, Any], say: Any) -> None:
        ack()
        say(record.answer(command["text"]))

    @app.event("app_mention")
    def on_mention(event: dict[str, Any], say: Any) -> None:
        say(text=record.answer(event["text"]), thread_ts=event["ts"])

    return app


def bare(record: Record, token: str, secret: str, url: str) -> App:
    client = Slack.reach(token, url).client
    app = App(client=client, signing_secret=secret)

    @app.command("/charter")
    def on_command(ack: Any, command: dict[str, Any]) -> None:
        ack()
        client.chat_postMessage(channel=command["channel_id"], text=record.answer(command["text"]))

    @app.event("app_mention")
    def on_mention(event: dict[str, Any]) -> None:
        client.chat_postMessage(
            channel=event["channel"], text=record.answer(event["text"]), thread_ts=event["ts"]
        )

    return app


def main(which: str, database: str) -> None:
    make = {"stock": stock, "bare": bare}[which]
    settings = (os.environ[f"SLACK_{name}"] for name in ("BOT_TOKEN", "SIGNING_SECRET", "API_URL"))
    app = make(Record(database), *settings)
    server = web.listening(SlackRequestHandler(app), "127.0.0.1", 0)
    print(f"listens at http://127.0.0.1:{server.effective_port}/slack/events", flush=True)
    web.serve(server, Leaving(0, dict), app.listener_runner.listener_executor.shutdown)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
