"""A colleague who is away or leaves: what becomes of what is theirs."""
