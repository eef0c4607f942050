"""The commands, each as a person calls it."""
