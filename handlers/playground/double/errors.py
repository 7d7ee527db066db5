"""How Slack says no."""

from collections.abc import Sequence

from handlers.playground.double.check import Json


class Refusal(Exception):
    """An answer with `ok: false`; `faults` say what is wrong with a payload and
    where, `more` holds other fields that go with the error."""

    def __init__(
        self,
        error: str,
        *,
        status: int = 200,
        retry_after: int = 0,
        faults: Sequence[str] = (),
        **more: object,
    ) -> None:
        super().__init__(error)
        self.error = error
        self.status = status
        self.retry_after = retry_after
        self.faults = tuple(faults)
        self.more = more

    def body(self) -> Json:
        body: Json = {"ok": False, "error": self.error, **self.more}
        if self.faults:
            body["errors"] = list(self.faults)
            messages = [f"[ERROR] {fault}" for fault in self.faults]
            body["response_metadata"] = {"messages": messages}
        return body
