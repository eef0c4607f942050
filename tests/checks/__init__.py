"""What the checks find, and what they leave alone."""
