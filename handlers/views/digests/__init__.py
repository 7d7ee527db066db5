"""Digests in words: `said` is what is posted, `previewed` and `shown` answer who sets one."""

from handlers.views.digests.own import previewed_own, said_own, shown_own
from handlers.views.digests.posted import LONGEST, digest, said
from handlers.views.digests.setting import previewed, shown

__all__ = [
    "LONGEST",
    "digest",
    "previewed",
    "previewed_own",
    "said",
    "said_own",
    "shown",
    "shown_own",
]
