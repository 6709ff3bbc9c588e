package io.chancery.issuance.lint.name;

import io.chancery.Quoted;
import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;

/** Every name keeps within the name constraints of the issuer and of everything above it. */
final class NameConstraintsHold extends Lint {

  NameConstraintsHold() {
    super("name-constraints-hold", "RFC 5280 s4.2.1.10");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    // RFC 5280 s4.2.1.10: they apply to the subject, when it is not empty, and to every
    // subjectAltName of all later certificates of the path.
    Stream<GeneralName> subject =
        it.subject().size() == 0 ? Stream.empty() : Stream.of(new GeneralName(it.subject()));
    return Stream.concat(subject, it.names().stream())
        .flatMap(
            name ->
                it.authority().constraints().breach(name).stream()
                    .map(why -> Quoted.of(name.toString()) + " " + why))
        .findFirst();
  }
}
