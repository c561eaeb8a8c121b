"""Makes the built folder smaller on Linux (64-bit Intel and AMD), without a change of what the program calls.

OpenCV and PyAV each bring the same FFmpeg: OpenCV's gets the other's. OpenCV brings an OpenBLAS of its own: it gets
SciPy's, which has the same functions under other names. FFmpeg's encoders are never called: in their place stands
what has nothing to give. Each stands in by a small library of the same name, made with the C compiler.
"""

import re
import subprocess
import sys
from pathlib import Path

FFMPEG = ("avcodec", "avformat", "avutil", "swscale", "swresample")
ENCODERS = ("x265", "SvtAv1Enc", "x264")
IMAGES = ("aom",)  # of OpenCV's AVIF pictures


def slim(inside: Path) -> None:
    """All of it, in the folder that PyInstaller fills beside the program."""
    strip(inside)
    cv, av, scipy = inside / "opencv_python_headless.libs", inside / "av.libs", inside / "scipy.libs"
    for name in ENCODERS:
        stand_in(_of(av, name), av)
    for name in IMAGES:
        stand_in(_of(cv, name), cv)
    blas = _of(cv, "openblasp")
    forward(blas, _of(scipy, "scipy_openblas"), _undefined(inside / "cv2/cv2.abi3.so") & _defined(blas))
    for name in FFMPEG:
        share(_of(cv, name), _of(av, name))
    forget_unneeded(cv, [*inside.rglob("cv2*.so")])
    mend_links(inside)


def strip(inside: Path) -> None:
    """Take the names for debuggers out; not of what auditwheel has changed, which would not load any more."""
    files = [each for each in inside.rglob("*.so*") if each.is_file() and not each.is_symlink()]
    files = [each for each in files if not each.parent.name.endswith(".libs")]
    for each in files:
        subprocess.run(["strip", "--strip-unneeded", each], check=True)


def stand_in(library: Path, users: Path) -> None:
    """A library that has what the others there need of this one, and gives nothing: FFmpeg asks each encoder whether
    it is there when codecs are listed, and takes it for missing."""
    wanted = set[str]().union(*(_undefined(each) for each in users.glob("*.so*") if each != library))
    names = sorted(wanted & _defined(library))
    _compile(library, "".join(f"void *{name}(void) {{ return 0; }}\n" for name in names))


def forward(library: Path, other: Path, names: set[str]) -> None:
    """A library whose functions are those of another one, there called scipy_NAME."""
    jumps = (f'asm(".globl {name}\\n{name}: jmp *scipy_{name}@GOTPCREL(%rip)");\n' for name in sorted(names))
    _compile(library, "".join(jumps), other)


def share(library: Path, other: Path) -> None:
    """A library that has nothing of its own but leads to another of the same kind and version."""
    kind, major = re.match(r"lib([a-z]+)-.*\.so\.(\d+)", library.name).groups()  # type: ignore[union-attr]
    script = library.with_name("versions")
    script.write_text(f"LIB{kind.upper()}_{major} {{ }};\n", encoding="ascii")
    _compile(library, "", other, f"-Wl,--version-script={script}")
    script.unlink()


def forget_unneeded(folder: Path, users: list[Path]) -> None:
    """Delete the libraries there that nobody needs any more."""
    kept, look = set[str](), [*users]
    while look:
        for name in _needed(look.pop()):
            if name not in kept and (folder / name).is_file():
                kept.add(name)
                look.append(folder / name)
    for each in folder.glob("*.so*"):
        if each.name not in kept:
            each.unlink()


def mend_links(inside: Path) -> None:
    """Of libraries that two packages brought under one name PyInstaller links to the first: where that one is gone, to
    the other; where none is left the link goes."""
    for link in [each for each in inside.glob("*.so*") if each.is_symlink() and not each.exists()]:
        others = list(inside.glob(f"*.libs/{link.name}"))
        link.unlink()
        if others:
            link.symlink_to(others[0].relative_to(inside))


def _of(folder: Path, name: str) -> Path:
    (found,) = folder.glob(f"lib{name}-*.so*")
    return found


def _compile(library: Path, source: str, other: Path | None = None, *more: str) -> None:
    leads = [f"-Wl,-rpath,$ORIGIN/../{other.parent.name}", "-Wl,--no-as-needed", other] if other is not None else []
    soname = library.name  # as auditwheel has called it
    library.unlink()
    command = ["gcc", "-shared", "-fPIC", "-O2", "-nostdlib", "-x", "c", "-", "-x", "none", "-o", library]
    subprocess.run([*command, f"-Wl,-soname,{soname}", *leads, *more], input=source, text=True, check=True)


def _symbols(library: Path, kind: str) -> set[str]:
    said = subprocess.run(["nm", "-D", kind, library], capture_output=True, text=True, check=True).stdout
    return {line.split()[-1].split("@")[0] for line in said.splitlines()}


def _defined(library: Path) -> set[str]:
    return _symbols(library, "--defined-only")


def _undefined(library: Path) -> set[str]:
    return _symbols(library, "--undefined-only")


def _needed(library: Path) -> list[str]:
    said = subprocess.run(["readelf", "-d", library], capture_output=True, text=True, check=True).stdout
    return re.findall(r"\(NEEDED\).*\[(.+)\]", said)


if __name__ == "__main__":
    slim(Path(sys.argv[1]))
