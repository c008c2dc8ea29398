"""The automatic plan: what is asked of it, how far it is, what it proposes."""
