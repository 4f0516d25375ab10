"""What a link is, told by its address alone: one small module a source, all of them in one table."""
