"""The pages around practice: home, people, settings, help, progress, and the therapist's. Views and words, all pure."""
