"""What may go wrong without being a bug; the text is shown to the user."""


class Refused(Exception):
    """The program says no: the user can read why and act on it. Nothing was changed."""


class Conflict(Refused):
    """Somebody else changed the same thing first."""


class Cancelled(Exception):
    """The user stopped a long task."""
