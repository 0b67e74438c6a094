"""Folders and small files on any file system that Spark knows (Hadoop's ``FileSystem``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pyspark.sql import SparkSession


class Entry(NamedTuple):
    """A file: its address, its size in bytes, and when it was changed last (milliseconds since 1970)."""

    address: str
    size: int
    modified: int


class Storage:
    """Addresses, seen from the driver. Raises py4j's Py4JJavaError where a file system refuses."""

    def __init__(self, spark: SparkSession) -> None:
        self._java: Any = spark.sparkContext._jvm
        self._settings: Any = spark.sparkContext._jsc.hadoopConfiguration()

    def files(self, address: str) -> Iterator[Entry]:
        """Every file at or beneath an address, in no order."""
        path, system = self._at(address)
        found = system.listFiles(path, True)
        while found.hasNext():
            each = found.next()
            yield Entry(each.getPath().toString(), each.getLen(), each.getModificationTime())

    def exists(self, address: str) -> bool:
        """Whether there is a file or folder."""
        path, system = self._at(address)
        return bool(system.exists(path))

    def is_folder(self, address: str) -> bool:
        """Whether there is a folder."""
        path, system = self._at(address)
        return bool(system.exists(path) and system.getFileStatus(path).isDirectory())

    def whole(self, address: str) -> str:
        """The address with scheme and host, as the file system has it."""
        path, system = self._at(address)
        return str(system.makeQualified(path).toString())

    def read(self, address: str) -> str | None:
        """The text of a small file; None where there is none."""
        path, system = self._at(address)
        if not system.exists(path):
            return None
        stream = system.open(path)
        try:
            return str(self._java.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()

    def write(self, address: str, text: str) -> None:
        """Write a small file, its folder too."""
        path, system = self._at(address)
        stream = system.create(path, True)
        try:
            stream.write(bytearray(text.encode()))
        finally:
            stream.close()

    def remove(self, address: str) -> None:
        """Remove a file or a folder with all that is in it, if it is there."""
        path, system = self._at(address)
        system.delete(path, True)

    def _at(self, address: str) -> tuple[Any, Any]:
        path = self._java.org.apache.hadoop.fs.Path(address)
        return path, path.getFileSystem(self._settings)
