package io.chancery.x509;

import io.chancery.PkiException;
import io.chancery.Quoted;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** IP addresses between octets, text and {@link InetAddress}; nothing is ever looked up. */
final class IpText {
  private static final String OCTET = "(0|[1-9][0-9]{0,2})";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  private IpText() {}

  /** RFC 5280 s4.2.1.6: four octets, or sixteen; eight and 32 are ranges of name constraints. */
  static InetAddress address(byte[] octets) {
    InetAddress address;
    try {
      address = InetAddress.getByAddress(octets);
    } catch (UnknownHostException wrongLength) {
      throw new Place("iPAddress", "")
          .malformed(octets.length + " octets, not 4 or 16", "RFC 5280 s4.2.1.6");
    }
    if (address.getAddress().length != octets.length) {
      throw mapped(address.getHostAddress());
    }
    return address;
  }

  /** Dotted decimal without leading zeros (which some read as octal), or RFC 4291 s2.2. */
  static InetAddress parse(String text) {
    boolean six = text.contains(":");
    if (!(six ? V6 : V4).matcher(text).matches()) {
      throw malformed(text, "is no IPv4 or IPv6 literal", "RFC 5280 s4.2.1.6");
    }
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException notAnAddress) {
      throw malformed(text, "is no address", "RFC 4291 s2.2");
    }
    if (six && address instanceof Inet4Address) {
      throw mapped(text);
    }
    return address;
  }

  /** Dotted decimal, or RFC 5952 s4: lower case, the longest run of zero groups as {@code ::}. */
  static String of(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 4) {
      return address.getHostAddress();
    }
    int[] run = longestZeroRun(octets);
    StringBuilder text = new StringBuilder();
    for (int group = 0; group < 8; group++) {
      if (group == run[0]) {
        text.append("::");
        group += run[1] - 1;
      } else {
        boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(group(octets, group)));
      }
    }
    return text.toString();
  }

  /** Start and length; RFC 5952 s4.2.2, s4.2.3: at least two groups, the first of equal ones. */
  private static int[] longestZeroRun(byte[] octets) {
    int[] best = {-1, 1};
    int length = 0;
    for (int group = 0; group < 8; group++) {
      length = group(octets, group) == 0 ? length + 1 : 0;
      if (length > best[1]) {
        best = new int[] {group - length + 1, length};
      }
    }
    return best;
  }

  private static int group(byte[] octets, int index) {
    return (octets[2 * index] & 0xff) << 8 | (octets[2 * index + 1] & 0xff);
  }

  /** RFC 4291 s2.5.5.2: Java turns it into the IPv4 address, which is another name. */
  private static PkiException mapped(String text) {
    return malformed(
        text, "is an IPv4-mapped IPv6 address; give the IPv4 address", "RFC 4291 s2.5.5.2");
  }

  private static PkiException malformed(String text, String reason, String clause) {
    return new Place("iPAddress", Quoted.of(text)).malformed(reason, clause);
  }
}
