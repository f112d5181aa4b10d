"""python -m award COMMAND."""
import sys

from award.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
