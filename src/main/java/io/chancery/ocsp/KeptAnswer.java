package io.chancery.ocsp;

import io.chancery.issuance.AnswerForm;
import io.chancery.issuance.SingleAnswer;
import io.chancery.issuance.Statement;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;

/**
 * An answer about one certificate as it is kept: its facts and its signature in one array, since a
 * million of them stay in memory. Without a signature it is a mark: what is known of the
 * certificate, for which no answer has been signed yet.
 *
 * @param octets serial 20, version 4, reason 1, since 4, thisUpdate 4, nextUpdate 4, notAfter 4,
 *     form 2, signature; big endian, times in seconds since 1970 without sign
 */
@SuppressWarnings("ArrayRecordComponent") // the array is the table's own, compared by identity
public record KeptAnswer(byte[] octets) {
  static final int SERIAL = 20;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final int VERSION = SERIAL;
  private static final int REASON = VERSION + 4;
  private static final int SINCE = REASON + 1;
  private static final int THIS_UPDATE = SINCE + 4;
  private static final int NEXT_UPDATE = THIS_UPDATE + 4;
  private static final int NOT_AFTER = NEXT_UPDATE + 4;
  private static final int FORM = NOT_AFTER + 4;
  private static final int SIGNATURE = FORM + 2;
  private static final byte GOOD = -1;
  private static final long LATEST = 0xffff_ffffL;

  /** What is known of a certificate's status. */
  public record Facts(
      SerialNumber serial, int version, SingleAnswer.Status status, Instant notAfter) {}

  /** When an answer was made, and until when it may be used. */
  public record Period(Instant thisUpdate, Instant nextUpdate) {}

  /**
   * @param form its index in {@link AnswerForms}
   */
  public static KeptAnswer of(Facts facts, Period period, int form, byte[] signature) {
    byte[] octets = new byte[SIGNATURE + signature.length];
    byte[] serial = facts.serial().value().toByteArray();
    System.arraycopy(serial, 0, octets, SERIAL - serial.length, serial.length);
    INT.set(octets, VERSION, facts.version());
    if (facts.status() instanceof SingleAnswer.Status.Revoked revoked) {
      octets[REASON] = (byte) revoked.reason().code();
      INT.set(octets, SINCE, seconds(revoked.at()));
    } else {
      octets[REASON] = GOOD;
    }
    INT.set(octets, THIS_UPDATE, seconds(period.thisUpdate()));
    INT.set(octets, NEXT_UPDATE, seconds(period.nextUpdate()));
    INT.set(octets, NOT_AFTER, seconds(facts.notAfter()));
    SHORT.set(octets, FORM, (short) form);
    System.arraycopy(signature, 0, octets, SIGNATURE, signature.length);
    return new KeptAnswer(octets);
  }

  /** What is known of a certificate before an answer is signed. */
  public static KeptAnswer mark(Facts facts, int form) {
    return of(facts, new Period(Instant.EPOCH, Instant.EPOCH), form, new byte[0]);
  }

  /** The same on another shelf, where its form has another number. */
  public KeptAnswer withForm(int form) {
    byte[] copy = octets.clone();
    SHORT.set(copy, FORM, (short) form);
    return new KeptAnswer(copy);
  }

  /** Whether these octets, which come from a file, can be an answer. */
  public static boolean isLongEnough(int length) {
    return length >= SIGNATURE;
  }

  /** The whole OCSPResponse in its form. */
  public byte[] whole(AnswerForm form) {
    return form.whole(said(), signature());
  }

  public boolean isSigned() {
    return octets.length > SIGNATURE;
  }

  /** Whether it may be sent at this time; of what has ended more must be said. */
  public boolean holds(long second) {
    return second < until() && isSigned();
  }

  /** Until when it may be sent. */
  public long until() {
    return Math.min(nextUpdate(), notAfter());
  }

  public int version() {
    return (int) INT.get(octets, VERSION);
  }

  public SingleAnswer.Status status() {
    return octets[REASON] == GOOD
        ? SingleAnswer.Status.GOOD
        : new SingleAnswer.Status.Revoked(
            Instant.ofEpochSecond(time(SINCE)), RevocationReason.ofCode(octets[REASON]));
  }

  public long thisUpdate() {
    return time(THIS_UPDATE);
  }

  public long nextUpdate() {
    return time(NEXT_UPDATE);
  }

  public long notAfter() {
    return time(NOT_AFTER);
  }

  public int form() {
    return Short.toUnsignedInt((short) SHORT.get(octets, FORM));
  }

  public byte[] signature() {
    return Arrays.copyOfRange(octets, SIGNATURE, octets.length);
  }

  public SerialNumber serial() {
    return new SerialNumber(new BigInteger(1, Arrays.copyOf(octets, SERIAL)));
  }

  /** Whether it is about the serial of these content octets. */
  boolean isAbout(byte[] serial) {
    int from = SERIAL - serial.length;
    if (!Arrays.equals(octets, from, SERIAL, serial, 0, serial.length)) {
      return false;
    }
    for (int i = 0; i < from; i++) {
      if (octets[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** What was signed. */
  public Statement said() {
    int from = 0;
    while (from < SERIAL - 1 && octets[from] == 0 && octets[from + 1] >= 0) {
      from++;
    }
    return Statement.kept(
        Arrays.copyOfRange(octets, from, SERIAL), status(), thisUpdate(), nextUpdate());
  }

  /** Whether it says more than the other: a later status, or the same one signed later. */
  boolean supersedes(KeptAnswer other) {
    int own = version();
    int others = other.version();
    return own > others || (own == others && thisUpdate() > other.thisUpdate());
  }

  private long time(int at) {
    return Integer.toUnsignedLong((int) INT.get(octets, at));
  }

  private static int seconds(Instant time) {
    return (int) Math.clamp(time.getEpochSecond(), 0, LATEST);
  }
}
