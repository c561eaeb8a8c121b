"""What is to be practised: plans as TOML files, the presets that come with the program, and a patient's own file."""
