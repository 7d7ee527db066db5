"""A secret that is logged or printed fails the run."""

import json
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
        ("assert False, f'no answer to {value}'", True),
        ("raise RuntimeError(value)", True),
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


def test_each_of_several_keys_and_each_line_of_a_pem_is_looked_for() -> None:
    first, second = "first-key-of-one-test-" + "k" * 22, "second-key-of-one-test-" + "k" * 21
    lines = ["MIIEo-line-one-of-a-test-" + "A" * 39, "MIIEp-line-two-of-a-test-" + "B" * 39]
    pem = "\n".join(["-----BEGIN RSA PRIVATE KEY-----", *lines, "-----END RSA PRIVATE KEY-----"])
    redaction.note_all({"CHARTER_SECRET_KEYS": f"{first},{second}", "A_PRIVATE_KEY": pem})
    assert redaction.found(f"sealed with {second}") == ["seco…"]
    assert redaction.found(json.dumps({"event": "bad_key", "key": pem})) != []
    assert redaction.found(f"cannot read {lines[1]}") == ["MIIE…"]
    assert redaction.found("-----BEGIN RSA PRIVATE KEY-----") == []
    assert redaction.hidden(f"{first} and {second}") == "firs… and seco…"


def test_what_json_writes_otherwise_is_looked_for() -> None:
    redaction.note('a "quoted" secret of one test')
    assert redaction.found(json.dumps({"error": 'a "quoted" secret of one test'})) == ['a \\"…']


def test_the_doubles_secrets_are_among_them() -> None:
    app = App()
    assert (app.bot_token, app.app_token, app.signing_secret) == redaction.OF_THE_DOUBLE
