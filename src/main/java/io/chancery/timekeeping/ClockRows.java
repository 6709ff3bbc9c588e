package io.chancery.timekeeping;

import io.chancery.inventory.SingleRead;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.Optional;

/** What the database's server says of the time. */
@Singleton
class ClockRows {
  // Behind the same address, or on loopback, its clock is this machine's.
  private static final String NOW =
      """
      select clock_timestamp(), coalesce(inet_server_addr() is distinct from inet_client_addr()
        and not inet_server_addr() <<= inet '127.0.0.0/8', false)
      """;

  private final SingleRead read;

  @Inject
  ClockRows(SingleRead read) {
    this.read = read;
  }

  Optional<Judgement.Sighting> now() {
    return read.first(
        NOW,
        none -> {},
        row ->
            new Judgement.Sighting(
                row.getObject(1, OffsetDateTime.class).toInstant(), row.getBoolean(2)));
  }
}
