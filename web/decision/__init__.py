"""The page behind a link: shows what is asked, and records the answer."""
