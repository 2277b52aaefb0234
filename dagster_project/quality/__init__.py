"""What is judged: tables by Great Expectations, accuracy by reference readings, and how far rules reach."""
