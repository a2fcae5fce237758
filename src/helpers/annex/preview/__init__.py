"""`annex preview`: an edit seen at once, on the page that it changes."""
