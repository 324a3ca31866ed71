"""What holds for every test."""

from hypothesis import settings

# The same examples for everybody, and no time limit on a busy machine: a red run can be repeated.
# To search further: make test ARGS="--hypothesis-profile=default".
settings.load_profile("ci")
