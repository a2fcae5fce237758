"""Publishing: runs the notebooks and renders them as pages. No other package imports it."""
