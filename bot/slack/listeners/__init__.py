"""What Slack sends us, by kind: commands, events, actions, shortcuts."""
