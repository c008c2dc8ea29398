"""What may go wrong without being a bug; the text is shown to the user."""

from painprogram.i18n import _


class Refused(Exception):
    """The program says no: the user can read why and act on it. Nothing was changed."""


class NeedsReason(Refused):
    """It can be done, but only by somebody who says why: *findings* are what stands against it."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        super().__init__(" ".join((*findings, _("Write why it is to be so all the same."))))
        self.findings = findings


class Conflict(Refused):
    """Somebody else changed the same thing first."""


class Cancelled(Exception):
    """The user stopped a long task."""
