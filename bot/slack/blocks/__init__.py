"""Pure functions from the domain to Block Kit and the text that screen readers read."""
