package io.chancery.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.OrganizationId;
import io.chancery.warrant.Deed;
import io.chancery.warrant.DetachedJws;
import io.chancery.warrant.Statement;
import io.chancery.warrant.Terms;
import io.chancery.warrant.Verdict;
import io.chancery.x509.Thumbprint;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** What a person does with a proposal: reads it, hashes its octets, signs, sends. */
public final class Consent {
  private Consent() {}

  public static JsonNode read(Tenant.Holder who, String id) {
    return who.http().get("/v1/approvals/" + id).json();
  }

  public static Http.Answer approve(Tenant.Holder who, String id) {
    return send(who, id, sign(who, read(who, id), Verdict.APPROVE, ""), "");
  }

  public static Http.Answer breakGlass(Tenant.Holder who, String id, String reason) {
    String jws = sign(who, read(who, id), Verdict.BREAK_GLASS, reason);
    return who.http()
        .post("/v1/approvals/" + id + "/break-glass", Map.of("jws", jws, "reason", reason));
  }

  public static Http.Answer review(Tenant.Holder who, String id) {
    String jws = sign(who, read(who, id), Verdict.REVIEW, "seen");
    return who.http()
        .post("/v1/break-glass/" + id + "/review", Map.of("jws", jws, "comment", "seen"));
  }

  public static Http.Answer send(Tenant.Holder who, String id, String jws, String comment) {
    return who.http()
        .post("/v1/approvals/" + id + "/endorsements", Map.of("jws", jws, "comment", comment));
  }

  public static String sign(Tenant.Holder who, JsonNode proposal, Verdict verdict, String comment) {
    return sign(who, terms(proposal), verdict, proposal.get("you").asText(), comment);
  }

  public static String sign(
      Tenant.Holder who, Terms terms, Verdict verdict, String person, String comment) {
    return DetachedJws.sign(
        who.pair().getPrivate(),
        who.certificate(),
        new Statement(terms, verdict, person, comment).octets(),
        Instant.now());
  }

  /** The hash is worked out from the octets that were read. */
  public static Terms terms(JsonNode proposal) {
    return new Terms(
        UUID.fromString(proposal.get("id").asText()),
        Deed.valueOf(proposal.get("deed").asText()),
        new OrganizationId(proposal.get("organization").asText()),
        Thumbprint.of(Base64.getDecoder().decode(proposal.get("exact").asText())),
        proposal.get("need").asInt(),
        proposal.get("proposer").asText(),
        Instant.parse(proposal.get("proposed").asText()),
        Instant.parse(proposal.get("expires").asText()));
  }
}
