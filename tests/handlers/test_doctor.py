"""What `doctor` says of Slack: what works, and how to mend the rest."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import stamina

from bot.outcome import Finding
from bot.settings import Settings
from handlers import doctor
from handlers.doctor import examined
from handlers.playground.double import Double
from storage import migrate
from storage.database import Database
from tests.handlers.company import company
from tests.sources.answering import Answer, always, answering
from tests.support.clock import T0


def examine(workspace: Double, folder: Path, *, there: datetime = T0, **more: str) -> list[Finding]:
    url = f"sqlite:///{folder}/charter.db"
    migrate.upgrade(url)
    workspace.space.clock = lambda: there
    tokens = {
        "database_url": url,
        "slack_bot_token": workspace.app.bot_token,
        "slack_app_token": workspace.app.app_token,
        "slack_api_url": workspace.api_url,
    }
    return examined(Settings.read(tokens | more), lambda: T0)


def test_all_is_well(workspace: Double, tmp_path: Path) -> None:
    findings = examine(workspace, tmp_path)
    assert all(finding.is_well for finding in findings)
    told = [finding.what for finding in findings]
    assert "bot token: installed in Playground" in told
    assert "app token: Socket Mode opens" in told


def test_slacks_own_check_is_asked_of_what_charter_shows(
    workspace: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [finding.what for finding in examine(workspace, tmp_path)]
    assert "blocks: Slack takes 5 of 5 that were shown to it" in told
    broken = {"a form": {"type": "modal", "blocks": [{"type": "divider", "text": "x"}]}}
    monkeypatch.setattr(doctor, "specimens", lambda: broken)
    wrong = [finding for finding in examine(workspace, tmp_path) if not finding.is_well]
    assert [finding.what for finding in wrong] == [
        "blocks of a form: /: missing required field: title",
        "blocks of a form: /blocks/0: no such property: text",
    ]
    assert all(finding.mend.startswith("Update Charter") for finding in wrong)


def test_a_slack_without_such_a_check_is_no_fault(workspace: Double, tmp_path: Path) -> None:
    workspace.refuse("blocks.validate", "unknown_method")
    told = examine(workspace, tmp_path)
    assert all(finding.is_well for finding in told)
    assert "Slack does not say" in str(told)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (20, "clock: agrees with Slack's"),
        (-20, "clock: agrees with Slack's"),
        (90, "clock: this machine's is 90 s behind Slack's"),
        (-400, "clock: this machine's is 400 s ahead of Slack's"),
    ],
)
def test_a_clock_that_slacks_signatures_would_not_stand_is_told(
    workspace: Double, tmp_path: Path, seconds: int, told: str
) -> None:
    findings = examine(workspace, tmp_path, there=T0 + timedelta(seconds=seconds))
    [clock] = [finding for finding in findings if finding.what.startswith("clock")]
    assert clock.what == told
    assert clock.is_well is ("agrees" in told)


def test_a_refused_token_is_named_and_never_shown(workspace: Double, tmp_path: Path) -> None:
    bot = examine(workspace, tmp_path, slack_bot_token="xoxb-stale-1234")
    [wrong] = [finding for finding in bot if not finding.is_well]
    assert "SLACK_BOT_TOKEN" in wrong.what
    assert wrong.mend
    app = examine(workspace, tmp_path, slack_app_token="xapp-stale-1234")
    [wrong] = [finding for finding in app if not finding.is_well]
    assert "SLACK_APP_TOKEN" in wrong.what
    assert "stale" not in str(bot) + str(app)


def test_a_missing_scope_is_named(workspace: Double, tmp_path: Path) -> None:
    workspace.revoke("users:read")
    [wrong] = [finding for finding in examine(workspace, tmp_path) if not finding.is_well]
    assert wrong.what == "scopes: users:read missing"
    assert "manifest" in wrong.mend


def test_slack_that_is_away_is_said(workspace: Double, tmp_path: Path) -> None:
    away = examine(workspace, tmp_path, slack_api_url="http://127.0.0.1:1/api/")
    assert [finding.what for finding in away if not finding.is_well] == ["Slack does not answer"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("team_access_not_granted", "Slack refuses (team_access_not_granted)"),
        ("internal_error", "Slack does not answer"),
        ("token_revoked", "Slack does not accept its token"),
    ],
)
def test_each_workspace_is_told_of_whatever_another_one_says(
    database: Database, database_url: str, error: str, told: str
) -> None:
    with company(database, rotates=True) as firm:
        replica = firm.replica()
        acme, bolt = firm.teams.doubles.values()
        firm.install(acme, replica)
        firm.install(bolt, replica)
        firm.clock.passes(hours=13)
        replica.many.ready(replica.many.every()[0])
        acme.refuse("auth.test", error, times=3)
        asked = len(acme.calls)
        settings = firm.settings.model_copy(update={"database_url": database_url})
        wrong = [finding for finding in examined(settings, firm.clock) if not finding.is_well]
        assert [call.method for call in acme.calls[asked:]] == ["auth.test"]
    assert [finding.what for finding in wrong] == [
        f"installation T0ACME (Acme, workspace 1): {told}",
        "installation T0BOLT (Bolt, workspace 2): its token has ended",
    ]
    assert wrong[1].mend.startswith("Start Charter: it renews the token.")


def test_sources_that_are_not_set_up_are_named(workspace: Double, tmp_path: Path) -> None:
    told = [finding.what for finding in examine(workspace, tmp_path) if finding.is_well]
    assert [what.partition(" (")[0] for what in told[-4:]] == [
        "GitHub: not set up",
        "MLflow: not set up",
        "W&B: not set up",
        "Notion: not set up",
    ]


@pytest.mark.parametrize(
    ("answer", "github", "mlflow", "mend"),
    [
        (Answer(401, {}), "refuses the credentials", "refuses the credentials", "Set "),
        (Answer(403, {}), "lets Charter read nothing", "lets Charter read nothing", "Set "),
        (Answer(500), "does not answer", "does not answer", "It answers that it is broken."),
        (Answer(200, b"<html>"), "answers what makes no sense", "answers what makes no sense", ""),
        (
            Answer(429, {}, {"Retry-After": "600"}),
            ": answers, but has been asked enough until 10:10 UTC",
            ": answers, but has been asked enough until 10:10 UTC",
            "",
        ),
    ],
)
def test_a_source_in_trouble_says_how_to_mend_it(
    workspace: Double, tmp_path: Path, answer: Answer, github: str, mlflow: str, mend: str
) -> None:
    with stamina.set_testing(True, attempts=1), answering(always(answer)) as server:
        findings = examine(
            workspace,
            tmp_path,
            github_api_url=server.url,
            github_token="ghp_secret",
            mlflow_tracking_uri=server.url,
            mlflow_tracking_token="eyJsecret",
        )[-4:-2]
    for finding, name, what in zip(findings, ("GitHub", "MLflow"), (github, mlflow), strict=True):
        assert finding.what.startswith(f"{name} at {server.url}")
        assert finding.what.endswith(what)
        assert finding.mend.startswith(mend)
        assert bool(finding.mend) is not finding.is_well
        assert "secret" not in repr(finding)


def test_sources_that_answer_say_so(workspace: Double, tmp_path: Path) -> None:
    limits = {"resources": {"core": {"limit": 5000, "remaining": 4987}}}
    with answering(always(Answer(200, limits))) as server:
        findings = examine(
            workspace, tmp_path, github_api_url=server.url, mlflow_tracking_uri=server.url
        )[-4:-2]
    assert [finding.what for finding in findings] == [
        f"GitHub at {server.url}: 4,987 of 5,000 requests left this hour",
        f"MLflow at {server.url}: of an unknown version",
    ]
