"""A new project: all the files with which it builds at once."""
