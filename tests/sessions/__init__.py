"""The program as people use it: a terminal, a repository, and what comes between."""
