"""Which reader takes a file, and the two readers of one file each. A reader is `bytes -> Draft`."""
