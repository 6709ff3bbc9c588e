package io.chancery.api.limits;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Who is counted as one address: an IPv4 address, or the /64 that one host of IPv6 commands. */
final class PeerAddress {
  private static final int HALF = 8;

  private PeerAddress() {}

  static String of(HttpServerRequest request) {
    SocketAddress remote = request.remoteAddress();
    String text = remote == null ? null : remote.hostAddress();
    return text == null ? "unknown" : of(text);
  }

  static String of(String text) {
    if (text.indexOf(':') < 0) {
      return text;
    }
    // RFC 4007 s11: a zone is the receiver's own word.
    InetAddress address = InetAddress.ofLiteral(text.replaceFirst("%.*", ""));
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), HALF)) + "::/64"
        : address.getHostAddress();
  }
}
