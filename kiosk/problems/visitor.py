"""What a visitor reads of problems that are not hers to mend: what is safe, and whom to tell."""

from kiosk.phrase import phrase

TRY_STAFF = phrase("Something is wrong with this screen. Please tell the library. Code {code}.")
SAFE_HERE = phrase("The library cannot be reached right now. What you hand in is kept here.")
CANNOT_SAVE = phrase(
    "This screen cannot save anything right now. Please tell the library. Code {code}."
)
