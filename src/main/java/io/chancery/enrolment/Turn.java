package io.chancery.enrolment;

import io.chancery.Failure;
import io.chancery.x509.SerialNumber;

/** What becomes of a request when its turn has come. */
sealed interface Turn {
  /** It gets a certificate of its own. */
  record New() implements Turn {}

  /** The same request with the same key was a moment faster: it gets what that one gets. */
  record Raced(SerialNumber serial) implements Turn {}

  /** The same was asked a short time ago: it gets what was issued then. */
  record Repeated(SerialNumber serial) implements Turn {}

  /** It is asked too often, and what was counted is kept; or for a key that others know. */
  record Refused(Failure why) implements Turn {}
}
