package io.chancery.cli.up;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.access.Organization;
import io.chancery.access.Organizations;
import io.chancery.access.TokenGrant;
import io.chancery.access.Tokens;
import io.chancery.cli.local.DataDirectory;
import io.chancery.profile.NamePattern;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The demo organization of {@code up} and the enrolment token that it leaves. */
@Singleton
final class Household {
  private static final OrganizationId DEMO = new OrganizationId("demo");
  private static final Caller SELF = new Caller.Authority("up");
  private static final Duration TOKEN_LIFETIME = Duration.ofDays(365);

  private final Organizations organizations;
  private final Tokens tokens;
  private final SecureRandom random;

  @Inject
  Household(Organizations organizations, Tokens tokens, SecureRandom random) {
    this.organizations = organizations;
    this.tokens = tokens;
    this.random = random;
  }

  /** Makes what is missing; {@code domains} are what the demo organization may hold from now on. */
  void settle(DataDirectory data, List<String> domains) {
    Organization wanted =
        new Organization(
            DEMO, "Demo", "team@internal.test", List.of(), names(domains), Optional.empty());
    Optional<Organization> there = organizations.find(DEMO);
    if (there.isEmpty()) {
      organizations.create(SELF, wanted);
    } else if (!there.get().names().equals(wanted.names())) {
      organizations.change(SELF, wanted);
    }
    if (!Files.exists(data.enrolToken()) || !works(data)) {
      data.writeSecret(data.enrolToken(), newToken() + "\n");
    }
  }

  /** A token of another database, or one that has expired, is replaced. */
  private boolean works(DataDirectory data) {
    try {
      return tokens.isUsable(data.readSecret(data.enrolToken()));
    } catch (PkiException unreadable) {
      return false;
    }
  }

  private String newToken() {
    byte[] octets = new byte[4];
    random.nextBytes(octets);
    return tokens.create(
        SELF,
        new TokenGrant(
            "up-" + HexFormat.of().formatHex(octets),
            DEMO,
            List.of(),
            List.of(),
            OptionalInt.empty(),
            TOKEN_LIFETIME));
  }

  private static List<String> names(List<String> domains) {
    List<String> names = new ArrayList<>();
    for (String domain : domains) {
      names.add(new NamePattern("dns:" + domain).text());
      names.add(new NamePattern("email:" + domain).text());
      names.add(new NamePattern("uri:spiffe://" + domain).text());
    }
    names.add("ip:127.0.0.0/8");
    names.add("ip:::1/128");
    return names;
  }
}
