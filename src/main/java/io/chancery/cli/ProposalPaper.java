package io.chancery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.PkiException;
import io.chancery.warrant.Deed;
import io.chancery.warrant.DetachedJws;
import io.chancery.warrant.Statement;
import io.chancery.warrant.Terms;
import io.chancery.warrant.Verdict;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.TbsText;
import io.chancery.x509.Thumbprint;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A proposal as it came from the service, and what is made of it here: the hash that is signed is
 * worked out from the octets, and what is shown is decoded from the octets, where they can be.
 */
final class ProposalPaper {
  private static final int MOST_LINES = 200;

  private final JsonNode json;
  private final byte[] exact;
  private final Terms terms;

  private ProposalPaper(JsonNode json, byte[] exact, Terms terms) {
    this.json = json;
    this.exact = exact;
    this.terms = terms;
  }

  /** Refused where the service shows another hash than that of its octets. */
  static ProposalPaper of(JsonNode json) {
    try {
      byte[] exact = Base64.getDecoder().decode(text(json, "exact"));
      Terms terms =
          new Terms(
              UUID.fromString(text(json, "id")),
              Deed.valueOf(text(json, "deed")),
              new OrganizationId(text(json, "organization")),
              Thumbprint.of(exact),
              json.path("need").asInt(),
              text(json, "proposer"),
              Instant.parse(text(json, "proposed")),
              Instant.parse(text(json, "expires")));
      if (!terms.sha256().hex().equals(text(json, "sha256"))) {
        throw new Failure.Refused(
                "exact-bytes",
                "the service shows the hash "
                    + Problem.printable(text(json, "sha256"))
                    + ", and its octets have "
                    + terms.sha256(),
                "sign nothing, and find out who changed what")
            .thrown();
      }
      return new ProposalPaper(json, exact, terms);
    } catch (IllegalArgumentException | DateTimeException | PkiException unreadable) {
      if (unreadable instanceof PkiException known && known.failure() instanceof Failure.Refused) {
        throw known;
      }
      throw new Failure.Malformed(
              "proposal", "", "cannot be read: " + unreadable.getMessage(), "docs/approvals.md")
          .because(unreadable);
    }
  }

  Thumbprint sha256() {
    return terms.sha256();
  }

  String id() {
    return terms.proposal().toString();
  }

  /** The detached signature of this identity. */
  String sign(Identity identity, Verdict verdict, String comment) {
    return DetachedJws.sign(
        identity.key(),
        certificate(identity),
        new Statement(terms, verdict, text(json, "you"), comment).octets(),
        Instant.now());
  }

  void print(PrintWriter out) {
    out.println("proposal     " + terms.proposal());
    out.println("deed         " + terms.deed());
    out.println("for          " + terms.organization());
    out.println("proposed by  " + shown("proposer") + " at " + terms.proposed());
    out.println("until        " + terms.expires());
    out.println("takes        " + terms.need() + " persons beside the proposer");
    out.println(
        "sha256       " + terms.sha256() + "  (worked out here from " + exact.length + " octets)");
    if (!shown("comment").isEmpty()) {
      out.println("comment      " + shown("comment"));
    }
    out.println();
    List<String> lines = lines();
    lines.stream().limit(MOST_LINES).forEach(line -> out.println("  " + Problem.printable(line)));
    if (lines.size() > MOST_LINES) {
      out.println("  ... and " + (lines.size() - MOST_LINES) + " lines more; see --octets");
    }
    out.println();
  }

  byte[] octets() {
    return exact.clone();
  }

  /** From the octets themselves; the service's summary only where they are nothing readable. */
  private List<String> lines() {
    if (terms.deed() == Deed.CERTIFICATE) {
      try {
        return TbsText.lines(Der.of(exact));
      } catch (IllegalArgumentException | IllegalStateException noCertificate) {
        throw new Failure.Refused(
                "exact-bytes", "the octets are no certificate", "do not sign them")
            .because(noCertificate);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(exact))
          .toString()
          .lines()
          .toList();
    } catch (CharacterCodingException binary) {
      return List.of("(no text; the service says:)", text(json, "summary"));
    }
  }

  private String shown(String field) {
    return Problem.printable(text(json, field));
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).asText("");
  }

  private static IssuedCertificate certificate(Identity identity) {
    try {
      return IssuedCertificate.parse(Der.of(identity.certificate().getEncoded()));
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("it was read from octets", impossible);
    }
  }
}
