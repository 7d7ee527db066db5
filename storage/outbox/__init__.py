"""Messages that are to stand in Slack: each a row first, known by its key, sent by whoever is free.

`say` tells what is to stand there. A worker claims what is due, one message a channel and the
earliest first, posts it or edits what it posted before, and notes how that went. What died between
the two is found in Slack by its key, and not posted twice.
"""

from storage.outbox.carrying import (
    LONGEST_WAIT,
    Parcel,
    Waiting,
    begin_anew,
    bring_forward,
    claim,
    due,
    forget,
    give_up,
    hand_back,
    later,
    next_due,
    sent,
    waiting,
)
from storage.outbox.enclosures import Enclosed, enclose
from storage.outbox.gathering import (
    Draft,
    Heard,
    Unasked,
    Unsent,
    all_unsent_to,
    drop,
    put,
    put_off,
    sent_since,
    unasked,
    unsent,
    unsent_to,
    unsent_to_each,
)
from storage.outbox.reasons import Said, latest, said, standing_at
from storage.outbox.saying import CHUNK, Standing, about, about_each, keyed, say, say_anew
from storage.outbox.undelivered import (
    NOTHING_LEFT,
    Addressee,
    Stuck,
    addressees,
    given_up,
    held_up,
    retry,
)
from storage.outbox.withholding import lessen, withhold

__all__ = [
    "CHUNK",
    "LONGEST_WAIT",
    "NOTHING_LEFT",
    "Addressee",
    "Draft",
    "Enclosed",
    "Heard",
    "Parcel",
    "Said",
    "Standing",
    "Stuck",
    "Unasked",
    "Unsent",
    "Waiting",
    "about",
    "about_each",
    "addressees",
    "all_unsent_to",
    "begin_anew",
    "bring_forward",
    "claim",
    "drop",
    "due",
    "enclose",
    "forget",
    "give_up",
    "given_up",
    "hand_back",
    "held_up",
    "keyed",
    "later",
    "latest",
    "lessen",
    "next_due",
    "put",
    "put_off",
    "retry",
    "said",
    "say",
    "say_anew",
    "sent",
    "sent_since",
    "standing_at",
    "unasked",
    "unsent",
    "unsent_to",
    "unsent_to_each",
    "waiting",
    "withhold",
]
