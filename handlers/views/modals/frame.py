"""What every form stands in, and what stands there before or instead of one."""

from handlers.views.acts import Form, Values, pack
from handlers.views.kit import MOST_VIEW_BLOCKS, Block, Message, View, paragraph, plain

LONGEST_METADATA = 2000
"""Of Slack's 3000; the rest is for whoever needs to remember where the outcome is to be told."""


_LEFT_OUT = frozenset({"actions", "context_actions", "table"})


def modal(form: Form, title: str, submit: str, blocks: list[Block], kept: Values) -> View:
    return {
        "type": "modal",
        "callback_id": form.value,
        "title": plain(title, 24),
        "submit": plain(submit, 24),
        "close": plain("Cancel", 24),
        "blocks": blocks[:MOST_VIEW_BLOCKS],
        "private_metadata": pack(kept, LONGEST_METADATA),
    }


def loading(title: str = "One moment") -> View:
    """What stands there while the form is being made; Slack waits three seconds for something."""
    return _said(title, [paragraph("Loading …")])


def notice(message: Message, title: str = "Charter") -> View:
    """A message in the place of a form, without its buttons, which lead nowhere from there."""
    blocks = [block for block in message.blocks if block["type"] not in _LEFT_OUT]
    return _said(title, blocks or [paragraph(message.text)])


def closing(view: View) -> View:
    """The same, and when it is closed, what it stands on closes with it."""
    return {**view, "clear_on_close": True}


def _said(title: str, blocks: list[Block]) -> View:
    return {
        "type": "modal",
        "callback_id": Form.NOTICE.value,
        "title": plain(title, 24),
        "close": plain("Close", 24),
        "blocks": blocks[:MOST_VIEW_BLOCKS],
    }
