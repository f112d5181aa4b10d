"""Write the tables of docs/simulation.md anew: ./run simulate [--rounds N]. Takes some three minutes."""
import argparse
import os

os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")  # before numpy: small systems are faster on one thread

from tests.simulation import page  # noqa: E402
from tests.simulation.rounds import Plan  # noqa: E402

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="./run simulate", description=__doc__)
    parser.add_argument("--rounds", type=int, default=Plan.rounds)
    page.write(Plan(rounds=parser.parse_args().rounds))
