"""Flows: procedures as Prefect flows, the worker that runs them, their deployments, and the reconciler.

Prefect does the machines' work and shows every case; the store is the memory. Nothing here is needed for a click or a
deadline, and wiping Prefect's database loses nothing that a reconcile does not rebuild.
"""
