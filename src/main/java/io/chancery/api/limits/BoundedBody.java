package io.chancery.api.limits;

import io.chancery.Failure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that says no as soon as it is longer than it may be. */
final class BoundedBody extends FilterInputStream {
  private final long limit;
  private long read;

  BoundedBody(InputStream body, long limit) {
    super(body);
    this.limit = limit;
  }

  static RuntimeException tooLarge(long limit) {
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
      throw tooLarge(limit);
    }
  }
}
