"""The next times that suit everybody."""
