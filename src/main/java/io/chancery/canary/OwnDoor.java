package io.chancery.canary;

import io.chancery.inventory.Entry;
import io.chancery.issuance.Issuer;
import io.chancery.rotation.OwnListener;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.JavaCertificates;
import io.chancery.x509.handshake.KeyStores;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Goes through the authority's own https door as a client does: mutual TLS, the server's name
 * checked. A bare socket, because the name stands in no resolver that this host may have.
 */
@Singleton
final class OwnDoor {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final char[] NO_PASSWORD = {};

  private final OwnListener listener;

  @Inject
  OwnDoor(OwnListener listener) {
    this.listener = listener;
  }

  /** The status of {@code GET /v1/certificates/...} about the certificate that is shown. */
  int call(KeyPair pair, Entry entry, Issuer issuer) throws IOException {
    try (Socket plain = new Socket()) {
      plain.connect(listener.address(), PATIENCE_MILLIS);
      plain.setSoTimeout(PATIENCE_MILLIS);
      try (SSLSocket socket = secured(plain, tls(pair, entry, issuer))) {
        String request =
            "GET /v1/certificates/"
                + entry.serial().hex()
                + " HTTP/1.1\r\nHost: "
                + listener.name()
                + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return status(
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
      }
    }
  }

  private SSLSocket secured(Socket plain, SSLContext tls) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(plain, listener.name(), listener.address().getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    // RFC 9110 s4.3.4: the name is checked as for every https client.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static int status(BufferedReader answer) throws IOException {
    String line = answer.readLine();
    if (line == null || !line.matches("HTTP/1\\.1 [0-9]{3}.*")) {
      throw new IOException("no HTTP answer");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private static SSLContext tls(KeyPair pair, Entry entry, Issuer issuer) throws IOException {
    try {
      List<IssuedCertificate> chain = new ArrayList<>();
      chain.add(entry.certificate());
      chain.add(issuer.certificate());
      KeyStore own = KeyStores.inMemory();
      own.setKeyEntry(
          "canary",
          pair.getPrivate(),
          NO_PASSWORD,
          chain.stream().map(JavaCertificates::of).toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, NO_PASSWORD);
      KeyStore trusted = KeyStores.inMemory();
      trusted.setCertificateEntry("issuer", JavaCertificates.of(issuer.certificate()));
      for (IssuedCertificate above : issuer.chain()) {
        trusted.setCertificateEntry(above.thumbprint().hex(), JavaCertificates.of(above));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return tls;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a key store in memory cannot fail", impossible);
    }
  }
}
