"""A real Neo4j Community server for tests, out of jars from Maven Central: no Docker, no installation.

Needs Java 17 or later and, the first time, Maven; the jars go to ``~/.cache/parkgraph/neo4j-VERSION/lib``. Where
``PARKGRAPH_NEO4J_HOME`` names an installed Neo4j, its ``lib`` is used. A server runs in a folder of its own under the
temporary folder, on free ports of the loopback interface, and a small watching process stops it when the process that
it was started for is gone, however that ended.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.locks import locked
from tests.ports import free_port

VERSION = "5.26.30"
ARTIFACTS = tuple(
    f"{name}:{VERSION}" for name in ("org.neo4j:neo4j", "org.neo4j.app:neo4j-server", "org.neo4j:neo4j-import-tool")
)
APOC = "5.26.19"  # the newest of 5.26 on Maven Central; only benchmarks need it
_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>parkgraph</groupId><artifactId>neo4j-of-the-tests</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>{}</dependencies></project>"""
_DEPENDENCY = "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>"
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
_OPENS = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
_JVM = (
    *("-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "-Xms512m", "-Dlog4j2.disable.jmx=true"),
    *("-Dio.netty.tryReflectionSetAccessible=true", "--enable-native-access=ALL-UNNAMED"),
    *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENS),
)
_CONF = """server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{bolt}
server.bolt.advertised_address=127.0.0.1:{bolt}
server.http.enabled=false
server.https.enabled=false
server.memory.heap.initial_size=512m
server.memory.heap.max_size={heap}m
server.memory.pagecache.size=256m
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=false
dbms.security.auth_minimum_password_length=8
{more}
"""


class NoServerError(Exception):
    """There is no way to run a Neo4j here; the message says what is missing."""


def java() -> str:
    """The ``java`` to run. Raises NoServerError where there is none, or an old one."""
    home = os.environ.get("JAVA_HOME")
    found = (shutil.which(Path(home) / "bin" / "java") if home else None) or shutil.which("java")
    if not found:
        raise NoServerError("no Java: Neo4j needs Java 17 or later")
    told = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', told)
    if not version or int(version[1]) < 17:
        raise NoServerError(f"Java 17 or later is needed, not {version[1] if version else 'an unknown one'}")
    return found


def jars() -> Path:
    """The folder of Neo4j's jars, fetched once. Raises NoServerError when they cannot be had."""
    installed = os.environ.get("PARKGRAPH_NEO4J_HOME")
    if installed:
        if not any((Path(installed) / "lib").glob("neo4j-*.jar")):
            raise NoServerError(f"PARKGRAPH_NEO4J_HOME={installed} has no Neo4j in lib")
        return Path(installed) / "lib"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "parkgraph" / f"neo4j-{VERSION}"
    if not (cache / "lib").is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with locked(cache / "lock"):
            if not (cache / "lib").is_dir():
                _fetch(ARTIFACTS, cache, "lib")
    return cache / "lib"


def apoc_jars() -> tuple[Path, ...]:
    """The folder of APOC's jars, fetched once; none where they cannot be had."""
    cache = jars().parent / f"apoc-{APOC}"
    try:
        if not cache.is_dir():
            with locked(cache.parent / "lock"):
                if not cache.is_dir():
                    _fetch(
                        tuple(f"org.neo4j.procedure:apoc-{part}:{APOC}" for part in ("core", "common")),
                        cache.parent,
                        cache.name,
                    )
    except NoServerError:
        return ()
    return (cache,)


def _fetch(artifacts: tuple[str, ...], cache: Path, name: str) -> None:
    maven = shutil.which("mvn")
    if not maven:
        raise NoServerError("no Maven to fetch Neo4j with (mvn), and PARKGRAPH_NEO4J_HOME is not set")
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        pom = Path(folder) / "pom.xml"
        pom.write_text(_POM.format("".join(_DEPENDENCY.format(*each.split(":")) for each in artifacts)))
        options = [f"-DoutputDirectory={folder}/lib", "-DincludeScope=runtime"]
        command = [maven, "-q", "-B", "-ntp", "-f", str(pom), _COPY, *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoServerError(f"Maven could not fetch Neo4j: {(done.stdout + done.stderr).strip()[:300]}")
        (Path(folder) / "lib").rename(cache / name)


@dataclass
class Server:
    """A server of its own; ``start`` it. What it keeps lies under ``home``."""

    home: Path
    port: int
    heap: int = 1024
    plugins: tuple[Path, ...] = ()
    more: str = ""
    quick: bool = False  # quick to start and slower when warm: no optimising compiler, plans kept
    user: str = "neo4j"
    password: str = field(default_factory=lambda: secrets.token_hex(12))
    given: str = ""  # where one answers that somebody else runs

    @property
    def uri(self) -> str:
        """Where it answers."""
        return self.given or f"bolt://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What a client's environment needs to hold."""
        return {"NEO4J_URI": self.uri, "NEO4J_USERNAME": self.user, "NEO4J_PASSWORD": self.password}

    @property
    def pid(self) -> int:
        """The process id of the Java machine."""
        return int((self.home / "run" / "java.pid").read_text())

    def prepare(self) -> None:
        """Make its home, with the password set, unless it is there."""
        first = not (self.home / "conf").exists()
        for name in ("conf", "data", "logs", "run", "import", "plugins"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        plans = "dbms.cypher.min_replan_interval=1h" if self.quick else ""
        conf = _CONF.format(bolt=self.port, heap=self.heap, more=f"{plans}\n{self.more}")
        (self.home / "conf" / "neo4j.conf").write_text(conf)
        if first:
            own = {_bare(jar) for jar in jars().glob("*.jar")}  # of two versions of a library the server's stays
            for jar in (jar for folder in self.plugins for jar in folder.glob("*.jar") if _bare(jar) not in own):
                (self.home / "plugins" / jar.name).symlink_to(jar)
            self.admin("dbms", "set-initial-password", self.password)

    def start(self, owner: int | None = None) -> None:
        """Start it and wait until it answers; it is stopped when the process ``owner`` (this one) is gone."""
        self.prepare()
        (self.home / "run" / "java.pid").unlink(missing_ok=True)
        (self.home / "run" / "stop").unlink(missing_ok=True)
        watch = [sys.executable, "-m", "tests.neo4j_server", str(self.home), str(owner or os.getpid())]
        with (self.home / "logs" / "console.log").open("ab") as log:
            subprocess.Popen(
                watch, cwd=Path(__file__).parent.parent, env=self._environment(), stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._wait()

    def _wait(self, seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.sendall(b"\x60\x60\xb0\x17\x00\x00\x00\x05" + b"\x00" * 12)  # Bolt's handshake
                if connection.recv(4) == b"\x00\x00\x00\x05":
                    return
            if (self.home / "run" / "java.pid").exists() and not _alive(self.pid):
                break
            time.sleep(0.2)
        self.stop()
        raise NoServerError(f"Neo4j did not start; see {self.home}/logs/console.log")

    def admin(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run ``neo4j-admin``. Raises CalledProcessError with its output."""
        command = [java(), *_JVM[1:], "-Xmx2g", "-cp", f"{jars()}/*", "org.neo4j.cli.AdminTool", *arguments]
        done = subprocess.run(command, cwd=cwd, env=self._environment(), capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"neo4j-admin {' '.join(arguments)}: {done.stdout[-3000:]}{done.stderr[-3000:]}")
        return done

    def command(self) -> list[str]:
        """How the server is run."""
        places = f"--home-dir={self.home}", f"--config-dir={self.home}/conf"
        classes = f"{self.home}/plugins/*:{self.home}/conf:{jars()}/*"
        main = "org.neo4j.server.CommunityEntryPoint"
        quick = ["-XX:TieredStopAtLevel=1"] if self.quick else []
        return [java(), *_JVM, *quick, f"-Xmx{self.heap}m", "-cp", classes, main, *places, "--console-mode"]

    def kill(self) -> None:
        """Let it die at once, as in a power cut; ``start`` brings it back."""
        os.kill(self.pid, signal.SIGKILL)
        _gone(self.pid)

    def stop(self) -> None:
        """Stop it and wait for the end."""
        if (self.home / "run" / "java.pid").exists():
            (self.home / "run" / "stop").touch()
            _gone(self.pid)

    def save(self, path: Path) -> None:
        """Write where it is to ``path``, for other processes."""
        kept = {name: str(value) for name, value in asdict(self).items() if name in ("home", "port", "password")}
        path.write_text(json.dumps(kept))

    @classmethod
    def saved(cls, path: Path) -> Server:
        """The server that another process started."""
        kept = json.loads(path.read_text())
        return cls(Path(kept["home"]), int(kept["port"]), password=kept["password"])

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}


def _bare(jar: Path) -> str:
    """The name of a jar without its version."""
    return re.sub(r"-\d.*", "", jar.name)


def new_server(folder: Path, **options: object) -> Server:
    """A server with a home under ``folder`` and a free port."""
    return Server(folder / "neo4j", free_port(), **options)  # type: ignore[arg-type]


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 0)
            return not Path("/proc/self/stat").exists()
        return False
    return state != "Z"


def _gone(pid: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while _alive(pid) and time.monotonic() < end:
        time.sleep(0.05)


def _watch(home: Path, owner: int) -> None:
    """Run the server of ``home`` until it ends, is to stop, or its owner is gone."""
    conf = (home / "conf" / "neo4j.conf").read_text()
    heap, port = re.search(r"max_size=(\d+)m", conf), re.search(r"bolt.listen_address=.*:(\d+)", conf)
    assert heap
    assert port
    server = Server(home, int(port[1]), int(heap[1]), quick="min_replan_interval" in conf)
    process = subprocess.Popen(server.command(), stdin=subprocess.DEVNULL)
    (home / "run" / "java.pid.new").write_text(str(process.pid))
    (home / "run" / "java.pid.new").rename(home / "run" / "java.pid")
    while process.poll() is None:
        if (home / "run" / "stop").exists() or not _alive(owner):
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        time.sleep(0.2)
    if not _alive(owner):
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    _watch(Path(sys.argv[1]), int(sys.argv[2]))
