"""What `doctor` says of Slack: what works, and how to mend the rest."""

from pathlib import Path

from bot.outcome import Finding
from bot.settings import Settings
from handlers.doctor import examined
from handlers.playground.double import Double
from storage import migrate


def examine(workspace: Double, folder: Path, **more: str) -> list[Finding]:
    url = f"sqlite:///{folder}/charter.db"
    migrate.upgrade(url)
    tokens = {
        "database_url": url,
        "slack_bot_token": workspace.app.bot_token,
        "slack_app_token": workspace.app.app_token,
        "slack_api_url": workspace.api_url,
    }
    return examined(Settings.read(tokens | more))


def test_all_is_well(workspace: Double, tmp_path: Path) -> None:
    findings = examine(workspace, tmp_path)
    assert all(finding.is_well for finding in findings)
    told = [finding.what for finding in findings]
    assert "bot token: installed in Playground" in told
    assert "app token: Socket Mode opens" in told


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
