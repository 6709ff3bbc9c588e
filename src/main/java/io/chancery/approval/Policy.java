package io.chancery.approval;

import io.chancery.warrant.Deed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which deeds take how many persons. The policy in force is the newest one that was approved under
 * the one before: its octets are held against the signatures of those who approved it, so that
 * writing into the table makes no policy.
 */
@Singleton
public final class Policy {
  /** How old the answer may be where a request waits for it. */
  private static final Duration RECENT = Duration.ofSeconds(1);

  private static final Map<Deed, Rule> DEFAULT =
      Collections.unmodifiableMap(
          new EnumMap<>(
              Map.of(
                  // How many a certificate takes says its profile.
                  Deed.CERTIFICATE, rule(0, 7),
                  // Profiles and issuers are brought by whoever runs the service, until a policy
                  // says otherwise.
                  Deed.PROFILE_TEXT, rule(0, 7),
                  Deed.ISSUER, rule(0, 7),
                  Deed.BULK_REVOCATION, rule(1, 1),
                  Deed.ROLES, rule(1, 7),
                  Deed.PARTNER, rule(1, 14),
                  Deed.POLICY, rule(1, 7),
                  Deed.SIGNING_RESUMPTION, rule(2, 1))));

  private final SignedOff texts;

  /** What was read last; what was approved does not change any more. */
  private volatile Known known = new Known(Optional.empty(), DEFAULT);

  private final Recently<Map<Deed, Rule>> recent = new Recently<>(RECENT, this::current);

  private record Known(Optional<UUID> proposal, Map<Deed, Rule> rules) {}

  @Inject
  Policy(SignedOff texts) {
    this.texts = texts;
  }

  /** What the deed takes now. */
  public Rule of(Deed deed) {
    return current().getOrDefault(deed, rule(Math.max(1, deed.least()), 1));
  }

  /** Every deed with its rule. */
  public Map<Deed, Rule> current() {
    Known last = known;
    for (Proposal one : texts.newest(Deed.POLICY)) {
      if (last.proposal().equals(Optional.of(one.id()))) {
        return last.rules();
      }
      if (texts.isGood(one)) {
        Map<Deed, Rule> rules = new EnumMap<>(DEFAULT);
        rules.putAll(PolicyText.read(one.exact().octets()));
        known = new Known(Optional.of(one.id()), rules);
        return rules;
      }
    }
    return DEFAULT;
  }

  /** The same as {@link #of}, as it was within the last second: each certificate asks this. */
  public Rule recent(Deed deed) {
    return recent.answer().getOrDefault(deed, rule(Math.max(1, deed.least()), 1));
  }

  boolean mayApprove(Deed deed, String person) {
    Rule rule = of(deed);
    return rule.approvers().isEmpty() || rule.approvers().contains(person);
  }

  private static Rule rule(int approvals, int days) {
    return new Rule(approvals, Duration.ofDays(days), Set.of());
  }
}
