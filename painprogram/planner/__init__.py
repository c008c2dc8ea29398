"""The automatic planner: a frozen problem in, a frozen plan out; nothing of database or screen."""
