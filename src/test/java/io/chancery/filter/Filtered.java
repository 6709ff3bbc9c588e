package io.chancery.filter;

import io.chancery.filter.RevocationFilter.Facts;
import io.chancery.filter.RevocationFilter.Key;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;

/** Random certificates of one issuer, the first of which are revoked, and the filter of them. */
record Filtered(long seed, int issued, int revoked, byte[] body) {
  static final byte[] ISSUER = RevocationFilter.sha256(ByteBuffer.wrap(new byte[] {1, 2, 3}));
  static final Instant NOW = Instant.parse("2026-11-25T22:00:00Z");
  private static final KeyPair PAIR = pair();
  static final NoteSigner SIGNER =
      new NoteSigner(
          NoteKey.of("chancery.internal/test", NoteKey.Type.ED25519, PAIR.getPublic()),
          Filtered::signed);

  static Filtered of(long seed, int issued, int revoked) {
    KeyList keys = new KeyList();
    each(seed, revoked, keys::add);
    return new Filtered(
        seed, issued, revoked, FilterBody.of(issued, keys, visit -> each(seed, issued, visit)));
  }

  /** The same serials each time, 159 bits as the authority gives them. */
  static void each(long seed, int count, Consumer<Key> visit) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      visit.accept(Key.of(ISSUER, new BigInteger(159, random)));
    }
  }

  Facts facts() {
    return new Facts(
        "issuing",
        HexFormat.of().formatHex(ISSUER),
        7,
        NOW,
        NOW.plus(Duration.ofHours(1)),
        NOW.minus(Duration.ofMinutes(15)),
        HexFormat.of().formatHex(RevocationFilter.sha256(ByteBuffer.wrap(body))));
  }

  byte[] file() {
    return FilterFile.of(facts(), body, SIGNER);
  }

  RevocationFilter open() {
    try {
      return RevocationFilter.open(file(), SIGNER.key().vkey());
    } catch (RevocationFilter.RefusedException broken) {
      throw new AssertionError(broken);
    }
  }

  double bitsPerRevoked() {
    return 8.0 * body.length / revoked;
  }

  private static byte[] signed(byte[] octets) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(PAIR.getPrivate());
      signature.update(octets);
      return signature.sign();
    } catch (GeneralSecurityException broken) {
      throw new AssertionError(broken);
    }
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException broken) {
      throw new AssertionError(broken);
    }
  }
}
