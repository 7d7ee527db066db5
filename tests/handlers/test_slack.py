"""What Charter says to Slack: once, over few connections, and never lost for its blocks."""

import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from slack_sdk.errors import SlackApiError

from bot.errors import NotFound, Refused, Unavailable, Why
from bot.people import Profile
from handlers.playground.double import Double
from handlers.slack import LONGEST_WAIT, OpenView, Slack, profile_of
from handlers.views import charts, kit
from handlers.views.kit import Message

HELLO = kit.message(kit.paragraph("Bea is ", kit.bold("accountable"), "."))
BROKEN = Message("Bea & <!channel> are accountable", [{"type": "section", "text": "no object"}])


def test_a_message_is_posted_in_a_thread_without_markup_or_unfurls(
    workspace: Double, slack: Slack
) -> None:
    question = workspace.person("ana").says("@Charter who?", "ml-fraud")
    slack.post("C0FRAUD", HELLO, question.ts)
    answer = workspace.person("bea").hears("Bea is accountable.", "ml-fraud", question)
    assert answer.thread_ts == question.ts
    assert not answer.mrkdwn
    sent = workspace.calls[-1].args
    assert (sent["unfurl_links"], sent["unfurl_media"]) == (False, False)
    assert workspace.problems == []


def test_blocks_that_slack_refuses_are_logged_and_the_words_arrive_all_the_same(
    workspace: Double, slack: Slack, logs: io.StringIO
) -> None:
    slack.post("C0FRAUD", BROKEN)
    said = workspace.person("ana").hears("Bea & <!channel> are accountable", "ml-fraud")
    assert said.text == "Bea &amp; &lt;!channel&gt; are accountable"
    assert said.blocks == ()
    lines = [json.loads(each) for each in logs.getvalue().splitlines()]
    [line] = [one for one in lines if one["event"] == "blocks_refused"]
    assert line["method"] == "chat.postMessage"
    assert line["messages"]
    assert [call.error for call in workspace.calls[-2:]] == ["invalid_blocks", ""]


@pytest.mark.parametrize(("refusals", "kind"), [(0, "data_table"), (1, "table"), (2, None)])
def test_a_table_becomes_plainer_where_slack_refuses_it(
    workspace: Double, slack: Slack, refusals: int, kind: str | None
) -> None:
    table = kit.data_table("Projects", ("Project", "Blocked"), [("Churn Radar", 2), ("", 10)])
    if refusals:
        workspace.refuse("chat.postMessage", "invalid_blocks", times=refusals)
    slack.post("C0FRAUD", kit.message(table))
    said = workspace.person("ana").hears("Churn Radar", "ml-fraud")
    assert [block["type"] for block in said.blocks] == ([kind] if kind else [])
    assert "Churn Radar | 2\n– | 10" in said.text
    assert workspace.problems == []


@pytest.mark.parametrize(
    ("refusals", "kind"), [(0, "data_visualization"), (1, "rich_text"), (2, None)]
)
def test_a_chart_becomes_plainer_where_slack_refuses_it(
    workspace: Double, slack: Slack, refusals: int, kind: str | None
) -> None:
    chart = charts.bars("Blockers", [("Labels", 6), ("Export", 3)], "Working days")
    if refusals:
        workspace.refuse("chat.postMessage", "invalid_blocks", times=refusals)
    slack.post("C0FRAUD", kit.message(chart))
    said = workspace.person("ana").hears("Labels", "ml-fraud")
    assert [block["type"] for block in said.blocks] == ([kind] if kind else [])
    assert said.text == "Blockers: Labels 6, Export 3"
    assert workspace.problems == []


def test_a_whisper_is_heard_by_one(workspace: Double, slack: Slack) -> None:
    slack.whisper("C0FRAUD", "U0ANA", HELLO)
    heard = workspace.person("ana").hears("Bea is accountable.", "ml-fraud")
    assert heard.only_for == "U0ANA"
    assert workspace.person("bea").sees("ml-fraud") == []


def test_a_whisper_where_charter_is_no_member_becomes_a_direct_message(
    workspace: Double, slack: Slack
) -> None:
    workspace.add_channel("other", id="C0OTHER", without_app=True)
    slack.whisper("C0OTHER", "U0ANA", HELLO)
    assert workspace.person("ana").hears("Bea is accountable.").only_for is None
    assert workspace.person("ana").sees("other") == []


def test_any_other_refusal_is_raised(workspace: Double, slack: Slack) -> None:
    workspace.refuse("chat.postMessage", "restricted_action")
    with pytest.raises(SlackApiError) as refused:
        slack.post("C0FRAUD", HELLO)
    assert refused.value.response["error"] == "restricted_action"
    assert workspace.app.bot_token not in str(refused.value)


def test_a_rate_limit_is_waited_for(workspace: Double, slack: Slack) -> None:
    workspace.throttle("chat.postMessage", retry_after=1, times=2)
    slack.post("C0FRAUD", HELLO)
    errors = [call.error for call in workspace.calls]
    assert errors == ["ratelimited", "ratelimited", ""]
    assert len(workspace.person("ana").sees("ml-fraud")) == 1
    waited = workspace.calls[-1].at - workspace.calls[0].at
    assert waited.total_seconds() >= 2


def test_a_rate_limit_that_is_too_long_is_not(workspace: Double, slack: Slack) -> None:
    workspace.throttle("chat.postMessage", retry_after=LONGEST_WAIT + 1)
    with pytest.raises(Unavailable) as away:
        slack.post("C0FRAUD", HELLO)
    assert away.value.what == "Slack"
    assert len(workspace.calls) == 1


def test_slack_that_is_away_is_told_as_such(logs: io.StringIO) -> None:
    nobody = Slack.reach("xoxb-secret-token", "http://127.0.0.1:9/api/")
    with pytest.raises(Unavailable):
        nobody.post("C0FRAUD", HELLO)
    nobody.close()
    assert "xoxb-secret-token" not in logs.getvalue()


def test_a_profile_is_what_slack_says(workspace: Double, slack: Slack) -> None:
    workspace.add_user("U0CY", "Cy Moss", tz="Asia/Tokyo", title="ML Engineer", is_owner=True)
    assert slack.profile("U0CY") == Profile(
        slack_id="U0CY",
        name="Cy Moss",
        first_name="Cy",
        timezone="Asia/Tokyo",
        title="ML Engineer",
        is_admin=True,
        team="T0CHARTER",
    )
    assert slack.profile("U0CHARTER").is_bot
    with pytest.raises(NotFound):
        slack.profile("U0NOBODY")


def test_people_of_another_organisation_are_not_looked_at(workspace: Double, slack: Slack) -> None:
    workspace.add_user("U0EVE", "Eve", team_id="T0OTHER")
    with pytest.raises(Refused) as refused:
        slack.profile("U0EVE")
    assert refused.value.why is Why.STRANGER


def test_a_profile_without_much_in_it_still_has_a_name() -> None:
    assert profile_of({"id": "U1", "deleted": True}) == Profile("U1", "U1", "U1", deleted=True)
    assert profile_of({"id": "USLACKBOT", "name": "slackbot"}).is_bot


def test_a_channel_is_what_slack_says(workspace: Double, slack: Slack) -> None:
    workspace.add_channel("secret", id="C0SECRET", is_private=True)
    workspace.add_channel("partners", id="C0PARTNERS", is_ext_shared=True)
    workspace.add_channel("closed", id="C0CLOSED", is_private=True, without_app=True)
    assert slack.channel("C0FRAUD") == ("ml-fraud", False, False)
    assert slack.channel("C0SECRET") == ("secret", True, False)
    assert slack.channel("C0PARTNERS") == ("partners", False, True)
    with pytest.raises(Refused) as refused:
        slack.channel("C0CLOSED")
    assert refused.value.why is Why.CHANNEL_UNREADABLE


def test_who_charter_is(workspace: Double, slack: Slack) -> None:
    who = slack.installation()
    assert (who.team, who.team_name, who.enterprise) == ("T0CHARTER", "Playground", None)
    assert (who.bot_user, who.bot) == ("U0CHARTER", "B0CHARTER")


def test_a_view_that_was_closed_is_no_error(workspace: Double, slack: Slack) -> None:
    view = {
        "type": "modal",
        "title": kit.plain("Title", 24),
        "blocks": [kit.paragraph("Loading")],
    }
    assert not slack.update(OpenView("V0GONE", None), view)


HANGS_UP = 0


class Counting(BaseHTTPRequestHandler):
    """A Slack that says ok to everything and counts connections."""

    protocol_version = "HTTP/1.1"
    connections: ClassVar[list[int]] = []
    statuses: ClassVar[list[int]] = []

    def setup(self) -> None:
        self.connections.append(1)
        super().setup()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status = self.statuses.pop(0) if self.statuses else 200
        if status == HANGS_UP:
            self.close_connection = True
            return
        body = b'{"ok": true}' if status == 200 else b"<html>bad gateway</html>"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def counting() -> Iterator[str]:
    Counting.connections.clear()
    Counting.statuses.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


def test_all_calls_go_over_one_connection(counting: str) -> None:
    slack = Slack.reach("xoxb-1", counting + "/api/")
    for _ in range(5):
        slack.post("C1", HELLO)
        slack.publish("U1", {"type": "home", "blocks": []})
        assert slack.respond(counting + "/hook", HELLO)
    slack.close()
    assert len(Counting.connections) == 1


@pytest.mark.parametrize("trouble", [502, HANGS_UP])
def test_what_may_have_arrived_is_not_sent_again(counting: str, trouble: int) -> None:
    slack = Slack.reach("xoxb-1", counting + "/api/")
    Counting.statuses.extend([trouble, 200])
    with pytest.raises(Unavailable):
        slack.post("C1", HELLO)
    slack.close()
    assert Counting.statuses == [200]
