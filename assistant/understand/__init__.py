"""Words and dialogue to a Need."""
