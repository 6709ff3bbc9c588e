package io.chancery.rotation;

import io.chancery.Failure;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.Purpose;
import io.chancery.hsm.SigningKey;
import io.chancery.issuance.AuthorityFile;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.visibility.ReceiptSigner;
import io.chancery.x509.Der;
import io.chancery.x509.KeyAlgorithm;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The ledger's own key in the token, under the name that its checkpoints carry. */
final class LedgerKey {
  private static final int SHORT = 16;

  @Produces
  @Singleton
  NoteSigner signer(
      AuthorityFile authority,
      Hsm hsm,
      @ConfigProperty(name = "chancery.ledger.origin") Optional<String> origin) {
    return signer(authority, hsm, origin, Purpose.CHECKPOINT);
  }

  /** The same key under the same name: what is signed cannot be taken for a checkpoint. */
  @Produces
  @Singleton
  @Identifier("filter")
  NoteSigner filterSigner(
      AuthorityFile authority,
      Hsm hsm,
      @ConfigProperty(name = "chancery.ledger.origin") Optional<String> origin) {
    return signer(authority, hsm, origin, Purpose.FILTER);
  }

  /** The same key under the same name; what it signs is counted apart. */
  @Produces
  @Singleton
  ReceiptSigner receipts(
      AuthorityFile authority,
      Hsm hsm,
      @ConfigProperty(name = "chancery.ledger.origin") Optional<String> origin) {
    return new ReceiptSigner(signer(authority, hsm, origin, Purpose.RECEIPT));
  }

  private static NoteSigner signer(
      AuthorityFile authority, Hsm hsm, Optional<String> origin, Purpose purpose) {
    SigningKey key = hsm.key(authority.ledgerKey());
    // C2SP signed-note: Ed25519 is the type that every verifier and witness reads.
    if (key.publicKey().algorithm() != KeyAlgorithm.ED25519) {
      throw new Failure.Misconfigured(
              "ledgerKey",
              "the key " + key.id() + " is " + key.publicKey().algorithm() + ", not Ed25519",
              "name an Ed25519 key in authority.yaml")
          .thrown();
    }
    String name =
        origin.orElse("chancery.internal/" + authority.ledgerKey().hex().substring(0, SHORT));
    return new NoteSigner(
        NoteKey.of(name, NoteKey.Type.ED25519, raw(key.publicKey().info())),
        octets -> key.sign(purpose, octets));
  }

  /** RFC 8410 s4: SubjectPublicKeyInfo of an Ed25519 key is twelve octets and the key's own 32. */
  private static byte[] raw(Der info) {
    return Arrays.copyOfRange(info.octets(), 12, 44);
  }
}
