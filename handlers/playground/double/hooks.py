"""What an app may do through a response_url."""

from handlers.playground.double.check import Json, Report, boolean, one_of, shape
from handlers.playground.double.errors import Refusal
from handlers.playground.double.methods.chat import sound_content
from handlers.playground.double.methods.method import words
from handlers.playground.double.model import Message
from handlers.playground.double.tickets import Hook
from handlers.playground.double.workspace import Workspace


def _anything(report: Report, value: object, at: str) -> None:
    """Looked at elsewhere."""


_known = shape(
    {},
    {
        "text": _anything,
        "blocks": _anything,
        "thread_ts": _anything,
        "mrkdwn": boolean,
        "response_type": one_of("ephemeral", "in_channel"),
        "replace_original": boolean,
        "delete_original": boolean,
    },
)


def respond(space: Workspace, token: str, args: Json) -> Message | None:
    """Posts, replaces or deletes; a use of the url is taken for what is well formed."""
    report = Report()
    _known(report, args, "")
    if report.errors:
        raise Refusal("invalid_arguments", faults=report.errors)
    deletes = bool(args.get("delete_original"))
    text, blocks = ("", []) if deletes else sound_content(args.get("text"), args.get("blocks"))
    with space.change():
        hook = space.tickets.use_hook(token)
        original = space.message(hook.channel, hook.message_ts or "")
        if deletes:
            if original is not None:
                space.remove(original)
            return None
        if args.get("replace_original") and original is not None:
            return space.edit(original, text, blocks)
        return answer(space, hook, text, blocks, args)


def answer(space: Workspace, hook: Hook, text: str, blocks: list[Json], args: Json) -> Message:
    """A new message in answer to a command or a press: for one person unless said otherwise."""
    channel = space.channels[hook.channel]
    if channel.is_archived:
        raise Refusal("is_archived")
    in_channel = args.get("response_type") == "in_channel"
    return space.post(
        hook.channel,
        space.app.bot_user_id,
        text,
        blocks,
        thread_ts=words(args, "thread_ts") or hook.thread_ts,
        only_for=None if in_channel else hook.user,
        mrkdwn=bool(args.get("mrkdwn", True)),
    )
