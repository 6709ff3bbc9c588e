package io.chancery.enrolment;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.approval.Approvals;
import io.chancery.approval.Draft;
import io.chancery.approval.Execution;
import io.chancery.approval.Policy;
import io.chancery.approval.Proposal;
import io.chancery.approval.SignedOff;
import io.chancery.profile.ProfileName;
import io.chancery.profile.ProfileSource;
import io.chancery.profile.Profiles;
import io.chancery.warrant.Deed;
import io.chancery.warrant.ExactBytes;
import io.chancery.warrant.Warrant;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Profiles are files, and whoever can write them can write any. Where the policy says that a
 * profile's text takes several persons, nothing is issued under one whose very octets they have not
 * signed. The shipped texts are part of the program.
 */
@Singleton
public final class ProfileTexts implements Execution {
  private static final int SHOWN = 3_500;

  private final Profiles profiles;
  private final Profiles shipped = Profiles.shipped();
  private final Policy policy;
  private final SignedOff texts;
  private final Approvals approvals;

  @Inject
  ProfileTexts(Profiles profiles, Policy policy, SignedOff texts, Approvals approvals) {
    this.profiles = profiles;
    this.policy = policy;
    this.texts = texts;
    this.approvals = approvals;
  }

  /** Proposes the text that this process runs on. */
  public Proposal propose(Caller caller, ProfileName name, String comment) {
    profiles.named(name);
    ProfileSource source =
        profiles
            .source(name)
            .orElseThrow(() -> new Failure.NotFound("profile", name.value()).thrown());
    String text = source.text();
    return approvals.propose(
        caller,
        new Draft(
            Deed.PROFILE_TEXT,
            name.value(),
            OrganizationId.AUTHORITY,
            octets(source),
            text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text,
            comment));
  }

  /** {@code Refused} where the policy wants this profile's text approved, and it is not. */
  void mustBeApproved(ProfileName name) {
    Optional<ProfileSource> source = profiles.source(name);
    if (source.isEmpty()
        || policy.recent(Deed.PROFILE_TEXT).approvals() == 0
        || shipped.source(name).map(ProfileSource::text).equals(source.map(ProfileSource::text))) {
      return;
    }
    if (!texts.holds(Deed.PROFILE_TEXT, name.value(), octets(source.get()))) {
      throw new Failure.Refused(
              "profile-text-approved",
              "the text of profile " + name + " has not been approved",
              "propose it with POST /v1/profiles/" + name + "/proposal, and have it approved")
          .thrown();
    }
  }

  @Override
  public Deed deed() {
    return Deed.PROFILE_TEXT;
  }

  /** That it was approved is all there is: it is looked for where it is used. */
  @Override
  public String carryOut(Proposal proposal, Warrant warrant) {
    return "certificates are issued under this text of profile " + proposal.subject();
  }

  private static ExactBytes octets(ProfileSource source) {
    return ExactBytes.of(source.text().getBytes(StandardCharsets.UTF_8));
  }
}
