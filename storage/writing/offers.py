"""The rows of offers."""

from bot.changes import HandOverOffered, OfferChange
from storage.database import plainly
from storage.statements import adding, setting
from storage.tables import OfferRow
from storage.writing.pen import Pen

_SETTLING = setting(OfferRow, "state", "answered_at", "answered_by")


def write(pen: Pen, change: OfferChange) -> None:
    plain = plainly(pen.session)
    if isinstance(change, HandOverOffered):
        row = {
            "project_id": change.project,
            "item_id": change.item,
            "from_id": change.giver,
            "to_id": change.receiver,
            "letters": "".join(change.letters),
            "since": change.since,
            "state": "open",
            "note": "",
            "answer": "",
        }
        plain.execute(adding(OfferRow), {**row, **pen.recorded()})
        return
    values = {"state": change.state.value, "answered_at": pen.now}
    by = pen.actor.person_id
    plain.execute(_SETTLING, {"of": change.offer, **values, "answered_by": by})
