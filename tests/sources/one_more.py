"""What a source that was added does in all of Charter: `python -m tests.sources.one_more FOLDER`.

Runs where `bot`, `handlers` and `storage` are a copy with Tally (`tests/sources/tally.py`) among
the sources. Prints what was seen, as JSON.
"""

import json
import os
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.attaching import By
from bot.commands import parse
from bot.errors import NotFound
from bot.identities import KINDS, kind_of, read
from bot.links import LinkMade
from bot.orders import AddLink, Follow, LinkNames
from bot.settings import BadSettings, Settings
from bot.sources import sources
from handlers import doctor, manifest
from handlers.views import links as views
from handlers.views.errors import plain
from handlers.views.modals.people import person_names
from storage import migrate
from storage.database import Database
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.sources.answering import Answer, Asked, answering
from tests.support.clock import T0

TOKEN = "tally-secret"
RUN = {
    "name": "quiet-owl",
    "project": "churn",
    "user": "bea-t",
    "started": (T0 - timedelta(hours=2)).isoformat(),
    "ended": (T0 - timedelta(hours=1)).isoformat(),
    "metrics": {"accuracy": 0.77},
}


def tally(asked: Asked) -> Answer:
    if asked.headers.get("authorization") != f"Bearer {TOKEN}":
        return Answer(401, {})
    match asked.path.split("/")[2:]:
        case ["version"]:
            return Answer(200, {"version": "1.0"})
        case ["runs", "ab12" | "cd34" as id]:
            return Answer(200, {**RUN, "name": f"quiet-owl-{id}"})
        case ["projects", "churn"]:
            return Answer(200, [{"id": "cd34", "moved": RUN["ended"]}])
    return Answer(404, {})


def findings(settings: Settings) -> list[str]:
    return [one.what for one in doctor.examined(settings, lambda: T0) if "Tally" in one.what]


def shown(url: str, folder: Path) -> dict[str, Any]:
    database_url = f"sqlite:///{folder}/charter.db"
    migrate.upgrade(database_url)
    bare = Settings.read({"database_url": database_url})
    told: dict[str, Any] = {"not_set_up": findings(bare)}
    settings = Settings.read({"database_url": database_url, "tally_url": url, "tally_token": TOKEN})
    told["set_up"] = findings(settings)
    told["refused"] = findings(Settings.read({"database_url": database_url, "tally_url": url}))
    try:
        sources(Settings.read({"tally_url": url, "tally_token": "a b"}), None, lambda: T0)
    except BadSettings as error:
        told["bad_setting"] = [one.name for one in error.wrong]
    os.environ["TALLY_URL"] = "https://tally.acme.example"
    told["hosts"] = manifest.hosts(Settings.read())
    del os.environ["TALLY_URL"]
    with closing(Database(database_url)) as database:
        team = Team(database, sources=sources(settings, None, lambda: T0))
        with closing(team.charter.links):
            told |= worked(team, url)
    return told


def worked(team: Team, url: str) -> dict[str, Any]:
    """What a team sees of it."""
    team.atlas()
    ana = team.actor("ana")
    order = parse("person link Bea tally=bea-t", T0.date())
    assert isinstance(order, LinkNames), order
    team.charter.identities.link(ana, order, ELSEWHERE)
    shown = team.charter.identities.shown(ana, "Bea", ELSEWHERE)
    made = team.charter.links.link(ana, AddLink(f"{url}/runs/ab12", None, "Atlas"), HERE)
    assert isinstance(made, LinkMade)
    follow = Follow(f"{url}/projects/churn", By.STREAM, "", None, "Atlas")
    team.charter.follows.follow(ana, follow, HERE)
    [synced] = team.charter.polling.sync(team.workspace, "tally")
    unknown = ""
    try:
        team.charter.polling.sync(team.workspace, "tellu")
    except NotFound as error:
        unknown = plain(error)
    rows, wrong = read("e-mail,tallies\nbea@acme.example,bea-t\n")
    return {
        "kinds": KINDS,
        "names": [(one.kind, one.value) for one in shown.names if one.kind != "slack"],
        "form": [
            block["label"]["text"] for block in person_names(shown)["blocks"] if "label" in block
        ],
        "card": views.card(made.card).text,
        "followed": synced.linked,
        "unknown": unknown,
        "also": kind_of("Tallies"),
        "table": [dict(one.says) for one in rows],
        "wrong": len(wrong),
    }


def main(folder: Path) -> None:
    with answering(tally) as server:
        print(json.dumps(shown(server.url, folder)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
