package io.chancery.api.limits;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** A body that says no as soon as it is longer than it may be. */
final class BoundedBody extends FilterInputStream {
  private final long limit;
  private final Consumer<PkiException> tooLong;
  private long read;

  /** {@code tooLong} hears of it before whoever reads does. */
  BoundedBody(InputStream body, long limit, Consumer<PkiException> tooLong) {
    super(body);
    this.limit = limit;
    this.tooLong = tooLong;
  }

  static PkiException tooLarge(long limit) {
    return new Failure.TooLarge("the body", limit, "octets").thrown();
  }

  @Override
  public int read() throws IOException {
    int octet = super.read();
    count(octet < 0 ? 0 : 1);
    return octet;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int got = super.read(into, offset, length);
    count(Math.max(0, got));
    return got;
  }

  private void count(int more) {
    read += more;
    if (read > limit) {
      PkiException refused = tooLarge(limit);
      tooLong.accept(refused);
      throw refused;
    }
  }

  /** What is too long is not read to its end, as closing it would. */
  @Override
  public void close() throws IOException {
    if (read <= limit) {
      super.close();
    }
  }
}
