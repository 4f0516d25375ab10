"""Speed and quality, measured against something: `make bench` prints every table."""
