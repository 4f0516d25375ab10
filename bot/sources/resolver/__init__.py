"""Pages that document no download, read by yt-dlp in a guarded process of its own."""
