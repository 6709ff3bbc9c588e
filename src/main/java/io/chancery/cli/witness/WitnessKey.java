package io.chancery.cli.witness;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.tree.TreeHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The witness's key file, made at the first start: its verifier key, then the private key as PEM
 * (RFC 7468 s2 lets text stand before it), readable by its owner only.
 */
final class WitnessKey {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?<vkey>[^\\n]+)\\n-----BEGIN PRIVATE KEY-----\\n(?<pkcs8>[A-Za-z0-9+/=\\n]+)"
              + "-----END PRIVATE KEY-----\\n");
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private WitnessKey() {}

  /** The key of the file; a new one, under this name or one made from the key, where none is. */
  static NoteSigner in(Path file, Optional<String> name) {
    try {
      if (!Files.exists(file)) {
        make(file, name);
      }
      checkOwner(file);
      return read(file, name);
    } catch (IOException cannot) {
      throw misconfigured(file, "cannot be read or written: " + cannot.getMessage());
    } catch (GeneralSecurityException unusable) {
      throw misconfigured(file, "holds no Ed25519 key that can sign");
    }
  }

  private static NoteSigner read(Path file, Optional<String> name)
      throws IOException, GeneralSecurityException {
    Matcher parts = SHAPE.matcher(Files.readString(file));
    if (!parts.matches()) {
      throw misconfigured(file, "is not a verifier key and a private key in PEM");
    }
    NoteKey key = NoteKey.parse(parts.group("vkey"));
    if (name.isPresent() && !name.get().equals(key.name())) {
      throw misconfigured(file, "is the key of " + key.name() + ", another witness's name");
    }
    byte[] pkcs8 = Base64.getMimeDecoder().decode(parts.group("pkcs8"));
    PrivateKey secret =
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    NoteSigner signer = new NoteSigner(key, octets -> sign(secret, octets));
    // A private key under another's verifier key is found now, not at the first request.
    signer.cosign("trial\n", Instant.EPOCH);
    return signer;
  }

  private static void make(Path file, Optional<String> name)
      throws IOException, GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String called = name.orElseGet(() -> nameOf(pair));
    NoteKey key = NoteKey.of(called, NoteKey.Type.COSIGNATURE_V1, pair.getPublic());
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded());
    String text =
        key.vkey() + "\n-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    Path part = file.resolveSibling(".new-" + file.getFileName());
    Files.deleteIfExists(part);
    try (FileChannel channel =
        FileChannel.open(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER))) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String nameOf(KeyPair pair) {
    return "chancery.internal/witness/"
        + TreeHash.leaf(pair.getPublic().getEncoded()).hex().substring(0, 16);
  }

  private static void checkOwner(Path file) throws IOException {
    if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
      throw misconfigured(file, "can be read or written by others: chmod 600 " + file);
    }
  }

  private static byte[] sign(PrivateKey secret, byte[] octets) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(octets);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("an Ed25519 key of this Java signs", impossible);
    }
  }

  private static PkiException misconfigured(Path file, String reason) {
    return new Failure.Misconfigured(
            "witness key " + file, reason, "a witness whose key is lost begins anew with another")
        .thrown();
  }
}
