package io.chancery.alerts;

import io.chancery.OrganizationId;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.TokenStanding;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tokens that are away, keys that are not the right ones, PINs that are refused, calls that hang:
 * as the replica sees them that looks for everybody.
 */
@Singleton
final class TokenWatch {
  static final String KIND = "token";

  /** A token that blinks is nobody's business. */
  private static final Duration BLINK = Duration.ofSeconds(5);

  private final Hsm hsm;

  @Inject
  TokenWatch(Hsm hsm) {
    this.hsm = hsm;
  }

  List<Finding> find(Instant now) {
    return assess(hsm.tokens(), now);
  }

  /** A pure function. */
  static List<Finding> assess(List<TokenStanding> tokens, Instant now) {
    boolean noneWorks = tokens.stream().noneMatch(TokenStanding::works);
    List<Finding> found = new ArrayList<>();
    for (int place = 0; place < tokens.size(); place++) {
      TokenStanding token = tokens.get(place);
      boolean blinks = token.since().map(since -> now.isBefore(since.plus(BLINK))).orElse(false);
      if (token.trouble().isPresent() && !blinks) {
        found.add(finding(place, token, noneWorks, token.since().orElse(now)));
      }
    }
    return found;
  }

  /**
   * By its place in hsm.yaml: a slot may have another number after every restart of the library.
   */
  private static Finding finding(int place, TokenStanding token, boolean noneWorks, Instant since) {
    String state = token.works() ? "works, and not all is well: " : "is away since " + since + ": ";
    return new Finding(
        KIND + "/" + place + (token.works() ? "/trouble" : "/away"),
        KIND,
        noneWorks || token.works() ? Severity.CRITICAL : Severity.WARNING,
        OrganizationId.AUTHORITY,
        Optional.empty(),
        "the " + token.name() + " " + state + token.trouble().orElse(""),
        since);
  }
}
