"""files.getUploadURLExternal, the upload itself, and files.completeUploadExternal."""

import re
import secrets

from handlers.playground.double import shown
from handlers.playground.double.check import Json, Report, items, shape, string
from handlers.playground.double.errors import Refusal
from handlers.playground.double.methods.chat import sound_content, thread, writable
from handlers.playground.double.methods.method import Method, whole, words
from handlers.playground.double.model import Channel, File, Upload
from handlers.playground.double.workspace import Workspace

SIZE_LIMIT = 50_000_000
UNFINISHED = 100
"""Uploads that may be on their way at once; the oldest gives way."""


def announce(space: Workspace, args: Json) -> Json:
    """An address that takes exactly `length` bytes, once."""
    length = whole(args, "length", 0)
    if length < 1:
        raise Refusal("invalid_arguments", faults=["must be more than 0 [json-pointer:/length]"])
    if length > SIZE_LIMIT:
        raise Refusal("file_upload_size_restricted")
    upload = Upload(space.fresh("F"), words(args, "filename"), length)
    token = secrets.token_urlsafe(18)
    with space.change():
        space.uploads[token] = upload
        if len(space.uploads) > UNFINISHED:
            del space.uploads[next(iter(space.uploads))]
    return {"upload_url": f"{space.base_url}/upload/v1/{token}", "file_id": upload.file_id}


def receive(space: Workspace, token: str, content: bytes) -> str:
    """Takes the bytes of an announced file; gives what the server answers in words."""
    with space.change():
        upload = space.uploads.get(token)
        if upload is None or upload.content is not None:
            raise Refusal("upload_not_found", status=404)
        if len(content) != upload.length:
            raise Refusal("upload_size_mismatch", status=400)
        space.uploads[token] = Upload(upload.file_id, upload.name, upload.length, content)
    return f"OK - {len(content)}"


_files = items(shape({"id": string(255)}, {"title": string(255)}), 1, 100)


def complete(space: Workspace, args: Json) -> Json:
    """Shares what was uploaded as one message; without a channel it stays the app's own."""
    report = Report()
    _files(report, args["files"], "/files")
    if report.errors:
        raise Refusal("invalid_arguments", faults=report.errors)
    text = words(args, "initial_comment")
    if text:
        sound_content(text, None)
    channel = _channel(space, words(args, "channel_id"))
    parent = thread(space, channel, args) if channel else None
    files = _taken(space, args["files"])
    shares: Json = {}
    if channel:
        bot = space.app.bot_user_id
        message = space.post(channel.id, bot, text, thread_ts=parent, files=files)
        kind = "private" if channel.is_private else "public"
        shares = {kind: {channel.id: [{"ts": message.ts}]}}
    shown_files = [shown.file(space, file, space.app.bot_user_id) for file in files]
    return {"files": [file | {"shares": shares} for file in shown_files]}


def _channel(space: Workspace, name: str) -> Channel | None:
    """Only a channel's own id will do here: a person's direct message is opened first."""
    if not name:
        return None
    if not re.fullmatch(r"[CDG][A-Z0-9]+", name):
        raise Refusal("invalid_channel")
    return writable(space, name)


def _taken(space: Workspace, asked: list[Json]) -> tuple[File, ...]:
    with space.change():
        known = {upload.file_id: token for token, upload in space.uploads.items()}
        if any(file["id"] not in known for file in asked):
            raise Refusal("file_not_found")
        if any(space.uploads[known[file["id"]]].content is None for file in asked):
            raise Refusal("file_update_failed")
        return tuple(_file(space, space.uploads.pop(known[f["id"]]), f) for f in asked)


def _file(space: Workspace, upload: Upload, asked: Json) -> File:
    title = asked.get("title") or upload.name
    created = int(space.now().timestamp())
    return File(upload.file_id, upload.name, title, upload.content or b"", created)


def info(space: Workspace, args: Json) -> Json:
    """A file that the app may see: it stands in a channel that the app is in, or it is its own."""
    file, owner = found(space, words(args, "file"))
    return {"file": shown.file(space, file, owner)}


def found(space: Workspace, key: str) -> tuple[File, str]:
    """A file in a message that the app may read, and who shared it."""
    with space.read():
        for channel, messages in space.messages.items():
            for one in messages.values():
                for file in one.files:
                    if file.id == key and space.app.bot_user_id in space.channels[channel].members:
                        return file, one.user
    raise Refusal("file_not_found")


METHODS = {
    "files.info": Method(info, frozenset({"file"}), required=("file",), scope="files:read"),
    "files.getUploadURLExternal": Method(
        announce,
        frozenset({"filename", "length"}),
        required=("filename", "length"),
        scope="files:write",
    ),
    "files.completeUploadExternal": Method(
        complete,
        frozenset({"files", "channel_id", "thread_ts", "initial_comment"}),
        required=("files",),
        scope="files:write",
    ),
}
