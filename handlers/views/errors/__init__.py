"""Every error in words: one sentence that says what to do next, in one place.

`worded` for messages, `field_errors` for forms, `plain` for the command line.
"""

from handlers.views.errors.doors import plain, unexpected, worded
from handlers.views.errors.fields import field_errors

__all__ = ["field_errors", "plain", "unexpected", "worded"]
