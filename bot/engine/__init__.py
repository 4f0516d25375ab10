"""The embedded conversation engine: serves the conversation API on a plain CPU, offline; usable alone as a server."""
