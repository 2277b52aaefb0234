"""Read city intellectual-property plans, make their commitments comparable, and report what they say."""
