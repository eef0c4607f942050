"""The interview: what is asked, what is understood, and what is kept."""
