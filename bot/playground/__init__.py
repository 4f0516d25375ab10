"""A Slack on your own machine, to try the bot and to test it."""
