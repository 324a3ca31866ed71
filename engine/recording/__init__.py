"""Recording: what each event does to a case, one file a subject; `engine.machine` chooses among them."""
