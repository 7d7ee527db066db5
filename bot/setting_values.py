"""What the values of settings may be: secrets, keys, addresses."""

import re
from base64 import urlsafe_b64decode
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr

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
