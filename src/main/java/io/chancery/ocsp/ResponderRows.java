package io.chancery.ocsp;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;

/** The table {@code responder}. */
@Singleton
class ResponderRows implements PanacheRepositoryBase<ResponderRow, String> {
  /** From now on this certificate's key signs for the issuer. */
  void set(String issuer, String serial, Instant since) {
    ResponderRow row =
        findByIdOptional(issuer)
            .orElseGet(
                () -> {
                  ResponderRow made = new ResponderRow();
                  made.issuer = issuer;
                  made.serial = serial;
                  persist(made);
                  return made;
                });
    row.serial = serial;
    row.since = since;
  }
}
