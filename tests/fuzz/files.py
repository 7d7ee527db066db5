"""Doors of files that people give back, and of the page to which Slack sends whoever installed."""

import http.client
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, quote_from_bytes, urlsplit

from hypothesis import strategies as st

from bot import identities
from bot.errors import CharterError
from bot.exports import Form
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.sheets import BadWorkbook, read
from handlers.manifest import REDIRECT_PATH
from handlers.service import Charter
from handlers.service.exports import Subject
from handlers.service.importing import Asked
from storage import migrate
from storage.database import Database
from tests.fuzz.doors import Door
from tests.fuzz.mutating import bytes_changed, zip_changed
from tests.handlers.company import company

STATE = b"STATE"
"""Stands in a query for the word that Charter gave before, and takes once."""


def exports(charter: Charter) -> Door:
    """Charter's own workbooks and lists, changed, as they come back."""
    actor = Actor(charter.workspaces.only(None), None, Surface.CLI, is_admin=True)

    def made(form: Form, sheet: str | None = None) -> bytes:
        return charter.exports.made(actor, Subject("Portfolio"), Place(), None, form, sheet).content

    packed, plain = [made(Form.XLSX)], [made(Form.CSV, "RACI")]

    def push(data: bytes) -> None:
        for name in ("portfolio.xlsx", "portfolio.csv"):
            with suppress(CharterError):
                charter.importing.preview(actor, data, name, Asked())

    return Door(st.one_of(zip_changed(packed), bytes_changed(packed + plain)), push)


def names(charter: Charter) -> Door:
    """The table of everybody's names elsewhere: its rows, and all that is wrong with it."""
    actor = Actor(charter.workspaces.only(None), None, Surface.CLI, is_admin=True)
    told = charter.identities.table(actor).encode()

    def push(data: bytes) -> None:
        with suppress(UnicodeDecodeError):
            identities.read(data.decode("utf-8-sig"))
        with suppress(BadWorkbook):
            for rows in read(data).values():
                identities.read_sheet(rows)
        with suppress(UnicodeDecodeError, CharterError):
            charter.identities.load(actor, data.decode("utf-8-sig"), only_look=True)

    return Door(bytes_changed([told, told.replace(b",", b";"), told.replace(b",", b"\t")]), push)


@contextmanager
def redirect(folder: Path) -> Iterator[Door]:
    """What stands behind the address of that page: a page, and never an error."""
    url = f"sqlite:///{folder}/installing.db"
    migrate.upgrade(url)
    with closing(Database(url)) as database, company(database) as town:
        replica = town.replica()
        host = urlsplit(replica.url)

        def push(data: bytes) -> None:
            cookie = ""
            if STATE in data:
                address, cookie = town.begin(replica)
                data = data.replace(STATE, parse_qs(urlsplit(address).query)["state"][0].encode())
            query = quote_from_bytes(data, safe="=&%+")
            connection = http.client.HTTPConnection(host.hostname or "", host.port, timeout=30)
            with closing(connection):
                headers = {"Cookie": cookie} if cookie else {}
                connection.request("GET", f"{REDIRECT_PATH}?{query}", headers=headers)
                reply = connection.getresponse()
                assert b"</html>" in reply.read(), reply.status
                assert reply.status != http.client.INTERNAL_SERVER_ERROR

        seeds = [b"code=abc&state=" + STATE, b"error=access_denied&state=" + STATE, b"code=abc"]
        yield Door(bytes_changed(seeds), push)
