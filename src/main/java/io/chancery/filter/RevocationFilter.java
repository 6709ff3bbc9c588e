package io.chancery.filter;

import java.io.Serial;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signed filter of revoked certificates, and what it says of one. Exact for every certificate
 * that it covers; held counts as revoked. Depends on nothing but the JDK: take this file along.
 *
 * <p>It says nothing of whether a certificate is genuine: validate its path first.
 */
public final class RevocationFilter {
  /** The first line of the signed text. It has spaces, as no checkpoint's origin has. */
  static final String TITLE = "chancery revocation filter v1";

  static final byte[] MAGIC = "CFILTER1".getBytes(StandardCharsets.US_ASCII);
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
  private static final int LONGEST_NOTE = 4096;
  private static final byte ED25519 = 1; // C2SP signed-note, signature types
  private static final HexFormat HEX = HexFormat.of();

  // RFC 8410 s4: the SubjectPublicKeyInfo of an Ed25519 key is this and the key's 32 octets.
  private static final byte[] SPKI = HEX.parseHex("302a300506032b6570032100");

  private static final Pattern TEXT =
      Pattern.compile(
          TITLE
              + "\nissuer ([^\n]{1,200})\nkey ([0-9a-f]{64})\nnumber ([1-9][0-9]{0,17})"
              + "\nthisUpdate ([0-9TZ:-]{20})\nnextUpdate ([0-9TZ:-]{20})\ncut ([0-9TZ:-]{20})"
              + "\nbody ([0-9a-f]{64})\n");

  /** What a filter says of a certificate. */
  public enum Verdict {
    /** Revoked or on hold when the filter was made. */
    REVOKED,
    /** Issued, and nothing was known against it when the filter was made. */
    GOOD,
    /** Of another issuer, too new, or ended: ask OCSP or a CRL. */
    NOT_COVERED
  }

  /** Why a filter is not believed. */
  public enum Reason {
    MALFORMED,
    SIGNATURE,
    EXPIRED,
    NOT_YET
  }

  /** A filter that must not be used. */
  public static final class RefusedException extends Exception {
    @Serial private static final long serialVersionUID = 1L;
    private final Reason reason;

    RefusedException(Reason reason, String what) {
      super(what);
      this.reason = reason;
    }

    public Reason reason() {
      return reason;
    }
  }

  /** What is signed, besides the body's SHA-256 in hex; {@code key} is the issuer's key's. */
  public record Facts(
      String issuer,
      String key,
      long number,
      Instant thisUpdate,
      Instant nextUpdate,
      Instant cut,
      String body) {
    String text() {
      return TITLE
          + ("\nissuer " + issuer + "\nkey " + key + "\nnumber " + number)
          + ("\nthisUpdate " + thisUpdate + "\nnextUpdate " + nextUpdate + "\ncut " + cut)
          + ("\nbody " + body + "\n");
    }
  }

  private final Facts facts;
  private final long issued;
  private final long revoked;
  private final FilterLevel first;
  private final FilterLevel second;

  private RevocationFilter(Facts facts, ByteBuffer body) throws RefusedException {
    this.facts = facts;
    this.issued = Integer.toUnsignedLong(body.getInt());
    this.revoked = Integer.toUnsignedLong(body.getInt());
    boolean mixed = revoked > 0 && revoked < issued;
    this.first = mixed ? FilterLevel.read(1, body) : FilterLevel.EMPTY;
    this.second = mixed ? FilterLevel.read(2, body) : FilterLevel.EMPTY;
    if (body.hasRemaining() || revoked > issued || second.width() != (mixed ? 1 : 0)) {
      throw new RefusedException(Reason.MALFORMED, "the body does not fit its own numbers");
    }
  }

  /**
   * Reads a file and checks its signature.
   *
   * @param vkey the authority's ledger key, {@code name+id+base64}, as it was handed to you
   */
  public static RevocationFilter open(byte[] file, String vkey) throws RefusedException {
    try {
      ByteBuffer in = ByteBuffer.wrap(file);
      byte[] magic = new byte[MAGIC.length];
      in.get(magic);
      int length = Short.toUnsignedInt(in.getShort());
      if (!Arrays.equals(magic, MAGIC) || length > LONGEST_NOTE || length > in.remaining()) {
        throw new RefusedException(Reason.MALFORMED, "is no filter");
      }
      byte[] note = new byte[length];
      in.get(note);
      Facts facts = verified(new String(note, StandardCharsets.UTF_8), vkey);
      ByteBuffer body = in.slice();
      if (!HEX.formatHex(sha256(body.duplicate())).equals(facts.body())) {
        throw new RefusedException(Reason.SIGNATURE, "the body is not the one that was signed");
      }
      return new RevocationFilter(facts, body);
    } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException broken) {
      throw new RefusedException(Reason.MALFORMED, "is no filter: " + broken.getMessage());
    }
  }

  /** What the filter says of this certificate of this issuer; refused out of its own time. */
  public Verdict verdict(X509Certificate certificate, X509Certificate issuer, Instant now)
      throws RefusedException {
    if (!now.isBefore(facts.nextUpdate())) {
      throw new RefusedException(Reason.EXPIRED, "ended at " + facts.nextUpdate());
    }
    if (now.isBefore(facts.thisUpdate().minus(CLOCKS_DIFFER))) {
      throw new RefusedException(Reason.NOT_YET, "begins at " + facts.thisUpdate());
    }
    byte[] key = sha256(ByteBuffer.wrap(issuer.getPublicKey().getEncoded()));
    boolean covered =
        HEX.formatHex(key).equals(facts.key())
            && certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
            && certificate.getNotBefore().toInstant().isBefore(facts.cut())
            && !certificate.getNotAfter().toInstant().isBefore(facts.thisUpdate());
    return covered ? lookUp(Key.of(key, certificate.getSerialNumber())) : Verdict.NOT_COVERED;
  }

  /** What was signed. */
  public Facts facts() {
    return facts;
  }

  /** How many certificates are covered. */
  public long issued() {
    return issued;
  }

  /** How many of them are revoked. */
  public long revoked() {
    return revoked;
  }

  Verdict lookUp(Key key) {
    boolean is = revoked > 0 && (revoked == issued || (first.holds(key) && second.holds(key)));
    return is ? Verdict.REVOKED : Verdict.GOOD;
  }

  /** A certificate in the filter: 128 bits of SHA-256(SHA-256(issuer's key), serial number). */
  record Key(long a, long b) {
    static Key of(byte[] issuerKey, BigInteger serial) {
      byte[] hash = sha256(ByteBuffer.wrap(issuerKey), ByteBuffer.wrap(serial.toByteArray()));
      ByteBuffer words = ByteBuffer.wrap(hash);
      return new Key(words.getLong(), words.getLong());
    }
  }

  static byte[] sha256(ByteBuffer... parts) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      for (ByteBuffer part : parts) {
        hash.update(part);
      }
      return hash.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("this Java has no SHA-256", impossible);
    }
  }

  /** C2SP signed-note: text, an empty line, lines of dash, name, base64(key id, signature). */
  private static Facts verified(String note, String vkey) throws RefusedException {
    int blank = note.lastIndexOf("\n\n");
    Matcher parts = TEXT.matcher(note.substring(0, Math.max(0, blank + 1)));
    if (!parts.matches()) {
      throw new RefusedException(Reason.MALFORMED, "the signed text is none of a filter");
    }
    String[] key = vkey.strip().split("\\+", 3);
    byte[] typed = Base64.getDecoder().decode(key.length == 3 ? key[2] : "");
    byte[] id =
        sha256(
            ByteBuffer.wrap((key[0] + "\n").getBytes(StandardCharsets.UTF_8)),
            ByteBuffer.wrap(typed));
    if (typed.length != 33 || typed[0] != ED25519 || !key[1].equals(HEX.formatHex(id, 0, 4))) {
      throw new RefusedException(Reason.SIGNATURE, "the verifier key is no Ed25519 key of a note");
    }
    String start = "\u2014 " + key[0] + " ";
    for (String line : note.substring(blank + 2).split("\n", -1)) {
      byte[] blob = line.startsWith(start) ? base64(line.substring(start.length())) : new byte[0];
      if (blob.length == 68 && Arrays.equals(blob, 0, 4, id, 0, 4)) {
        mustHold(typed, parts.group(), Arrays.copyOfRange(blob, 4, 68));
        return facts(parts);
      }
    }
    throw new RefusedException(Reason.SIGNATURE, "the key " + key[0] + " has not signed it");
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  private static void mustHold(byte[] typed, String text, byte[] signature)
      throws RefusedException {
    try {
      byte[] info = Arrays.copyOf(SPKI, SPKI.length + 32);
      System.arraycopy(typed, 1, info, SPKI.length, 32);
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(info));
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(text.getBytes(StandardCharsets.UTF_8));
      if (check.verify(signature)) {
        return;
      }
    } catch (GeneralSecurityException notOne) {
      throw new RefusedException(Reason.SIGNATURE, "the signature is none: " + notOne.getMessage());
    }
    throw new RefusedException(Reason.SIGNATURE, "the signature is not of its key");
  }

  private static Facts facts(Matcher parts) {
    return new Facts(
        parts.group(1),
        parts.group(2),
        Long.parseLong(parts.group(3)),
        Instant.parse(parts.group(4)),
        Instant.parse(parts.group(5)),
        Instant.parse(parts.group(6)),
        parts.group(7));
  }
}
