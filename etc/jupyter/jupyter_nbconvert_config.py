"""`jupyter nbconvert --to html` shows the prose of one language, that of the outputs: English, or the
one that ANNEX_LANGUAGE names. Installing the library puts this in `etc/jupyter` of the environment."""

try:
    from evidence_annex.language import current, languages
except ModuleNotFoundError:  # in the library's own repository
    from helpers.language import current, languages

c = get_config()  # noqa: F821 (Jupyter gives it)
c.TagRemovePreprocessor.remove_cell_tags = set(languages()) - {current()}
