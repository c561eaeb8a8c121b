"""What is said when the camera, or the face in its picture, is not there, or is not known."""

from posture_trainer.pose.quality import Quality

NO_FACE = "I can't see your face"
CAMERA_GONE = "The camera is gone. I'll go on when it is back."
COVERED = "The camera sees nothing. Is the lens covered?"

_NEW_START = "Then press C, and we start anew from how you sit now."
OFFERS = {
    Quality.OTHER_FACE: f"Is it you? {_NEW_START}",
    Quality.UNSURE_FACE: f"Is it you? {_NEW_START}",
    Quality.COVERED: f"Is nothing before your face? {_NEW_START}",
}
"""What a patient is offered who has not been known for a while; the key is that of a new neutral."""
