"""Run the command line with `python -m retold.cli`."""

from retold.cli import main

if __name__ == "__main__":
    main()
