"""The control by which whoever reads something says whether it was right."""

from collections.abc import Mapping

from handlers.views.acts import Act, pack
from handlers.views.kit import LONGEST_LABEL, Block, name, plain


def rating(
    question: str,
    act: Act,
    right: Mapping[str, str | int | bool | None],
    wrong: Mapping[str, str | int | bool | None],
) -> Block:
    """One small control by which whoever reads says whether it was right."""
    pressed = [
        {
            "text": plain(word, LONGEST_LABEL),
            "value": pack(values),
            "accessibility_label": name(f"{question} {said}", LONGEST_LABEL),
        }
        for word, said, values in (("Right", "Yes", right), ("Not right", "No", wrong))
    ]
    element = {
        "type": "feedback_buttons",
        "action_id": act.value,
        "positive_button": pressed[0],
        "negative_button": pressed[1],
    }
    return {"type": "context_actions", "elements": [element]}


def unrated(block: Block) -> Block:
    """The same as plain buttons, which stand on every surface."""
    pressed = [
        {
            "type": "button",
            "action_id": f"{element['action_id']}#{number}" if number else element["action_id"],
            **element[key],
            "text": plain(element[key]["accessibility_label"], LONGEST_LABEL),
        }
        for element in block["elements"]
        for number, key in enumerate(("positive_button", "negative_button"))
    ]
    return {"type": "actions", "elements": pressed}
