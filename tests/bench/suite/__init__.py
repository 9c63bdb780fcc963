"""The benchmark that scripts/bench runs: collections, queries, measuring, the table. What is measured is in ../peers."""
