package io.chancery.inventory.mass;

import io.chancery.OrganizationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A selection as SQL about a certificate {@code c} that can still be revoked. */
final class Conditions {
  private final StringBuilder where =
      new StringBuilder("c.status <> 'revoked' and c.not_after > ?");
  private final List<Object> values = new ArrayList<>();

  private Conditions(Instant now) {
    values.add(now);
  }

  static Conditions of(Selection selection, Instant now) {
    Conditions all = new Conditions(now);
    // The authority's own are hit where they are named, and by no wider net: its responder, its
    // server and its administrator are among them.
    if (selection.organization().isEmpty()) {
      all.add("c.organization <> ?", Optional.of(OrganizationId.AUTHORITY.value()));
    }
    all.add("c.organization = ?", selection.organization().map(OrganizationId::value));
    all.add("c.profile = ?", selection.profile());
    all.add("c.issuer = ?", selection.issuer().map(Object::toString));
    all.add("c.key_thumbprint = ?", selection.key().map(Object::toString));
    all.add("c.issued_at >= ?", selection.issuedFrom());
    all.add("c.issued_at < ?", selection.issuedUntil());
    all.add("c.not_after >= ?", selection.expiresFrom());
    all.add("c.not_after < ?", selection.expiresUntil());
    if (selection.rsaBelow().isPresent()) {
      all.add(
          "case when c.key_algorithm ~ '^rsa-[0-9]+$'"
              + " then substr(c.key_algorithm, 5)::integer < ? else false end",
          Optional.of(selection.rsaBelow().getAsInt()));
    }
    all.add(
        "exists (select from unnest(c.names) n where n like ? escape '!')",
        selection.name().map(Conditions::like));
    return all;
  }

  String where() {
    return where.toString();
  }

  /** The values of {@link #where}, and these behind them. */
  List<Object> values(Object... more) {
    List<Object> all = new ArrayList<>(values);
    all.addAll(List.of(more));
    return all;
  }

  void add(String condition, Optional<?> value) {
    value.ifPresent(
        one -> {
          where.append(" and ").append(condition);
          values.add(one);
        });
  }

  private static String like(String pattern) {
    return pattern.replace("!", "!!").replace("%", "!%").replace("_", "!_").replace('*', '%');
  }
}
