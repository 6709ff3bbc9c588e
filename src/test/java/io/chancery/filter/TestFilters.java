package io.chancery.filter;

import io.chancery.ledger.note.NoteSigner;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** Filters of real certificates, for tests of what reads them. */
public final class TestFilters {
  private TestFilters() {}

  /** The file that says of {@code issued} that {@code revoked} are revoked. */
  public static byte[] file(
      X509Certificate issuer,
      List<X509Certificate> issued,
      List<X509Certificate> revoked,
      Instant from,
      Instant until) {
    byte[] key = RevocationFilter.sha256(ByteBuffer.wrap(issuer.getPublicKey().getEncoded()));
    KeyList keys = new KeyList();
    revoked.forEach(one -> keys.add(RevocationFilter.Key.of(key, one.getSerialNumber())));
    byte[] body =
        FilterBody.of(
            issued.size(),
            keys,
            visit ->
                issued.forEach(
                    one -> visit.accept(RevocationFilter.Key.of(key, one.getSerialNumber()))));
    RevocationFilter.Facts facts =
        new RevocationFilter.Facts(
            "issuing",
            HexFormat.of().formatHex(key),
            42,
            from,
            until,
            from,
            HexFormat.of().formatHex(RevocationFilter.sha256(ByteBuffer.wrap(body))));
    return FilterFile.of(facts, body, signer());
  }

  /** Whose signature is under them. */
  public static NoteSigner signer() {
    return Filtered.SIGNER;
  }
}
