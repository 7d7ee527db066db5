"""`codeowners`: the file that says who owns which code, held against letters."""

from datetime import date

from bot.commands.links import address_at, typed_url
from bot.commands.reading import project_of
from bot.commands.speaking import within
from bot.commands.work import ShowCodeowners
from bot.errors import BadInput, Why


def read_codeowners(rest: str, today: date) -> ShowCodeowners:
    """`codeowners acme/churn`, `codeowners acme/churn in Churn Radar`."""
    found = address_at(rest)
    if found is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "repository"}, field="url")
    return ShowCodeowners(
        typed_url(found), project_of(f"{rest[: found.start()]} {rest[found.end() :]}")
    )


def codeowners_spoken(order: ShowCodeowners) -> str:
    """The command that `read_codeowners` reads back."""
    return f"codeowners {order.where}{within(order.project)}"
