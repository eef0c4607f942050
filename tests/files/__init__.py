"""Files on disk: old or new, whatever happens in between."""
