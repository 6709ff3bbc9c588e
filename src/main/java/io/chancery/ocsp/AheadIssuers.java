package io.chancery.ocsp;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import java.util.List;

/** The issuers whose answers are made ahead, from the operator's words. */
final class AheadIssuers {
  private AheadIssuers() {}

  static List<Issuer> of(List<String> words, Issuers issuers) {
    if (words.equals(List.of("all"))) {
      return issuers.all();
    }
    if (words.equals(List.of("none"))) {
      return List.of();
    }
    List<Issuer> chosen =
        issuers.all().stream().filter(issuer -> words.contains(issuer.name().value())).toList();
    for (String word : words) {
      if (chosen.stream().noneMatch(issuer -> issuer.name().value().equals(word))) {
        throw new Failure.Misconfigured(
                "chancery.ocsp.ahead",
                Quoted.of(word) + " is no issuer",
                "write all, none, or names of issuers, with commas between")
            .thrown();
      }
    }
    return chosen;
  }
}
