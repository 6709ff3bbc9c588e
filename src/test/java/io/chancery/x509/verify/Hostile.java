package io.chancery.x509.verify;

import static io.chancery.x509.verify.Bent.changed;
import static io.chancery.x509.verify.Bent.element;
import static io.chancery.x509.verify.Bent.integer;
import static io.chancery.x509.verify.Bent.join;
import static io.chancery.x509.verify.Bent.longLength;
import static io.chancery.x509.verify.Bent.negative;
import static io.chancery.x509.verify.Bent.sequence;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECPoint;

/**
 * ECDSA over one curve, done by hand where a signer would never go: numbers at the edge of their
 * ranges, sums that meet the infinite point, encodings that mean the same without being DER.
 */
public final class Hostile {
  static final String WITHOUT_ITS_ZERO = "r without its zero";

  /** What somebody hands in, and whether it holds. */
  public record Case(
      String name, ECPublicKeyParameters key, byte[] hash, byte[] signature, boolean holds) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final ECNamedDomainParameters curve;
  private final BigInteger n;
  private final byte[] hash;
  private final BigInteger secret;
  private final ECPublicKeyParameters key;
  private final List<Case> cases = new ArrayList<>();

  private Hostile(ASN1ObjectIdentifier oid, String digest) throws NoSuchAlgorithmException {
    this.curve = new ECNamedDomainParameters(oid, CustomNamedCurves.getByOID(oid));
    this.n = curve.getN();
    this.hash = MessageDigest.getInstance(digest).digest(new byte[] {1, 2, 3});
    this.secret = number("secret");
    this.key = key(curve.getG().multiply(secret));
  }

  public static List<Case> cases(ASN1ObjectIdentifier oid, String digest) throws Exception {
    Hostile hostile = new Hostile(oid, digest);
    hostile.numbers();
    hostile.points();
    hostile.hashes();
    hostile.encodings();
    hostile.keys();
    return hostile.cases;
  }

  private void numbers() {
    BigInteger[] rs = sign(hash, number("k"));
    BigInteger r = rs[0];
    BigInteger s = rs[1];
    add("as signed", hash, pair(r, s), true);
    add("the other s", hash, pair(r, n.subtract(s)), true);
    add("the other r", hash, pair(n.subtract(r), s), false);
    add("swapped", hash, pair(s, r), false);
    add("r + n", hash, pair(r.add(n), s), false);
    add("s + n", hash, pair(r, s.add(n)), false);
    add("r - n", hash, pair(r.subtract(n), s), false);
    add("s - n", hash, pair(r, s.subtract(n)), false);
    add("r far too large", hash, pair(r.add(n.shiftLeft(n.bitLength())), s), false);
    add("s far too large", hash, pair(r, s.add(n.shiftLeft(4096))), false);
    BigInteger p = curve.getCurve().getField().getCharacteristic();
    List<BigInteger> edges =
        List.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.ONE.negate(),
            n.subtract(BigInteger.ONE),
            n,
            n.add(BigInteger.ONE),
            p.subtract(BigInteger.ONE),
            p,
            BigInteger.ONE.shiftLeft(n.bitLength()));
    for (BigInteger one : edges) {
      add("r at an edge", hash, pair(one, s), false);
      add("s at an edge", hash, pair(r, one), false);
      for (BigInteger two : edges) {
        add("both at an edge", hash, pair(one, two), false);
      }
    }
  }

  private void points() {
    BigInteger r = number("r");
    BigInteger s = number("s");
    // u1 G + u2 Q with e = -r d is the infinite point; its x is nothing, and no r equals it.
    byte[] opposite = octets(r.multiply(secret).negate().mod(n));
    add("a sum at infinity", opposite, pair(r, s), false);
    add("a sum at infinity, r is 1", opposite, pair(BigInteger.ONE, s), false);
    // e = r d makes both summands the same point, which a careless sum gets wrong.
    BigInteger k = number("twice");
    BigInteger x = curve.getG().multiply(k).normalize().getAffineXCoord().toBigInteger().mod(n);
    BigInteger e = x.multiply(secret).mod(n);
    add("twice the same point", octets(e), pair(x, s(e, x, k)), true);
    beyondTheOrder();
  }

  /** A key for which the sum's x is at least n, so that r is x - n (FIPS 186-5 s6.4.2 step 7). */
  private void beyondTheOrder() {
    BigInteger p = curve.getCurve().getField().getCharacteristic();
    BigInteger small = BigInteger.ONE;
    for (BigInteger r = small; n.compareTo(p) < 0 && r.bitLength() < 9; r = r.add(small)) {
      ECPoint sum = withX(r.add(n));
      if (sum != null) {
        BigInteger e =
            new BigInteger(1, hash).shiftRight(Math.max(0, hash.length * 8 - n.bitLength())).mod(n);
        BigInteger s = number("s");
        // Q = (s R - e G) / r
        ECPoint made =
            sum.multiply(s).add(curve.getG().multiply(n.subtract(e))).multiply(r.modInverse(n));
        cases.add(new Case("x beyond n", key(made), hash, pair(r, s), true));
        cases.add(new Case("x, not less n", key(made), hash, pair(r.add(n), s), false));
        cases.add(new Case("one beside", key(made), hash, pair(r.add(small), s), false));
        return;
      }
    }
  }

  private ECPoint withX(BigInteger x) {
    int length = curve.getCurve().getFieldElementEncodingLength();
    byte[] compressed = new byte[1 + length];
    byte[] number = x.toByteArray();
    int from = number.length > length ? number.length - length : 0;
    System.arraycopy(
        number, from, compressed, 1 + length - (number.length - from), number.length - from);
    compressed[0] = 2;
    try {
      return curve.getCurve().decodePoint(compressed);
    } catch (IllegalArgumentException noSuchPoint) {
      return null;
    }
  }

  private void hashes() {
    BigInteger k = number("k");
    byte[] right = pair(sign(hash, k)[0], sign(hash, k)[1]);
    byte[] flipped = hash.clone();
    flipped[flipped.length / 3] ^= 4;
    add("another message", flipped, right, false);
    List<byte[]> odd = new ArrayList<>();
    for (int length : new int[] {20, 32, 48, 64}) {
      byte[] ones = new byte[length];
      Arrays.fill(ones, (byte) 0xff);
      odd.add(ones);
      odd.add(new byte[length]);
    }
    for (byte[] one : odd) {
      BigInteger[] rs = sign(one, k);
      add("a hash of " + one.length, one, pair(rs[0], rs[1]), true);
      add("one more in s", one, pair(rs[0], rs[1].add(BigInteger.ONE)), false);
    }
  }

  private void encodings() {
    BigInteger[] rs = sign(hash, number("k"));
    byte[] good = pair(rs[0], rs[1]);
    byte[] r = integer(rs[0]);
    byte[] s = integer(rs[1]);
    byte[] zero = {0};
    byte[] wide = rs[0].toByteArray();
    encoded("nothing", new byte[0]);
    encoded("octets behind", join(good, zero));
    encoded("octets behind s", sequence(r, s, new byte[] {5, 0}));
    encoded("a third number", sequence(r, s, new byte[] {2, 1, 1}));
    encoded("one number", sequence(r));
    encoded("no number", sequence());
    encoded("cut off", Arrays.copyOf(good, good.length - 1));
    encoded("a zero before r", sequence(element(2, join(zero, wide)), s));
    encoded("a zero before s", sequence(r, element(2, join(zero, rs[1].toByteArray()))));
    encoded("an empty r", sequence(element(2), s));
    encoded("an empty s", sequence(r, element(2)));
    encoded("a set", join(new byte[] {0x31}, Arrays.copyOfRange(good, 1, good.length)));
    encoded("r an enumeration", sequence(element(10, wide), s));
    encoded("r an octet string", sequence(element(4, wide), s));
    encoded("r constructed", sequence(element(0x22, r), s));
    encoded("r an OID", sequence(element(6, wide), s));
    encoded("a length too long", longLength(good));
    encoded("r's length too long", sequence(longLength(r), s));
    encoded("no definite length", join(new byte[] {0x30, (byte) 0x80}, r, s, new byte[] {0, 0}));
    encoded("a length beyond the end", changed(good, 1, 1));
    encoded("a length before the end", changed(good, 1, -1));
    encoded("raw", join(fixed(rs[0]), fixed(rs[1])));
    encoded("wrapped twice", sequence(good));
    encoded("a negative r", sequence(element(2, negative(wide)), s));
    withoutItsZero();
    // All of them once; on slower curves some are enough.
    for (int i = 0; i < good.length; i += n.bitLength() > 256 ? 9 : 1) {
      encoded("bit 0 of octet " + i, changed(good, i, (good[i] & 1) == 0 ? 1 : -1));
      encoded("bit 7 of octet " + i, changed(good, i, 128));
    }
  }

  /** The zero that keeps a number positive is left out: in DER it is another, negative number. */
  private void withoutItsZero() {
    for (int i = 0; i < 64; i++) {
      BigInteger[] rs = sign(hash, number("zero" + i));
      byte[] wide = rs[0].toByteArray();
      if (wide[0] == 0) {
        byte[] bare = Arrays.copyOfRange(wide, 1, wide.length);
        encoded(WITHOUT_ITS_ZERO, sequence(element(2, bare), integer(rs[1])));
        return;
      }
    }
  }

  private void keys() {
    BigInteger[] rs = sign(hash, number("k"));
    byte[] good = pair(rs[0], rs[1]);
    cases.add(
        new Case("another key", key(curve.getG().multiply(number("other"))), hash, good, false));
    cases.add(new Case("the opposite key", key(key.getQ().negate()), hash, good, false));
    cases.add(new Case("the generator", key(curve.getG()), hash, good, false));
    // d = 1, and d = n - 1: legal points all the same.
    BigInteger k = number("k");
    for (BigInteger d : List.of(BigInteger.ONE, n.subtract(BigInteger.ONE))) {
      BigInteger x = rs[0];
      BigInteger s = k.modInverse(n).multiply(e(hash).add(x.multiply(d))).mod(n);
      cases.add(
          new Case("a key anybody has", key(curve.getG().multiply(d)), hash, pair(x, s), true));
    }
  }

  private void add(String name, byte[] over, byte[] signature, boolean holds) {
    cases.add(new Case(name, key, over, signature, holds));
  }

  private void encoded(String name, byte[] signature) {
    add(name, hash, signature, false);
  }

  private ECPublicKeyParameters key(ECPoint point) {
    return new ECPublicKeyParameters(point.normalize(), curve);
  }

  private BigInteger[] sign(byte[] over, BigInteger k) {
    BigInteger r = curve.getG().multiply(k).normalize().getAffineXCoord().toBigInteger().mod(n);
    return new BigInteger[] {r, s(e(over), r, k)};
  }

  private BigInteger s(BigInteger e, BigInteger r, BigInteger k) {
    return k.modInverse(n).multiply(e.add(r.multiply(secret))).mod(n);
  }

  /** FIPS 186-5 s6.4.1: the leftmost bits. */
  private BigInteger e(byte[] over) {
    return new BigInteger(1, over).shiftRight(Math.max(0, over.length * 8 - n.bitLength()));
  }

  /** A hash that is this number, without any octet to spare. */
  private byte[] octets(BigInteger e) {
    int spare = 8 * ((n.bitLength() + 7) / 8) - n.bitLength();
    return fixed(e.shiftLeft(spare));
  }

  private byte[] fixed(BigInteger number) {
    byte[] octets = new byte[(n.bitLength() + 7) / 8];
    byte[] minimal = number.toByteArray();
    int from = minimal[0] == 0 ? 1 : 0;
    int length = minimal.length - from;
    System.arraycopy(minimal, from, octets, octets.length - length, length);
    return octets;
  }

  /** The same one every time, below n. */
  private BigInteger number(String name) {
    return new BigInteger(
            1, name.repeat(n.bitLength() / 8).getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .pow(3)
        .mod(n);
  }

  private static byte[] pair(BigInteger r, BigInteger s) {
    return sequence(integer(r), integer(s));
  }
}
