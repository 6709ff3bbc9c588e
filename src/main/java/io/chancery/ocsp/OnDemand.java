package io.chancery.ocsp;

import io.chancery.issuance.OcspHash;
import io.chancery.x509.IssuerName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers that somebody has asked for and that are on no shelf: other hashes, and what is not made
 * ahead. Bounded; the one that nobody asked for longest leaves first.
 */
final class OnDemand {
  private final Map<Key, Made> made;

  OnDemand(int most) {
    this.made =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Made> eldest) {
            return size() > most;
          }
        };
  }

  /**
   * @param serial as a number in hex
   */
  record Key(IssuerName issuer, OcspHash hash, String serial) {}

  /**
   * An answer, for which status, and until which second it may be used here.
   *
   * @param version as {@link Statuses.Known#version}
   */
  record Made(Answer answer, int version, long until) {}

  synchronized Optional<Made> find(Key key, long second) {
    Made found = made.get(key);
    if (found != null && found.until() <= second) {
      made.remove(key);
      return Optional.empty();
    }
    return Optional.ofNullable(found);
  }

  synchronized void put(Key key, Made answer) {
    made.put(key, answer);
  }

  synchronized int size() {
    return made.size();
  }
}
