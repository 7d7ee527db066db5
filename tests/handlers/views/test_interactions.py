"""Whatever Slack sends when somebody does something in a view, somebody listens to."""

from collections import Counter
from typing import Any

import pytest
from slack_bolt import App

from handlers import asking, buttons, decisions, import_forms, imports, manifest, modals
from handlers.asking import FORMS
from handlers.modals import READERS
from handlers.views.acts import Form, act_of
from tests.handlers.views.rendered import parts, rendered


def tells_at_once(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The elements of a block that Slack tells of as they are used, not only when it is sent in."""
    if block.get("type") == "input" and block.get("dispatch_action"):
        return [block["element"]]
    if block.get("type") == "actions":
        return list(block["elements"])
    return [block["accessory"]] if "action_id" in block.get("accessory", {}) else []


def test_whatever_tells_at_once_is_listened_to() -> None:
    kinds: Counter[str] = Counter()
    for name, view in rendered():
        for block in parts(view):
            for element in tells_at_once(block):
                kinds[element["type"]] += 1
                assert act_of(element["action_id"]) in buttons.ON_PRESS, name
    assert kinds["button"] > len(buttons.ON_PRESS)


def test_no_view_asks_for_suggestions_or_tells_that_it_was_closed() -> None:
    """Nobody listens to either: a list that Slack would fetch would stay empty."""
    for name, view in rendered():
        for part in parts(view):
            assert not str(part.get("type")).endswith("external_select"), name
            assert not part.get("notify_on_close"), name


def test_every_form_that_can_be_sent_in_is_read() -> None:
    sent = {
        part["callback_id"]
        for _name, view in rendered()
        for part in parts(view)
        if part.get("type") == "modal" and "submit" in part
    }
    assert {Form(one) for one in sent} == {*READERS, *FORMS, *import_forms.READERS}


class Listening(App):
    """Bolt, of which is kept what is listened to."""

    def __init__(self) -> None:
        super().__init__(
            token="xoxb-sample", signing_secret="sample", token_verification_enabled=False
        )
        self.heard: list[tuple[str, str]] = []

    def global_shortcut(self, callback_id: Any, *more: Any, **named: Any) -> Any:
        self.heard.append(("global", callback_id))
        return super().global_shortcut(callback_id, *more, **named)

    def message_shortcut(self, callback_id: Any, *more: Any, **named: Any) -> Any:
        self.heard.append(("message", callback_id))
        return super().message_shortcut(callback_id, *more, **named)


@pytest.fixture
def bolt() -> Listening:
    return Listening()


def test_every_shortcut_of_the_manifest_is_listened_to_and_no_other(bolt: Listening) -> None:
    for one in (asking, decisions, imports, modals, buttons):
        one.register(bolt)
    declared = [(one["type"], one["callback_id"]) for one in manifest.SHORTCUTS]
    assert sorted(bolt.heard) == sorted(declared)
