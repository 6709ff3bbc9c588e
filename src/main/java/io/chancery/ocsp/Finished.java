package io.chancery.ocsp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it is written to a connection, with what its headers say. It may be sent as long as
 * the shelf holds nothing else about the certificate, and its time has not passed.
 */
final class Finished {
  private static final byte[] NOTHING = {};

  private final Answer answer;
  private final byte[] serial;
  private final byte[] kept;
  private final long until;
  private final Buffer body;
  private final CharSequence length;
  private @Nullable Validators validators;

  /** What a cache asks with (RFC 9110 s8.8). */
  record Validators(CharSequence tag, CharSequence lastModified) {}

  private Finished(Answer answer, byte[] serial, byte[] kept, long until) {
    this.answer = answer;
    this.serial = serial;
    this.kept = kept;
    this.until = until;
    this.body = Buffer.buffer(answer.octets());
    this.length = HttpHeaders.createOptimized(String.valueOf(answer.octets().length));
  }

  /** From the shelf, asked for with these octets of a serial. */
  static Finished of(KeptAnswer kept, byte[] serial, Answer answer) {
    return new Finished(answer, serial, kept.octets(), kept.until());
  }

  /** Sent once. */
  static Finished once(Answer answer) {
    return new Finished(answer, NOTHING, NOTHING, 0);
  }

  /** Whether it is what the shelf would say at this second. */
  boolean isCurrent(AnswerShelf shelf, long second) {
    if (second >= until) {
      return false;
    }
    Optional<KeptAnswer> there = shelf.find(serial);
    return there.isPresent() && there.get().octets() == kept;
  }

  Answer answer() {
    return answer;
  }

  Buffer body() {
    return body;
  }

  CharSequence length() {
    return length;
  }

  /** Made when the first cache wants them; two threads would make the same. */
  Validators validators() {
    Validators made = validators;
    if (made == null) {
      made =
          new Validators(
              HttpHeaders.createOptimized(tag(answer.octets())),
              HttpDates.text(answer.thisUpdate()));
      validators = made;
    }
    return made;
  }

  /** A strong validator (RFC 9110 s8.8.1): 128 bits over every octet. */
  private static String tag(byte[] octets) {
    long first = 0xcbf2_9ce4_8422_2325L;
    long second = 0;
    for (byte octet : octets) {
      first = (first ^ octet) * 0x100_0000_01b3L;
      second = second * 0x9e37_79b9_7f4a_7c15L + octet;
    }
    HexFormat hex = HexFormat.of();
    return '"' + hex.toHexDigits(first) + hex.toHexDigits(second) + '"';
  }
}
