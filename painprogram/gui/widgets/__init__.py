"""Generic widgets: no noun of the programme inside."""
