"""What the values of settings may be: secrets, keys, addresses."""

import re
from base64 import urlsafe_b64decode
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr

CONNECTIONS = 20
"""How many connections a process may open to a PostgreSQL server, unless set otherwise."""

SERVER = re.compile(
    r"https?://([a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:[0-9]{1,5})?(/[\w.~%/-]*)?",
    re.ASCII | re.IGNORECASE,
)
TEAM_ID = re.compile(r"T[A-Z0-9]{2,20}")


def team_ids(listed: str) -> str:
    """Ids of Slack teams, each once."""
    ids = [part.strip() for part in listed.split(",") if part.strip()]
    if not all(TEAM_ID.fullmatch(team) for team in ids):
        raise ValueError("ids of Slack teams separated by commas, such as T024BE7LD,T0G9PQBBK")
    return ",".join(dict.fromkeys(ids))


def possible_connections(connections: object) -> object:
    """Two at least: one that is slow must not keep out all others."""
    text = str(connections)
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 2 <= int(text) <= 200:
        raise ValueError("a whole number from 2 to 200")
    return connections


def whole_secret(secret: SecretStr) -> SecretStr:
    """A secret goes into a header: one that was pasted with a space would break there."""
    text = secret.get_secret_value()
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("plain characters without a space or a line break")
    return secret


def plain_address(url: str) -> str:
    """Without user or password, which would stand in logs, and with nothing after the path."""
    if not (SERVER.fullmatch(url) and has_possible_port(url)):
        raise ValueError(
            "the http or https address of a server, such as https://mlflow.example.org, "
            "without user, password, ? or #"
        )
    return url.rstrip("/")


def slack_address(url: str) -> str:
    """With the slash at its end that Slack's client wants."""
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    if not whole or "@" in url:  # a password would stand in what `doctor` says
        raise ValueError("an address such as https://slack.com/api/, without user or password")
    return url if url.endswith("/") else url + "/"


def pem(key: SecretStr) -> SecretStr:
    """Also on one line, as where an environment holds no line breaks."""
    text = key.get_secret_value().replace("\\n", "\n").strip()
    if not (text.startswith("-----BEGIN ") and text.endswith("PRIVATE KEY-----")):
        raise ValueError("the text of a PEM file, from -----BEGIN to PRIVATE KEY-----")
    return SecretStr(text + "\n")


def keys(listed: SecretStr) -> SecretStr:
    if not all(map(is_key, listed.get_secret_value().split(","))):
        raise ValueError(
            "keys separated by commas, each as `app.py new-key` prints one (44 characters)"
        )
    return listed


def client_id(id: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,60}", id):
        raise ValueError("the client id of a Slack app, such as 1234567890.1234567890")
    return id


def app_id(id: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.]{1,40}", id):
        raise ValueError("the number of a GitHub App, or its client id")
    return id


def how_often(times: object) -> object:
    if not re.fullmatch(r"[0-9]{1,6}", str(times)):
        raise ValueError("a whole number such as 60, or 0 for no limit")
    return times


def is_key(text: str) -> bool:
    """Whether it is a key that seals: 32 bytes in Base64."""
    try:
        return len(urlsafe_b64decode(text)) == 32
    except (ValueError, TypeError):
        return False


def has_possible_port(url: str) -> bool:
    """Whether a port is named that there can be, or none."""
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def whole(unit: str, digits: int) -> BeforeValidator:
    """A whole number of so many digits at most."""

    def taken(number: object) -> object:
        if not re.fullmatch(rf"[0-9]{{1,{digits}}}", str(number)):
            raise ValueError(f"a whole number of {unit} from 0 to {'9' * digits}")
        return number

    return BeforeValidator(taken)


Secret = Annotated[SecretStr, AfterValidator(whole_secret)]
TeamIds = Annotated[str, AfterValidator(team_ids)]
Address = Annotated[str, AfterValidator(plain_address)]
Days = Annotated[int, whole("days", 4)]
Seconds = Annotated[int, whole("seconds", 2)]
SlackAddress = Annotated[str, AfterValidator(slack_address)]
Pem = Annotated[SecretStr, AfterValidator(pem)]
Keys = Annotated[Secret, AfterValidator(keys)]
HowOften = Annotated[int, BeforeValidator(how_often)]
ClientId = Annotated[str, AfterValidator(client_id)]
AppId = Annotated[str, AfterValidator(app_id)]
Connections = Annotated[int, BeforeValidator(possible_connections)]
