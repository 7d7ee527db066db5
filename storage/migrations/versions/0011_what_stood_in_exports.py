"""What stood in exports, packed, once for all that are alike."""

import base64
import json
import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_AT = storage.columns.UtcDateTime(timezone=True)
_BASES = sa.table(
    "export_bases",
    *(sa.column(name) for name in ("workspace_id", "code", "size", "packed")),
    sa.column("at", _AT),
)
_EXPORTS = sa.table(
    "exports",
    *(sa.column(name) for name in ("id", "workspace_id", "code")),
    sa.column("at", _AT),
    sa.column("base", sa.JSON()),
)
_ENCLOSURES = sa.table("enclosures", sa.column("id"), sa.column("export", sa.JSON()))


def upgrade() -> None:
    op.create_table(
        "export_bases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_export_bases_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_bases")),
        sa.UniqueConstraint("workspace_id", "code", name=op.f("uq_export_bases_workspace_id_code")),
    )
    connection = op.get_bind()
    _move(connection)
    _pack_what_waits(connection)
    op.drop_column("exports", "base")


def _move(connection: sa.Connection) -> None:
    """One at a time: a base is as long as the list it was made of."""
    seen = set()
    newest = sa.select(_EXPORTS.c.id, _EXPORTS.c.workspace_id, _EXPORTS.c.code, _EXPORTS.c.at)
    for row in connection.execute(
        newest.order_by(_EXPORTS.c.at.desc(), _EXPORTS.c.id.desc())
    ).all():
        if (row.workspace_id, row.code) in seen:
            continue
        seen.add((row.workspace_id, row.code))
        base = sa.select(_EXPORTS.c.base).where(_EXPORTS.c.id == row.id)
        packed = _packed(connection.execute(base).scalar_one())
        values = {"workspace_id": row.workspace_id, "code": row.code, "at": row.at}
        connection.execute(_BASES.insert().values(**values, size=len(packed), packed=packed))


def _pack_what_waits(connection: sa.Connection) -> None:
    """Files that wait to be shared know what is to be kept of them, in text."""
    keys = connection.execute(sa.select(_ENCLOSURES.c.id)).scalars().all()
    for key in keys:
        asked = sa.select(_ENCLOSURES.c.export).where(_ENCLOSURES.c.id == key)
        export = connection.execute(asked).scalar_one()
        if export and isinstance(export.get("base"), dict):
            told = {**export, "base": base64.b64encode(_packed(export["base"])).decode()}
            at = _ENCLOSURES.update().where(_ENCLOSURES.c.id == key)
            connection.execute(at.values(export=told))


def _packed(base: Any) -> bytes:
    text = json.dumps(base, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return zlib.compress(text.encode())
