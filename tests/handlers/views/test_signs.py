"""Row O3: no meaning by a sign, an emoji or a colour alone."""

import re
from collections.abc import Iterator
from typing import Any

from bot.condition import Light
from tests.handlers.views.rendered import parts, rendered

SIGN = re.compile(
    "[\N{BLACK UP-POINTING TRIANGLE}\u25a0-\u25ff\u2600-\u27bf\u2016\U0001f300-\U0001faff]"
)
"""What stands for something: shapes, ticks and crosses, the two bars, emoji."""
WITH_A_WORD = re.compile(rf"{SIGN.pattern}+\ufe0f? \w{{2,}}")
SHORTCODE = re.compile(r"(?<!reaction )(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])")


def texts(view: Any) -> Iterator[str]:
    """What is read as one piece: the texts of blocks, and the parts of a rich text together."""
    for part in parts(view):
        if part.get("type") in ("rich_text_section", "rich_text_preformatted"):
            yield "".join(_said(one) for one in part["elements"])
        elif part.get("type") in ("plain_text", "mrkdwn", "raw_text"):
            yield part["text"]


def _said(element: dict[str, Any]) -> str:
    if element["type"] == "emoji":
        return f":{element['name']}:"
    return str(element.get("text", ""))


def alone(text: str) -> list[str]:
    """The signs of a text that no word stands behind."""
    signs = [found.group() for found in SIGN.finditer(WITH_A_WORD.sub("", text))]
    return signs + SHORTCODE.findall(text)


def test_o3_beside_every_sign_stands_a_word() -> None:
    seen, bare = set(), {}
    for name, view in rendered():
        for text in texts(view):
            seen |= set(SIGN.findall(text))
            if alone(text):
                bare[name] = text
    assert bare == {}
    assert seen >= {Light.RED.sign, Light.AMBER.sign}, "the search finds none where there are some"


def test_o3_each_light_has_a_sign_and_words_of_its_own() -> None:
    said = {f"{light.sign} {light.words}" for light in Light}
    assert len(said) == len(Light)
    assert all(alone(one) == [] for one in said)


def test_a_sign_by_itself_is_noticed() -> None:
    assert alone("\N{BLACK UP-POINTING TRIANGLE} Red") == []
    assert alone("Fraud Radar \N{BLACK UP-POINTING TRIANGLE}") == ["\N{BLACK UP-POINTING TRIANGLE}"]
    assert alone("by the reaction :scroll:") == []
    assert alone("done :white_check_mark:") == [":white_check_mark:"]
