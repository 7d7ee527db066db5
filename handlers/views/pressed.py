"""What a pressed button orders: its act and value, read back into an order of `bot.orders`."""

from collections.abc import Mapping
from datetime import date

from bot.orders import Assign
from bot.project import Letter
from handlers.views.acts import Act


def assigned(act: Act, values: Mapping[str, str | int | bool]) -> Assign:
    """The order of `HAND_OVER` or `MAKE_RESPONSIBLE`, with all that was asked for at first.

    ValueError for a value that Charter did not pack.
    """
    seen, since = values.get("v"), values.get("d")
    letters = [Letter(letter) for letter in str(values.get("l") or "A")]
    if act is Act.MAKE_RESPONSIBLE:
        letters = [*(letter for letter in letters if letter is not Letter.A), Letter.R]
    if "i" not in values or "h" not in values:
        raise ValueError("no item or no holder")
    return Assign(
        item=str(values["i"]),
        letters=tuple(dict.fromkeys(letters)),
        holder=str(values["h"]),
        project=str(values["p"]) if "p" in values else None,
        since=date.fromisoformat(str(since)) if since else None,
        hand_over=act is Act.HAND_OVER,
        seen=seen if isinstance(seen, int) else None,
    )
