"""What is said beside practice: at the desk, in the diary, at rest."""
