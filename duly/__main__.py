"""`python -m duly` is the same as `duly`."""

import sys

from duly.cli import main

sys.exit(main())
