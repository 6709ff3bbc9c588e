package io.chancery.cli.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.testing.FakeHsm;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys by label: found again, made where the token can, never made twice. */
class KeyRingTest {
  private static final List<KeyAlgorithm> LEDGER =
      List.of(KeyAlgorithm.ED25519, KeyAlgorithm.EC_P256);

  @TempDir Path folder;
  private final FakeHsm fake = new FakeHsm();
  private final List<String> said = new ArrayList<>();
  private KeyRing ring;

  @BeforeEach
  void openTheRing() {
    ring = new KeyRing(fake, transcript());
  }

  @Test
  void findsWhatItMade() {
    SigningKey made = ring.key("ledger", LEDGER, Optional.empty());
    assertThat(made.publicKey().algorithm()).isEqualTo(KeyAlgorithm.ED25519);
    assertThat(ring.key("ledger", LEDGER, Optional.empty()).id()).isEqualTo(made.id());
    assertThat(said)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("made   key 'ledger'"),
            second -> assertThat(second).startsWith("found  key 'ledger'"));
  }

  @Test
  void takesTheSecondAlgorithmWhereTheTokenLacksTheFirst() {
    KeyRing older = new KeyRing(new WithoutEd25519(fake), transcript());
    assertThat(older.key("ledger", LEDGER, Optional.empty()).publicKey().algorithm())
        .isEqualTo(KeyAlgorithm.EC_P256);
    assertThatExceptionOfType(PkiException.class)
        .as("the file says which: no other will do")
        .isThrownBy(() -> older.key("other", List.of(KeyAlgorithm.ED25519), Optional.empty()))
        .satisfies(refused -> assertThat(refused.failure()).isInstanceOf(Failure.Refused.class));
  }

  @Test
  void refusesAKeyOfAnotherAlgorithm() {
    ring.key("issuer", List.of(KeyAlgorithm.EC_P256), Optional.empty());
    assertConflict(List.of(KeyAlgorithm.EC_P384), Optional.empty());
  }

  @Test
  void refusesToMakeAKeyThatAPaperIsAbout() {
    assertConflict(List.of(KeyAlgorithm.EC_P256), Optional.of(folder.resolve("issuing.pem")));
    assertThat(fake.keys()).isEmpty();
  }

  private void assertConflict(List<KeyAlgorithm> algorithms, Optional<Path> relying) {
    assertThatExceptionOfType(PkiException.class)
        .isThrownBy(() -> ring.key("issuer", algorithms, relying))
        .satisfies(refused -> assertThat(refused.failure()).isInstanceOf(Failure.Conflict.class));
  }

  private Transcript transcript() {
    CeremonyTable table = new CeremonyTable(folder);
    Path root = folder.resolve("root.pem");
    CeremonySpec spec =
        CeremonySpec.load(
            table.file(
                "hsm: hsm.yaml\noutput: out\nroot: {kept: elsewhere, certificate: "
                    + root
                    + "}\n"
                    + CeremonyTable.ISSUING.formatted("")));
    return new Transcript(spec, InstantSource.fixed(Instant.EPOCH), said::add);
  }

  /** A token of the older kind. */
  private record WithoutEd25519(Hsm hsm) implements Hsm {
    @Override
    public SigningKey key(KeyId id) {
      return hsm.key(id);
    }

    @Override
    public List<SigningKey> keys() {
      return hsm.keys();
    }

    @Override
    public SigningKey generate(KeyAlgorithm algorithm, String label) {
      if (algorithm.equals(KeyAlgorithm.ED25519)) {
        throw new Failure.Refused("token-mechanism", "lacks EdDSA", "").thrown();
      }
      return hsm.generate(algorithm, label);
    }

    @Override
    public Health health() {
      return hsm.health();
    }

    @Override
    public void close() {
      hsm.close();
    }
  }
}
