"""Attribution: who is meant by a printed name, and who asks. Pure."""
