"""From the outputs of a notebook to the HTML of its pages."""
