"""What a text says for Charter: `charter:churn/data-pipeline`."""

import re

MARK = re.compile(
    r"(?<![\w:/.-])charter:[ \t]?(?P<project>[\w-]{1,80})(?:/(?P<item>[\w-]{1,80}))?", re.I
)
LONGEST_BODY = 70_000
"""Characters of a text that are read: more than GitHub takes."""


def marks(text: str) -> tuple[str, ...]:
    """The words after `charter:`, such as "churn/data-pipeline", in lower case, each once."""
    found = (
        f"{mark['project']}/{mark['item']}" if mark["item"] else mark["project"]
        for mark in MARK.finditer(text)
    )
    return tuple(dict.fromkeys(mark.lower() for mark in found))
