package io.chancery.rotation;

import io.chancery.x509.SubjectAltName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Where this process's own https is, for one that calls it from here. */
@Singleton
public final class OwnListener {
  private static final String DNS = "dns:";
  private final ServerConfig config;

  @Inject
  OwnListener(ServerConfig config) {
    this.config = config;
  }

  /** Asked when it is needed: a listener may have chosen its port at its start. */
  public InetSocketAddress address() {
    Config now = ConfigProvider.getConfig();
    String host = now.getValue("quarkus.http.host", String.class);
    int port = now.getValue("quarkus.http.ssl-port", Integer.class);
    InetSocketAddress bound = new InetSocketAddress(host, port);
    return bound.getAddress() != null && bound.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
        : bound;
  }

  /** A name that its certificate holds. */
  public String name() {
    return config.names().stream()
        .map(name -> SubjectAltName.parse(name).text())
        .filter(text -> text.startsWith(DNS) && !text.contains("*"))
        .map(text -> text.substring(DNS.length()))
        .findFirst()
        .orElseGet(() -> address().getHostString());
  }
}
