"""Words and rules of the programme. Standard library only: no Qt, no database, no clock."""
