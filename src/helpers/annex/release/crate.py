"""RO-Crate metadata (w3id.org/ro/crate) of the published folder, for archives."""

from __future__ import annotations

import json
from collections.abc import Iterable
from mimetypes import MimeTypes
from pathlib import Path, PurePosixPath

from ...files import settings
from ...language import english, languages, name_of
from ...tables import publication
from . import annex_summary, manifest

NAME = "ro-crate-metadata.json"
_MEDIA_TYPES = MimeTypes().types_map[True]  # of Python: a computer's own list may differ
_FOLDERS = {
    "charts": "Each chart as pictures (SVG) and its numbers (CSV), in each language.",
}
_DESCRIBED = {
    manifest.SCHEMA.name: "The form of manifest.json as a JSON Schema, each property described.",
    annex_summary.NAME: "Title, languages, verdicts and key figures, for a page over many annexes.",
    annex_summary.SCHEMA.name: "The form of annex.json as a JSON Schema.",
    manifest.NAME: (
        "SHA-256 of every input and of every other file of this folder, versions of python and of "
        "packages, every number with its evidence, every verdict. It shows that a file is as it "
        "was built, if the list itself is: whoever rewrites a file can rewrite the list. So "
        "compare its own checksum with one that was published elsewhere, and build the annex "
        "again: annex verify."
    ),
}


def crate(names: Iterable[str], data: Path) -> str:
    """The metadata of an annex that holds the files `names`, as JSON-LD text.

    Title, description, licence and date are those of the data package. Without a date there, the
    metadata have none, so that equal inputs give equal bytes.
    """
    from rocrate.rocrate import ROCrate  # here, as it takes long to load

    made = ROCrate(version="1.2")
    described = settings.package(data)
    root = made.root_dataset
    title, description = publication.about(data)
    root["name"], root["description"] = english(title), english(description)
    root["inLanguage"] = list(languages())
    root.pop("datePublished")  # the library sets the time of the build
    if "created" in described:
        root["datePublished"] = described["created"]
    licences = described.get("licenses", [])
    if addresses := [{"@id": each["path"]} for each in licences if "path" in each]:
        root["license"] = addresses
    names = sorted(names)
    for folder in sorted({PurePosixPath(name).parts[0] for name in names if "/" in name}):
        told = _FOLDERS.get(folder) or f"The pages in {name_of(folder)}."
        properties = {"name": folder, "description": told}
        made.add_directory(dest_path=folder, properties=properties)
    for name in [name for name in names if "/" not in name] + [manifest.NAME]:
        properties = {"name": name, "encodingFormat": _MEDIA_TYPES[PurePosixPath(name).suffix]}
        if name in _DESCRIBED:
            properties["description"] = _DESCRIBED[name]
        made.add_file(dest_path=name, properties=properties)
    return json.dumps(made.metadata.generate(), ensure_ascii=False, indent=1) + "\n"
