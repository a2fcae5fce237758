"""A new table: its file, and its description in the descriptor."""
