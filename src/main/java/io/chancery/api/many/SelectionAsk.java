package io.chancery.api.many;

import io.chancery.Failure;
import io.chancery.inventory.mass.Selection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that says which certificates; every member narrows.
 *
 * @param key SHA-256 of the SubjectPublicKeyInfo in hex
 * @param issuedFrom ISO 8601, as the next three; {@code Until} is exclusive
 * @param rsaBelow RSA keys of fewer bits
 * @param name a pattern of a name: {@code dns:*.pay.internal.test}
 */
public record SelectionAsk(
    @Nullable String organization,
    @Nullable String profile,
    @Nullable String issuer,
    @Nullable String key,
    @Nullable String issuedFrom,
    @Nullable String issuedUntil,
    @Nullable String expiresFrom,
    @Nullable String expiresUntil,
    @Nullable Integer rsaBelow,
    @Nullable String name) {
  static Selection selection(@Nullable SelectionAsk ask) {
    if (ask == null) {
      throw new Failure.Malformed("selection", "", "is missing", "Chancery API").thrown();
    }
    Map<String, String> criteria = new HashMap<>();
    put(criteria, "organization", ask.organization);
    put(criteria, "profile", ask.profile);
    put(criteria, "issuer", ask.issuer);
    put(criteria, "key", ask.key);
    put(criteria, "issuedFrom", ask.issuedFrom);
    put(criteria, "issuedUntil", ask.issuedUntil);
    put(criteria, "expiresFrom", ask.expiresFrom);
    put(criteria, "expiresUntil", ask.expiresUntil);
    put(criteria, "rsaBelow", ask.rsaBelow == null ? null : ask.rsaBelow.toString());
    put(criteria, "name", ask.name);
    return Selection.of(criteria);
  }

  private static void put(Map<String, String> criteria, String name, @Nullable String value) {
    if (value != null) {
      criteria.put(name, value);
    }
  }
}
