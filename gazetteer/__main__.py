"""``python -m gazetteer`` is ``gazetteer``, where the command is not on the search path."""

from gazetteer.cli import main

if __name__ == "__main__":
    main(prog_name="gazetteer")
