"""What is judged: the content of tables by Great Expectations, and accuracy by reference readings."""
