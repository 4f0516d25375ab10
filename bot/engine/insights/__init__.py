"""From sentences to action items, follow-ups, questions, topics and key moments, by rules with evidence."""
