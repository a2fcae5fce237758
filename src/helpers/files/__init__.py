"""Files of a project: finding its folder, reading files, and detecting hidden characters."""
