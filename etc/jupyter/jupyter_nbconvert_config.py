"""`jupyter nbconvert --to html` shows the prose of one language, that of the outputs: English, or the
one that ANNEX_LANGUAGE names. Setting up the project installs this in `.venv/etc/jupyter`."""

from helpers.language import current, languages

c = get_config()  # noqa: F821 (Jupyter gives it)
c.TagRemovePreprocessor.remove_cell_tags = set(languages()) - {current()}
