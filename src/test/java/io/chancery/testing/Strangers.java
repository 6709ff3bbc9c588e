package io.chancery.testing;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * Others that a world believes: the authority {@code elsewhere}, the issuer of tokens {@code
 * cluster} whose keys are a file, and {@code login} whose keys come over https.
 */
public final class Strangers {
  public static final String CLUSTER = "https://cluster.test";
  public static final String LOGIN = "https://login.test";
  public static final String AUDIENCE = "chancery";
  private static final X500Name AUTHORITY = new X500Name("CN=Elsewhere");

  private final Path folder;

  private Strangers(Path folder) {
    this.folder = folder;
  }

  /** What they have is in files: the world and the tests do not share a class loader. */
  static Map<String, String> settle(Path folder) {
    try {
      Strangers made = new Strangers(Files.createDirectory(folder.resolve("strangers")));
      KeyPair authority = Csrs.pair(KeyAlgorithm.EC_P256);
      made.write("authority.key", authority.getPrivate().getEncoded());
      made.write("authority.pem", made.root(authority).getBytes());
      made.write("token.jwk", made.key().getBytes());
      made.publish(made.signer());
      int port = made.serve();
      String elsewhere = "chancery.foreign-authorities.elsewhere.";
      String cluster = "chancery.token-issuers.cluster.";
      String login = "chancery.token-issuers.login.";
      return Map.ofEntries(
          Map.entry("chancery.test.strangers", made.folder.toString()),
          Map.entry(elsewhere + "certificates", made.file("authority.pem")),
          Map.entry(cluster + "issuer", CLUSTER),
          Map.entry(cluster + "keys", made.file("keys.json")),
          Map.entry(cluster + "audience", AUDIENCE),
          Map.entry(cluster + "require.cluster", "prod"),
          Map.entry(login + "issuer", LOGIN),
          Map.entry(login + "keys", "https://localhost:" + port + "/keys"),
          Map.entry(login + "keys-trust", made.file("authority.pem")),
          Map.entry(login + "audience", "other," + AUDIENCE),
          Map.entry(login + "identity", "tenant,sub"),
          Map.entry("chancery.proxy.names", "dns:gateway.internal.test"),
          Map.entry("chancery.proxy.organization", "gateways"));
    } catch (IOException | GeneralSecurityException | JoseException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  /** Those of the running world. */
  public static Strangers here() {
    return new Strangers(
        Path.of(ConfigProvider.getConfig().getValue("chancery.test.strangers", String.class)));
  }

  /** A client certificate of the foreign authority, with its issuer. */
  public List<IssuedCertificate> certificate(KeyPair pair, String uri, KeyPurposeId purpose) {
    try {
      JcaX509v3CertificateBuilder builder = leaf(pair, purpose);
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
      return List.of(
          IssuedCertificate.parse(Der.of(signed(builder).getEncoded())),
          IssuedCertificate.parse(
              Pem.decodeOne(Pem.CERTIFICATE, Files.readString(folder.resolve("authority.pem")))));
    } catch (IOException | GeneralSecurityException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  /** Good for a minute, for this service, of the issuer; change what is to be wrong. */
  public static JwtClaims claims(String issuer, String subject) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setSubject(subject);
    claims.setAudience(AUDIENCE);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(1);
    claims.setStringClaim("cluster", "prod");
    claims.setStringClaim("tenant", "bank");
    return claims;
  }

  /** Signed with the key that both issuers publish. */
  public String token(JwtClaims claims) {
    try {
      return token(claims, signer());
    } catch (IOException | JoseException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  /** Signed with a key that nobody published. */
  public static String forged(JwtClaims claims) {
    try {
      EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId("key-1");
      return token(claims, key);
    } catch (JoseException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  private static String token(JwtClaims claims, EllipticCurveJsonWebKey key) throws JoseException {
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(claims.toJson());
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    token.setKeyIdHeaderValue(key.getKeyId());
    token.setKey(key.getPrivateKey());
    return token.getCompactSerialization();
  }

  private EllipticCurveJsonWebKey signer() throws IOException, JoseException {
    return (EllipticCurveJsonWebKey)
        JsonWebKey.Factory.newJwk(Files.readString(folder.resolve("token.jwk")));
  }

  private void publish(JsonWebKey key) throws IOException {
    write("keys.json", new JsonWebKeySet(key).toJson().getBytes());
  }

  private String key() throws JoseException {
    EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId("key-1");
    return key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
  }

  private int serve() throws IOException, GeneralSecurityException {
    KeyPair pair = Csrs.pair(KeyAlgorithm.EC_P256);
    JcaX509v3CertificateBuilder builder = leaf(pair, KeyPurposeId.id_kp_serverAuth);
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own", pair.getPrivate(), new char[0], new X509Certificate[] {signed(builder)});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/keys",
        exchange -> {
          byte[] body = Files.readAllBytes(folder.resolve("keys.json"));
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server.getAddress().getPort();
  }

  private String root(KeyPair pair) throws IOException, GeneralSecurityException {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            AUTHORITY, BigInteger.valueOf(100), begin(), end(), AUTHORITY, pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    return IssuedCertificate.parse(Der.of(signed(builder).getEncoded())).pem();
  }

  private static JcaX509v3CertificateBuilder leaf(KeyPair pair, KeyPurposeId purpose)
      throws IOException {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            AUTHORITY,
            BigInteger.valueOf(System.nanoTime()),
            begin(),
            end(),
            new X500Name("CN=somebody"),
            pair.getPublic());
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    return builder;
  }

  private X509Certificate signed(JcaX509v3CertificateBuilder builder)
      throws IOException, GeneralSecurityException {
    try {
      PrivateKey key =
          KeyFactory.getInstance("EC")
              .generatePrivate(
                  new PKCS8EncodedKeySpec(Files.readAllBytes(folder.resolve("authority.key"))));
      List<X509Certificate> made =
          new ArrayList<>(
              io.chancery.x509.JavaCertificates.foreign(
                  builder
                      .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key))
                      .getEncoded()));
      return made.getFirst();
    } catch (OperatorCreationException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  private static Date begin() {
    return Date.from(Instant.now().minusSeconds(3600));
  }

  private static Date end() {
    return Date.from(Instant.now().plusSeconds(86400));
  }

  private void write(String name, byte[] octets) throws IOException {
    Files.write(folder.resolve(name), octets);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
