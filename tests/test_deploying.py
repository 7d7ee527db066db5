"""What ships Charter says what is so: paths, users, settings, and no secret in it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped] # its types are a package of their own

from bot.settings import Settings
from bot.version import VERSION
from tests.support.tree import PRODUCT, ROOT

OF_OTHERS = {"HOME", "PATH", "PGPASSWORD", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
"""Read by libpq, by Python and by the shell."""
SECRET = re.compile(r"xox[a-z]-\w|xapp-\w|gh[opsu]_\w{10}|github_pat_\w{10}|-----BEGIN|sk-\w{10}")
UNIT = ROOT / "docs" / "deploying" / "charter.service"


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def steps() -> list[tuple[str, str]]:
    """The Containerfile's instructions, each on one line, with what they say."""
    joined = re.sub(r"\\\n\s*", "", text("Containerfile"))
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    parted = (re.sub(r"\s+", " ", line).strip().partition(" ") for line in lines)
    return [(name, said) for name, _, said in parted]


def last_stage() -> list[tuple[str, str]]:
    found = steps()
    begins = max(number for number, (name, _) in enumerate(found) if name == "FROM")
    return found[begins:]


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(text("compose.yaml"))
    return read


def names_of_settings() -> set[str]:
    return {name.upper() for name in Settings.model_fields} | OF_OTHERS


def test_the_image_runs_as_nobody_in_particular() -> None:
    said = dict(last_stage())
    assert said["USER"] == "10001:10001"
    order = [name for name, _ in last_stage()]
    assert "RUN" not in order[order.index("USER") :], "nothing is built as that user"
    assert said["ENTRYPOINT"].startswith('["/opt/charter/bin/python"')
    owners = [what for name, what in last_stage() if name == "COPY" and "--chown" in what]
    assert owners == [], "Charter's user owns nothing of the code"


def test_the_last_stage_has_no_tools_to_build_with() -> None:
    runs = " ".join(what for name, what in last_stage() if name == "RUN")
    assert "pip uninstall --yes --quiet pip" in runs
    assert re.findall(r"apt-get|gcc|build-essential|pip install", runs) == []
    assert "--only-binary :all:" in " ".join(what for name, what in steps() if name == "RUN")


def test_all_that_is_copied_is_there_and_nothing_is_forgotten() -> None:
    copied = [
        path
        for name, what in steps()
        if name == "COPY" and "--from" not in what
        for path in what.split()[:-1]
    ]
    assert [path for path in copied if not (ROOT / path).exists()] == []
    assert set(PRODUCT) <= set(copied), "all of the code"
    allowed = {line[1:] for line in text(".dockerignore").splitlines() if line.startswith("!")}
    assert allowed == set(copied)
    assert "*" in text(".dockerignore").splitlines()


def test_the_base_has_a_tag_and_the_python_that_the_tests_run_with() -> None:
    [base] = [what for name, what in steps() if name == "ARG"]
    found = re.fullmatch(r"BASE=docker\.io/library/python:(\d+\.\d+)-slim-\w+", base)
    assert found is not None
    assert found[1] in {"3.11", f"{sys.version_info.major}.{sys.version_info.minor}"}
    assert {what.split()[0] for name, what in steps() if name == "FROM"} == {"${BASE}"}


def test_compose_gives_away_nothing_that_it_need_not() -> None:
    services = compose()["services"]
    assert set(services) == {"charter", "postgres"}
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "privileged" not in service
        assert "cap_add" not in service
    assert services["postgres"]["user"] == "postgres"
    assert "ports" not in services["postgres"], "the database is reached from inside alone"
    assert services["charter"]["ports"] == ["127.0.0.1:3000:3000"]
    assert services["charter"]["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert services["postgres"]["healthcheck"]["test"][1] == "pg_isready"


def test_settings_that_are_named_are_settings() -> None:
    image = {
        name for step, what in steps() if step == "ENV" for name in re.findall(r"([A-Z_]+)=", what)
    }
    unit = re.findall(r"(?:^Environment=| )([A-Z_]+)=", UNIT.read_text(encoding="utf-8"), re.M)
    assert image >= {"DATABASE_URL", "HOST", "PORT"}
    assert "DATABASE_URL" in unit
    composed = set(compose()["services"]["charter"]["environment"])
    assert (image | set(unit) | composed) - names_of_settings() == set()


@pytest.mark.parametrize(
    "name", ["Containerfile", "compose.yaml", "docs/deploying/charter.service"]
)
def test_no_secret_stands_in_it(name: str) -> None:
    assert SECRET.search(text(name)) is None
    given = re.findall(r"^ *\w*(?:PASSWORD|TOKEN|SECRET|KEY)[=:] *(.*)$", text(name), re.MULTILINE)
    assert [value for value in given if not value.startswith("${")] == []


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    unit = UNIT.read_text(encoding="utf-8")
    assert "ExecStart=/opt/charter/.venv/bin/python /opt/charter/app.py serve\n" in unit
    tried = tmp_path / "charter.service"
    tried.write_text(unit.replace("/opt/charter/.venv/bin/python", sys.executable))
    verified = _said(analyze, "verify", str(tried))
    assert (verified.returncode, verified.stderr) == (0, "")
    asked = ("--offline=true", "--no-pager", "--threshold=20", str(tried))
    rated = _said(analyze, "security", *asked)
    assert rated.returncode == 0, f"exposed by more than 2.0 of 10: {rated.stdout[-200:]}"


def _said(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_version_has_a_heading_in_the_changelog() -> None:
    changes = text("CHANGELOG.md")
    [version] = re.findall(r'^version = "(.+)"$', text("pyproject.toml"), re.MULTILINE)
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$", changes, re.M)
    assert re.search(r"^## \[Unreleased\]$", changes, re.MULTILINE)
    assert released[0] == version == VERSION
