"""What the bot remembers: one SQL text, numbered migrations, a module a table."""
