package io.chancery.ledger;

import io.chancery.Failure;
import io.chancery.ledger.copy.DirectoryPlace;
import io.chancery.ledger.copy.Place;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Opens the place that the operator names with {@code chancery.ledger.copy}. */
final class PlaceProducer {
  @Produces
  @Singleton
  Place place(LedgerConfig config) {
    String copy =
        config
            .copy()
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () ->
                    new Failure.Misconfigured(
                            "chancery.ledger.copy",
                            "is not set",
                            "name a folder outside the database, on another disk, for the ledger's"
                                + " copy")
                        .thrown());
    return new DirectoryPlace(Path.of(copy));
  }
}
