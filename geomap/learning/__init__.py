"""What the small models learn from: examples of annotated passages, and the fitting of weights to them."""
