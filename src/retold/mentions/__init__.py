"""What in a passage can be compared, one file per kind."""
