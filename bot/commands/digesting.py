"""Orders about digests, a channel's and one's own; those that only look stand here."""

from dataclasses import dataclass

from bot.orders import EndDigest, EndOwnDigest, SetDigest, SetOwnDigest


@dataclass(frozen=True, slots=True)
class ShowDigest:
    """How the channel's digest is set, and when the next one comes."""


@dataclass(frozen=True, slots=True)
class PreviewDigest:
    """The channel's digest as it would be now, for the one who asks alone."""


@dataclass(frozen=True, slots=True)
class ShowOwnDigest:
    """How one's own digest is set, and when the next one comes."""


@dataclass(frozen=True, slots=True)
class PreviewOwnDigest:
    """One's own digest as it would be now."""


@dataclass(frozen=True, slots=True)
class OpenDigest:
    """The form in which the channel's digest is set."""


@dataclass(frozen=True, slots=True)
class OpenOwnDigest:
    """The form in which one's own digest is set."""


OwnDigestOrder = ShowOwnDigest | PreviewOwnDigest | OpenOwnDigest | SetOwnDigest | EndOwnDigest
DigestOrder = ShowDigest | PreviewDigest | OpenDigest | SetDigest | EndDigest | OwnDigestOrder
