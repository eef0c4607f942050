"""Every law tried with thousands of records of every template: `python -m` runs it."""
