"""Draws a textured head as a pinhole camera would see it, with OpenGL off screen."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import moderngl
import numpy as np
from makehuman_heads import Array, Part, read_texture
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

_VERTEX = """#version 330
uniform mat4 mvp; uniform mat3 rot; in vec3 p; in vec2 uv; in vec3 n; out vec2 vuv; out vec3 vn;
void main() { gl_Position = mvp * vec4(p, 1.0); vuv = vec2(uv.x, 1.0 - uv.y); vn = rot * n; }"""
_FRAGMENT = """#version 330
uniform sampler2D tex; uniform vec3 light; uniform float ambient; uniform float gamma; uniform float gloss;
in vec2 vuv; in vec3 vn; out vec4 c;
void main() {
  vec4 t = texture(tex, vuv); if (t.a < 0.35) discard;
  vec3 n = normalize(gl_FrontFacing ? vn : -vn); vec3 l = normalize(light);
  float d = max((dot(n, l) + 0.25) / 1.25, 0.0);
  float s = gloss * pow(max(dot(n, normalize(l + vec3(0.0, 0.0, 1.0))), 0.0), 20.0);
  c = vec4(pow(t.rgb, vec3(gamma)) * (ambient + (1.0 - ambient) * d) * 1.1 + s, 1.0);
}"""


@dataclass(frozen=True)
class Look:
    """Light and camera noise. light: direction it comes from, in camera axes."""

    light: tuple[float, float, float] = (0.3, 0.5, 1.0)
    ambient: float = 0.45
    gamma: float = 1.0
    gloss: float = 0.08
    noise: float = 3.0
    blur_px: float = 0.0
    background: int = 0


class HeadRenderer:
    """Draws one head in any pose. size: of the picture in pixels; vfov_deg: the camera's vertical field of view."""

    def __init__(
        self, context: moderngl.Context, parts: Sequence[Part], size: tuple[int, int], vfov_deg: float, look: Look
    ) -> None:
        self._context, self._size, self._look = context, size, look
        self._t = 1 / np.tan(np.radians(vfov_deg) / 2)
        self._program = context.program(_VERTEX, _FRAGMENT)
        self._parts = []
        for part in parts:
            rgba = read_texture(part.texture)
            texture = context.texture(rgba.shape[1::-1], 4, np.ascontiguousarray(rgba).tobytes())
            texture.build_mipmaps()
            texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
            points = context.buffer(reserve=len(part.points) * 32, dynamic=True)
            corners = context.buffer(part.triangles.tobytes())
            array = context.vertex_array(self._program, [(points, "3f 2f 3f", "p", "uv", "n")], corners)
            self._parts.append((part, _normals(part), texture, points, corners, array))
        self._target = context.framebuffer([context.renderbuffer(size, 4)], context.depth_renderbuffer(size))
        rng = np.random.default_rng(look.background)
        small = (rng.integers(40, 210, (6, 8, 1)) + rng.integers(-20, 20, (6, 8, 3))).clip(0, 255).astype(np.uint8)
        self._background = cv2.GaussianBlur(cv2.resize(small, size, interpolation=cv2.INTER_CUBIC), (0, 0), 6)
        self._rng = rng
        self._noise = (
            (look.noise * rng.standard_normal((size[1], size[0], 3), dtype=np.float32)).round().astype(np.int16)
        )

    def picture(self, rotation: Array, position_m: Array, view: Array) -> NDArray[np.uint8]:
        """BGR picture of the head turned by `rotation` (3, 3) at `position_m`, by a camera turned by `view` (3, 3)."""
        vector = Rotation.from_matrix(rotation).as_rotvec()
        turns = [Rotation.from_rotvec(vector[None, :] * part.turning[:, None]) for part, *_ in self._parts]
        posed = [
            (turn.apply(part.points), turn.apply(normals))
            for turn, (part, normals, *_) in zip(turns, self._parts, strict=True)
        ]
        return self._drawn(posed, position_m, view)

    def picture_of(self, parts: Sequence[Part], position_m: Array, view: Array) -> NDArray[np.uint8]:
        """BGR picture of the same parts with their points elsewhere."""
        return self._drawn([(part.points, _normals(part)) for part in parts], position_m, view)

    def _drawn(self, posed: Sequence[tuple[Array, Array]], position_m: Array, view: Array) -> NDArray[np.uint8]:
        width, height = self._size
        near, far = 0.05, 10.0
        projection = np.array(
            [
                [self._t * height / width, 0, 0, 0],
                [0, self._t, 0, 0],
                [0, 0, (far + near) / (near - far), 2 * far * near / (near - far)],
                [0, 0, -1, 0],
            ]
        )
        model = np.eye(4)
        model[:3, :3], model[:3, 3] = view, position_m
        self._target.use()
        self._context.enable(moderngl.DEPTH_TEST)
        self._target.clear(0, 0, 0, 0)
        look, program = self._look, self._program
        program["mvp"].write((projection @ model).T.astype("f4").tobytes())
        program["rot"].write(view.T.astype("f4").tobytes())
        program["light"].value, program["ambient"].value = look.light, look.ambient
        program["gamma"].value, program["gloss"].value = look.gamma, look.gloss
        for (part, _, texture, points, _, array), (placed, normals) in zip(self._parts, posed, strict=True):
            points.write(np.hstack([placed, part.uv, normals]).astype("f4").tobytes())
            texture.use(0)
            array.render()
        rgba = np.frombuffer(self._target.read(components=4), np.uint8).reshape(height, width, 4)[::-1]
        image = cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGR)
        np.copyto(image, self._background, where=rgba[:, :, 3:] == 0)
        image = cv2.GaussianBlur(image, (0, 0), max(look.blur_px, 0.5))  # the edges are drawn in steps
        noise = np.roll(self._noise, tuple(self._rng.integers(0, 400, 2)), axis=(0, 1))
        return np.asarray(cv2.add(image, noise, dtype=cv2.CV_8U), np.uint8)

    def release(self) -> None:
        """Give the memory back."""
        for _, _, *held in self._parts:
            for each in reversed(held):
                each.release()
        self._target.release()


def _normals(part: Part) -> Array:
    a, b, c = (part.points[part.triangles[:, i]] for i in range(3))
    flat = np.cross(b - a, c - a)
    normals = np.zeros_like(part.points)
    for i in range(3):
        np.add.at(normals, part.triangles[:, i], flat)
    # Points that were doubled along a seam of the texture share one normal.
    _, same = np.unique(part.points.round(6), axis=0, return_inverse=True)
    summed = np.zeros((same.max() + 1, 3))
    np.add.at(summed, same.ravel(), normals)
    normals = summed[same.ravel()]
    return np.asarray(normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12))
