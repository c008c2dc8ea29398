"""The screen of the patients: who they are, their own schedules and their commitments."""
