"""Questions at a terminal: what is typed, pasted and shown, and how people leave."""
