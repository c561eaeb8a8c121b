"""Whole people from MakeHuman's body: the trunk turned, a shoulder lifted, the head shifted, a hand at the face.

Bones turn about their joints (linear blend skinning of MakeHuman's own weights); clothes and hair follow the skin that
they lie on. Axes are those of the neutral trunk: x to the person's left, y up, z forward; lengths in metres.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from makehuman_heads import METRES_PER_UNIT, TARGET_UNIT, Array, MakeHuman, Part, _faces, _uv
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

CLOTHES = {
    "dress": ("female_casualsuit01",),
    "shirt": ("male_casualsuit01",),
    "suit": ("male_worksuit01",),
    "sleeveless": ("Tank_Top_01",),
    "pullover": ("male_casualsuit04",),
}
_ROOT = (0.0, 0.58, -0.765)  # where the skeleton's root lies in the mesh: found from fingers, toes, wrists and elbows
_NEAR_JOINT = 60  # vertices whose mean displacement moves a joint along with the shape of the body
_ARM_DOWN_DEG, _ELBOW_DEG = 30.0, 30.0
_FINGERS = ("finger1", "finger2", "finger3", "finger4", "finger5")
HAND_PLACES = {  # where the fingertips go: in metres from the middle of the head, on the person's own right side
    "chin": (-0.01, -0.105, 0.10),
    "cheek": (-0.06, -0.035, 0.075),
    "forehead": (-0.03, 0.085, 0.095),
    "temple": (-0.078, 0.045, 0.05),
    "back of head": (-0.06, 0.03, -0.12),
}


@dataclass(frozen=True)
class Attitude:
    """How somebody sits. Degrees and cm, signed as in docs/formats.md (+ is the person's right, right up, forward).

    head_deg: rotation, tilt, flexion of the head in the room. lift_cm: of the right and the left shoulder.
    blades_cm: how far both shoulders are drawn back, and down. hand: which hand is at the face, and where; reached: how
    far of the way from the lap it is, 0 to 1.
    """

    head_deg: tuple[float, float, float] = (0.0, 0.0, 0.0)
    trunk_deg: float = 0.0
    lift_cm: tuple[float, float] = (0.0, 0.0)
    shift_cm: float = 0.0
    forward_cm: float = 0.0
    blades_cm: tuple[float, float] = (0.0, 0.0)
    hand: str = "none"
    place: str = "cheek"
    reached: float = 1.0


@dataclass(frozen=True)
class Truth:
    """What is to be measured, from the joints: the shoulders' line, and where they are."""

    shoulder_line_deg: float
    shoulders_m: Array = field(repr=False)


class Body:
    """One made-up person with clothes, to be posed again and again."""

    def __init__(self, maker: MakeHuman, rng: np.random.Generator, clothes: Sequence[str], hair: str | None) -> None:
        weights, skin = maker._person(rng)
        maker._add_features(weights, rng, 0.7)
        shape = maker._base + TARGET_UNIT * sum(
            weight * maker._targets[maker._index[name]].astype(float) for name, weight in weights.items()
        )
        self._points, self._base = shape, json.loads((maker._data / "models" / "human_full_size.json").read_text())
        self._bones = _bones(self._base, maker._base, shape)
        self._skin = _skin(self._base, self._bones, len(shape))
        origin = shape[maker._near_ears].mean(axis=0)
        self._origin = origin
        corners, uv_corners = _faces(self._base, body_only=True)
        self._pieces = [_Piece(corners, uv_corners, _uv(self._base), skin, None)]
        eyes = maker._data / "proxies" / "eyes" / "Low-Poly"
        self._add(eyes, sorted((eyes / "textures").glob("*.png"))[int(rng.integers(5))])
        self._add(maker._data / "proxies" / "eyebrows" / f"eyebrow{rng.integers(1, 13):03d}", None)
        for name in clothes:
            self._add(maker._data / "proxies" / "clothes" / name, None)
        if hair is not None:
            self._add(maker._data / "proxies" / "hair" / hair, None)

    def _add(self, folder: Path, texture: Path | None) -> None:
        stored = json.loads(next(folder.glob("*.json")).read_text())
        texture = texture or next((folder / "textures").glob("*.png"))
        refs = np.array(stored["ref_vIdxs"]), np.array(stored["weights"]), np.array(stored["offsets"])
        corners, uv_corners = _faces(stored, body_only=False)
        self._pieces.append(_Piece(corners, uv_corners, _uv(stored), texture, refs))

    def parts(self, attitude: Attitude) -> tuple[list[Part], Truth]:
        """The pieces as they lie, in metres from the middle of the ears of the neutral head."""
        moves = self._moves(attitude)
        joints = {name: _applied(moves[name], bone.joint) for name, bone in self._bones.items()}
        index, weight = self._skin
        matrices = np.stack([moves[name] for name in self._bones])
        blended = np.einsum("nk,nkij->nij", weight, matrices[index])
        posed = np.einsum("nij,nj->ni", blended[:, :, :3], self._points) + blended[:, :, 3]
        parts = []
        for piece in self._pieces:
            points = posed
            if piece.refs is not None:
                refs, weights, offsets = piece.refs
                turned = np.einsum("nk,nkij,nj->ni", weights, blended[refs][..., :3], offsets)
                points = np.einsum("nk,nkj->nj", weights, posed[refs]) + turned
            parts.append(piece.part((points - self._origin) * METRES_PER_UNIT))
        shoulders = np.array([joints["upperarm01.R"], joints["upperarm01.L"]]) - self._origin
        across, up, _ = shoulders[1] - shoulders[0]
        return parts, Truth(float(np.degrees(np.arctan2(-up, across))), shoulders * METRES_PER_UNIT)

    def _moves(self, attitude: Attitude) -> dict[str, Array]:
        """What each bone does to the points that hang on it: (3, 4) each."""
        turns: dict[str, Rotation] = {"spine04": Rotation.from_euler("y", -attitude.trunk_deg, degrees=True)}
        rotation, tilt, flexion = np.radians(attitude.head_deg)
        head = Rotation.from_matrix(
            Rotation.from_euler("x", flexion).as_matrix()
            @ Rotation.from_euler("z", tilt).as_matrix()
            @ Rotation.from_euler("y", -rotation).as_matrix()
        )
        on_trunk = turns["spine04"].inv() * head
        for name in ("neck01", "neck02", "neck03", "head"):
            turns[name] = Rotation.from_rotvec(on_trunk.as_rotvec() / 4)
        shifts = dict.fromkeys(
            ("neck01", "neck02", "neck03", "head"), np.array([-attitude.shift_cm, 0.0, attitude.forward_cm]) / 4 / 10
        )
        for side, sign, lift_cm in (("R", -1, attitude.lift_cm[0]), ("L", 1, attitude.lift_cm[1])):
            clavicle = self._bones[f"clavicle.{side}"].joint
            reach = float(np.linalg.norm((self._bones[f"upperarm01.{side}"].joint - clavicle)[:2])) * 10
            back_cm, down_cm = attitude.blades_cm
            up = np.arcsin(np.clip((lift_cm - down_cm) / reach, -0.9, 0.9))
            back = np.arcsin(np.clip(back_cm / reach, -0.9, 0.9))
            turns[f"clavicle.{side}"] = Rotation.from_euler("z", sign * up) * Rotation.from_euler("y", sign * back)
            turns[f"upperarm01.{side}"] = Rotation.from_euler("z", -sign * (np.radians(_ARM_DOWN_DEG) + up))
            turns[f"lowerarm01.{side}"] = Rotation.from_euler("x", -_ELBOW_DEG, degrees=True)
            if attitude.hand in ("both", "right" if side == "R" else "left"):
                self._reach(turns, shifts, side, attitude)
        return _chained(self._bones, turns, shifts)

    def _reach(self, turns: dict[str, Rotation], shifts: dict[str, Array], side: str, attitude: Attitude) -> None:
        """The arm so that its fingertips come to the place: two links and an elbow that points down and out."""
        names = (f"upperarm01.{side}", f"lowerarm01.{side}")
        resting = [turns[name] for name in names]
        turns |= dict.fromkeys(names, Rotation.identity())
        moves = _chained(self._bones, turns, shifts)
        sign = -1 if side == "R" else 1
        place = np.array(HAND_PLACES[attitude.place]) * (-sign, 1, 1) / METRES_PER_UNIT
        goal = _applied(moves["head"], self._origin + place)
        shoulder = _applied(moves[f"upperarm01.{side}"], self._bones[f"upperarm01.{side}"].joint)
        parent = Rotation.from_matrix(moves[f"upperarm01.{side}"][:, :3])
        goal, bind = parent.inv().apply(goal - shoulder), self._bones
        start, elbow = bind[f"upperarm01.{side}"].joint, bind[f"lowerarm01.{side}"].joint
        tip = bind[f"finger3-3.{side}"].joint
        first, second = elbow - start, tip - elbow
        a, b = float(np.linalg.norm(first)), float(np.linalg.norm(second))
        d = min(float(np.linalg.norm(goal)), 0.98 * (a + b))
        along = goal / np.linalg.norm(goal)
        pole = np.array([sign * 0.6, -0.8, -0.15])
        pole -= along * (pole @ along)
        pole /= np.linalg.norm(pole)
        forth = (a**2 - b**2 + d**2) / (2 * d)
        bent = along * forth + pole * np.sqrt(max(a**2 - forth**2, 0.0))
        upper = _turning(first, bent)
        lower = _turning(upper.apply(second), along * d - bent)
        for name, rest, there in zip(names, resting, (upper, upper.inv() * lower * upper), strict=True):
            turns[name] = rest * Rotation.from_rotvec(attitude.reached * (rest.inv() * there).as_rotvec())


@dataclass(frozen=True, eq=False)
class _Bone:
    parent: str | None
    joint: Array


@dataclass(frozen=True, eq=False)
class _Piece:
    corners: Array
    uv_corners: Array
    uv: Array
    texture: Path
    refs: tuple[Array, Array, Array] | None

    def part(self, points_m: Array) -> Part:
        pairs = np.stack([self.corners.ravel(), self.uv_corners.ravel()], axis=1)
        unique, inverse = np.unique(pairs, axis=0, return_inverse=True)
        quads = np.reshape(inverse, (-1, self.corners.shape[1]))
        triangles = np.concatenate([quads[:, :3], quads[:, [0, 2, 3]]]) if quads.shape[1] == 4 else quads
        turning = np.zeros(len(unique))
        return Part(points_m[unique[:, 0]], turning, self.uv[unique[:, 1]], triangles.astype(np.int32), self.texture)


def _bones(base: dict[str, Any], neutral: Array, shape: Array) -> dict[str, _Bone]:
    """Each bone with its joint, moved along with the body's shape."""
    nodes = base["bones"]
    places: list[Array] = []
    for node in nodes:
        at = np.array(node["pos"], float)
        places.append(at + (_ROOT if node["parent"] < 0 else places[node["parent"]]))
    bones: dict[str, _Bone] = {}
    for node, place in zip(nodes, places, strict=True):
        if not node["name"].endswith("____head"):
            continue
        name = node["name"].removesuffix("____head")
        near = np.argsort(((neutral - place) ** 2).sum(axis=1))[:_NEAR_JOINT]
        parent = nodes[node["parent"]]["name"].split("____")[0] if node["parent"] >= 0 else None
        bones[name] = _Bone(parent, place + (shape - neutral)[near].mean(axis=0))
    return bones


def _skin(base: dict[str, Any], bones: dict[str, _Bone], count: int) -> tuple[NDArray[np.int64], Array]:
    place = {name: i for i, name in enumerate(bones)}
    of_node = np.array([place[node["name"].split("____")[0]] for node in base["bones"]])
    index = of_node[np.array(base["skinIndices"]).reshape(count, -1)]
    weights = np.array(base["skinWeights"], float).reshape(count, -1)
    return index, weights / weights.sum(axis=1, keepdims=True)


def _chained(bones: dict[str, _Bone], turns: dict[str, Rotation], shifts: dict[str, Array]) -> dict[str, Array]:
    moves: dict[str, Array] = {}

    def move(name: str) -> Array:
        if name not in moves:
            bone = bones[name]
            above = move(bone.parent) if bone.parent is not None and bone.parent in bones else np.eye(3, 4)
            turn = turns[name].as_matrix() if name in turns else np.eye(3)
            own = np.hstack([turn, (bone.joint - turn @ bone.joint + shifts.get(name, 0.0))[:, None]])
            moves[name] = np.hstack([above[:, :3] @ own[:, :3], (above[:, :3] @ own[:, 3] + above[:, 3])[:, None]])
        return moves[name]

    for each in bones:
        move(each)
    return moves


def _applied(move: Array, point: Array) -> Array:
    return np.asarray(move[:, :3] @ point + move[:, 3])


def _turning(one: Array, other: Array) -> Rotation:
    """The smallest turn from one direction to the other."""
    one, other = one / np.linalg.norm(one), other / np.linalg.norm(other)
    axis = np.cross(one, other)
    angle = np.arctan2(np.linalg.norm(axis), one @ other)
    length = np.linalg.norm(axis)
    return Rotation.from_rotvec(axis / length * angle) if length > 1e-9 else Rotation.identity()
