"""The form that answers a question, and the one that asks where to post the answer."""

from collections.abc import Mapping
from typing import Any

from bot.qa.replies import Answer, Asked, ForAll
from bot.qa.resolve import Choice
from handlers.views import answers
from handlers.views.acts import Form, unpack
from handlers.views.kit import View, divider, paragraph
from handlers.views.modals.fields import channel, channel_of, field, needed, text_input, text_of
from handlers.views.modals.frame import modal

TITLE = "Who owns…?"
LONGEST_QUESTION = 500


def question(asked: Asked | None = None, answer: Answer | None = None) -> View:
    """The question and, once it was asked, its answer under it; so that one can ask on."""
    typed = text_input(
        asked.question if asked else "",
        longest=LONGEST_QUESTION,
        placeholder="who owns the data pipeline in Churn Radar?",
    )
    hint = (
        "Who is accountable, responsible, consulted or informed; whom to ask; what somebody holds."
    )
    blocks = [field("question", "Your question", typed, hint=hint)]
    if asked is None or answer is None:
        return modal(Form.QUESTION, TITLE, "Ask", blocks, {})
    told = answers.in_form(answer, asked)
    return modal(Form.QUESTION, TITLE, "Ask again", [*blocks, divider(), *told], {})


def read_question(view: Mapping[str, Any]) -> Asked:
    return Asked(needed(text_of(view, "question"), "question"))


def share(asked: Asked, answer: Answer) -> View:
    """Where to post an answer, under what it says to whoever asked."""
    return _share(asked, answers.in_place(answer), None, in_short=False)


def share_in_short(asked: Asked, found: ForAll, into: str) -> View:
    """The same where the channel may be told less: what its readers would be told."""
    less = paragraph("Not posted yet: not everybody there may know all of this. They would read:")
    return _share(asked, [less, *answers.in_place(found.open)], into, in_short=True)


def _share(asked: Asked, told: list[dict[str, Any]], into: str | None, *, in_short: bool) -> View:
    place = field("channel", "Post it in", channel(into))
    chosen = asked.choice
    kept = {"q": asked.question, "p": chosen.project, "i": chosen.item, "w": chosen.person}
    title, press = "Share the answer", "Share that" if in_short else "Share"
    return modal(Form.SHARE, title, press, [*told, divider(), place], {**kept, "e": into or ""})


def read_share(view: Mapping[str, Any]) -> tuple[Asked, str, bool]:
    """The question, the channel, and whether what its readers would be told was shown before."""
    kept = unpack(view.get("private_metadata", ""))

    def text(key: str) -> str | None:
        value = kept.get(key)
        return str(value) if value is not None else None

    asked = Asked(text("q") or "", Choice(text("p"), text("i"), text("w")))
    into = channel_of(view, "channel")
    return asked, needed(into, "channel"), text("e") == into
