package io.chancery.alerts;

import io.chancery.OrganizationId;
import io.chancery.x509.Validity;

/**
 * A fact: something that ends.
 *
 * @param kind what it is; {@code name} tells it from others of its kind (a serial, an issuer)
 * @param title for people: subject or first name
 */
record Expiring(Kind kind, String name, String title, OrganizationId owner, Validity validity) {
  enum Kind {
    CERTIFICATE("certificate"),
    ISSUER("issuer certificate"),
    OWN("certificate of the authority's own service");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
