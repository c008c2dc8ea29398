"""Papers before they are printed: looked at, printed, saved."""
