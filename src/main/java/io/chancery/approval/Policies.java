package io.chancery.approval;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.warrant.Deed;
import io.chancery.warrant.ExactBytes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Changes of the policy: proposals like any other, decided under the policy that is in force. */
@Singleton
public final class Policies {
  private static final int SHOWN = 3_000;

  private final Approvals approvals;

  @Inject
  Policies(Approvals approvals) {
    this.approvals = approvals;
  }

  /** Proposes that these rules take the place of all that differ from the default now. */
  public Proposal propose(Caller caller, byte[] text, String comment) {
    Map<Deed, Rule> rules = PolicyText.read(text);
    byte[] canonical = PolicyText.of(rules);
    String shown = new String(canonical, StandardCharsets.UTF_8);
    return approvals.propose(
        caller,
        new Draft(
            Deed.POLICY,
            "policy",
            OrganizationId.AUTHORITY,
            ExactBytes.of(canonical),
            "The policy of approvals, where it differs from the default:\n"
                + (shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown),
            comment));
  }
}
