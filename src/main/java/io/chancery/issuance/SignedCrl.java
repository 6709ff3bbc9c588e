package io.chancery.issuance;

import io.chancery.issuance.der.DerBuffer;
import io.chancery.issuance.der.Octets;
import io.chancery.x509.Der;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A CRL that was signed: what stands before its entries, the entries, what stands behind them. */
public final class SignedCrl implements Octets {
  private final byte[] head;
  private final CrlEntries entries;
  private final byte[] tail;

  SignedCrl(DerBuffer head, CrlEntries entries, DerBuffer tail) {
    this.head = head.toArray();
    this.entries = entries;
    this.tail = tail.toArray();
  }

  /** In order, as long as the entries are not closed. */
  @Override
  public void each(Consumer<ByteBuffer> piece) {
    piece.accept(ByteBuffer.wrap(head).asReadOnlyBuffer());
    entries.each(piece);
    piece.accept(ByteBuffer.wrap(tail).asReadOnlyBuffer());
  }

  @Override
  public long length() {
    return head.length + entries.length() + tail.length;
  }

  public long entries() {
    return entries.count();
  }

  /** The whole in memory, for one that is known to be short. */
  public Der der() {
    return Der.of(whole());
  }
}
