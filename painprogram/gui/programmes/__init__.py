"""The screen *Programme*: what there is to run, the groups that run it, and starting a new one."""
