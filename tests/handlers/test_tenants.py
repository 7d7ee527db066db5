"""Several workspaces in one Charter: how they come, how they go, and who is served meanwhile."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.errors import Unavailable
from handlers.playground.double import Double
from handlers.service.installations import Vault, new_key
from handlers.tenants.many import EARLY
from handlers.web import EVENTS
from storage import backups
from storage.database import Database
from tests.handlers.company import Company, company
from tests.handlers.talk import eventually, mentioned, new_project, typed

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def firm(database: Database) -> Iterator[Company]:
    with company(database) as made:
        yield made


@pytest.fixture
def acme(firm: Company) -> Double:
    return firm.teams.doubles["T0ACME"]


@pytest.fixture
def bolt(firm: Company) -> Double:
    return firm.teams.doubles["T0BOLT"]


def test_a_team_installs_charter_and_is_answered(firm: Company, acme: Double) -> None:
    replica = firm.replica()
    page = firm.install(acme, replica)
    assert page.status == 200
    assert "Charter is in Acme" in page.text
    assert "resume" not in page.text
    assert "app_redirect?app=A0CHARTER&amp;team=T0ACME" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    new_project(acme)
    typed(acme.person("ana"), "raci data pipeline A @Ana Silva")
    answer = mentioned(acme.person("ana"), "@Charter who owns the data pipeline?")
    assert "Ana Silva" in answer.said


def test_two_teams_are_served_beside_one_another(firm: Company, acme: Double, bolt: Double) -> None:
    replica = firm.replica()
    firm.install(acme, replica)
    firm.install(bolt, replica)
    new_project(acme)
    zoe = bolt.person("zoe")
    zoe.slash("/charter new Search Rank", "ranking")
    zoe.gets_modal("New project")
    assert zoe.submits() is None
    zoe.hears("Search Rank", "ranking")
    assert "Fraud Radar" in typed(acme.person("ana"), "portfolio").said
    said = typed(zoe, "portfolio", "ranking").said
    assert "Search Rank" in said
    assert "Fraud" not in said


def test_a_team_that_installed_nothing_is_acknowledged_and_logged_once(
    firm: Company, acme: Double, bolt: Double, logs: io.StringIO
) -> None:
    replica = firm.replica()
    firm.install(acme, replica)
    bolt.app_url = acme.app_url
    zoe = bolt.person("zoe")
    for _ in range(3):
        assert zoe.slash("/charter portfolio", "ranking").failure == ""
    assert zoe.sees("ranking") == []
    assert bolt.calls == []
    told = [json.loads(line) for line in logs.getvalue().splitlines() if "not_installed" in line]
    assert [one["team"] for one in told] == ["T0BOLT"]


def test_another_replica_notices_who_came_and_who_went(
    firm: Company, acme: Double, bolt: Double
) -> None:
    here, there = firm.replica(), firm.replica()
    firm.install(acme, here)
    assert there.many.every() == []
    there.pulse.tick()
    assert [one.installation.team for one in there.many.every()] == ["T0ACME"]
    firm.install(bolt, here)
    assert there.many.of("T0BOLT") is not None, "asked for, it is looked up at once"
    firm.teams.take_away(acme)
    eventually(lambda: here.many.of("T0ACME") is None or None)
    there.pulse.tick()
    assert [one.installation.team for one in there.many.every()] == ["T0BOLT"]


def test_who_takes_charter_away_leaves_no_token_and_finds_all_when_back(
    firm: Company, acme: Double, database: Database, logs: io.StringIO
) -> None:
    replica = firm.replica()
    firm.install(acme, replica)
    new_project(acme)
    [workspace] = [one.workspace for one in replica.many.every()]
    firm.teams.take_away(acme)
    eventually(lambda: not replica.many.every() or None)
    with database.read() as session:
        row = session.connection().exec_driver_sql("SELECT * FROM installations").mappings().one()
    assert (row["sealed"], row["expires_at"]) == ("", None)
    assert row["gone_at"] is not None
    assert replica.charter.settings.held_since(workspace) is not None
    firm.clock.passes(days=29)
    replica.charter.installations.sweep()
    page = firm.install(acme, replica)
    assert "/charter resume" in page.text
    assert [one.workspace for one in replica.many.every()] == [workspace]
    ana = acme.person("ana")
    assert "Fraud Radar" in typed(ana, "portfolio").said
    assert replica.charter.timers.claim(workspace) == []
    typed(ana, "resume")
    assert replica.charter.settings.held_since(workspace) is None


@pytest.mark.parametrize("event", ["app_uninstalled", "tokens_revoked"])
def test_what_is_heard_too_late_leaves_a_newer_installation_alone(
    firm: Company, acme: Double, event: str, logs: io.StringIO
) -> None:
    replica = firm.replica()
    firm.install(acme, replica)
    [tenant] = replica.many.every()
    told: dict[str, object] = {"type": event, "tokens": {"bot": [acme.app.bot_user_id]}}
    acme.app_url = "http://127.0.0.1:1/"
    acme.courier.event(told, "USLACKBOT")
    firm.clock.passes(minutes=5)
    firm.install(acme, replica)
    assert [reply.failure for reply in acme.retry_events()] == [""]
    eventually(lambda: '"handled"' in logs.getvalue() or None)
    assert replica.many.of("T0ACME") is not None
    assert replica.charter.settings.held_since(tenant.workspace) is None


def test_after_the_set_time_nothing_is_left_and_a_team_begins_anew(
    firm: Company, acme: Double, bolt: Double
) -> None:
    replica = firm.replica()
    firm.install(acme, replica)
    firm.install(bolt, replica)
    new_project(acme)
    assert "Fraud Radar" in typed(acme.person("ana"), "portfolio").said
    firm.teams.take_away(acme)
    eventually(lambda: len(replica.many.every()) == 1 or None)
    firm.clock.passes(days=31)
    replica.charter.installations.sweep()
    with firm.database.read() as session:
        teams = session.connection().exec_driver_sql("SELECT team_id FROM workspaces").scalars()
        assert list(teams) == ["T0BOLT"]
    assert "resume" not in firm.install(acme, replica).text
    assert "Fraud" not in typed(acme.person("ana"), "portfolio").said


def test_tokens_lie_nowhere_unsealed(
    firm: Company, acme: Double, database: Database, logs: io.StringIO
) -> None:
    replica = firm.replica()
    firm.install(acme, replica)
    typed(acme.person("ana"), "portfolio")
    secret = acme.app.bot_token
    assert secret.startswith("xoxb-T0ACME-")
    with database.read() as session:
        backup = "\n".join(backups.lines(session, firm.clock()))
        [workspace] = [one.workspace for one in replica.many.every()]
    assert '"table":"installations"' in backup
    dumped = str(replica.charter.documents.dump(workspace, firm.clock()))
    [standing] = replica.charter.installations.every()
    for place in (backup, dumped, logs.getvalue(), repr(standing), repr(replica.many.every())):
        assert secret not in place
        assert firm.teams.client_secret not in place
    assert standing.tokens.bot == secret


def test_a_key_is_replaced_by_one_that_is_put_before_it(firm: Company, acme: Double) -> None:
    firm.install(acme, firm.replica())
    old, new = firm.keys[0], new_key()
    firm.keys = (new, old)
    replica = firm.replica()
    assert replica.charter.installations.seal_anew() == 1
    firm.keys = (new,)
    assert [one.installation.team for one in firm.replica().many.every()] == ["T0ACME"]
    firm.keys = (old,)
    lost = firm.replica()
    assert lost.many.every() == []
    seen = lost.charter.installations.since(None)
    assert seen is not None
    assert list(seen.locked) == ["T0ACME"]


def test_a_replica_that_lacks_the_new_key_goes_on_with_the_tokens_it_has(
    firm: Company, acme: Double, bolt: Double
) -> None:
    old, new = firm.keys[0], new_key()
    behind = firm.replica()
    firm.install(acme, behind)
    firm.keys = (new, old)
    ahead = firm.replica()
    assert ahead.charter.installations.seal_anew() == 1
    firm.install(bolt, ahead)
    behind.many.look()
    assert [one.installation.team for one in behind.many.every()] == ["T0ACME"]
    new_project(acme)  # is sent to the one that is behind
    acme.app_url, bolt.app_url = behind.url + EVENTS, behind.url + EVENTS
    command = bolt.person("zoe").slash("/charter portfolio", "ranking")
    assert command.failure == "dispatch_failed", "503, so that Slack brings events again"
    with pytest.raises(Unavailable):
        behind.many.of("T0BOLT")


class TestTheInstallPage:
    def test_it_asks_slack_for_the_scopes_of_the_manifest(self, firm: Company) -> None:
        address, cookie = firm.begin(firm.replica())
        asked = parse_qs(urlsplit(address).query)
        assert asked["client_id"] == [firm.teams.client_id]
        assert "chat:write" in asked["scope"][0].split(",")
        assert cookie.startswith("slack-app-oauth-state=")

    def test_it_is_finished_once_within_ten_minutes_in_the_same_browser(
        self, firm: Company, acme: Double
    ) -> None:
        replica = firm.replica()

        def finish(*, cookie: bool = True, minutes: int = 0, times: int = 1) -> tuple[int, str]:
            address, word = firm.begin(replica)
            back = urlsplit(firm.teams.approve(acme, address))
            firm.clock.passes(minutes=minutes)
            for _ in range(times - 1):
                replica.get(f"{back.path}?{back.query}", word)
            page = replica.get(f"{back.path}?{back.query}", word if cookie else "")
            return page.status, page.text

        status, text = finish(cookie=False)
        assert (status, "in another browser" in text) == (400, True)
        status, text = finish(minutes=11)
        assert (status, "longer than ten minutes" in text) == (401, True)
        status, text = finish(times=2)
        assert (status, "finished already" in text) == (401, True)

    def test_who_does_not_let_charter_in_is_told_so_and_no_word_of_theirs_is_repeated(
        self, firm: Company
    ) -> None:
        replica = firm.replica()
        page = replica.get("/slack/oauth_redirect?error=access_denied")
        assert (page.status, "You did not let Charter in" in page.text) == (200, True)
        page = replica.get("/slack/oauth_redirect?error=%3Cscript%3E")
        assert "script" not in page.text
        assert "Slack did not install Charter" in page.text

    def test_a_whole_organisation_is_refused_and_its_token_given_back(self, firm: Company) -> None:
        double = firm.team("T0GRID", "Grid", "E0CORP")
        replica = firm.replica()
        address, cookie = firm.begin(replica)
        back = urlsplit(firm.teams.approve(double, address, whole_organisation=True))
        page = replica.get(f"{back.path}?{back.query}", cookie)
        assert "one workspace at a time" in page.text
        assert [call.method for call in double.calls] == ["auth.test", "auth.revoke"]
        assert replica.charter.installations.every() == ()

    def test_only_teams_that_are_named_may_install_it_where_some_are(
        self, firm: Company, acme: Double, bolt: Double
    ) -> None:
        firm.may_install = "T0ACME,T0CORE"
        replica = firm.replica()
        assert "Charter is in Acme" in firm.install(acme, replica).text
        page = firm.install(bolt, replica)
        assert "This Charter is not for your workspace" in page.text
        assert [call.method for call in bolt.calls] == ["auth.test", "auth.revoke"]
        assert [one.team for one in replica.charter.installations.every()] == ["T0ACME"]

    def test_a_workspace_of_an_organisation_is_known_also_where_that_is_not_named(
        self, firm: Company
    ) -> None:
        double = firm.team("T0GRID", "Grid", "E0CORP")
        double.add_user("U0KIM", "Kim Ode", is_admin=True)
        double.add_channel("lab", id="C0LAB")
        replica = firm.replica()
        firm.install(double, replica)
        double.space.enterprise_id = None
        assert typed(double.person("kim"), "help", "lab").said


class TestTokensThatEnd:
    @pytest.fixture
    def firm(self, database: Database) -> Iterator[Company]:
        with company(database, rotates=True) as made:
            yield made

    def test_one_replica_renews_a_token_and_the_others_read_it(
        self, firm: Company, acme: Double
    ) -> None:
        replicas = [firm.replica() for _ in range(3)]
        firm.install(acme, replicas[0])
        for replica in replicas:
            replica.many.look()
        firm.clock.passes(hours=9)
        for replica in replicas:
            [tenant] = replica.many.every()
            replica.many.ready(tenant, early=True)
        assert firm.teams.refreshed == []
        firm.clock.passes(hours=2)
        replicas[0].many.ready(replicas[0].many.every()[0])
        assert firm.teams.refreshed == [], "who waits for an answer waits for no token that lasts"
        firm.clock.passes(hours=1.5)
        for replica in replicas:
            replica.many.ready(replica.many.every()[0])
        assert firm.teams.refreshed == ["T0ACME"]
        for replica in replicas:
            [again] = replica.many.every()
            assert again.slack.client.token == acme.app.bot_token
            assert again.slack.client.impatient().token == acme.app.bot_token
            assert again.slack.everyone(), "Slack takes it"

    def test_what_slack_leaves_out_is_as_it_was(
        self, firm: Company, acme: Double, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        replica = firm.replica()
        firm.install(acme, replica)
        [before] = replica.charter.installations.every()
        tokens = firm.teams._tokens

        def shorter(double: Double) -> dict[str, object]:
            told = tokens(double)
            return {
                name: told[name] for name in told if name not in ("refresh_token", "expires_in")
            }

        monkeypatch.setattr(firm.teams, "_tokens", shorter)
        firm.clock.passes(hours=11)
        replica.many.ready(replica.many.every()[0], early=True)
        [after] = replica.charter.installations.every()
        assert after.tokens.bot == acme.app.bot_token != before.tokens.bot
        assert (after.tokens.refresh, after.tokens.expires_at) == (before.tokens.refresh, None)

    def test_the_heart_is_the_same_and_what_it_sends_goes_by_the_new_token(
        self, firm: Company, acme: Double
    ) -> None:
        replica = firm.replica()
        firm.install(acme, replica)
        [before] = replica.many.every()
        firm.clock.passes(hours=13)
        new_project(acme)
        [after] = replica.many.every()
        assert after is before
        assert firm.teams.refreshed == ["T0ACME"]
        assert not [call for call in acme.calls if call.error == "token_expired"]

    def test_what_slack_refuses_to_renew_is_tried_again_and_kills_no_beat(
        self, firm: Company, acme: Double, bolt: Double, logs: io.StringIO
    ) -> None:
        replica = firm.replica()
        firm.install(acme, replica)
        firm.install(bolt, replica)
        firm.teams._refresh = {
            word: one for word, one in firm.teams._refresh.items() if one is bolt
        }
        firm.clock.passes(hours=11)
        for _ in range(3):
            replica.pulse.tick()
            eventually(lambda: replica.pulse.is_idle or None)
        assert logs.getvalue().count('"renewal_refused"') == 1, "once a minute"
        assert firm.teams.refreshed == ["T0BOLT"]
        firm.clock.passes(minutes=2)
        replica.pulse.tick()
        eventually(lambda: logs.getvalue().count('"renewal_refused"') == 2 or None)


def test_the_vault_opens_nothing_that_is_too_old_or_was_touched(firm: Company) -> None:
    vault, clock = Vault(firm.keys), firm.clock
    sealed = vault.sealed("word", clock())
    assert vault.opened_within(sealed, 600, clock() + timedelta(minutes=9)) == "word"
    for state in (sealed[:-2] + "AA", "", "x", "\N{SNOWMAN}"):
        assert not firm.replica().charter.installations.finished(state)
    assert timedelta(hours=2) == EARLY
