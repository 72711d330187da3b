"""What ends by itself: drafts nobody goes on with, and cases whose time is over."""
