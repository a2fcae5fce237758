"""Lets notebooks in JupyterLab import the modules in their project's `src/`, as a build does.
Installing the library puts this in `etc/ipython` of the environment, where its kernels read it."""

try:
    from evidence_annex.files import folders
except ModuleNotFoundError:  # in the library's own repository
    from helpers.files import folders

folders.import_own_code()
