package io.chancery.revocation;

import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;

/** A place where CRLs follow one another: the newest one is published there. */
public record CrlSlot(IssuerName issuer, CrlScope scope, Kind kind) {
  /** Whether each tells everything, or what has changed. */
  public enum Kind {
    COMPLETE,
    DELTA
  }

  public static CrlSlot complete(IssuerName issuer, CrlScope scope) {
    return new CrlSlot(issuer, scope, Kind.COMPLETE);
  }

  public static CrlSlot delta(IssuerName issuer) {
    return new CrlSlot(issuer, CrlScope.WHOLE, Kind.DELTA);
  }

  public boolean isDelta() {
    return kind == Kind.DELTA;
  }

  /** Below the public base address. */
  public String path() {
    return isDelta() ? CrlScope.deltaPath(issuer) : scope.path(issuer);
  }

  /** As files are named. */
  String fileName() {
    return issuer + (isDelta() ? "_delta" : scope.isWhole() ? "" : "_" + scope.text());
  }

  @Override
  public String toString() {
    return issuer + " " + (isDelta() ? "delta" : scope);
  }
}
