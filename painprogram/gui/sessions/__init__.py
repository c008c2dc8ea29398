"""The screen of the schedule: a week of sessions and visits, moved by hand, with its clashes."""
