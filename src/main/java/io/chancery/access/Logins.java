package io.chancery.access;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Who calls, asked by somebody at an address: as {@link Access} says, behind the brake. */
@Singleton
public final class Logins {
  private final Access access;
  private final LoginBrake brake;

  @Inject
  Logins(Access access, LoginBrake brake) {
    this.access = access;
    this.brake = brake;
  }

  /** As {@link Access#authenticate}; {@code TooManyRequests} where it failed too often before. */
  public Caller authenticate(Credential credential, String address) {
    if (credential instanceof Credential.None) {
      return access.authenticate(credential);
    }
    brake.mustBeFree(credential, address);
    try {
      Caller caller = access.authenticate(credential);
      brake.accepted(credential, address);
      return caller;
    } catch (PkiException refused) {
      if (refused.failure() instanceof Failure.Unauthenticated) {
        brake.failed(credential, address);
      }
      throw refused;
    }
  }

  /**
   * As {@link #authenticate}, for a route whose deed asks the book itself, by {@link
   * Access#confirming}.
   */
  public Caller claimed(Credential credential, String address) {
    brake.mustBeFree(credential, address);
    return access.claimed(credential).orElseGet(() -> authenticate(credential, address));
  }
}
