"""What holds of every comparison, whatever the articles."""
