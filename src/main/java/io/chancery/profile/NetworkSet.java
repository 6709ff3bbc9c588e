package io.chancery.profile;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.x509.SubjectAltName;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The addresses of one network (RFC 4632, RFC 4291 s2.3); IPv4 and IPv6 never mix. */
record NetworkSet(SubjectAltName.Ip first, int prefix) implements NameSet {
  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

  /** Reads {@code 10.0.0.0/8} or a single address. */
  static NetworkSet parse(String text) {
    int slash = text.indexOf('/');
    SubjectAltName.Ip address =
        SubjectAltName.Ip.parse(slash < 0 ? text : text.substring(0, slash));
    int bits = octets(address).length * Byte.SIZE;
    String length = slash < 0 ? String.valueOf(bits) : text.substring(slash + 1);
    if (!PREFIX.matcher(length).matches() || Integer.parseInt(length) > bits) {
      throw malformed(text, "its length is not a number from 0 to " + bits);
    }
    int prefix = Integer.parseInt(length);
    SubjectAltName.Ip first = SubjectAltName.Ip.of(masked(octets(address), prefix));
    if (!first.equals(address)) {
      // An operator who writes 10.0.0.1/8 means either one host or the network: not to be guessed.
      throw malformed(
          text,
          "has bits behind its length: write "
              + first.value()
              + "/"
              + prefix
              + " for the network, "
              + address.value()
              + " for the host");
    }
    return new NetworkSet(first, prefix);
  }

  @Override
  public boolean covers(SubjectAltName name) {
    if (!(name instanceof SubjectAltName.Ip ip)) {
      return false;
    }
    byte[] octets = octets(ip);
    return octets.length == octets(first).length
        && Arrays.equals(masked(octets, prefix), octets(first));
  }

  @Override
  public String text() {
    int bits = octets(first).length * Byte.SIZE;
    return prefix == bits ? first.value() : first.value() + "/" + prefix;
  }

  private static byte[] octets(SubjectAltName.Ip ip) {
    return ip.address().getAddress();
  }

  private static byte[] masked(byte[] octets, int prefix) {
    byte[] masked = octets.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.clamp(prefix - (long) i * Byte.SIZE, 0, Byte.SIZE);
      masked[i] = (byte) (masked[i] & (0xff << (Byte.SIZE - kept)));
    }
    return masked;
  }

  private static PkiException malformed(String text, String reason) {
    return new Failure.Malformed("network", Quoted.of(text), reason, "RFC 4632 s3.1").thrown();
  }
}
