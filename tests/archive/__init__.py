"""The folder of reports: what is found, and what is never overwritten."""
