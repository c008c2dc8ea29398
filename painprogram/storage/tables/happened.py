"""Lists of what happened: written by the storage layer alone, never changed, and so no rows."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Table,
    Uuid,
    false,
)

from painprogram.storage.ids import new_id
from painprogram.storage.tables.row import Row

journal = Table(
    "journal",
    Row.metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", DateTime, nullable=False),  # UTC
    Column("program", String, nullable=False),  # the running copy that wrote it
    Column("who", String, nullable=False),
    Column("centre_id", Uuid),
    Column("label", String, nullable=False),
    Column("tables", JSON, nullable=False),
    Column("changes", JSON, nullable=False),  # [table, key, before, after] of each row
    Column("undoable", Boolean, nullable=False, server_default=false()),
    Column("undoes", BigInteger),  # the entry that this one took back
)
access_entry = Table(
    "access_entry",
    Row.metadata,
    Column("id", Uuid, primary_key=True, default=new_id),
    Column("at", DateTime, nullable=False),  # UTC
    Column("who", String, nullable=False),
    Column("centre_id", Uuid),
    Column("action", String, nullable=False),
)
access_patient = Table(
    "access_patient",
    Row.metadata,
    Column("entry_id", ForeignKey("access_entry.id"), primary_key=True),
    Column("patient_id", Uuid, primary_key=True, index=True),
)
