"""The simulation behind docs/simulation.md: ./run simulate."""
