"""A secret that is logged or printed fails the run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handlers.playground.double import App
from tests.support import redaction
from tests.support.tree import ROOT

LEAKS = """
import logging
import sys

from pydantic import SecretStr


def test_it():
    value = SecretStr("an-invented-secret").get_secret_value()
    {deed}
"""


@pytest.mark.parametrize(
    ("deed", "is_told"),
    [
        ("logging.getLogger('x').error('called with %s', value)", True),
        ("print('Bearer', value)", True),
        ("sys.stderr.write(value)", True),
        ("logging.getLogger('x').error('called with xapp-1-playground-app')", True),
        ("print(len(value))", False),
    ],
)
def test_what_stands_in_a_log_or_a_stream_is_told(tmp_path: Path, deed: str, is_told: bool) -> None:
    (tmp_path / "test_it.py").write_text(LEAKS.format(deed=deed), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.support.redaction", "."],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (run.returncode != 0) is is_told
    assert ("holds an-i…" in run.stdout or "holds xapp…" in run.stdout) is is_told


def test_what_a_program_was_started_with_is_looked_for() -> None:
    address = "postgresql://ana:a-password-of-one-test@127.0.0.1/charter"
    redaction.note_all({"OTHER_TOKEN": "a-token-of-one-test", "DATABASE_URL": address, "PORT": "0"})
    assert redaction.found("x a-token-of-one-test y") == ["a-to…"]
    assert redaction.found(f"cannot reach {address}") == ["a-pa…"]
    with pytest.raises(AssertionError, match="holds a-to…"):
        redaction.look('{"token": "a-token-of-one-test"}')
    redaction.look("0 ana 127.0.0.1")


def test_the_doubles_secrets_are_among_them() -> None:
    app = App()
    assert (app.bot_token, app.app_token, app.signing_secret) == redaction.OF_THE_DOUBLE
