"""What the bot does. Each function is safe to run twice; it knows the domain and the ports, nothing else."""
