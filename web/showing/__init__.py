"""How a case is shown: facts, deadlines with their receipts, steps, timeline."""
