package io.chancery.api;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.Quoted;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.profile.ProfileName;
import io.chancery.x509.Csr;
import io.chancery.x509.SubjectAltName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that asks for a certificate.
 *
 * @param csr PKCS#10 as PEM, or base64 of its DER
 * @param names {@code dns:...}, {@code ip:...}, {@code uri:...}, {@code email:...}; where given,
 *     they replace the names of the request
 * @param validity ISO 8601, for example {@code P30D}; at most what the profile gives
 * @param contact whom to tell before it expires
 * @param organization the owner; another one than the caller's needs the role operator
 */
public record CertificateAsk(
    @Nullable String profile,
    @Nullable String csr,
    @Nullable List<@Nullable String> names,
    @Nullable String validity,
    @Nullable String contact,
    @Nullable String organization) {
  EnrolmentRequest by(Caller caller, Optional<String> idempotencyKey) {
    return new EnrolmentRequest(
        caller,
        owner(caller, organization),
        new ProfileName(present("profile", profile)),
        csr(present("csr", csr)),
        OneLine.all("names", names).stream().map(SubjectAltName::parse).toList(),
        Optional.ofNullable(validity).map(CertificateAsk::duration),
        OneLine.of("contact", contact == null ? "" : contact),
        Optional.empty(),
        idempotencyKey);
  }

  /** PEM, or base64 of DER. */
  public static Csr csr(String text) {
    if (text.contains("-----BEGIN")) {
      return Csr.parse(text.getBytes(StandardCharsets.UTF_8));
    }
    try {
      return Csr.parse(Base64.getDecoder().decode(text.replaceAll("[ \\t\\r\\n]", "")));
    } catch (IllegalArgumentException notBase64) {
      throw new Failure.Malformed("csr", "", "is neither PEM nor base64", "RFC 7468 s7")
          .because(notBase64);
    }
  }

  private static OrganizationId owner(Caller caller, @Nullable String organization) {
    if (organization == null) {
      return caller.organization();
    }
    OrganizationId owner = new OrganizationId(organization);
    if (!caller.mayReach(owner)) {
      // Whether the other organization exists is nobody's business.
      throw new Failure.NotFound("organization", owner.value()).thrown();
    }
    return owner;
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException notIso) {
      throw new Failure.Malformed(
              "validity", "", Quoted.of(text) + " is no duration such as P30D or PT12H", "ISO 8601")
          .because(notIso);
    }
  }

  public static String present(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new Failure.Malformed(name, "", "is missing", "Chancery API").thrown();
    }
    return value;
  }
}
