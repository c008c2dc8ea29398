"""The attendance list in a dialog, from wherever a session is seen."""
