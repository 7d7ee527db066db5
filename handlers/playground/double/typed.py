"""What people type, as Slack's clients encode it before an app sees it."""

import html
import re
from collections.abc import Iterator

from handlers.playground.double.model import Channel
from handlers.playground.double.workspace import Workspace

_MENTION = r"<(@|#|!subteam\^)([A-Z0-9]+)(?:\|[^<>]*)?>"
_ADDRESS = r"(?<!\w)https?://[^\s<>|]*[^\s<>|.,;:!?'\"“”‘’)\]]"
_WHOLE = re.compile(f"{_MENTION}|{_ADDRESS}")
_LINK = re.compile(r"<(https?://[^\s<>|]+)(?:\|[^<>]*)?>")
_BROADCAST = re.compile(r"(?<![\w.@])@(channel|here|everyone)\b")


def encoded(space: Workspace, text: str, reader: str, *, in_command: bool) -> str:
    """`@name`, `#channel` and `@group` become mentions with ids, addresses are put in angle
    brackets; the rest is escaped.

    `reader` is the person who types: a private channel is a link only for its members.
    A mention that is encoded already, with an id that exists, is left as it is.
    """
    parts: list[str] = []
    last = 0
    for match in _WHOLE.finditer(text):
        sigil, id = match.groups()
        if sigil and not _exists(space, sigil, id):
            continue
        kept = match.group(0) if sigil else f"<{_escaped(match.group(0))}>"
        parts += [_plain(space, text[last : match.start()], reader, in_command), kept]
        last = match.end()
    return "".join([*parts, _plain(space, text[last:], reader, in_command)])


def links(text: str) -> list[str]:
    """The addresses in an encoded text, each once, as they were typed."""
    found = [html.unescape(address) for address in _LINK.findall(text)]
    return list(dict.fromkeys(found))


def _exists(space: Workspace, sigil: str, id: str) -> bool:
    known = {
        "@": space.users.keys(),
        "#": space.channels.keys(),
        "!subteam^": space.usergroups.keys(),
    }
    return id in known[sigil]


def _plain(space: Workspace, text: str, reader: str, in_command: bool) -> str:
    escaped = _escaped(text)
    # Longest names first: "@Sam Okafor" must not end as "@Sam" and a rest.
    said = escaped.casefold()
    there = [pair for pair in _names(space, reader, in_command) if pair[0].casefold() in said]
    for name, mention in sorted(there, key=lambda pair: -len(pair[0])):
        pattern = rf"(?<![\w.@#<]){re.escape(name)}(?![\w-])"
        # A mention holds no backslash, so it can stand as the replacement itself.
        escaped = re.sub(pattern, mention, escaped, flags=re.IGNORECASE)
    return _BROADCAST.sub(r"<!\1>", escaped)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _names(space: Workspace, reader: str, in_command: bool) -> Iterator[tuple[str, str]]:
    for user in space.users.values():
        mention = f"<@{user.id}|{user.name}>" if in_command else f"<@{user.id}>"
        for name in {user.real_name, user.name}:
            yield f"@{name}", mention
    for group in space.usergroups.values():
        label = f"|@{group.handle}" if in_command else ""
        yield f"@{group.handle}", f"<!subteam^{group.id}{label}>"
    for channel in space.channels.values():
        if not channel.is_im and _sees(channel, reader):
            yield f"#{channel.name}", f"<#{channel.id}|{channel.name}>"


def _sees(channel: Channel, reader: str) -> bool:
    return not channel.is_private or reader in channel.members
