package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.x509.KeyId;
import io.chancery.x509.SubjectPublicKey;
import java.util.concurrent.atomic.LongAdder;

/** A key on a token: what is public of it, and the way to a signature. */
final class Pkcs11Key implements SigningKey {
  private final Pkcs11Hsm hsm;
  private final FoundKey found;
  private final SigningMechanism mechanism;
  private final LongAdder signatures = new LongAdder();

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
    byte[] input = mechanism.input(message);
    return mechanism.output(hsm.sign(seat -> seat.persist((c, s) -> sign(seat, c, s, input))));
  }

  @Override
  public long signatures() {
    return signatures.sum();
  }

  @Override
  public String toString() {
    return "key " + found.id() + " on " + hsm;
  }

  private byte[] sign(Seat seat, PKCS11 cryptoki, long session, byte[] input)
      throws PKCS11Exception {
    long handle = seat.handle(cryptoki, session, found.reference());
    cryptoki.C_SignInit(session, mechanism.mechanism(), handle, true);
    byte[] raw = cryptoki.C_Sign(session, input);
    signatures.increment();
    return raw;
  }
}
