"""Whether GitHub answers, and how much it lets itself be asked."""

from bot.sources import reading
from bot.sources.base import Trouble, Why
from bot.sources.replies import Failed
from bot.sources.web import Visit

_WRITING = frozenset({"repo", "public_repo", "workflow", "delete_repo"})
"""Scopes of classic tokens by which code and its pull requests may be changed."""


def told(visit: Visit, api: str) -> str:
    """In words. A server without limits answers this question with 404. Raises `Failed`."""
    if visit.web.credentials.scope.startswith("app/"):
        app = reading.mapping(visit.get(f"{api}/app").json())
        name = reading.text(app.get("slug") or app.get("name"))
        if not name:
            raise Failed(Trouble(Why.GARBAGE))
        return f"as the app {name}"
    reply = visit.get(f"{api}/rate_limit", expect=frozenset({404}))
    answer = reading.mapping(reply.json())
    writes = _writes(reply.headers.get("x-oauth-scopes", ""))
    more = f", with a token that may write ({', '.join(writes)})" if writes else ""
    core = reading.mapping(answer, "resources", "core")
    left, limit = reading.whole(core.get("remaining")), reading.whole(core.get("limit"))
    if left is not None and limit is not None:
        return f"{left:,} of {limit:,} requests left this hour{more}"
    if reading.text(answer.get("message")):
        return f"without a limit{more}"
    raise Failed(Trouble(Why.GARBAGE))


def _writes(scopes: str) -> list[str]:
    """The scopes of a classic token that let it write; of all others GitHub tells none."""
    named = [one.strip() for one in scopes.split(",")]
    return [one for one in named if one in _WRITING or one.startswith(("admin:", "write:"))]
