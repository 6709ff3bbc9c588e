package io.chancery.profile;

import io.chancery.x509.SubjectAltName;

/**
 * A set of names that an organization may hold. Text forms: {@code dns:example.test} (the domain
 * and everything below it), {@code dns:=a.example.test} (only this name), {@code ip:10.0.0.0/8},
 * {@code uri:spiffe://td/path/} (everything that begins so, on path segment borders), {@code
 * email:example.test}.
 */
public record NamePattern(String text) {
  public boolean covers(SubjectAltName name) {
    throw new IllegalStateException("written by the profile room: " + name);
  }
}
