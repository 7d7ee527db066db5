"""The form that says something about a hand-over to the other side of it."""

from collections.abc import Mapping
from typing import Any

from bot.deciding import LONGEST_NOTE
from bot.orders import SayOfOffer
from bot.outcome import Shown
from handlers.views.acts import Form, unpack
from handlers.views.kit import View, bold, name, paragraph
from handlers.views.modals.fields import field, needed, text_input, text_of
from handlers.views.modals.frame import modal


def say_of_offer(shown: Shown, offer: int) -> View:
    """Ask who offered it, or reply to who asked."""
    title = name(shown.item.title) if shown.item else ""
    blocks = [
        paragraph("About the hand-over of ", bold(title), f" ({name(shown.project.name)})"),
        field("text", "What do you want to say?", text_input(longest=LONGEST_NOTE, lines=True)),
    ]
    return modal(Form.OFFER_SAY, "Hand-over", "Send", blocks, {"f": offer})


def read_say_of_offer(view: Mapping[str, Any]) -> SayOfOffer:
    kept = unpack(view.get("private_metadata", ""))
    return SayOfOffer(int(kept.get("f") or 0), needed(text_of(view, "text"), "text"))
