"""The Web API methods that Charter uses. There are no others."""

from handlers.playground.double.methods import (
    assistant,
    chat,
    files,
    history,
    lookups,
    validate,
    views,
)
from handlers.playground.double.methods.method import Method

METHODS: dict[str, Method] = {
    **assistant.METHODS,
    **chat.METHODS,
    **files.METHODS,
    **history.METHODS,
    **lookups.METHODS,
    **validate.METHODS,
    **views.METHODS,
}

__all__ = ["METHODS", "Method", "files"]
