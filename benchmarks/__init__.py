"""Speed and quality against peers: one command each, results as a table."""
