"""A mailbox as a way in: messages are taken from an IMAP folder, which is the queue, and marked when they are safe."""
