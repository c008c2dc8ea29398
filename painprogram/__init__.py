"""Group pain-management programmes: build, schedule, place patients, print."""

__version__ = "0.1.0"
