"""No secret stands in what a test logged, printed or had printed: each that was used is looked for.

A secret is used where code takes it out of its `SecretStr`, and where a program is started with it.
pytest holds what a test wrote, to the streams and to the log, and what it raised; what a program
said elsewhere, and logs that a test reads itself, are handed to `look`. Short ones are left out:
they are words.
"""

import json
import re
from collections.abc import Generator, Mapping

import pytest
from pydantic import SecretStr

SHORTEST = 8
LONG = 32
"""Characters from which a part of a secret is one by itself: a key of several, a line of a PEM."""
PARTS = re.compile(r",|\n|\\n")
OF_THE_DOUBLE = ("xoxb-playground-bot", "xapp-1-playground-app", "playground-signing-secret")
NAMES = re.compile(r"TOKEN|SECRET|PASSWORD|PRIVATE_KEY|API_KEY")
IN_AN_ADDRESS = re.compile(r"(?<=//)[^\s:/@]*:([^\s@/]+)(?=@)")

_used: set[str] = set(OF_THE_DOUBLE)


def note(value: str) -> None:
    """This is a secret: from now on it may stand nowhere, nor may a long part of it; neither as it
    is nor as JSON writes it.
    """
    parts = [one for one in PARTS.split(value) if len(one) >= LONG and not one.startswith("-----")]
    for secret in (value, *parts):
        if len(secret) >= SHORTEST:
            _used.update((secret, json.dumps(secret)[1:-1]))


def note_all(settings: Mapping[str, str]) -> None:
    """What a program is started with: whatever is a secret by its name, and passwords."""
    for name, value in settings.items():
        if NAMES.search(name):
            note(value)
        for password in IN_AN_ADDRESS.findall(value):
            note(password)


def found(text: str) -> list[str]:
    """The secrets in it, told by how they begin."""
    return sorted({_begun(secret) for secret in _used if secret in text})


def hidden(text: str) -> str:
    """The same text, with nothing of its secrets but how they begin."""
    for secret in sorted(_used, key=len, reverse=True):
        text = text.replace(secret, _begun(secret))
    return text


def _begun(secret: str) -> str:
    return f"{secret[:4]}…"


def look(text: str) -> None:
    """Fail where a secret stands in it."""
    assert (secrets := found(text)) == [], f"a log or an output holds {', '.join(secrets)}"


def pytest_configure() -> None:
    """Note what is taken out, from the first test on."""
    take_out = SecretStr.get_secret_value

    def noted(secret: SecretStr) -> str:
        value = take_out(secret)
        note(value)
        return value

    SecretStr.get_secret_value = noted  # type: ignore[assignment, method-assign] # only looks on


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that wrote or raised one; what it raised is told without it."""
    report = yield
    raised = report.longreprtext
    for name, text in (*report.sections, ("what was raised", raised)):
        if secrets := found(text):
            report.outcome = "failed"
            told = f"{report.nodeid}: {name} holds {', '.join(secrets)}"
            report.longrepr = f"{told}\n{hidden(raised)}".rstrip()
    return report
