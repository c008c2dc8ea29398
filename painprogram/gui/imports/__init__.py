"""Lists from other programs: which column is what, and what becomes of each row."""
