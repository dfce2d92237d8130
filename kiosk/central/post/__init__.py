"""What central sends out by itself: letters to visitors who agreed, and calls to other programs."""
