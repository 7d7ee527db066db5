"""Whether GitHub answers, and how much it lets itself be asked."""

from bot.sources import reading
from bot.sources.base import Trouble, Why
from bot.sources.replies import Failed
from bot.sources.web import Visit


def told(visit: Visit, api: str) -> str:
    """In words. A server without limits answers this question with 404. Raises `Failed`."""
    if visit.web.credentials.scope.startswith("app/"):
        app = reading.mapping(visit.get(f"{api}/app").json())
        name = reading.text(app.get("slug") or app.get("name"))
        if not name:
            raise Failed(Trouble(Why.GARBAGE))
        return f"as the app {name}"
    answer = reading.mapping(visit.get(f"{api}/rate_limit", expect=frozenset({404})).json())
    core = reading.mapping(answer, "resources", "core")
    left, limit = reading.whole(core.get("remaining")), reading.whole(core.get("limit"))
    if left is not None and limit is not None:
        return f"{left:,} of {limit:,} requests left this hour"
    if reading.text(answer.get("message")):
        return "without a limit"
    raise Failed(Trouble(Why.GARBAGE))
