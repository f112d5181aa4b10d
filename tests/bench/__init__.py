"""The measurements behind docs/bench.md: ./run bench."""
