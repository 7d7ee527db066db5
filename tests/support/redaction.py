"""No secret stands in what a test logged, printed or had printed: each that was used is looked for.

A secret is used where code takes it out of its `SecretStr`, and where a program is started with it.
pytest holds what a test wrote, to the streams and to the log; what a program said elsewhere, and
logs that a test reads itself, are handed to `look`. Short ones are left out: they are words.
"""

import re
from collections.abc import Generator, Mapping

import pytest
from pydantic import SecretStr

SHORTEST = 8
OF_THE_DOUBLE = ("xoxb-playground-bot", "xapp-1-playground-app", "playground-signing-secret")
NAMES = re.compile(r"TOKEN|SECRET|PASSWORD|PRIVATE_KEY|API_KEY")
IN_AN_ADDRESS = re.compile(r"(?<=//)[^\s:/@]*:([^\s@/]+)(?=@)")

_used: set[str] = set(OF_THE_DOUBLE)


def note(value: str) -> None:
    """This is a secret: from now on it may stand nowhere."""
    if len(value) >= SHORTEST:
        _used.add(value)


def note_all(settings: Mapping[str, str]) -> None:
    """What a program is started with: whatever is a secret by its name, and passwords."""
    for name, value in settings.items():
        if NAMES.search(name):
            note(value)
        for password in IN_AN_ADDRESS.findall(value):
            note(password)


def found(text: str) -> list[str]:
    """The secrets in it, told by how they begin."""
    return sorted(f"{secret[:4]}…" for secret in _used if secret in text)


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
    """Fail a test that wrote one."""
    report = yield
    for name, text in report.sections:
        if secrets := found(text):
            report.outcome = "failed"
            report.longrepr = f"{report.nodeid}: {name} holds {', '.join(secrets)}"
    return report
