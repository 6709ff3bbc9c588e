package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.inventory.RevokedList;
import io.chancery.issuance.der.DerTime;
import io.chancery.issuance.der.SignedDer;
import io.chancery.testing.MemoryKey;
import io.chancery.testing.TestPostgres;
import io.chancery.x509.CrlScope;
import io.chancery.x509.RevocationReason;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A CRL of many entries, from the book's table to the last octet. {@code -Dchancery.test.revoked}
 * makes them a million, and docs/crl.md tells what that has taken.
 */
class StreamedCrlTest {
  private static final int MANY = Integer.getInteger("chancery.test.revoked", 50_000);
  private static final TestPostgres.Database DATABASE = TestPostgres.freshDatabase();

  private final Scene scene = new Scene();

  @BeforeAll
  static void fill() throws Exception {
    Flyway.configure()
        .dataSource(DATABASE.jdbcUrl(), DATABASE.user(), DATABASE.password())
        .load()
        .migrate();
    try (Connection connection = DATABASE.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into revoked (issuer, serial, shard, reason, since, invalidity_date, not_after)
          select 'issuing', left(encode(sha256(n::text::bytea), 'hex'), 40), n %% 16,
            (array[0, 1, 4, 5, 6])[1 + n %% 5], timestamptz '1949-12-31 23:59:59+00' + n * interval '1 hour',
            case when n %% 7 = 0 then timestamptz '1960-02-29 12:34:56+00' + n * interval '1 day' end,
            now() + interval '90 days'
          from generate_series(1, %d) n
          where left(encode(sha256(n::text::bytea), 'hex'), 1) < '8'
          """
              .formatted(2 * MANY));
      // Serials of other lengths, and one whose first bit would be a sign.
      statement.execute(
          """
          insert into revoked (issuer, serial, reason, since, not_after)
          values ('issuing', '01', 1, now(), now()), ('issuing', 'ff', 1, now(), now()),
            ('issuing', '0fffffffff', 1, now(), now()), ('other', '02', 1, now(), now())
          """);
      statement.execute("vacuum analyze revoked");
    }
  }

  @Test
  void itIsOctetForOctetWhatBouncyCastleMakes() throws Exception {
    try (CrlEntries entries = CrlEntries.in(Path.of("target"));
        Connection connection = DATABASE.connect()) {
      RevokedList.complete(connection, Scene.ISSUING, CrlScope.WHOLE, entries::add);
      SignedCrl crl = sign(entries);
      byte[] signed = crl.der().octets();

      assertThat(crl.length()).isEqualTo(signed.length);
      assertThat(crl.entries()).isEqualTo(entries.count()).isGreaterThan(MANY / 2);
      assertThat(SignedDer.body(signed)).isEqualTo(reference(connection));
    }
  }

  @Test
  void aShardListsItsOwnAlone() throws Exception {
    try (CrlEntries entries = CrlEntries.in(Path.of("target"));
        Connection connection = DATABASE.connect();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("select count(*) from revoked where shard = 7")) {
      count.next();
      RevokedList.complete(connection, Scene.ISSUING, CrlScope.shard(7), entries::add);
      assertThat(entries.count()).isEqualTo(count.getLong(1)).isPositive();
    }
  }

  @Test
  void theHeapStaysFlat() throws Exception {
    AtomicLong most = new AtomicLong();
    long processor = processor();
    long start = System.nanoTime();
    System.gc();
    long idle = used();
    try (CrlEntries entries = CrlEntries.in(Path.of("target"));
        Connection connection = DATABASE.connect()) {
      long database = Backend.processor(connection);
      AtomicLong seen = new AtomicLong();
      RevokedList.complete(
          connection,
          Scene.ISSUING,
          CrlScope.WHOLE,
          (serial, length, since, reason, date) -> {
            entries.add(serial, length, since, reason, date);
            if (seen.incrementAndGet() % (MANY / 4) == 0) {
              System.gc();
              most.accumulateAndGet(used() - idle, Math::max);
            }
          });
      database = Backend.processor(connection) - database;
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      sign(entries).each(hash::update);
      System.gc();
      most.accumulateAndGet(used() - idle, Math::max);
      System.out.printf(
          "CRL of %d entries, %d octets: %d ms, %d ms of processor here and %d ms there, %d kB of heap above idle%n",
          entries.count(),
          entries.length(),
          (System.nanoTime() - start) / 1_000_000,
          (processor() - processor) / 1_000_000,
          database,
          most.get() / 1024);
    }
    // What is reachable while rows pass through: buffers and no row.
    assertThat(most.get()).isLessThan(8L << 20);
  }

  @Test
  void keysOfEveryKindSignTheStream() throws Exception {
    for (String algorithm : new String[] {"ec-p384", "rsa-3072", "ed25519"}) {
      MemoryKey key = MemoryKey.generate(io.chancery.x509.KeyAlgorithm.parse(algorithm));
      Scene other = new Scene(MemoryKey.named("root"), key, NameConstraints.NONE);
      try (CrlEntries entries = CrlEntries.in(Path.of("target"))) {
        for (int i = 1; i <= 5000; i++) {
          byte[] serial = BigInteger.valueOf(i).toByteArray();
          entries.add(serial, serial.length, i, 1, CrlEntries.NO_DATE);
        }
        SignedCrl crl = other.issuer.signCrl(Crls.content(BigInteger.TEN, Crls.WHOLE), entries);
        java.security.cert.X509CRL read =
            (java.security.cert.X509CRL)
                java.security.cert.CertificateFactory.getInstance("X.509")
                    .generateCRL(new java.io.ByteArrayInputStream(crl.der().octets()));
        read.verify(key.pair().getPublic());
        assertThat(read.getRevokedCertificates()).hasSize(5000);
      }
    }
  }

  private SignedCrl sign(CrlEntries entries) {
    return scene.issuer.signCrl(Crls.content(BigInteger.TEN, Crls.WHOLE), entries);
  }

  /** TBSCertList by the library's builder, from the same rows read one by one. */
  private byte[] reference(Connection connection) throws Exception {
    CrlContent content = Crls.content(BigInteger.TEN, Crls.WHOLE);
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(
            X500Name.getInstance(CaCertificate.of(scene.issuing).subject().octets()),
            Date.from(content.thisUpdate()));
    builder.setNextUpdate(Date.from(content.nextUpdate()));
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select serial, since, reason, invalidity_date from revoked"
                    + " where issuer = 'issuing' order by serial")) {
      while (row.next()) {
        BigInteger serial = new BigInteger(row.getString(1), 16);
        Date since = Date.from(row.getTimestamp(2).toInstant());
        int reason = row.getInt(3);
        if (row.getTimestamp(4) == null) {
          builder.addCRLEntry(serial, since, reason);
        } else {
          Date date = Date.from(row.getTimestamp(4).toInstant());
          if (reason == RevocationReason.UNSPECIFIED.code()) {
            builder.addCRLEntry(serial, since, onlyDate(date));
          } else {
            builder.addCRLEntry(serial, since, reason, date);
          }
        }
      }
    }
    var empty = CrlEntries.in(Path.of("target"));
    CertificateList ours = CertificateList.getInstance(sign(empty).der().octets());
    for (Extension extension : extensions(ours.getTBSCertList())) {
      builder.addExtension(extension);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        builder
            .build(
                new JcaContentSignerBuilder("SHA256withECDSA")
                    .build(MemoryKey.named("issuing").pair().getPrivate()))
            .toASN1Structure()
            .getTBSCertList()
            .getEncoded(ASN1Encoding.DER));
    return out.toByteArray();
  }

  private static org.bouncycastle.asn1.x509.Extensions onlyDate(Date date) throws Exception {
    return new org.bouncycastle.asn1.x509.Extensions(
        new Extension(
            Extension.invalidityDate, false, DerTime.generalized(date.toInstant()).getEncoded()));
  }

  private static Extension[] extensions(TBSCertList list) {
    var oids = list.getExtensions().getExtensionOIDs();
    Extension[] all = new Extension[oids.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = list.getExtensions().getExtension(oids[i]);
    }
    return all;
  }

  /** The database's process that serves a connection. */
  private static final class Backend {
    /** In milliseconds; a clock tick is a hundredth of a second. */
    static long processor(Connection connection) throws Exception {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
        row.next();
        String[] words =
            java.nio.file.Files.readString(Path.of("/proc/" + row.getInt(1) + "/stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ");
        return 10 * (Long.parseLong(words[11]) + Long.parseLong(words[12]));
      }
    }
  }

  private static long used() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long processor() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
