package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.testing.MemoryKey;
import io.chancery.warrant.SigningSwitch;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start on an authority.yaml: what is sound opens, what is not is refused in one line. */
class AuthorityFileTest {
  private static final String DIGITS = "1234567890123456789012345678901234567890";

  @TempDir Path folder;

  private final Scene scene = new Scene();

  @BeforeEach
  void certificates() throws Exception {
    Files.writeString(folder.resolve("root.pem"), scene.root.pem());
    Files.writeString(folder.resolve("issuing.pem"), scene.issuing.pem());
  }

  @Test
  void aSoundOneOpens() throws Exception {
    AuthorityFile file = load(sound());
    Issuers issuers = open(file, Scene.NOW, scene.issuingKey);
    Issuer issuer = issuers.named(Scene.ISSUING);

    assertThat(file.ledgerKey().hex()).isEqualTo(DIGITS);
    assertThat(file.issuers().getFirst().responderKey().orElseThrow().hex())
        .isEqualTo("00" + "1e".repeat(19));
    assertThat(issuers.all()).containsExactly(issuer);
    assertThat(issuer.certificate()).isEqualTo(scene.issuing);
    assertThat(issuer.chain()).containsExactly(scene.root);
    assertThat(issuer.keyId()).isEqualTo(scene.issuingKey.id());
    assertThat(failure(() -> issuers.named(new IssuerName("other"))))
        .isInstanceOf(Failure.NotFound.class);
    assertThat(issuers.matching("1.2.3", new byte[20], new byte[20])).isEmpty();
    assertThat(issuers.matching("1.3.14.3.2.26", new byte[20], new byte[20])).isEmpty();
  }

  @Test
  void whatIsWrittenWrongIsRefusedInOneLine() {
    refused(sound().replace("ledgerKey", "ledgerkey"), "ledgerKey");
    refused(sound() + "ledgerKey: " + DIGITS + "\n", "uplicate");
    refused(sound() + "extra: 1\n", "unknown key 'extra'");
    refused(sound().replace(DIGITS, "12"), "40 hex");
    refused(sound().replace("name: issuing", "name: Issuing CA"), "no name");
    refused(sound().replace("issuing.pem", "absent.pem"), "absent.pem");
    refused(sound().replace("chain: [root.pem]", "chain:"), "chain");
    refused("issuers: []\nledgerKey: " + DIGITS + "\n", "issuers is empty");
    refused("issuers: [\n", "line");
    refused("", "");
    refused(sound() + "---\n" + sound(), "");
  }

  @Test
  void aFileThatIsAwayIsRefused() {
    assertThat(failure(() -> AuthorityFile.load(folder.resolve("absent.yaml"))))
        .isInstanceOf(Failure.Misconfigured.class);
  }

  @Test
  void aCertificateThatIsNoneIsRefused() throws Exception {
    Files.writeString(folder.resolve("issuing.pem"), "nothing");

    refused(sound(), "0 blocks of CERTIFICATE");
  }

  @Test
  void aKeyThatTheTokenLacksIsRefused() throws Exception {
    AuthorityFile file = load(sound());

    assertThat(misconfigured(() -> open(file, Scene.NOW))).contains("has no key");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    MemoryKey foreign = MemoryKey.named("foreign");
    AuthorityFile file = load(sound().replace(scene.issuingKey.id().hex(), foreign.id().hex()));

    assertThat(misconfigured(() -> open(file, Scene.NOW, foreign)))
        .contains("is not the key of its certificate");
  }

  @Test
  void anExpiredIssuerIsRefused() throws Exception {
    AuthorityFile file = load(sound());
    Instant late = Scene.ISSUING_VALIDITY.notAfter().plus(Duration.ofSeconds(1));

    assertThat(misconfigured(() -> open(file, late, scene.issuingKey))).contains("expired at");
  }

  @Test
  void anIssuerThatIsNoAuthorityIsRefused() throws Exception {
    MemoryKey leaf = MemoryKey.named("leaf");
    Files.writeString(folder.resolve("issuing.pem"), scene.issue(Scene.server()).pem());
    AuthorityFile file = load(sound().replace(scene.issuingKey.id().hex(), leaf.id().hex()));

    assertThat(misconfigured(() -> open(file, Scene.NOW, leaf))).contains("no authority");
  }

  @Test
  void aChainThatDoesNotVerifyIsRefused() throws Exception {
    Scene other = new Scene(MemoryKey.named("other root"), scene.issuingKey, NameConstraints.NONE);
    Files.writeString(folder.resolve("root.pem"), other.root.pem());
    AuthorityFile file = load(sound());

    assertThat(misconfigured(() -> open(file, Scene.NOW, scene.issuingKey)))
        .contains("is not signed by");
  }

  private String sound() {
    return """
        issuers:
          - name: issuing
            certificate: issuing.pem
            chain: [root.pem]
            key: %s
            responderKey: %s
        ledgerKey: %s
        """
        .formatted(scene.issuingKey.id(), "00" + "1e".repeat(19), DIGITS);
  }

  private AuthorityFile load(String yaml) throws Exception {
    return AuthorityFile.load(Files.writeString(folder.resolve("authority.yaml"), yaml));
  }

  private static Issuers open(AuthorityFile file, Instant now, SigningKey... keys) {
    return Issuers.open(
        file, new MemoryHsm(List.of(keys)), Scene.ADDRESSES, new SigningSwitch(), now);
  }

  private void refused(String yaml, String says) {
    assertThat(misconfigured(() -> load(yaml))).contains(says);
  }

  private static String misconfigured(ThrowingCallable deed) {
    Failure failure = failure(deed);
    assertThat(failure).isInstanceOf(Failure.Misconfigured.class);
    assertThat(failure.detail().lines()).hasSize(1);
    assertThat(failure.remedy()).isNotEmpty();
    return failure.detail();
  }

  private static Failure failure(ThrowingCallable deed) {
    return catchThrowableOfType(PkiException.class, deed).failure();
  }

  private record MemoryHsm(List<SigningKey> keys) implements Hsm {
    @Override
    public SigningKey key(KeyId id) {
      return keys.stream()
          .filter(key -> key.id().equals(id))
          .findFirst()
          .orElseThrow(() -> new Failure.NotFound("key", id.hex()).thrown());
    }

    @Override
    public SigningKey generate(KeyAlgorithm algorithm, String label) {
      return MemoryKey.generate(algorithm);
    }

    @Override
    public Health health() {
      return new Health("memory", true, "");
    }

    @Override
    public void close() {}
  }
}
