package io.chancery.x509;

import io.chancery.PkiException;

/**
 * The first look at foreign octets: one DER structure, nothing behind it, and not nested deeper
 * than any request or certificate is. It walks without recursion and without allocating, so that
 * what it lets through can be handed to a decoder that recurses.
 */
final class DerStructure {
  /** A request nests 8 deep, a certificate's extensions a little deeper. */
  private static final int DEEPEST = 16;

  private static final int CONSTRUCTED = 0x20;
  private static final int UNIVERSAL = 0x00;
  private static final int CLASS = 0xc0;
  private static final int LOW_TAG = 0x1f;
  private static final int SEQUENCE = 0x10;
  private static final int SET = 0x11;

  private final Place place;
  private final byte[] octets;

  /** Where each structure that is open ends; {@code ends[0]} is the end of the input. */
  private final int[] ends = new int[DEEPEST + 1];

  private int depth;
  private int at;

  private DerStructure(Place place, byte[] octets) {
    this.place = place;
    this.octets = octets;
    this.ends[0] = octets.length;
  }

  /** Refuses, at {@code place}, what is not exactly one well-formed DER structure. */
  static void check(Place place, byte[] octets) {
    if (octets.length == 0) {
      throw place.malformed("is empty", "X.690 s8.1.1");
    }
    new DerStructure(place, octets).walk();
  }

  private void walk() {
    element();
    while (depth > 0) {
      if (at == ends[depth]) {
        depth--;
      } else {
        element();
      }
    }
    if (at != octets.length) {
      throw malformed("octets follow the end of the structure", "X.690 s8.1.1");
    }
  }

  private void element() {
    int start = at;
    int identifier = next();
    boolean universal = (identifier & CLASS) == UNIVERSAL;
    boolean constructed = (identifier & CONSTRUCTED) != 0;
    int tag = identifier & LOW_TAG;
    if (tag == LOW_TAG) {
      highTag(universal);
    }
    int length = length();
    if (universal) {
      checkForm(start, tag, constructed);
    }
    if (constructed) {
      // Checked before any decoder recurses: the stack cannot overflow.
      if (depth == DEEPEST) {
        throw malformed("is nested deeper than " + DEEPEST, "Chancery nesting limit");
      }
      ends[++depth] = at + length;
    } else {
      if (universal) {
        DerPrimitive.check(place.at("octet " + start), tag, octets, at, length);
      }
      at += length;
    }
  }

  /** X.690 s10.2: strings are primitive in DER; only SEQUENCE and SET are made of parts. */
  private void checkForm(int start, int tag, boolean constructed) {
    boolean ofParts = tag == SEQUENCE || tag == SET;
    if (tag == 0 || ofParts != constructed) {
      throw place
          .at("octet " + start)
          .malformed("a type in a form that DER does not have", "X.690 s10.2");
    }
  }

  /** X.690 s8.1.2.4: numbers from 31 on, in the fewest octets. */
  private void highTag(boolean universal) {
    int first = next();
    int octet = first;
    int count = 1;
    while ((octet & 0x80) != 0 && count < 4) {
      octet = next();
      count++;
    }
    if (universal || first == 0x80 || (octet & 0x80) != 0 || first < LOW_TAG) {
      throw malformed("a tag number that DER does not write so", "X.690 s8.1.2.4");
    }
  }

  /** X.690 s10.1: definite, in the fewest octets; and no longer than what holds it. */
  private int length() {
    int first = next();
    long length = first;
    if (first >= 0x80) {
      int count = first & 0x7f;
      if (count == 0 || count > 4) {
        throw malformed("an indefinite or oversized length", "X.690 s10.1");
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = (length << 8) | next();
      }
      if (length < 0x80 || (length >> (8 * (count - 1))) == 0) {
        throw malformed("a length in more octets than it needs", "X.690 s10.1");
      }
    }
    if (length > ends[depth] - at) {
      throw malformed("a length that reaches past its end: the input is cut off", "X.690 s8.1.3");
    }
    return (int) length;
  }

  private int next() {
    if (at >= ends[depth]) {
      throw malformed("ends in the middle of an element", "X.690 s8.1.1");
    }
    return octets[at++] & 0xff;
  }

  private PkiException malformed(String reason, String clause) {
    return place.at("octet " + at).malformed(reason, clause);
  }
}
