"""Something that takes a while: one message says how far it is, in a direct message or a channel,
and the file that comes of it is shared beside it.
"""

from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from bot.errors import Refused, Unavailable, Why
from handlers.slack import Slack
from handlers.slack.told import OUT_OF_REACH, reaching
from handlers.views.kit import Message

GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}


@dataclass(frozen=True, slots=True)
class Progress:
    """One message in a direct message, or in a channel (`channel`), edited as things go on. Files
    come beside it, or in the `thread`.
    """

    slack: Slack
    channel: str
    ts: str
    thread: str | None = None

    @classmethod
    def begun(cls, slack: Slack, user: str, message: Message) -> "Progress":
        """Say that it has begun, in the direct message with a user."""
        told = slack.post(user, message)
        return cls(slack, str(told["channel"]), str(told["ts"]))

    @classmethod
    def begun_in(
        cls, slack: Slack, channel: str, thread: str | None, message: Message
    ) -> "Progress":
        """Say that it has begun where all in a channel read it, in a thread or to begin one.

        `Refused` where Charter is not in it, or it is archived.
        """
        try:
            told = slack.post(channel, message, thread)
        except SlackApiError as error:
            if error.response["error"] not in OUT_OF_REACH:
                raise
            raise Refused(Why.CHANNEL_UNREADABLE) from error
        ts = str(told["ts"])
        return cls(slack, str(told["channel"]), ts, thread or ts)

    def tell(self, message: Message) -> bool:
        """Say this in its place; False where it is gone."""
        try:
            self.slack.edit(self.channel, self.ts, message)
        except SlackApiError as error:
            if error.response["error"] not in GONE:
                raise
            return False
        return True

    def share(self, name: str, title: str, content: bytes) -> None:
        """Share a file there: announced, sent, then shown. Nobody sees it before all of it came.

        Raises `Refused` where Charter was installed before it asked to send files.
        """
        client = self.slack.client
        with reaching():
            try:
                announced = client.files_getUploadURLExternal(filename=name, length=len(content))
                sent = client.http.post(str(announced["upload_url"]), content=content)
                if not sent.is_success:
                    raise Unavailable("Slack")
                client.files_completeUploadExternal(
                    files=[{"id": str(announced["file_id"]), "title": title}],
                    channel_id=self.channel,
                    thread_ts=self.thread,
                )
            except SlackApiError as error:
                if error.response["error"] != "missing_scope":
                    raise
                raise Refused(Why.NO_FILES) from error
