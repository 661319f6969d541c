"""``python -m geo`` is ``geo``, where the command is not on the search path."""

from geo.cli import main

if __name__ == "__main__":
    main(prog_name="geo")
