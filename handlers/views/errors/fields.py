"""Errors under the fields of a form."""

from collections.abc import Mapping
from typing import Any

from bot.errors import BadInput, CharterError, NotFound, Refused, SecondAccountable, Why
from handlers.views.acts import Form
from handlers.views.errors.filling import LONGEST_FACT, filled
from handlers.views.errors.sentences import SENTENCES
from handlers.views.errors.short import SHORT, SHORT_MISSING
from handlers.views.kit import cut, name

_BLOCK_OF: dict[Why, str] = {
    Why.BAD_LETTER: "letters",
    Why.BAD_NAME: "name",
    Why.BAD_STATUS: "status",
    Why.CHANNEL_SHARED: "bind",
    Why.CHANNEL_UNREADABLE: "bind",
    Why.FUTURE_DATE: "since",
    Why.GROUP_ACCOUNTABLE: "holder",
    Why.HOLDER_IS_BOT: "holder",
    Why.HOLDER_LEFT: "holder",
    Why.NAME_TAKEN: "name",
    Why.NO_CHANNEL: "bind",
    Why.REASON_NEEDED: "note",
}
_OF_CHANNEL = frozenset(
    {
        Why.CHANNEL_ARCHIVED,
        Why.CHANNEL_SHARED,
        Why.CHANNEL_UNREADABLE,
        Why.NOT_A_MEMBER,
        Why.NOT_FOR_ALL,
    }
)
"""What is wrong with a channel that somebody chose."""
_FIELD_OF = {
    Form.MOVE: "status",
    Form.SCOPE: "problem",
    Form.VERDICT: "reason",
    Form.PERSON_NAMES: "github",
    Form.RAID: "text",
    Form.MILESTONE: "day",
    Form.DIGEST: "often",
    Form.EXPORT_PLAN: "often",
}
_GENERAL = {form.value: field for form, field in _FIELD_OF.items()}
"""Under which field it is said that nothing would change, by form."""
_SAME_BLOCK = {"vacant_role": "role", "date": "since"}


def field_errors(error: CharterError, view: Mapping[str, Any]) -> dict[str, str] | None:
    """Words under the fields of the form that was sent (`view`, as Slack gives it), by block id.

    None where the error belongs to none of its fields: then say it as a message.
    """
    blocks = [block.get("block_id") for block in view.get("blocks", [])]
    inputs = {str(each).split("#", 1)[0]: str(each) for each in blocks if each}
    wanted, words = _under(error, view)
    field = next((inputs[each] for each in wanted if each in inputs), None)
    return {field: cut(words, LONGEST_FACT * 2)} if field and words else None


def _under(error: CharterError, view: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    match error:
        case (
            BadInput(why=why, facts=facts, field=field) | Refused(why=why, facts=facts, field=field)
        ):
            named = _SAME_BLOCK.get(field, field)
            general = _GENERAL.get(str(view.get("callback_id")), "holder")
            last = (general,) if why is Why.NOTHING_CHANGES else ()
            chosen = ("channel",) if why in _OF_CHANNEL else ()
            return (named, _BLOCK_OF.get(why, ""), *chosen, *last), _short(why, facts)
        case NotFound(what="person", text=text):
            return (
                "holder",
                "lead",
                "sponsor",
            ), f"I do not know {name(text)}. Choose somebody else."
        case NotFound(what="project", text=text):
            return ("project",), f"I do not know a project called {name(text)}."
        case NotFound(what="region", text=text):
            return (
                "holidays",
            ), f"I know no holidays of {name(text)}. Write it like DE-BY or Scotland, or none."
        case NotFound(what="item"):
            return ("item", "name"), "This is not there, or no longer. Choose another one."
        case SecondAccountable(present=present, item_title=title, changed=changed):
            fresh = f", changed {name(changed)}" if changed else ""
            return ("handover", "letters"), (
                f"{name(present)} is accountable for {name(title)}{fresh}. "
                "Tick “hand over” to offer it, or choose another letter."
            )
        case _:
            return (), ""


def _short(why: Why, facts: Mapping[str, str]) -> str:
    sentence = SHORT.get(why) or SENTENCES[why]
    if why is Why.EMPTY_TEXT:
        sentence = SHORT_MISSING.get(facts.get("field", ""), sentence)
    return "".join(each["text"] for each in filled(sentence, facts))
