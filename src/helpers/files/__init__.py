"""Files of a project: where it is, what they hold, and text in which nothing is hidden."""
