package io.chancery.x509;

/** The contents of one primitive element of a universal type, as DER writes it. */
final class DerPrimitive {
  private static final int BOOLEAN = 1;
  private static final int INTEGER = 2;
  private static final int BIT_STRING = 3;
  private static final int NULL = 5;
  private static final int OBJECT_IDENTIFIER = 6;
  private static final int ENUMERATED = 10;

  /** A UUID under 2.25 needs 20; nothing in use comes near. */
  private static final int LONGEST_OID = 64;

  private DerPrimitive() {}

  static void check(Place place, int tag, byte[] octets, int from, int length) {
    switch (tag) {
      case BOOLEAN -> checkBoolean(place, octets, from, length);
      case INTEGER, ENUMERATED -> checkInteger(place, octets, from, length);
      case BIT_STRING -> checkBits(place, octets, from, length);
      case NULL -> {
        if (length != 0) {
          throw place.malformed("a NULL with contents", "X.690 s8.8.2");
        }
      }
      case OBJECT_IDENTIFIER -> checkOid(place, octets, from, length);
      default -> {
        // Strings and times: read, and refused where wrong, by whoever expects them.
      }
    }
  }

  private static void checkBoolean(Place place, byte[] octets, int from, int length) {
    if (length != 1 || (octets[from] != 0 && octets[from] != -1)) {
      throw place.malformed("a BOOLEAN that is neither 00 nor FF", "X.690 s11.1");
    }
  }

  /** X.690 s8.3.2: the first nine bits are not all alike. */
  private static void checkInteger(Place place, byte[] octets, int from, int length) {
    boolean padded =
        length > 1
            && ((octets[from] == 0 && octets[from + 1] >= 0)
                || (octets[from] == -1 && octets[from + 1] < 0));
    if (length == 0 || padded) {
      throw place.malformed("an INTEGER that is empty or padded", "X.690 s8.3.2");
    }
  }

  private static void checkBits(Place place, byte[] octets, int from, int length) {
    int unused = length == 0 ? 8 : octets[from] & 0xff;
    if (unused > 7 || (length == 1 && unused != 0)) {
      throw place.malformed("a BIT STRING with a wrong count of unused bits", "X.690 s8.6.2");
    }
    if ((octets[from + length - 1] & ((1 << unused) - 1)) != 0 && length > 1) {
      throw place.malformed("a BIT STRING whose unused bits are not zero", "X.690 s11.2.1");
    }
  }

  private static void checkOid(Place place, byte[] octets, int from, int length) {
    if (length == 0 || length > LONGEST_OID || octets[from + length - 1] < 0) {
      throw place.malformed("an OBJECT IDENTIFIER that is empty, cut or too long", "X.690 s8.19");
    }
    boolean begins = true;
    for (int i = from; i < from + length; i++) {
      if (begins && octets[i] == (byte) 0x80) {
        throw place.malformed("an OBJECT IDENTIFIER with a padded number", "X.690 s8.19.2");
      }
      begins = octets[i] >= 0;
    }
  }
}
