"""The settings of a workspace, as its admins set them."""

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.workspace_settings import WorkspaceSettings, kept
from storage.database import plainly
from storage.tables import SettingRow, columns

_SETTING = columns(SettingRow)
_PRESENT = select(_SETTING.name, _SETTING.value).where(
    _SETTING.workspace_id == bindparam("workspace"), _SETTING.until.is_(None)
)


def present(session: Session, workspace: int) -> WorkspaceSettings:
    """What holds now."""
    found = plainly(session).execute(_PRESENT, {"workspace": workspace})
    return kept({row.name: row.value for row in found})
