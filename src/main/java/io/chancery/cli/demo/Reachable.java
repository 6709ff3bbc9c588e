package io.chancery.cli.demo;

import io.chancery.cli.local.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Whether somebody listens. After a hard kill the lock file still names addresses. */
final class Reachable {
  private static final int MILLIS = 2000;

  private Reachable() {}

  static boolean answers(Addresses addresses) {
    return answers(URI.create(addresses.https()));
  }

  static boolean answers(URI address) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }
}
