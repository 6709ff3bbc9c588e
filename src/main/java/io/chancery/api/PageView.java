package io.chancery.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.inventory.Page;
import io.chancery.inventory.Query;
import io.chancery.issuance.Issuers;
import java.util.List;
import java.util.Optional;

/**
 * A page of certificates; {@code next} is the cursor of the page behind it. A page may hold less
 * than was asked for, even nothing, and have a next one: only the last has none.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PageView(List<CertificateView> items, Optional<String> next) {
  static PageView of(Page page, Issuers issuers) {
    return new PageView(
        page.entries().stream()
            .map(entry -> CertificateView.of(entry, issuers.named(entry.issuer())))
            .toList(),
        page.next().map(Query.Cursor::text));
  }
}
