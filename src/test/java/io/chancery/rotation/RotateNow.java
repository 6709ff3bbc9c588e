package io.chancery.rotation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Lets a test renew the server's certificate when it wants. */
@ApplicationScoped
public class RotateNow {
  @Inject ServerCertificate server;

  public void now() {
    server.renew();
  }
}
