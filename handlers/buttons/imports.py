"""Buttons under the preview of a sheet."""

from bot.imports.asking import unknown_in
from bot.imports.said import wishes_in
from handlers import imports
from handlers.buttons.press import OnPress, Opens, Press
from handlers.imports import Sent
from handlers.service.importing import Imported
from handlers.views import modals
from handlers.views.acts import Act
from handlers.views.kit import View


def _apply(press: Press) -> None:
    _take(press, partial=False)


def _apply_rest(press: Press) -> None:
    _take(press, partial=True)


def _take(press: Press, *, partial: bool) -> None:
    desk = press.desk
    imports.refuse_others(press.text("u"), desk.actor)
    imports.take(
        press.text("f") or "",
        press.text("k") or "",
        press.text("m") or "",
        desk.charter,
        desk.actor,
        desk.place,
        press.slack,
        press.reply,
        partial=partial,
    )


def _columns(press: Press) -> View:
    sent = _sent(press)
    how = imports.asked(wishes_in(press.text("k") or ""))
    found = press.desk.charter.importing.columns(sent.content, sent.stem, how)
    return modals.import_columns(found, sent.name, *_kept(press))


def _people(press: Press) -> View:
    return modals.import_people(unknown_in(_looked_at(press).plan.faults), *_kept(press))


def _conflicts(press: Press) -> View:
    plan = _looked_at(press).plan
    settled = wishes_in(press.text("k") or "").settled
    return modals.import_conflicts((*plan.conflicts, *plan.settled), settled, *_kept(press))


def _sent(press: Press) -> Sent:
    imports.refuse_others(press.text("u"), press.desk.actor)
    return imports.fetched(press.text("f") or "", press.slack)


def _looked_at(press: Press) -> Imported:
    """The preview as it would be by now."""
    desk, wishes = press.desk, wishes_in(press.text("k") or "")
    return imports.looked_at(_sent(press), wishes, desk.charter, desk.actor, desk.place)


def _kept(press: Press) -> tuple[str, str, int]:
    return press.text("f") or "", press.text("k") or "", press.desk.actor.person_id or 0


IMPORTS: OnPress = {
    Act.IMPORT_APPLY: _apply,
    Act.IMPORT_REST: _apply_rest,
    Act.IMPORT_COLUMNS: Opens(_columns),
    Act.IMPORT_PEOPLE: Opens(_people),
    Act.IMPORT_CONFLICTS: Opens(_conflicts),
}
