"""What was told and what was not: changes of a draft, versions, sheets out of date."""
