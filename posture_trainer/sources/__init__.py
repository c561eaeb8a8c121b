"""Where frames come from: cameras and video files."""
