package io.chancery.visibility;

import io.chancery.inventory.StatusChange;
import io.chancery.x509.SerialNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the newest change of a certificate's status can be seen.
 *
 * @param change empty for a certificate that has never changed: there is nothing to see
 */
public record Visibility(SerialNumber serial, Optional<StatusChange> change, List<Sight> sights) {
  public Visibility {
    sights = List.copyOf(sights);
  }

  /** Whether a channel shows it. */
  public enum State {
    PENDING,
    VISIBLE
  }

  /**
   * One channel.
   *
   * @param replica its name, where the channel is a replica's OCSP
   * @param at since when; empty where it is pending, or longer ago than is remembered
   */
  public record Sight(
      String channel,
      Optional<String> replica,
      OptionalLong crlNumber,
      State state,
      Optional<Instant> at) {
    boolean isOcsp() {
      return channel.startsWith(Channel.Ocsp.PREFIX);
    }

    boolean isVisible() {
      return state == State.VISIBLE;
    }
  }

  /** Nobody who asks is told the old status: OCSP of every live replica, and a CRL. */
  public boolean isEverywhere() {
    return change.isEmpty()
        || (sights.stream().filter(Sight::isOcsp).allMatch(Sight::isVisible)
            && sights.stream().anyMatch(one -> !one.isOcsp() && one.isVisible()));
  }
}
