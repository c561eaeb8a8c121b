"""What is said when the camera, or the face in its picture, is not there."""

NO_FACE = "I can't see your face"
CAMERA_GONE = "The camera is gone. I'll go on when it is back."
COVERED = "The camera sees nothing. Is the lens covered?"
