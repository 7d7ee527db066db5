"""What ships Charter says what is so: paths, users, settings, and no secret in it."""

import argparse
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped] # its types are a package of their own

import app
from bot.setting_values import CONNECTIONS
from bot.settings import Settings
from bot.version import VERSION
from handlers import metrics, shell, web, webhooks
from handlers.manifest import REDIRECT_PATH
from handlers.views import installing
from tests.support.tree import PRODUCT, ROOT

OF_OTHERS = {"HOME", "PATH", "PGPASSWORD", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
"""Read by libpq, by Python and by the shell."""
SECRET = re.compile(r"xox[a-z]-\w|xapp-\w|gh[opsu]_\w{10}|github_pat_\w{10}|-----BEGIN|sk-\w{10}")
UNITS = ROOT / "docs" / "deploying"
UNIT = UNITS / "charter.service"
BACKUP = UNITS / "charter-backup.service"
COMMANDS = re.compile(
    r"^    .*(?:/app\.py|docker compose run --rm(?: -v \S+)? charter) (.+?)(?: &&.*| > .*)?$",
    re.MULTILINE,
)
"""Commands to Charter in a document, after whatever starts it."""


def shown(_options: argparse.Namespace, _settings: Settings) -> int:
    """What a command does here: nothing."""
    return 0


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


def test_the_database_of_compose_lets_in_more_than_three_replicas() -> None:
    told = compose()["services"]["postgres"]["command"].split()
    assert told[:2] == ["postgres", "-c"]
    name, _, number = told[2].partition("=")
    assert (name, int(number) >= 4 * (CONNECTIONS + 1)) == ("max_connections", True)


def test_a_backup_of_compose_goes_where_its_user_may_write() -> None:
    document, user = text("docs/deploying.md"), dict(last_stage())["USER"]
    owner = re.findall(r"install -d -m 0700 -o (\d+) -g (\d+) backups\n", document)
    assert owner == [tuple(user.split(":"))]
    mounted = re.findall(
        r'run --rm -v "\$PWD/backups:(/\w+)(?::ro)?" charter (\w+) (\S+)', document
    )
    assert {deed for _, deed, _ in mounted} == {"backup", "restore"}
    assert {place for place, _, _ in mounted} == {"/backups"}
    assert [file for place, _, file in mounted if Path(file).parent != Path(place)] == []
    kept = [one.partition(":")[0] for one in compose()["services"]["charter"]["tmpfs"]]
    assert "/backups" not in kept, "it would be gone with the container"


def test_commands_that_are_shown_are_commands() -> None:
    grammar = shell.grammar(dict.fromkeys(app.DEEDS, shown))
    found = COMMANDS.findall(text("docs/deploying.md"))
    for command in found:
        grammar.parse_args(shlex.split(command))
    assert {command.split()[0] for command in found} == {"backup", "restore", "dump", "doctor"}


def test_paths_that_the_proxy_lets_in_are_served_and_those_from_inside_are_not_let_in() -> None:
    document = text("docs/deploying.md")
    let_in = set(re.findall(r"location = (\S+) +\{ proxy_pass http://charter; \}", document))
    installs = {installing.BEGIN, REDIRECT_PATH}
    assert let_in == {web.EVENTS, webhooks.GITHUB, webhooks.MLFLOW} | installs
    assert re.search(r"location / +\{ return 404; \}", document), "all else is refused"
    for path in (*web.HEALTH, metrics.PATH):
        assert f"`{path}`" in document


def test_settings_that_are_named_are_settings() -> None:
    image = {
        name for step, what in steps() if step == "ENV" for name in re.findall(r"([A-Z_]+)=", what)
    }
    unit = [
        name
        for path in UNITS.glob("*.service")
        for name in re.findall(r"(?:^Environment=| )([A-Z_]+)=", path.read_text("utf-8"), re.M)
    ]
    assert image >= {"DATABASE_URL", "HOST", "PORT"}
    assert "DATABASE_URL" in unit
    composed = set(compose()["services"]["charter"]["environment"])
    assert (image | set(unit) | composed) - names_of_settings() == set()


@pytest.mark.parametrize(
    "name",
    [
        "Containerfile",
        "compose.yaml",
        "docs/deploying/charter.service",
        "docs/deploying/charter-backup.service",
    ],
)
def test_no_secret_stands_in_it(name: str) -> None:
    assert SECRET.search(text(name)) is None
    given = re.findall(r"^ *\w*(?:PASSWORD|TOKEN|SECRET|KEY)[=:] *(.*)$", text(name), re.MULTILINE)
    assert [value for value in given if not value.startswith("${")] == []


def test_the_units_are_such_as_systemd_takes(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    assert "ExecStart=/opt/charter/.venv/bin/python /opt/charter/app.py serve\n" in UNIT.read_text()
    tried = [tmp_path / path.name for path in sorted(UNITS.iterdir())]
    assert [one.name for one in tried] == [
        "charter-backup.service",
        "charter-backup.timer",
        "charter.service",
    ]
    for one in tried:
        unit = (UNITS / one.name).read_text(encoding="utf-8")
        one.write_text(unit.replace("/opt/charter/.venv/bin/python", sys.executable))
    verified = _said(analyze, "verify", *map(str, tried))
    assert (verified.returncode, verified.stderr) == (0, "")
    asked = ("--offline=true", "--no-pager", "--threshold=20")
    for one in (tried[0], tried[2]):
        rated = _said(analyze, "security", *asked, str(one))
        assert rated.returncode == 0, f"exposed by more than 2.0 of 10: {rated.stdout[-200:]}"


def test_the_unit_of_backups_is_the_same_user_in_the_same_box(tmp_path: Path) -> None:
    """Who reads the database owns it, and may no more than who serves, but for one directory."""
    served, kept = (set(unit.read_text().splitlines()) for unit in (UNIT, BACKUP))
    same = {
        line
        for line in served
        if line.startswith(
            ("Environment", "Protect", "Private", "Restrict", "System", "Capability")
        )
    }
    assert same <= kept
    assert {"DynamicUser=yes", "User=charter", "StateDirectory=charter charter-backups"} <= kept
    [line] = [line for line in kept if line.startswith("ExecStart=")]
    said = line.removeprefix("ExecStart=").replace("%%", "%")
    said = said.replace("/opt/charter/.venv/bin/python /opt/charter/app.py", "echo")
    done = subprocess.run(shlex.split(said), capture_output=True, text=True, check=True)
    assert re.fullmatch(r"backup /var/lib/charter-backups/charter-[1-7]\.jsonl\.gz\n", done.stdout)


def _said(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_version_has_a_heading_in_the_changelog() -> None:
    changes = text("CHANGELOG.md")
    [version] = re.findall(r'^version = "(.+)"$', text("pyproject.toml"), re.MULTILINE)
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$", changes, re.M)
    assert re.search(r"^## \[Unreleased\]$", changes, re.MULTILINE)
    assert released[0] == version == VERSION
