"""A bill of materials of the environment: every package that the lock file allows, by its hashes.

CycloneDX 1.6, which scanners of known vulnerabilities read. It is written by the reference library,
and the same lock file gives the same bytes: no time, and a serial number made from the content.
The ready-made generator (cyclonedx-bom 7.5) gives the same bytes twice as well, but it accepts a
line without a hash or a version, writes markers only into a description and hashes only beside the
address of a package index, and leaves the project's direct dependencies out.
"""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Iterable
from pathlib import Path

from ...errors import AnnexError, Problem
from ..plan.inputs import LOCK, normal

# Namespaces of version 5 are UUIDs themselves: this one was drawn once, for this use.
_SERIALS = uuid.UUID("5f2c6f6e-3a55-4c0b-9d0e-0b8f7f1f5a11")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})(?:\s|$)")


def sbom(root: Path) -> str:
    """The bill of materials of the project in `root`, as JSON text.

    Raises `AnnexError` naming every line of the lock file that does not pin a package by version
    and hash, every package that pyproject.toml asks for and the lock file lacks, and the library
    when it is not installed.
    """
    try:
        from cyclonedx.model import HashAlgorithm, HashType, Property
    except ImportError as error:
        found, expected, remedy = f"no module {error.name}", "the extra 'release'", "Run make"
        raise AnnexError(Problem("annex sbom", found, expected, remedy)) from error
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (root / LOCK).read_text(encoding="utf-8")
    parts = {}
    for requirement, version, hashes in _locked(text):
        marker = requirement.marker and [Property(name="marker", value=str(requirement.marker))]
        name = normal(requirement.name)
        parts[f"{name}@{version}"] = Component(
            name=name,
            version=version,
            bom_ref=f"{name}@{version}",
            purl=PackageURL("pypi", name=name, version=version),
            # Of every file that may be installed: a source archive, and a wheel per platform.
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=found) for found in hashes],
            properties=marker,
        )
    name, version = project["name"], project["version"]
    whole = Component(
        name=name, version=version, type=ComponentType.APPLICATION, bom_ref=f"{name}@{version}"
    )
    serial = uuid.uuid5(_SERIALS, f"{name} {version}\n{text}")
    bom = Bom(components=parts.values(), serial_number=serial)
    bom.metadata.component, bom.metadata.timestamp = whole, None
    bom.register_dependency(whole, _direct(project, parts.values()))
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def _locked(text: str) -> list[tuple]:
    """Each entry of the lock file: the requirement, its version and its hashes, in order."""
    from packaging.requirements import InvalidRequirement, Requirement

    found, problems = [], []
    number = 1
    for entry in re.split(r"(?<!\\)\n", text):
        place, number = f"{LOCK}, line {number}", number + entry.count("\n") + 1
        line = entry.replace("\\\n", " ").strip()
        if not line or line.startswith("#"):
            continue
        written, hashes = line.split(" --hash")[0].strip(), sorted(_HASH.findall(line))
        try:
            requirement = Requirement(written)
            pins = [part for part in requirement.specifier if part.operator == "=="]
        except InvalidRequirement:
            pins = []
        if len(pins) != 1 or not hashes or "*" in pins[0].version:
            expected = "a package with == version and --hash=sha256:"
            problems.append(Problem(place, repr(written), expected))
        else:
            found.append((requirement, pins[0].version, hashes))
    if problems or not found:
        raise AnnexError(problems or Problem(LOCK, "no package", "the packages of the environment"))
    return found


def _direct(project: dict, parts: Iterable) -> list:
    """The components that the project itself asks for, those of its extras included."""
    from packaging.requirements import Requirement

    extras = project.get("optional-dependencies", {}).values()
    asked = [*project.get("dependencies", []), *(line for lines in extras for line in lines)]
    names = {normal(Requirement(line).name) for line in asked}
    found = [part for part in parts if part.name in names]
    if missing := sorted(names - {part.name for part in found}):
        expected, remedy = "every package of pyproject.toml", "Lock again"
        raise AnnexError(Problem(LOCK, f"no {name}", expected, remedy) for name in missing)
    return found
