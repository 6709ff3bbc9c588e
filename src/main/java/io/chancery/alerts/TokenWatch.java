package io.chancery.alerts;

import io.chancery.OrganizationId;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.TokenStanding;
import io.chancery.visibility.Replicas;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tokens that are away, keys that are not the right ones, PINs that are refused, calls that hang:
 * each replica has sessions of its own, and tells of them itself.
 */
@Singleton
final class TokenWatch {
  private static final String KIND = "token";

  /** A token that blinks is nobody's business. */
  private static final Duration BLINK = Duration.ofSeconds(5);

  private final Hsm hsm;
  private final Replicas replicas;

  @Inject
  TokenWatch(Hsm hsm, Replicas replicas) {
    this.hsm = hsm;
    this.replicas = replicas;
  }

  List<Finding> find(Instant now) {
    return assess(replicas.name(), hsm.tokens(), now);
  }

  /** Of every finding of this replica, those that are no more among them. */
  String prefix() {
    return prefix(replicas.name());
  }

  /** A pure function. */
  static List<Finding> assess(String replica, List<TokenStanding> tokens, Instant now) {
    boolean noneWorks = tokens.stream().noneMatch(TokenStanding::works);
    List<Finding> found = new ArrayList<>();
    // By its place in hsm.yaml: a slot may have another number after every start of the library.
    for (int place = 0; place < tokens.size(); place++) {
      TokenStanding token = tokens.get(place);
      boolean blinks = token.since().map(since -> now.isBefore(since.plus(BLINK))).orElse(false);
      if (token.trouble().isPresent() && !blinks) {
        Severity severity = noneWorks || isWrong(token) ? Severity.CRITICAL : Severity.WARNING;
        found.add(
            finding(
                prefix(replica) + place, "replica " + replica + ": the ", token, severity, now));
      }
    }
    return found;
  }

  /** It works, and nothing hangs: then a key is not the right one. */
  private static boolean isWrong(TokenStanding token) {
    return token.works() && token.hung() == 0;
  }

  private static String prefix(String replica) {
    return KIND + "/" + replica + "/";
  }

  private static Finding finding(
      String place, String whose, TokenStanding token, Severity severity, Instant now) {
    Instant since = token.since().orElse(now);
    String state = token.works() ? "works, and not all is well: " : "is away since " + since + ": ";
    return new Finding(
        place + (token.works() ? "/trouble" : "/away"),
        KIND,
        severity,
        OrganizationId.AUTHORITY,
        Optional.empty(),
        whose + token.name() + " " + state + token.trouble().orElse(""),
        since);
  }
}
