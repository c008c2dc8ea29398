"""The screen of the reception: the day, who is expected, and whoever stands in front of it."""
