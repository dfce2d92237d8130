"""TLS: whose certificate is trusted, and by which clock its dates are read."""

import ssl
from collections.abc import Callable
from datetime import datetime
from typing import Any

from kiosk.problems import meaning

Clock = Callable[[], datetime]
"""Tells the time of day, with offset."""

_NO_CHECK_TIME = 0x200000
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which the ssl module has no name for."""

_NOT_YET_VALID, _EXPIRED = 9, 10
"""OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED."""


class CertificateOutOfDate(ssl.SSLCertVerificationError):
    """A certificate whose dates do not fit a clock of ours."""


class ByClock(ssl.SSLContext):
    """Verifies chain and host name as ever, but reads the certificate's dates by a given clock."""

    clock: Clock | None = None
    """Which; without one no dates are read at all."""

    def wrap_socket(self, *arguments: Any, **named: Any) -> ssl.SSLSocket:
        """Shake hands, then compare the dates. Raises ssl.SSLError."""
        talking = super().wrap_socket(*arguments, **named)
        if self.clock:
            try:
                _check_dates(talking.getpeercert() or {}, self.clock())
            except CertificateOutOfDate:
                talking.close()
                raise
        return talking


def by_the_system(ca_file: str) -> ssl.SSLContext:
    """Trust *ca_file*, or what the system trusts. Raises OSError (ssl.SSLError is one)."""
    return _trusting(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ca_file)


def by_clock(ca_file: str, clock: Clock | None) -> ssl.SSLContext:
    """Trust the same, with dates read by *clock*, or not at all. Raises OSError."""
    context = ByClock(ssl.PROTOCOL_TLS_CLIENT)
    context.clock = clock
    context.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME)
    return _trusting(context, ca_file)


def only_its_dates(error: ssl.SSLCertVerificationError) -> bool:
    """Tell whether a certificate failed by its dates; the rest then has not been looked at yet."""
    return isinstance(error, CertificateOutOfDate) or error.verify_code in {
        _NOT_YET_VALID,
        _EXPIRED,
    }


def why(error: ssl.SSLCertVerificationError) -> str:
    """Say in a few words why a certificate is not trusted."""
    return str(error.args[0] if isinstance(error, CertificateOutOfDate) else error.verify_message)


def unusable(error: OSError) -> str:
    """Say in a few words why a file of certificates cannot be used."""
    if isinstance(error, ssl.SSLError):
        return "it holds no certificate in PEM"
    return meaning(error)


def _trusting(context: ssl.SSLContext, ca_file: str) -> ssl.SSLContext:
    if ca_file:
        context.load_verify_locations(ca_file)
    else:
        context.load_default_certs()
    return context


def _check_dates(certificate: Any, now: datetime) -> None:
    """Raise OutOfDate unless *now* is between the two dates of *certificate*."""
    begins, ends = certificate["notBefore"], certificate["notAfter"]
    if now.timestamp() < ssl.cert_time_to_seconds(begins):
        raise CertificateOutOfDate(f"certificate is not valid before {begins}")
    if now.timestamp() > ssl.cert_time_to_seconds(ends):
        raise CertificateOutOfDate(f"certificate has expired on {ends}")
