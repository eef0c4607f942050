"""What was typed survives whatever happens to the machine."""
