"""The pages of Duly: server-rendered, without scripts, without a request to anybody else."""
