"""Home: what a person holds, what waits for them, where the gaps are, their projects."""

from typing import Any

from slack_bolt import App

from bot.home import Turned
from bot.people import Actor
from handlers.service import Charter
from handlers.slack import Slack
from handlers.views import home

FIRST = Turned()


def register(bolt: App) -> None:
    bolt.event("app_home_opened")(on_home_opened)


def on_home_opened(event: dict[str, Any], charter: Charter, actor: Actor, slack: Slack) -> None:
    if event.get("tab") == "home":
        publish(charter, actor, slack, event["user"])


def publish(
    charter: Charter, actor: Actor, slack: Slack, user: str, turned: Turned = FIRST
) -> None:
    asked = charter.standups.open_ones(actor)
    slack.publish(user, home.home(charter.projects.home(actor, turned), asked))
