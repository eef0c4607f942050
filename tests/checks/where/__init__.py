"""Where people are: the index, hooks, pipelines, `submit`, and the wizard."""
