package io.chancery.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.inventory.StatusChange;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.note.Signers;
import io.chancery.testing.OpenSslTool;
import io.chancery.testing.Refusals;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.IssuerName;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a receipt says, who can check it, and what it can never be taken for. */
class ReceiptTest {
  private static final Instant AT = Instant.parse("2026-05-01T10:00:00Z");
  private static final SerialNumber SERIAL = SerialNumber.parse("0a1b");
  private static final String ORIGIN = "chancery.internal/test";
  private static final String TEXT =
      """
      chancery-receipt/v1 chancery.internal/test
      serial 0a1b
      issuer issuing
      status revoked
      reason keyCompromise
      version 3
      revokedAt 2026-05-01T10:00:00Z
      changedAt 2026-05-01T10:00:00.250Z
      at 2026-05-01T10:00:01Z
      channel ocsp/one host:8443 2026-05-01T10:00:00.300Z
      channel ocsp/two host:9443 pending
      channel full number=12 2026-05-01T10:00:00.900Z
      channel shard/3 - earlier
      """;

  private final NoteSigner signer = Signers.log(ORIGIN);
  private final Note note =
      new ReceiptSigner(signer).sign(new Receipt(visibility(), AT.plusSeconds(1)));

  @TempDir Path folder;

  @Test
  void itSaysWhatCanBeSeenAndWhatCannotYet() {
    assertThat(note.text()).isEqualTo(TEXT);
  }

  @Test
  void theVerifierKeyOfTheLedgerChecksIt() {
    Note read = Note.parse(note.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(read.verified(List.of(NoteKey.parse(signer.key().vkey())))).hasSize(1);
    Note forged = new Note(TEXT.replace("pending", AT.toString()), read.signatures());
    assertThat(Refusals.of(() -> forged.verified(List.of(signer.key()))))
        .isInstanceOf(Failure.Refused.class);
  }

  /** As docs/visibility.md tells everyone to. */
  @Test
  void opensslChecksItWithNothingOfOurs() throws IOException, InterruptedException {
    String whole = note.toString();
    int blank = whole.indexOf("\n\n");
    Files.writeString(folder.resolve("text"), whole.substring(0, blank + 1));
    String line = whole.substring(blank + 2).strip();
    byte[] blob = Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
    Files.write(folder.resolve("signature"), Arrays.copyOfRange(blob, 4, blob.length));
    byte[] typed = Base64.getDecoder().decode(signer.key().vkey().split("\\+", 3)[2]);
    byte[] head = HexFormat.of().parseHex("302a300506032b6570032100"); // RFC 8410 s4
    byte[] info = Arrays.copyOf(head, head.length + 32);
    System.arraycopy(typed, 1, info, head.length, 32);
    Files.write(folder.resolve("key.der"), info);

    OpenSslTool openssl = new OpenSslTool(folder);
    String[] verify = {
      "pkeyutl",
      "-verify",
      "-pubin",
      "-inkey",
      "key.der",
      "-keyform",
      "DER",
      "-rawin",
      "-in",
      "text",
      "-sigfile",
      "signature"
    };
    assertThat(openssl.mustRun(verify)).contains("Verified Successfully");
    Files.writeString(folder.resolve("text"), TEXT.replace("keyCompromise", "superseded"));
    assertThat(openssl.run(verify).status()).isNotZero();
  }

  @Test
  void nobodyCanTakeItForACheckpoint() {
    Refusals.malformed(() -> Checkpoint.parse(note.text()));
    String first = note.text().lines().findFirst().orElseThrow();
    Refusals.malformed(() -> NoteKey.of(first, NoteKey.Type.ED25519, new byte[32]));
    // Whatever a certificate's status is, the second line is never a tree's size.
    Visibility untouched = new Visibility(SERIAL, Optional.empty(), List.of());
    Note other = new ReceiptSigner(signer).sign(new Receipt(untouched, AT));
    assertThat(other.text()).contains("\nstatus good\n");
    Refusals.malformed(() -> Checkpoint.parse(other.text()));
  }

  private static Visibility visibility() {
    return new Visibility(
        SERIAL,
        Optional.of(
            new StatusChange(
                SERIAL,
                new IssuerName("issuing"),
                OptionalInt.of(3),
                AT.plusSeconds(3600),
                3,
                new CertificateStatus.Revoked(
                    AT, RevocationReason.KEY_COMPROMISE, Optional.empty()),
                AT.plusMillis(250))),
        List.of(
            sight("ocsp/one", "host:8443", AT.plusMillis(300)),
            new Visibility.Sight(
                "ocsp/two",
                Optional.of("host:9443"),
                OptionalLong.empty(),
                Visibility.State.PENDING,
                Optional.empty()),
            new Visibility.Sight(
                "full",
                Optional.empty(),
                OptionalLong.of(12),
                Visibility.State.VISIBLE,
                Optional.of(AT.plusMillis(900))),
            new Visibility.Sight(
                "shard/3",
                Optional.empty(),
                OptionalLong.empty(),
                Visibility.State.VISIBLE,
                Optional.empty())));
  }

  private static Visibility.Sight sight(String channel, String replica, Instant at) {
    return new Visibility.Sight(
        channel,
        Optional.of(replica),
        OptionalLong.empty(),
        Visibility.State.VISIBLE,
        Optional.of(at));
  }
}
