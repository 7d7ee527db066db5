"""The programs that are compared, and the two processes around them: the double and the load."""

import http.client
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from handlers.playground.double import CHARTER, signed
from tests.bench.processes import PATIENCE, Child, started
from tests.bench.sizes import Size
from tests.bench.team import Question, Team
from tests.bench.trust import Trust

Json = dict[str, Any]

MODULE = "tests.bench"


@dataclass(frozen=True, slots=True)
class Program:
    """How one program is started. `team` is what it knows; it is asked about that."""

    name: str
    arguments: tuple[str, ...]
    settings: Mapping[str, str]
    team: Team


def charter(name: str, team: Team, database: str) -> Program:
    unpaced = {"CHARTER_ASKS_PER_PERSON": "0", "CHARTER_ASKS_PER_WORKSPACE": "0"}
    settings = {"DATABASE_URL": database, "PORT": "0", **unpaced}
    return Program(name, ("app.py", "serve"), settings, team)


def plain(name: str, team: Team, database: str) -> Program:
    return Program(name, ("-m", f"{MODULE}.plain", name, database), {}, team)


@dataclass(frozen=True, slots=True)
class Running:
    """A program that acknowledges, `ready` seconds after it was started.

    It answered that first command, a question, `first` seconds after it was sent.
    """

    program: Program
    child: Child
    url: str
    ready: float
    first: float


class Field:
    """Where the programs are measured: the double over TLS, and the load generator."""

    def __init__(
        self, folder: Path, trust: Trust, size: Size, stack: ExitStack, channels: int = 0
    ) -> None:
        self._folder = folder
        self._size = size
        arguments = [trust.tls.certificate, trust.tls.key, str(size.people), str(channels)]
        self._double = self._started("slack", arguments, stack)
        told = json.loads(self._double.line())
        self._control: str = told["control"]
        self._settings = {
            "SLACK_BOT_TOKEN": CHARTER.bot_token,
            "SLACK_SIGNING_SECRET": CHARTER.signing_secret,
            "SLACK_API_URL": told["api"],
            "SSL_CERT_FILE": str(trust.bundle),
        }
        self._load = self._started("load", [self._control, CHARTER.signing_secret], stack)

    def _started(self, module: str, arguments: Sequence[str], stack: ExitStack) -> Child:
        whole = ["-m", f"{MODULE}.{module}", *arguments]
        return stack.enter_context(started(whole, {}, self._folder / f"{module}.log"))

    @contextmanager
    def running(self, program: Program) -> Iterator[Running]:
        """A program, started, for as long as the block lasts."""
        log = self._folder / f"{program.name}.log"
        with started(program.arguments, {**program.settings, **self._settings}, log) as child:
            question = next(program.team.questions("first"))
            asked = self.ask("/commands", texts=[f"ask {question.text}"], askers=1)["ready"][0]
            before = len(self.ask("/arrivals", since=0)["arrivals"])
            url = child.line().split(" at ")[-1]
            sent_at = time.monotonic()
            status = sent(url, asked)
            ready = time.monotonic() - child.began
            answered = self.ask("/arrivals", since=before, count=1, seconds=PATIENCE / 2)
            if status != 200 or not answered["arrivals"]:
                words = log.read_text(encoding="utf-8", errors="replace")[-3000:]
                raise RuntimeError(f"{program.name} answered {status}:\n{words}")
            _, at = answered["arrivals"][0]
            yield Running(program, child, url, ready, at / 1e9 - sent_at)

    def ask(self, path: str, **words: Any) -> Json:
        """What the double's control server answers."""
        parts = urlsplit(self._control)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=PATIENCE)
        try:
            connection.request("POST", path, json.dumps(words))
            answer: Json = json.loads(connection.getresponse().read())
            return answer
        finally:
            connection.close()

    def cpu(self) -> dict[str, float]:
        """Seconds of CPU that the double and the load generator have taken so far."""
        return {"double": self._double.cpu(), "load": self._load.cpu()}

    def order(self, do: str, running: Running, asked: Sequence[Question], **more: Any) -> Json:
        """Have the load generator ask these questions, the first half of them by command."""
        half = len(asked) // 2
        words = {
            "do": do,
            "app": running.url,
            "askers": self._size.askers,
            "command": [f"ask {question.text}" for question in asked[:half]],
            "mention": [question.text for question in asked[half:]],
            **more,
        }
        self._load.tell(json.dumps(words))
        found: Json = json.loads(self._load.line(PATIENCE * 10))
        return found


def sent(url: str, payload: Json) -> int:
    """The status with which a program answers one signed command."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=PATIENCE)
    headers = signed(CHARTER.signing_secret, payload["body"], int(time.time()))
    try:
        connection.request(
            "POST", parts.path, payload["body"], {**headers, "Content-Type": payload["type"]}
        )
        return connection.getresponse().status
    finally:
        connection.close()
