package io.chancery.visibility;

import java.util.OptionalLong;

/** Where validators look: OCSP of one replica, or a CRL, which has a number. */
public sealed interface Channel {
  /** What stands in the table, and in what is shown. */
  String text();

  /** The number of the CRL that shows it, where it is one. */
  default OptionalLong crlNumber() {
    return OptionalLong.empty();
  }

  /** OCSP as this replica answers it. */
  record Ocsp(String replica) implements Channel {
    static final String PREFIX = "ocsp/";

    @Override
    public String text() {
      return PREFIX + replica;
    }
  }

  /** The CRL of the whole issuer. */
  record Full(long number) implements Channel {
    public static final String TEXT = "full";

    @Override
    public String text() {
      return TEXT;
    }

    @Override
    public OptionalLong crlNumber() {
      return OptionalLong.of(number);
    }
  }

  /** The delta CRL of whatever the certificate's complete CRL is. */
  record Delta(long number) implements Channel {
    public static final String TEXT = "delta";

    @Override
    public String text() {
      return TEXT;
    }

    @Override
    public OptionalLong crlNumber() {
      return OptionalLong.of(number);
    }
  }

  /** The CRL of one shard. */
  record Shard(int shard, long number) implements Channel {
    @Override
    public String text() {
      return text(shard);
    }

    public static String text(int shard) {
      return "shard/" + shard;
    }

    @Override
    public OptionalLong crlNumber() {
      return OptionalLong.of(number);
    }
  }
}
