"""Everything on screen (Qt). Asks the use cases; never sees a row."""
