package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.hsm.mechanism.SigningMechanism;
import io.chancery.x509.KeyId;
import io.chancery.x509.SignatureAlgorithm;
import io.chancery.x509.SubjectPublicKey;
import java.util.List;
import java.util.Map;

/** A key on a token: what is public of it, and the way to a signature. */
final class Pkcs11Key implements SigningKey {
  private final Pkcs11Hsm hsm;
  private final FoundKey found;
  private final SigningMechanism mechanism;
  private volatile boolean used;
  private final SignatureTally tally = new SignatureTally();

  Pkcs11Key(Pkcs11Hsm hsm, FoundKey found, SigningMechanism mechanism) {
    this.hsm = hsm;
    this.found = found;
    this.mechanism = mechanism;
  }

  @Override
  public KeyId id() {
    return found.id();
  }

  @Override
  public SubjectPublicKey publicKey() {
    return found.publicKey();
  }

  @Override
  public String label() {
    return found.label();
  }

  @Override
  public byte[] sign(byte[] message) {
    return sign(Purpose.OTHER, message);
  }

  @Override
  public byte[] sign(Purpose purpose, byte[] message) {
    return sign(purpose, mechanism, mechanism.input(message));
  }

  /** The token signs a hash that was made here, so an EC key can sign any of them. */
  @Override
  public boolean can(SignatureAlgorithm other) {
    return other == algorithm()
        || (mechanism instanceof SigningMechanism.Ecdsa
            && other.fits(found.publicKey().algorithm().family()));
  }

  @Override
  public byte[] sign(Purpose purpose, SignatureAlgorithm with, byte[] message) {
    if (with != algorithm() && can(with) && mechanism instanceof SigningMechanism.Ecdsa own) {
      SigningMechanism other = new SigningMechanism.Ecdsa(with, own.orderOctets());
      return sign(purpose, other, other.input(message));
    }
    return SigningKey.super.sign(purpose, with, message);
  }

  @Override
  public byte[] sign(Purpose purpose, HashedMessage message) {
    return mechanism
        .overDigest()
        .map(over -> sign(purpose, over.mechanism(), over.input().apply(message.digest())))
        .orElseGet(() -> sign(purpose, message.whole().get()));
  }

  /** Whether the private key of this id is the one of the public key, shown by a signature. */
  boolean prove(PKCS11 cryptoki, long session, KeyReference reference) throws PKCS11Exception {
    List<Long> handles = reference.all(cryptoki, session);
    if (handles.size() != 1) {
      return false;
    }
    byte[] signature = KeyProof.sign(cryptoki, session, handles.getFirst(), mechanism);
    tally.add(Purpose.PROOF);
    return KeyProof.holds(found.publicKey(), signature);
  }

  /** A signature that was made to check the key when it was new. */
  void proven() {
    tally.add(Purpose.PROOF);
  }

  KeyReference reference() {
    return found.reference();
  }

  /** From now on it is tried whenever its token is connected. */
  void use() {
    used = true;
  }

  boolean isUsed() {
    return used;
  }

  @Override
  public Map<Purpose, Long> made() {
    return tally.counts();
  }

  @Override
  public String toString() {
    return "key " + found.id() + " on " + hsm;
  }

  private byte[] sign(Purpose purpose, SigningMechanism how, byte[] input) {
    return how.output(
        hsm.sign(
            purpose,
            found.id(),
            seat -> seat.persist((c, s) -> sign(purpose, seat, c, s, new Order(how, input)))));
  }

  @SuppressWarnings("ArrayRecordComponent") // made, signed, forgotten
  private record Order(SigningMechanism how, byte[] input) {}

  private byte[] sign(Purpose purpose, Seat seat, PKCS11 cryptoki, long session, Order order)
      throws PKCS11Exception {
    long handle = seat.handle(cryptoki, session, found);
    cryptoki.C_SignInit(session, order.how().mechanism(), handle, true);
    byte[] raw = cryptoki.C_Sign(session, order.input());
    tally.add(purpose);
    return raw;
  }
}
