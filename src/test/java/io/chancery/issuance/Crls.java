package io.chancery.issuance;

import io.chancery.x509.Der;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** CRLs of a scene's issuer. */
final class Crls {
  static final CrlKind WHOLE =
      new CrlKind.Complete(Optional.of(Scene.ADDRESSES.delta(Scene.ISSUING)));
  static final CrlKind SHARD =
      new CrlKind.Shard(URI.create("http://status.internal.test:8080/crl/issuing/7.crl"));

  private Crls() {}

  static Der of(Scene scene, CrlContent content, Stream<CrlEntry> entries) {
    try (CrlEntries file = CrlEntries.in(Path.of("target"))) {
      entries.forEach(file::add);
      return scene.issuer.signCrl(content, file).der();
    }
  }

  static CrlContent content(BigInteger number, CrlKind kind) {
    return new CrlContent(number, Scene.NOW, Scene.NOW.plus(Duration.ofHours(1)), kind);
  }
}
