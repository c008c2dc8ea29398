"""Planning through the term, the way of a patient, plans and papers"""

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

    op.create_table(
        "referral",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_whom", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("preferred_centre_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_on", sa.Date(), nullable=False),
        sa.Column("next_step", sa.String(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("offered_group_id", sa.Uuid(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_referral_centre_id_centre")
        ),
        sa.ForeignKeyConstraint(
            ["offered_group_id"],
            ["patient_group.id"],
            name=op.f("fk_referral_offered_group_id_patient_group"),
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_referral_patient_id_patient")
        ),
        sa.ForeignKeyConstraint(
            ["preferred_centre_id"],
            ["centre.id"],
            name=op.f("fk_referral_preferred_centre_id_centre"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_referral_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_centre_id"), ["centre_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_status"), ["status"], unique=False)

    op.create_table(
        "referral_step",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_referral_step_patient_id_patient")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_step_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_step")),
    )
    with op.batch_alter_table("referral_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_referral_step_patient_id"), ["patient_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_referral_step_referral_id"), ["referral_id"], unique=False
        )

    op.create_table(
        "session_event",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start", sa.DateTime(), nullable=True),
        sa.Column("short_notice", sa.Boolean(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_event_session_id_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_event")),
    )
    with op.batch_alter_table("session_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_session_event_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "attendance",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("occasion_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["attendance.id"], name=op.f("fk_attendance_corrects_id_attendance")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_attendance_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_attendance_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_enrolment_id"), ["enrolment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attendance_noted_at"), ["noted_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attendance_occasion_id"), ["occasion_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attendance_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "commitment_review",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("scores", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_commitment_review_enrolment_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_commitment_review_patient_id_patient")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["staff.id"], name=op.f("fk_commitment_review_reviewed_by_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_review")),
    )
    with op.batch_alter_table("commitment_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_commitment_review_enrolment_id"), ["enrolment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_commitment_review_patient_id"), ["patient_id"], unique=False
        )

    op.create_table(
        "enrolment_pause",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_enrolment_pause_enrolment_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_enrolment_pause_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_pause")),
    )
    with op.batch_alter_table("enrolment_pause", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enrolment_pause_enrolment_id"), ["enrolment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_enrolment_pause_patient_id"), ["patient_id"], unique=False
        )

    op.create_table(
        "roster",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_roster_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_roster_patient_id_patient")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_roster_session_id_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster")),
        sa.UniqueConstraint("session_id", "patient_id", name=op.f("uq_roster_session_id")),
    )
    with op.batch_alter_table("roster", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roster_session_id"), ["session_id"], unique=False)

    _create_for_plans_and_papers()
    _add("centre", sa.Column("calendar_title", sa.String(), server_default="", nullable=False))
    _add("centre", sa.Column("calendar_alarm", sa.Integer()))
    _add("centre", sa.Column("waiting_limit", sa.Integer(), server_default="60", nullable=False))
    _add("centre", sa.Column("short_notice", sa.Integer(), server_default="2", nullable=False))
    _add("commitment", sa.Column("scores", sa.JSON(), server_default="[]", nullable=False))
    _add("commitment", sa.Column("signed_on", sa.Date()))
    _add("commitment", sa.Column("signed_number", sa.Integer()))
    _add("commitment", sa.Column("translations", sa.JSON(), server_default="{}", nullable=False))
    _add("enrolment", sa.Column("ended_as", sa.String(), server_default="", nullable=False))
    _add("enrolment", sa.Column("lap_end", sa.Date()))
    _add("journal", sa.Column("undoable", sa.Boolean(), server_default=sa.false(), nullable=False))
    _add("journal", sa.Column("undoes", sa.BigInteger()))
    _add("patient", sa.Column("times_not", sa.JSON(), server_default="[]", nullable=False))
    _add("patient", sa.Column("most_visits", sa.Integer()))
    _add("patient", sa.Column("most_minutes", sa.Integer()))
    _add("patient", sa.Column("most_trips", sa.Integer()))
    _add("patient_group", sa.Column("decide_on", sa.Date()))
    _add("patient_group", sa.Column("decision", sa.String(), server_default="", nullable=False))
    _add(
        "patient_group",
        sa.Column("rolling", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    _note_open_groups()
    _add("print", sa.Column("content", sa.JSON()))
    _add("session", sa.Column("locked", sa.JSON(), server_default="[]", nullable=False))
    _add("staff", sa.Column("competences", sa.JSON(), server_default="[]", nullable=False))
    _refer("patient_group", "deputy_id", "staff")
    _refer("programme", "owner_id", "staff")
    _refer("programme", "deputy_id", "staff")
    _refer("enrolment", "referral_id", "referral")
    op.create_index("ix_enrolment_referral_id", "enrolment", ["referral_id"])
    for table in ("attendance", "referral_step", "roster", "session_event"):
        _make_unchangeable(table)


def _create_for_plans_and_papers() -> None:
    op.create_table(
        "planning_wish",
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_planning_wish_centre_id_centre")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planning_wish")),
        sa.UniqueConstraint("centre_id", "wish", name=op.f("uq_planning_wish_centre_id")),
    )
    with op.batch_alter_table("planning_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planning_wish_centre_id"), ["centre_id"], unique=False)

    op.create_table(
        "paper_face",
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("footer", sa.String(), nullable=False),
        sa.Column("envelope", sa.String(), nullable=False),
        sa.Column("window_start", sa.Integer(), nullable=True),
        sa.Column("window_top", sa.Integer(), nullable=True),
        sa.Column("window_width", sa.Integer(), nullable=True),
        sa.Column("window_height", sa.Integer(), nullable=True),
        sa.Column("fold", sa.String(), nullable=False),
        sa.Column("forwarding", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_paper_face_centre_id_centre")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_face")),
        sa.UniqueConstraint("centre_id", name=op.f("uq_paper_face_centre_id")),
    )

    op.create_table(
        "paper_text",
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_paper_text_centre_id_centre")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_text")),
        sa.UniqueConstraint("centre_id", "key", "language", name=op.f("uq_paper_text_centre_id")),
    )
    with op.batch_alter_table("paper_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_text_centre_id"), ["centre_id"], unique=False)

    op.create_table(
        "translation",
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_translation_centre_id_centre")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
        sa.UniqueConstraint(
            "centre_id", "language", "digest", name=op.f("uq_translation_centre_id")
        ),
    )
    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_translation_centre_id"), ["centre_id"], unique=False)

    op.create_table(
        "language_approval",
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_language_approval_centre_id_centre")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language_approval")),
        sa.UniqueConstraint("centre_id", "language", name=op.f("uq_language_approval_centre_id")),
    )
    with op.batch_alter_table("language_approval", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_language_approval_centre_id"), ["centre_id"], unique=False
        )

    op.create_table(
        "paper_print",
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("of_id", sa.Uuid(), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.Column("printed_by", sa.String(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name=op.f("fk_paper_print_centre_id_centre")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_paper_print_patient_id_patient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_print")),
    )
    with op.batch_alter_table("paper_print", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_print_centre_id"), ["centre_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_print_of_id"), ["of_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_print_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_print_printed_at"), ["printed_at"], unique=False)


def _note_open_groups() -> None:
    """Groups that patients come to along the way, as the version they run says."""
    versions = sa.table(
        "programme_version", sa.column("id", sa.Uuid()), sa.column("content", sa.JSON())
    )
    groups = sa.table(
        "patient_group",
        sa.column("programme_version_id", sa.Uuid()),
        sa.column("activity", sa.Boolean()),
        sa.column("rolling", sa.Boolean()),
    )
    connection = op.get_bind()
    is_open = [
        row.id
        for row in connection.execute(sa.select(versions))
        if not row.content.get("closed", True)
    ]
    connection.execute(
        sa.update(groups)
        .where(groups.c.programme_version_id.in_(is_open), groups.c.activity.is_(False))
        .values(rolling=True)
    )


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


def _make_unchangeable(table: str) -> None:
    """What happened is only ever added to."""
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_unchangeable() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is only added to'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_unchangeable BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"EXECUTE FUNCTION {table}_unchangeable()"
    )
