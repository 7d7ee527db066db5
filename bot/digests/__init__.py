"""Digests: what a channel is told of its projects, or somebody of theirs, and when not.

`compose` and `compose_own` are the only ways to one, for what is posted as for a preview.
"""

from bot.digests.composing import compose
from bot.digests.edits import Edit, Net
from bot.digests.own import (
    OwnDigest,
    OwnDigestPreview,
    OwnDigestShown,
    OwnRow,
    ToReview,
    compose_own,
)
from bot.digests.values import (
    MOST_PARTS,
    Aim,
    Audience,
    Blocker,
    Deadline,
    Decision,
    Digest,
    DigestPreview,
    DigestShown,
    Document,
    Linked,
    Material,
    Mended,
    Outlook,
    Part,
    Runs,
    Seats,
    Standups,
    Waiting,
    Window,
    Worry,
)

__all__ = [
    "MOST_PARTS",
    "Aim",
    "Audience",
    "Blocker",
    "Deadline",
    "Decision",
    "Digest",
    "DigestPreview",
    "DigestShown",
    "Document",
    "Edit",
    "Linked",
    "Material",
    "Mended",
    "Net",
    "Outlook",
    "OwnDigest",
    "OwnDigestPreview",
    "OwnDigestShown",
    "OwnRow",
    "Part",
    "Runs",
    "Seats",
    "Standups",
    "ToReview",
    "Waiting",
    "Window",
    "Worry",
    "compose",
    "compose_own",
]
