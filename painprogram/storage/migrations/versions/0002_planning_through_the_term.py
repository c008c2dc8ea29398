"""Planning through the term"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "acknowledgement",
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("occasion_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("acknowledged_by", sa.String(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_acknowledgement_centre_id_centre")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
    )
    with op.batch_alter_table("acknowledgement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_acknowledgement_centre_id"), ["centre_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_acknowledgement_occasion_id"), ["occasion_id"], unique=False
        )

    op.create_table(
        "calendar_target",
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("of_kind", sa.String(), nullable=False),
        sa.Column("of_id", sa.Uuid(), nullable=False),
        sa.Column("pushed_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_calendar_target_centre_id_centre")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_target")),
    )
    with op.batch_alter_table("calendar_target", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_calendar_target_centre_id"), ["centre_id"], unique=False
        )

    op.create_table(
        "rule_setting",
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_rule_setting_centre_id_centre")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_setting")),
        sa.UniqueConstraint("centre_id", "rule", name=op.f("uq_rule_setting_centre_id")),
    )
    with op.batch_alter_table("rule_setting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rule_setting_centre_id"), ["centre_id"], unique=False)

    op.create_table(
        "absence",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("end", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_absence_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_staff_id"), ["staff_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_absence_start"), ["start"], unique=False)

    op.create_table(
        "busy_source",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_busy_source_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy_source")),
        sa.UniqueConstraint("staff_id", "place", name=op.f("uq_busy_source_staff_id")),
    )
    with op.batch_alter_table("busy_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_busy_source_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "extra_time",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("end", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_extra_time_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_time")),
    )
    with op.batch_alter_table("extra_time", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extra_time_staff_id"), ["staff_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_extra_time_start"), ["start"], unique=False)

    op.create_table(
        "pushed_event",
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["calendar_target.id"],
            name=op.f("fk_pushed_event_target_id_calendar_target"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pushed_event")),
        sa.UniqueConstraint("target_id", "uid", name=op.f("uq_pushed_event_target_id")),
    )
    with op.batch_alter_table("pushed_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pushed_event_target_id"), ["target_id"], unique=False)

    op.create_table(
        "working_time",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("weeks", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_working_time_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_time")),
    )
    with op.batch_alter_table("working_time", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_working_time_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "busy",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("end", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["busy_source.id"], name=op.f("fk_busy_source_id_busy_source")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_busy_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy")),
    )
    with op.batch_alter_table("busy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_busy_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_busy_staff_id"), ["staff_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_busy_start"), ["start"], unique=False)

    op.create_table(
        "group_pause",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sessions", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["patient_group.id"], name=op.f("fk_group_pause_group_id_patient_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_pause")),
    )
    with op.batch_alter_table("group_pause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_pause_group_id"), ["group_id"], unique=False)

    op.create_table(
        "publication",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["patient_group.id"], name=op.f("fk_publication_group_id_patient_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_publication_group_id")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publication_group_id"), ["group_id"], unique=False)

    _add("centre", sa.Column("calendar_title", sa.String(), server_default="", nullable=False))
    _add("centre", sa.Column("calendar_alarm", sa.Integer()))
    _add("journal", sa.Column("undoable", sa.Boolean(), server_default=sa.false(), nullable=False))
    _add("journal", sa.Column("undoes", sa.BigInteger()))
    _add("print", sa.Column("content", sa.JSON()))
    _add("staff", sa.Column("competences", sa.JSON(), server_default="[]", nullable=False))
    _refer("patient_group", "deputy_id", "staff")
    _refer("programme", "owner_id", "staff")
    _refer("programme", "deputy_id", "staff")


def _add(table: str, column: "sa.Column[object]") -> None:
    """Never by copying the table: that would lose its triggers, and what refers to it."""
    op.add_column(table, column)


def _refer(table: str, column: str, to: str) -> None:
    """A column that may hold the key of another table's row."""
    name = f"fk_{table}_{column}_{to}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} CHAR(32) "
            f"CONSTRAINT {name} REFERENCES {to} (id)"
        )
        return
    op.add_column(table, sa.Column(column, sa.Uuid()))
    op.create_foreign_key(name, table, to, [column], ["id"])
