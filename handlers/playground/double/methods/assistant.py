"""assistant.threads.setStatus, setSuggestedPrompts and setTitle, as an agent's app uses them."""

from typing import Any

from handlers.playground.double.check import Check, Json, Report, items, shape, string
from handlers.playground.double.errors import Refusal
from handlers.playground.double.methods.method import Method, words
from handlers.playground.double.model import Beside
from handlers.playground.double.workspace import Workspace

MOST_PROMPTS = 4
MOST_LOADING = 10
LONGEST = 3000

_prompts = items(shape({"title": string(LONGEST), "message": string(LONGEST)}, {}), 1, MOST_PROMPTS)
_loading = items(string(LONGEST), 1, MOST_LOADING)


def _conversation(space: Workspace, args: Json) -> str:
    """The person's direct message with the app: there is no agent's view of anything else."""
    channel = space.channels.get(words(args, "channel_id"))
    if channel is None or not channel.is_im:
        raise Refusal("channel_not_found")
    return channel.id


def _thread(space: Workspace, channel: str, args: Json) -> str:
    ts = words(args, "thread_ts")
    message = space.message(channel, ts)
    if message is None or message.is_ephemeral or message.thread_ts not in (None, ts):
        raise Refusal("invalid_thread_ts")
    return ts


def _sound(check: Check, value: Any, at: str) -> None:
    report = Report()
    check(report, value, at)
    if report.errors:
        raise Refusal("invalid_arguments", faults=report.errors)


def set_status(space: Workspace, args: Json) -> Json:
    """What is being done; an empty one takes it away, and so does the app's next word there."""
    channel = _conversation(space, args)
    thread, status = _thread(space, channel, args), words(args, "status")
    loading = args.get("loading_messages")
    if loading is not None:
        _sound(_loading, loading, "/loading_messages")
    with space.change():
        found = space.beside.get(channel, Beside())
        space.beside[channel] = found.doing(thread, status, tuple(loading or ()))
    return {}


def set_prompts(space: Workspace, args: Json) -> Json:
    """What to ask; in place of what was suggested before."""
    channel = _conversation(space, args)
    if "thread_ts" in args:  # Slack says nothing, and shows nothing
        fault = "thread_ts is for the legacy assistant view alone [json-pointer:/thread_ts]"
        raise Refusal("invalid_arguments", faults=[fault])
    _sound(_prompts, args.get("prompts"), "/prompts")
    prompts = tuple((one["title"], one["message"]) for one in args["prompts"])
    with space.change():
        found = space.beside.get(channel, Beside())
        space.beside[channel] = found.suggesting(words(args, "title"), prompts)
    return {}


def set_title(space: Workspace, args: Json) -> Json:
    channel = _conversation(space, args)
    thread, title = _thread(space, channel, args), words(args, "title")
    with space.change():
        found = space.beside.get(channel, Beside())
        space.beside[channel] = found.entitled(thread, title)
    return {}


_scope = "assistant:write"
METHODS = {
    "assistant.threads.setStatus": Method(
        set_status,
        frozenset({"channel_id", "thread_ts", "status", "loading_messages"}),
        required=("channel_id", "thread_ts"),
        scope=_scope,
    ),
    "assistant.threads.setSuggestedPrompts": Method(
        set_prompts,
        frozenset({"channel_id", "thread_ts", "title", "prompts"}),
        required=("channel_id", "prompts"),
        scope=_scope,
    ),
    "assistant.threads.setTitle": Method(
        set_title,
        frozenset({"channel_id", "thread_ts", "title"}),
        required=("channel_id", "thread_ts", "title"),
        scope=_scope,
    ),
}
