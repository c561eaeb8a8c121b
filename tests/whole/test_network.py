"""Nothing leaves the computer: whole runs in which any call to the network ends the process at once."""

import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from made.common import child_environment

from posture_trainer.records.session_reader import read_session

_CAUGHT = 97
_NO_FILTER = 77

# Part (a): what Python sees. The hook ends the process itself: an exception could be swallowed by a library.
AUDITED = """
import os, socket, sys

def watch(event, arguments):
    if not event.startswith("socket."):
        return
    family = arguments[1] if event == "socket.__new__" else getattr(arguments[0], "family", None) if arguments else None
    if family not in (getattr(socket, "AF_UNIX", None), getattr(socket, "AF_NETLINK", None)) or family is None:
        os.write(1, f"caught: {event} {arguments!r}".encode())
        os._exit(97)

sys.addaudithook(watch)
"""

# Part (b): what the operating system sees of native code too. A seccomp filter, which needs no rights, kills the
# process at socket(AF_INET or AF_INET6, ...), and at io_uring, which could open a socket without that call.
FILTERED = """
import ctypes, platform, struct, sys

AUDIT_ARCH, SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}[platform.machine()]
IO_URING_SETUP, AF_INET, AF_INET6 = 425, 2, 10
LOAD, IF_EQUAL, RETURN = 0x20, 0x15, 0x06
KILL, ALLOW = 0x80000000, 0x7FFF0000
NUMBER_AT, ARCHITECTURE_AT, FIRST_ARGUMENT_AT = 0, 4, 16
program = [
    (LOAD, 0, 0, ARCHITECTURE_AT),
    (IF_EQUAL, 0, 7, AUDIT_ARCH),  # another architecture's calls: kill
    (LOAD, 0, 0, NUMBER_AT),
    (IF_EQUAL, 5, 0, IO_URING_SETUP),
    (IF_EQUAL, 0, 3, SOCKET),
    (LOAD, 0, 0, FIRST_ARGUMENT_AT),
    (IF_EQUAL, 2, 0, AF_INET),
    (IF_EQUAL, 1, 0, AF_INET6),
    (RETURN, 0, 0, ALLOW),
    (RETURN, 0, 0, KILL),
]
code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in program))

class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

libc = ctypes.CDLL(None, use_errno=True)
libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
NO_NEW_PRIVILEGES, SECCOMP, MODE_FILTER = 38, 22, 2
installed = Program(len(program), ctypes.addressof(code))
if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(SECCOMP, MODE_FILTER, ctypes.addressof(installed), 0, 0):
    print("no seccomp here: errno", ctypes.get_errno())
    sys.exit(77)
"""

PROGRAM = """
from posture_trainer.cli.app import main
sys.exit(main(sys.argv[1:]))
"""

seccomp = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"),
    reason="the system's view needs seccomp: Linux on x86_64 or aarch64",
)


def run(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        env=child_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    if done.returncode == _NO_FILTER and "no seccomp here" in done.stdout:
        pytest.skip(f"this system allows no seccomp filter ({done.stdout.strip()})")
    return done


@pytest.mark.parametrize(
    "call",
    [
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_INET6)",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "__import__('urllib.request').request.urlopen('http://127.0.0.1:9')",
    ],
)
def test_the_hook_catches_what_it_should(call: str) -> None:
    done = run(f"{AUDITED}\n{call}")
    assert done.returncode == _CAUGHT
    assert "caught: socket." in done.stdout


@pytest.mark.skipif(not hasattr(__import__("socket"), "AF_UNIX"), reason="no local sockets here")
def test_the_hook_lets_local_sockets_pass() -> None:
    assert run(f"{AUDITED}\nsocket.socketpair(socket.AF_UNIX)").returncode == 0


def test_practice_makes_no_network_call(tmp_path: Path, still_face_video: Path) -> None:
    arguments = ("practice", "--source", still_face_video, "--no-window", "--mute", "--data-dir", tmp_path)
    done = run(AUDITED + PROGRAM, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    (folder,) = (tmp_path / "patients" / "guest" / "sessions").iterdir()
    record = read_session(folder)
    assert record.trouble == ""
    assert record.summary is not None
    assert record.summary.ended == "end of file"
    assert record.summary.face_share == 1


def test_analyze_makes_no_network_call(tmp_path: Path, restless_face_video: Path) -> None:
    done = run(AUDITED + PROGRAM, "analyze", restless_face_video, "--out", tmp_path / "log")
    assert done.returncode == 0, done.stdout + done.stderr
    assert read_session(tmp_path / "log").trouble == ""


@seccomp
@pytest.mark.parametrize(
    ("family", "killed"), [(2, True), (10, True), (1, False)], ids=["internet 4", "internet 6", "local"]
)
def test_the_system_kills_native_code_that_opens_a_socket(family: int, killed: bool) -> None:
    done = run(f"{FILTERED}\nlibc.socket({family}, 1, 0)\nprint('still alive')")
    assert (done.returncode == -signal.SIGSYS) is killed
    assert ("still alive" in done.stdout) is not killed


@seccomp
def test_threads_begun_later_are_watched_too() -> None:
    begin = "import threading\nthread = threading.Thread(target=lambda: libc.socket(2, 1, 0))\nthread.start()"
    assert run(f"{FILTERED}\n{begin}\nthread.join()\nprint('still alive')").returncode == -signal.SIGSYS


@seccomp
def test_not_even_native_code_opens_a_socket(tmp_path: Path, restless_face_video: Path) -> None:
    done = run(FILTERED + PROGRAM, "analyze", restless_face_video, "--out", tmp_path / "log")
    assert done.returncode == 0, done.stdout + done.stderr
    record = read_session(tmp_path / "log")
    assert record.trouble == ""
    assert record.summary is not None
    assert record.summary.face_share == 1
