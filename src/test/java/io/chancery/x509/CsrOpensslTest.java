package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real openssl makes is read, or refused for the right reason. */
class CsrOpensslTest {
  @TempDir private Path folder;

  @BeforeAll
  static void opensslIsThere() {
    assumeTrue(
        System.getenv("PATH") != null
            && List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl"))),
        "openssl is not installed");
  }

  @ParameterizedTest
  @CsvSource({
    "ec -pkeyopt ec_paramgen_curve:P-256, ec-p256",
    "ec -pkeyopt ec_paramgen_curve:P-384, ec-p384",
    "ec -pkeyopt ec_paramgen_curve:P-521, ec-p521",
    "rsa:2048, rsa-2048",
    "rsa:3072, rsa-3072",
    "rsa:4096, rsa-4096",
    "ed25519, ed25519"
  })
  void everyAcceptedKindIsRead(String newKey, String algorithm) throws Exception {
    for (String form : List.of("PEM", "DER")) {
      Csr csr =
          Csr.parse(
              request(
                  newKey,
                  "-outform " + form,
                  "-subj",
                  "/C=NL/ST=Utrecht/L=Utrecht/O=Example Bank/OU=Payments/CN=payments",
                  "-addext",
                  "subjectAltName=DNS:payments.internal.test,IP:10.0.0.1,IP:::1,"
                      + "URI:spiffe://bank.test/pay,email:ops@bank.test"));

      assertThat(csr.key().algorithm()).hasToString(algorithm);
      assertThat(csr.subject())
          .hasToString("C=NL, ST=Utrecht, L=Utrecht, O=Example Bank, OU=Payments, CN=payments");
      assertThat(csr.names())
          .extracting(SubjectAltName::text)
          .containsExactly(
              "dns:payments.internal.test",
              "ip:10.0.0.1",
              "ip:::1",
              "uri:spiffe://bank.test/pay",
              "email:ops@bank.test");
    }
  }

  @Test
  void textBeforeThePemIsSkipped() throws Exception {
    Csr csr = Csr.parse(request("ed25519", "-text", "-subj", "/CN=a"));

    assertThat(csr.subject()).hasToString("CN=a");
  }

  @Test
  void theOlderLabelIsRead() throws Exception {
    Csr csr = Csr.parse(request("ed25519", "-newhdr", "-subj", "/CN=a"));

    assertThat(csr.subject()).hasToString("CN=a");
  }

  @Test
  void whatItAsksForIsListed() throws Exception {
    Csr csr =
        Csr.parse(
            request(
                "ed25519",
                "-subj",
                "/CN=a",
                "-addext",
                "basicConstraints=critical,CA:TRUE",
                "-addext",
                "keyUsage=keyCertSign",
                "-addext",
                "extendedKeyUsage=OCSPSigning,anyExtendedKeyUsage"));

    assertThat(csr.requested())
        .extracting(Csr.RequestedExtension::oid)
        .containsExactly("2.5.29.19", "2.5.29.15", "2.5.29.37");
    assertThat(csr.requested())
        .extracting(Csr.RequestedExtension::critical)
        .containsExactly(true, false, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ec -pkeyopt ec_paramgen_curve:P-192",
        "ec -pkeyopt ec_paramgen_curve:secp256k1",
        "ec -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit",
        "rsa:1024",
        "rsa:2047",
        "rsa:2048 -pkeyopt rsa_keygen_pubexp:3",
        "ed448"
      })
  void otherKeysAreRefusedAtTheKey(String newKey) throws Exception {
    byte[] request = request(newKey, "-subj", "/CN=a");

    assertThat(Refusals.malformed(() -> Csr.parse(request)).where()).isEqualTo("public key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-sha1", "-md5", "-sha224", "-sha256 -sigopt rsa_padding_mode:pss"})
  void otherSignaturesAreRefusedAtTheSignature(String digest) throws Exception {
    byte[] request = request("rsa:2048 " + digest, "-subj", "/CN=a");

    assertThat(Refusals.malformed(() -> Csr.parse(request)).where()).isEqualTo("signature");
  }

  @Test
  void aMailAddressInTheSubjectIsRefusedWithTheRemedy() throws Exception {
    byte[] request = request("ed25519", "-subj", "/CN=a/emailAddress=ops@bank.test");

    Failure.Malformed refusal = Refusals.malformed(() -> Csr.parse(request));

    assertThat(refusal.reason()).contains("subjectAltName");
    assertThat(refusal.clause()).isEqualTo("RFC 5280 s4.1.2.6");
  }

  @Test
  void aKeyInTheSameFileIsRefused() throws Exception {
    byte[] request = request("ed25519", "-subj", "/CN=a");
    byte[] key = Files.readAllBytes(folder.resolve("key.pem"));
    byte[] both = new byte[request.length + key.length];
    System.arraycopy(key, 0, both, 0, key.length);
    System.arraycopy(request, 0, both, key.length, request.length);

    assertThat(Refusals.malformed(() -> Csr.parse(both)).reason()).contains("private key");
  }

  /** Runs {@code openssl req}; the first two arguments are split at their spaces. */
  private byte[] request(String newKey, String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-new", "-nodes", "-newkey"));
    command.addAll(List.of(newKey.split(" ")));
    for (String argument : more) {
      command.addAll(argument.startsWith("-") ? List.of(argument.split(" ")) : List.of(argument));
    }
    Path out = folder.resolve("request");
    command.addAll(List.of("-keyout", folder.resolve("key.pem").toString()));
    command.addAll(List.of("-out", out.toString()));
    Process openssl =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(openssl.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(openssl.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
    return Files.readAllBytes(out);
  }
}
