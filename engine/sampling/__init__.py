"""Sampling: how forms and steps are filled in where nobody real answers, for simulations and for proofs."""
