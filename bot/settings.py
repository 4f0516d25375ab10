"""Every setting: its name, default, meaning and unit."""
