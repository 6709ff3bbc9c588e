package io.chancery.warrant;

import io.chancery.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one person signs: the terms, the verdict, and who says so. Whoever signs can make the same
 * octets from what they were shown, and need not trust what the service calls a hash.
 *
 * @param person the signer's, so that a signature cannot be counted for somebody else
 * @param comment the reason, where one must be given
 */
public record Statement(Terms terms, Verdict verdict, String person, String comment) {
  /** The form of the text; a new form gets a new number and the old ones stay readable. */
  private static final String FORM = "chancery-statement-1";

  /** JSON in the canonical form of RFC 8785, UTF-8. */
  public byte[] octets() {
    Map<String, String> members = new TreeMap<>();
    members.put("form", FORM);
    members.put("proposal", terms.proposal().toString());
    members.put("deed", terms.deed().name());
    members.put("organization", terms.organization().value());
    members.put("sha256", terms.sha256().hex());
    members.put("need", String.valueOf(terms.need()));
    members.put("proposer", terms.proposer());
    members.put("proposed", terms.proposed().toString());
    members.put("expires", terms.expires().toString());
    members.put("verdict", verdict.name());
    members.put("person", person);
    members.put("comment", comment);
    return CanonicalJson.of(members).getBytes(StandardCharsets.UTF_8);
  }
}
