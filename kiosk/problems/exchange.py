"""Problems between branch and central: what keeps the two apart."""

from kiosk.problems.problem import Exit, Problem
from kiosk.problems.visitor import SAFE_HERE, TRY_STAFF

UNREACHABLE = Problem(
    "S01",
    SAFE_HERE,
    "Central at {url} cannot be reached ({why}). Nothing is lost; while the app runs it is tried "
    "again by itself.",
    Exit.UNREACHABLE,
)
NOT_CENTRAL = Problem(
    "S02",
    SAFE_HERE,
    "What answered at {url} is not central ({why}). Perhaps a login page of the network; "
    "nothing is lost.",
    Exit.UNREACHABLE,
)
DEVICE_REFUSED = Problem(
    "S03",
    SAFE_HERE,
    "Central refuses this device ({why}). Everything unsent is kept; enrol again with a new code.",
    Exit.REFUSED,
)
ENROLMENT_REFUSED = Problem(
    "S04",
    TRY_STAFF,
    "Central does not accept the enrolment code ({why}). Ask for a new one: "
    "kiosk central enrol-code --branch BRANCH",
    Exit.REFUSED,
)
PLAIN_HTTP = Problem(
    "S05",
    TRY_STAFF,
    "{url} is plain HTTP and not this machine. Use https://, so that nobody on the way can listen.",
    Exit.WRONG_USE,
)
UNREADABLE_CONTENT = Problem(
    "S06",
    SAFE_HERE,
    "What central has published cannot be read here ({why}). The old content stays. Mend that at "
    "central; if nothing is wrong there, update the program.",
    Exit.FAILED,
)
STUCK = Problem(
    "S07",
    SAFE_HERE,
    "Central cannot take {many} of the events that wait ({why}). They are kept and tried again "
    "after the others; look at central's log.",
    Exit.REFUSED,
)
REFUSED_FOR_GOOD = Problem(
    "S08",
    SAFE_HERE,
    "Central refuses {many} events for good. They are kept here, sealed; ask whoever runs central.",
    Exit.REFUSED,
)
WRONG_CLOCK = Problem(
    "S09",
    SAFE_HERE,
    "This kiosk's clock says {now}, but {why}. Set it, or let the machine reach a time server; if "
    "it happens at every start, change its battery. Errands are taken meanwhile and dated right "
    "later; only no place is promised.",
    Exit.FAILED,
)
UNTRUSTED = Problem(
    "S10",
    SAFE_HERE,
    "The certificate shown at {url} is not trusted ({why}). Nothing was sent. Check the address, "
    "central's certificate and ca_file; something on the way may be listening.",
    Exit.UNREACHABLE,
)
CENTRAL_FORGOT = Problem(
    "S11",
    SAFE_HERE,
    "Central has lost what it had received (noticed {at}). Everything still kept here is brought "
    "again, {many} wait. See central's log: it was put back to an earlier state.",
    Exit.FAILED,
)
CANNOT_OPEN = Problem(
    "S12",
    SAFE_HERE,
    "Central cannot open {many} errands that were sealed here. They are kept and never deleted. "
    "Run: kiosk doctor; see that central has all of its keys, then: kiosk central reprocess",
    Exit.REFUSED,
)
BAD_ADDRESS = Problem(
    "S20",
    TRY_STAFF,
    "{url!r} is no address of a central. Write it whole, such as {like}",
    Exit.WRONG_USE,
)
BAD_CERTIFICATES = Problem(
    "S21",
    SAFE_HERE,
    "The certificates in {path} cannot be used: {why}. Nothing was sent. Set ca_file to a PEM file "
    "with the certificates that central's is checked against.",
    Exit.WRONG_USE,
)
CANNOT_JOIN = Problem(
    "S22",
    TRY_STAFF,
    "Central at {url} cannot be reached ({why}), so this kiosk has not joined. Nothing was changed "
    "here; mend that and give the same command again.",
    Exit.UNREACHABLE,
)
