package io.chancery.api;

import io.chancery.access.Credential;
import io.chancery.x509.Der;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.security.cert.CertificateEncodingException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What this request shows: a bearer token, else the certificate of its TLS connection. */
@RequestScoped
public class Credentials {
  private static final String BEARER = "bearer ";

  @Inject RoutingContext exchange;

  public Credential shown() {
    HttpServerRequest request = exchange.request();
    String authorization = request.getHeader("Authorization");
    if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return new Credential.BearerToken(
          new Credential.Secret(authorization.substring(BEARER.length()).strip()),
          HttpMethod.POST.equals(request.method())
              ? Optional.ofNullable(request.getHeader("Idempotency-Key"))
              : Optional.empty());
    }
    return Optional.ofNullable(request.sslSession())
        .flatMap(Credentials::clientCertificate)
        .map(Credential.class::cast)
        .orElseGet(Credential.None::new);
  }

  private static Optional<Credential.ClientCertificate> clientCertificate(SSLSession session) {
    try {
      return Optional.of(
          new Credential.ClientCertificate(Der.of(session.getPeerCertificates()[0].getEncoded())));
    } catch (SSLPeerUnverifiedException nobody) {
      return Optional.empty();
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("a certificate from a handshake has octets", impossible);
    }
  }
}
