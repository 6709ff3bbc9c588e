package io.chancery.issuance;

import io.chancery.issuance.der.DerBuffer;
import io.chancery.issuance.der.DerTime;
import io.chancery.issuance.der.Octets;
import io.chancery.x509.RevocationReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes revoked entries as DER, one after the other, into a file: a million of them are 40 MB of
 * octets and would be a gigabyte of objects. What fits into one buffer needs no file. Every part is
 * shorter than 128 octets, so that each length is one octet.
 */
public final class CrlEntries implements Octets, AutoCloseable {
  /** Says that an entry has no invalidity date. */
  public static final long NO_DATE = Long.MIN_VALUE;

  private static final int PIECE = 1 << 16;
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  /** Extension { reasonCode 2.5.29.21, OCTET STRING { ENUMERATED, 1 octet } } up to the value. */
  private static final byte[] REASON = HexFormat.of().parseHex("300a0603551d1504030a01");

  /** Extension { invalidityDate 2.5.29.24, OCTET STRING { GeneralizedTime } } up to the value. */
  private static final byte[] INVALIDITY = HexFormat.of().parseHex("30180603551d180411180f");

  private static final int REASON_LENGTH = REASON.length + 1;
  private static final int INVALIDITY_LENGTH = INVALIDITY.length + DerTime.GENERALIZED_LENGTH;

  private final Path folder;
  private final DerBuffer buffer = new DerBuffer(2 * PIECE);
  private Optional<FileChannel> file = Optional.empty();
  private long written;
  private long count;
  private long removals;

  private CrlEntries(Path folder) {
    this.folder = folder;
  }

  /** None yet; the file, where one is needed, is made in this folder and has no name. */
  public static CrlEntries in(Path folder) {
    return new CrlEntries(folder);
  }

  /** How many were written. */
  public long count() {
    return count;
  }

  /** How many of them say removeFromCRL. */
  long removals() {
    return removals;
  }

  @Override
  public long length() {
    return written + buffer.length();
  }

  public void add(CrlEntry entry) {
    byte[] serial = entry.serial().value().toByteArray();
    add(
        serial,
        serial.length,
        entry.revokedAt().getEpochSecond(),
        entry.reason().code(),
        entry.invalidityDate().map(Instant::getEpochSecond).orElse(NO_DATE));
  }

  /**
   * One more, without an object of its own.
   *
   * @param serial as the contents of an INTEGER
   * @param length how many of its octets count
   * @param revokedAt in seconds since 1970, as {@code invalidityDate}, which may be {@link
   *     #NO_DATE}
   * @param reason RFC 5280's number for it
   */
  public void add(byte[] serial, int length, long revokedAt, int reason, long invalidityDate) {
    // RFC 5280 s5.3.1: reason unspecified SHOULD be absent instead of using the value 0.
    boolean saysReason = reason != RevocationReason.UNSPECIFIED.code();
    boolean saysDate = invalidityDate != NO_DATE;
    int extensions = (saysReason ? REASON_LENGTH : 0) + (saysDate ? INVALIDITY_LENGTH : 0);
    int whole = 2 + length + DerTime.length(revokedAt) + (extensions == 0 ? 0 : 2 + extensions);
    buffer.octet(SEQUENCE).octet(whole);
    buffer.octet(INTEGER).octet(length).octets(serial, length);
    DerTime.write(buffer, revokedAt);
    // RFC 5280 s5.1: SEQUENCE SIZE (1..MAX), so an empty one is left out.
    if (extensions > 0) {
      buffer.octet(SEQUENCE).octet(extensions);
    }
    if (saysReason) {
      buffer.octets(REASON).octet(reason);
    }
    if (saysDate) {
      // RFC 5280 s5.3.2: always GeneralizedTime, to the second.
      buffer.octets(INVALIDITY);
      DerTime.writeGeneralized(buffer, invalidityDate);
    }
    count++;
    removals += reason == RevocationReason.REMOVE_FROM_CRL.code() ? 1 : 0;
    if (buffer.length() >= PIECE) {
      spill();
    }
  }

  @Override
  public void each(Consumer<ByteBuffer> piece) {
    if (file.isPresent()) {
      ByteBuffer read = ByteBuffer.allocate(PIECE);
      long at = 0;
      while (at < written) {
        at += read(file.get(), read.clear(), at);
        piece.accept(read.flip());
      }
    }
    piece.accept(buffer.view());
  }

  @Override
  public void close() {
    if (file.isPresent()) {
      try {
        file.get().close();
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }
  }

  private static int read(FileChannel file, ByteBuffer into, long at) {
    try {
      int count = file.read(into, at);
      if (count <= 0) {
        throw new IOException("the file of entries ends at " + at);
      }
      return count;
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private void spill() {
    try {
      if (file.isEmpty()) {
        file = Optional.of(nameless());
      }
      ByteBuffer all = buffer.view();
      while (all.hasRemaining()) {
        written += file.get().write(all);
      }
      buffer.clear();
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** A crash leaves no file behind: it has no name from its beginning. */
  private FileChannel nameless() throws IOException {
    Path path = Files.createTempFile(folder, "entries", ".tmp");
    try {
      return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(path);
    }
  }
}
