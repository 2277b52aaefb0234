"""Out: tables staged, named, sealed and published as one release; what it was made from, and what went wrong."""
