"""The package's spec file, evaluated as on Linux, Windows and macOS: what a build there would be asked for."""

import importlib.util
import plistlib
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from made.common import ROOT

PACKAGE = ROOT / "package"


class Asked:
    """Stands in for each thing that PyInstaller gives a spec file; keeps what it was called with."""

    def __init__(self, kind: str, calls: list["Asked"]) -> None:
        self.kind, self._calls = kind, calls
        self.given: tuple[Any, ...] = ()
        self.named: dict[str, Any] = {}
        self.pure = self.scripts = ()
        self.binaries: list[tuple[str, str, str]] = [
            ("mediapipe/tasks/c/libmediapipe.so", "", "BINARY"),
            ("opencv_python.libs/libQt5Core.so.5", "", "BINARY"),
            ("cv2\\qt\\plugins\\qwindows.dll", "", "BINARY"),
        ]
        self.datas: list[tuple[str, str, str]] = [("numpy/tests/data.npy", "", "DATA"), ("a/report.html", "", "DATA")]

    def __call__(self, *given: Any, **named: Any) -> "Asked":
        made = Asked(self.kind, self._calls)
        made.given, made.named = given, named
        self._calls.append(made)
        return made


def evaluated(platform: str, monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    calls: list[Asked] = []
    hooks = ModuleType("PyInstaller.utils.hooks")
    for name in ("collect_data_files", "collect_dynamic_libs", "copy_metadata"):
        setattr(hooks, name, lambda each: [(each, "")])
    vars(hooks)["collect_submodules"] = lambda each: [each]
    for name, module in (
        ("PyInstaller", ModuleType("P")),
        ("PyInstaller.utils", ModuleType("u")),
        (hooks.__name__, hooks),
    ):
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "path", [*sys.path])
    names = {each: Asked(each, calls) for each in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")}
    text = (PACKAGE / "posture_trainer.spec").read_text(encoding="utf-8")
    exec(compile(text, "posture_trainer.spec", "exec"), {**names, "SPECPATH": str(PACKAGE)})
    monkeypatch.delitem(sys.modules, "parts", raising=False)
    return calls


@pytest.mark.parametrize(
    ("platform", "consoles", "kinds"),
    [
        ("linux", [True], ["Analysis", "PYZ", "EXE", "COLLECT"]),
        ("win32", [False, True], ["Analysis", "PYZ", "EXE", "EXE", "COLLECT"]),
        ("darwin", [True], ["Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE"]),
    ],
)
def test_each_system_is_asked_for_what_it_needs(
    platform: str, consoles: list[bool], kinds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = evaluated(platform, monkeypatch)
    assert [each.kind for each in calls] == kinds
    analysis, programs, folder = calls[0], [each for each in calls if each.kind == "EXE"], calls[-1]
    assert analysis.given == ([str(PACKAGE / "entry.py")],)
    assert "mediapipe.tasks.c" in analysis.named["hiddenimports"]
    assert [each[0] for each in analysis.binaries] == ["mediapipe/tasks/c/libmediapipe.so"]
    assert [each[0] for each in analysis.datas] == ["a/report.html"]
    assert [each.named["console"] for each in programs] == consoles
    assert len({each.named["name"] for each in programs}) == len(programs)
    if platform == "darwin":
        assert "camera" not in str(folder.named["bundle_identifier"])
        plist = plistlib.loads(plistlib.dumps(folder.named["info_plist"]))
        assert "nothing leaves this computer" in plist["NSCameraUsageDescription"]
    if platform == "win32":
        root = ElementTree.fromstring(programs[0].named["manifest"])
        texts = {each.tag.split("}")[-1]: each.text for each in root.iter() if each.text and each.text.strip()}
        assert (texts["dpiAwareness"], texts["longPathAware"]) == ("PerMonitorV2", "true")


def test_every_hidden_module_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGE))
    spec = importlib.util.spec_from_file_location("parts_of_package", PACKAGE / "parts.py")
    assert spec is not None
    assert spec.loader is not None
    parts = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(parts)
    for name in (*parts.HIDDEN, *parts.OPTIONAL):
        assert importlib.util.find_spec(name) is not None, name
    missing = [name for name in parts.EXCLUDED if name.split(".")[0] == "posture_trainer"]
    assert missing == []


def test_what_setup_and_menu_point_to_is_what_is_built() -> None:
    setup = (PACKAGE / "windows/posture-trainer.iss").read_text(encoding="utf-8")
    desktop = (PACKAGE / "linux/posture-trainer.desktop").read_text(encoding="utf-8")
    assert "PrivilegesRequired=lowest" in setup
    assert r"{app}\posture-trainer.exe" in setup
    assert "Exec=/usr/bin/posture-trainer home" in desktop
    assert (Path(ROOT) / ".github/workflows/package.yml").is_file()
