package io.chancery.api;

import io.chancery.access.Credential;
import io.chancery.x509.Der;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What this request shows: a bearer token, else the certificate of its TLS connection. */
@RequestScoped
public class Credentials {
  private static final String BEARER = "bearer ";
  private static final int LONGEST_CHAIN = 6;

  /** RFC 9440 s2.2, and what Envoy and others set. */
  private static final List<String> FORWARDING = List.of("Client-Cert", "X-Forwarded-Client-Cert");

  @Inject RoutingContext exchange;

  public Credential shown() {
    return of(exchange.request());
  }

  static Credential of(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return new Credential.BearerToken(
          new Credential.Secret(authorization.substring(BEARER.length()).strip()),
          HttpMethod.POST.equals(request.method())
              ? Optional.ofNullable(request.getHeader("Idempotency-Key"))
              : Optional.empty(),
          connection(request));
    }
    return connection(request);
  }

  /** Headers that forward a certificate are worth something only beside the proxy's own. */
  private static Credential.Connection connection(HttpServerRequest request) {
    Optional<Credential.ClientCertificate> own =
        Optional.ofNullable(request.sslSession()).flatMap(Credentials::clientCertificate);
    Optional<String> forwarded = forwarded(request);
    if (own.isPresent() && forwarded.isPresent()) {
      return new Credential.Forwarded(own.get(), forwarded.get());
    }
    return own.map(Credential.Connection.class::cast).orElseGet(Credential.None::new);
  }

  /** Two of them are nobody's word: put together they are no certificate and refused as such. */
  private static Optional<String> forwarded(HttpServerRequest request) {
    List<String> headers = new ArrayList<>();
    FORWARDING.forEach(name -> headers.addAll(request.headers().getAll(name)));
    return headers.isEmpty() ? Optional.empty() : Optional.of(String.join(",", headers));
  }

  private static Optional<Credential.ClientCertificate> clientCertificate(SSLSession session) {
    try {
      List<Der> chain =
          Arrays.stream(session.getPeerCertificates())
              .limit(LONGEST_CHAIN)
              .map(Credentials::der)
              .toList();
      return Optional.of(
          new Credential.ClientCertificate(chain.getFirst(), chain.subList(1, chain.size())));
    } catch (SSLPeerUnverifiedException nobody) {
      return Optional.empty();
    }
  }

  private static Der der(Certificate certificate) {
    try {
      return Der.of(certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("a certificate from a handshake has octets", impossible);
    }
  }
}
